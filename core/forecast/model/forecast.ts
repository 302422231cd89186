import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ImpactId } from '../../knowledge/model/credentials/role-row.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import {
  DOC_WORKERS,
  inference,
  OVERVIEW_MOC_ROOT_VALIDITY,
  OVERVIEW_MOC_VALIDITY,
  UPDATE_COMMANDS,
  UPDATE_DEADLINE,
  UPDATE_RECOMMENDED,
} from '../../knowledge/model/sources/sources.ts';
import { NODE_POOL_ENDS, SUPPORT_ENDS, type WindowsServer } from '../../knowledge/model/support-end.ts';
import type { Certainty, Citation } from '../../shared/citation.ts';
import type { ClusterId, CredentialId, CredentialKind } from '../../shared/ids.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import { DAY_MS } from '../../shared/instant.ts';

/* The future of an inventory's credentials, as plain data. Instants are milliseconds since 1970. */

export const FORECAST_EVENT_KINDS = [
  /** The next renewal of a credential that lives for more than a few days. */
  'renewal',
  'expiry',
  /** A client that logs in at startup failed to do so. */
  'not-started',
  'node-lost',
  'node-replaced',
  'update',
  'update-failed',
  'update-due',
  'update-overdue',
  /** A new client certificate would outlive the cloud agent's CA. */
  'ca-horizon',
  'power-off',
  'power-on',
  'support-end',
  /** Support ends for Windows node pools, but not for the hosts. */
  'node-pool-end',
] as const;

export const EXPIRY_CAUSES = [
  'nobody-renews',
  'only-by-update',
  'off',
  'stalled',
  'not-used',
  /** The renewal was refused; `reason` is the code. */
  'refused',
  'not-known',
] as const;
export type ExpiryCause = (typeof EXPIRY_CAUSES)[number];

export interface ForecastEvent {
  kind: (typeof FORECAST_EVENT_KINDS)[number];
  atMs: number;
  clusterId: ClusterId;
  /** Absent if the event does not concern a single credential of the inventory. */
  credential?: CredentialId;
  credentialKind?: CredentialKind;
  role?: RoleId;
  name?: string;
  /** Whether the problem persists until somebody acts. */
  needsSomebody: boolean;
  /** When the problem ends, by itself or through the scenario. */
  recoversMs?: number;
  cause?: ExpiryCause;
  /** A code of the simulation for a refusal or failure. */
  reason?: string;
  /** Present with `update-failed`: the known output of the cmdlet. */
  text?: string;
  /** Present with `renewal`: the number of renewals until the end of the forecast. */
  count?: number;
  /** Present with `support-end` and `node-pool-end`. */
  windowsServer?: WindowsServer;
  /** Present if the hosts may run another system, and with `node-pool-end`: no file states the system of node pools. */
  isPossible?: true;
  certainty: Certainty;
}

export interface RenewalSum {
  lifetimeClass: LifetimeClassId;
  credentials: number;
  renewals: number;
  nextMs?: number;
}

/** Message keys: `forecast.assumption.<id>`. */
export const FORECAST_ASSUMPTIONS = [
  'cloud-agent',
  'management-cluster',
  'control-plane',
  'tokens-need-update',
  'tools-in-use',
  'last-update',
  'deployment',
] as const;
export type ForecastAssumption = (typeof FORECAST_ASSUMPTIONS)[number];

export interface ClusterForecast {
  clusterId: ClusterId;
  cluster: string;
  kind: 'kubernetes' | 'moc';
  sample?: true;
  /** When any part of the cluster was last read. */
  confirmedMs: number;
  answer: ForecastAnswer;
  /** Past events whose effects persist, oldest first. */
  already: ForecastEvent[];
  events: ForecastEvent[];
  renewals: RenewalSum[];
  assumptions: ForecastAssumption[];
}

export interface ForecastAnswer {
  first?: ForecastEvent;
  /** The first break caused by the scenario, if another break comes before it. */
  because?: ForecastEvent;
  /** Number of past breaks that have stopped something and have not been repaired. */
  broken: number;
  breaking: number;
}

export interface ForecastScenario {
  updateOnMs?: number;
  /** Without a cluster, the hosts and everything on them are switched off. */
  off?: { fromMs: number; toMs: number; clusterId?: ClusterId };
  /** Nobody acts between these instants; before and after, updates follow every 30 days. */
  absent?: { fromMs: number; toMs: number };
  missesUpdate?: true;
}

export interface Forecast {
  nowMs: number;
  untilMs: number;
  scenario: ForecastScenario;
  answer: ForecastAnswer;
  clusters: ClusterForecast[];
}

/** Sources: "Certificate types" (60 days), "host upgrade" (30 and 90 days), and the default validity (90 days). */
export const UPDATE_DUE_MS = 60 * DAY_MS;
export const UPDATE_OVERDUE_MS = 90 * DAY_MS;
export const UPDATE_USUAL_MS = 30 * DAY_MS;
export const DEFAULT_HORIZON_DAYS = 365;
export const LONGEST_HORIZON_DAYS = 3_650;

/** Returns whether something stops working, or will not restart, until somebody acts. */
export function isBreak({ kind, needsSomebody }: ForecastEvent): boolean {
  return needsSomebody && (kind === 'expiry' || kind === 'not-started' || kind === 'node-lost');
}

/** A client of the cloud agent works without its token until its next login, which is an event of its own. */
export function findImpact({ kind, role, credentialKind }: ForecastEvent): ImpactId | undefined {
  if (kind === 'node-lost') return 'nodes';
  if (role === undefined || (kind !== 'expiry' && kind !== 'not-started')) return undefined;
  if (kind === 'expiry' && credentialKind === 'token' && ROLES[role].layer === 'moc') return undefined;
  return ROLES[role].impact;
}

/** Orders events by time, and simultaneous ones as in the catalogue: the API server comes before its clients. */
export function compareEvents(one: ForecastEvent, other: ForecastEvent): number {
  return one.atMs - other.atMs || getPlace(one) - getPlace(other);
}

function getPlace({ role }: ForecastEvent): number {
  return role === undefined ? ROLE_IDS.length : ROLE_IDS.indexOf(role);
}

/** Both lists must be in chronological order. */
export function answerForecast(
  already: readonly ForecastEvent[],
  events: readonly ForecastEvent[],
  scenario: ForecastScenario,
): ForecastAnswer {
  const breaks = events.filter(isBreak);
  const [first] = breaks;
  const because = breaks.find((event) => isCausedBy(scenario, event));
  return {
    first,
    because: because === first ? undefined : because,
    broken: already.filter((event) => isBreak(event) && findImpact(event) !== undefined).length,
    breaking: breaks.length,
  };
}

function isCausedBy({ off, absent }: ForecastScenario, { cause }: ForecastEvent): boolean {
  return (off !== undefined || absent !== undefined) && (cause === 'off' || cause === 'not-used');
}

export class AnswerSum {
  readonly #scenario: ForecastScenario;
  #first: PlacedEvent | undefined;
  #because: PlacedEvent | undefined;
  #broken = 0;
  #breaking = 0;

  constructor(scenario: ForecastScenario) {
    this.#scenario = scenario;
  }

  /** `place`: the cluster's index in the inventory. */
  add({ first, because, broken, breaking }: ForecastAnswer, place: number): void {
    this.#broken += broken;
    this.#breaking += breaking;
    this.#first = earlier(this.#first, first, place);
    // The first event of its cluster is not necessarily the first event of the forecast.
    this.#because = earlier(this.#because, because ?? this.#keepCaused(first), place);
  }

  get answer(): ForecastAnswer {
    const [first, because] = [this.#first?.event, this.#because?.event];
    return { first, because: because === first ? undefined : because, broken: this.#broken, breaking: this.#breaking };
  }

  #keepCaused(event: ForecastEvent | undefined): ForecastEvent | undefined {
    return event !== undefined && isCausedBy(this.#scenario, event) ? event : undefined;
  }
}

interface PlacedEvent {
  event: ForecastEvent;
  place: number;
}

function earlier(
  known: PlacedEvent | undefined,
  event: ForecastEvent | undefined,
  place: number,
): PlacedEvent | undefined {
  if (event === undefined) return known;
  if (known === undefined) return { event, place };
  const order = compareEvents(event, known.event) || place - known.place;
  return order < 0 ? { event, place } : known;
}

/** Lists every source of an event, the decisive one first; empty for an event that the scenario states. */
export function listCitations(event: ForecastEvent): readonly Citation[] {
  const { kind, role } = event;
  switch (kind) {
    case 'renewal':
    case 'expiry':
      return role === undefined ? [] : ROLES[role].renewal.citations;
    case 'not-started':
      return role === undefined ? [] : ROLES[role].breaks.citations;
    case 'node-lost':
    case 'node-replaced':
      return [DOC_WORKERS];
    case 'update-due':
      return [UPDATE_RECOMMENDED];
    case 'update-overdue':
      return [UPDATE_DEADLINE, OVERVIEW_MOC_VALIDITY];
    case 'ca-horizon':
      return [inference('ca-outlived'), OVERVIEW_MOC_ROOT_VALIDITY, OVERVIEW_MOC_VALIDITY];
    case 'update-failed':
      return [UPDATE_COMMANDS];
    case 'support-end':
      return findSupportEnd(event)?.citations ?? [];
    case 'node-pool-end':
      return NODE_POOL_ENDS.find(({ windowsServer }) => windowsServer === event.windowsServer)?.citations ?? [];
    case 'update':
    case 'power-off':
    case 'power-on':
      return [];
  }
}

export function findSupportEnd({ windowsServer, atMs }: Pick<ForecastEvent, 'windowsServer' | 'atMs'>) {
  return SUPPORT_ENDS.find((end) => end.windowsServer === windowsServer && Date.parse(end.at) === atMs);
}
