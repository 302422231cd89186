import { ROLE_IDS, type RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import {
  DOC_WORKERS,
  inferred,
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

/*
 * What is going to happen to the credentials of an inventory, as plain data. Instants are milliseconds since 1970.
 * Computed by `core/forecast`, shown by the timeline and the command line.
 */

export const FORECAST_EVENT_KINDS = [
  /** The next renewal of a credential that lives longer than a few days. */
  'renewal',
  'expiry',
  /** A client that logs in when it starts could not. */
  'not-started',
  /** A node can no longer be reached. */
  'node-lost',
  'node-replaced',
  'update',
  'update-failed',
  /** 60 days since the last update. */
  'update-due',
  /** 90 days. */
  'update-overdue',
  /** From here on a new client certificate would outlive the cloud agent's CA. */
  'ca-horizon',
  'power-off',
  'power-on',
  /** Support ends of AKS on what the hosts run. */
  'support-end',
  /** Support ends of Windows node pools; the hosts go on. */
  'node-pool-end',
] as const;
export type ForecastEventKind = (typeof FORECAST_EVENT_KINDS)[number];

/** Why something expires although others of its kind are renewed in time. */
export const EXPIRY_CAUSES = [
  /** By design: somebody has to. */
  'nobody-renews',
  /** Only an update of hosts or cluster rotates it. */
  'only-by-update',
  /** The cluster or its hosts are switched off. */
  'off',
  /** The renewal was seen failing. */
  'stalled',
  /** The tool that renews it is not being used. */
  'not-used',
  /** An attempt is refused; `reason` says why. */
  'refused',
  /** How such a credential is renewed is unknown. */
  'not-known',
] as const;
export type ExpiryCause = (typeof EXPIRY_CAUSES)[number];

export interface ForecastEvent {
  kind: ForecastEventKind;
  atMs: number;
  clusterId: ClusterId;
  /** Absent when the event is not about one credential of the inventory. */
  credential?: CredentialId;
  credentialKind?: CredentialKind;
  role?: RoleId;
  /** Name of the credential or the node. */
  name?: string;
  /** Whether it lasts until somebody does something. */
  needsSomebody: boolean;
  /** When it ends by itself, or through the scenario. */
  recoversMs?: number;
  /** With `expiry`. */
  cause?: ExpiryCause;
  /** Why it was refused or failed: a word of the simulation. */
  reason?: string;
  /** With `update-failed`: the known output of the cmdlet. */
  text?: string;
  /** With `renewal`: how many there are until the end of the forecast. */
  count?: number;
  /** With `support-end` and `node-pool-end`. */
  windowsServer?: WindowsServer;
  /** The hosts are not known to run it; with `node-pool-end` always, since nothing tells what node pools run. */
  isPossible?: true;
  certainty: Certainty;
}

/** Credentials that renew themselves over and over, summed up. */
export interface RenewalSum {
  lifetimeClass: LifetimeClassId;
  /** How many credentials. */
  credentials: number;
  /** Total number of their renewals until the end. */
  renewals: number;
  /** Absent when there is none. */
  nextMs?: number;
}

/** Assumptions of the forecast; texts are `forecast.assumption.<id>`. */
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

/** The forecast of one cluster or cloud agent deployment. */
export interface ClusterForecast {
  clusterId: ClusterId;
  cluster: string;
  kind: 'kubernetes' | 'moc';
  sample?: true;
  /** When any of it was last read. */
  confirmedMs: number;
  answer: ForecastAnswer;
  /** What has already happened and lasts, oldest first. */
  already: ForecastEvent[];
  /** Until the end, in chronological order. */
  events: ForecastEvent[];
  renewals: RenewalSum[];
  assumptions: ForecastAssumption[];
}

/** What breaks first. */
export interface ForecastAnswer {
  /** Absent: nothing does up to the end. */
  first?: ForecastEvent;
  /** What breaks first because of the scenario, if that is not the first of all. */
  because?: ForecastEvent;
  /** How many have already expired and need somebody. */
  broken: number;
  /** How many more will until the end. */
  breaking: number;
}

/** The scenario. Instants in milliseconds since 1970. */
export interface ForecastScenario {
  /** Host and clusters are updated at this instant. */
  updateOnMs?: number;
  /** A cluster, or without one the hosts with all clusters, is switched off in between. */
  off?: { fromMs: number; toMs: number; clusterId?: ClusterId };
  /** Nobody does anything in between; before and after it there are updates every 30 days. */
  absent?: { fromMs: number; toMs: number };
  /** The next of the 30-day updates is skipped. */
  missesUpdate?: true;
}

export interface Forecast {
  nowMs: number;
  untilMs: number;
  scenario: ForecastScenario;
  answer: ForecastAnswer;
  clusters: ClusterForecast[];
}

/** Sources: the article, "Certificate types" (60); "host upgrade" and the default validity (90, 30). */
export const UPDATE_DUE_MS = 60 * DAY_MS;
export const UPDATE_OVERDUE_MS = 90 * DAY_MS;
export const UPDATE_USUAL_MS = 30 * DAY_MS;
export const DEFAULT_HORIZON_DAYS = 365;
export const LONGEST_HORIZON_DAYS = 3_650;

/** Whether from then on something does not work, or will not work again after a restart, until somebody acts. */
export function isBreak({ kind, needsSomebody }: ForecastEvent): boolean {
  return needsSomebody && (kind === 'expiry' || kind === 'not-started' || kind === 'node-lost');
}

/** Simultaneous events are in catalogue order: the API server before its clients. */
export function compareEvents(one: ForecastEvent, other: ForecastEvent): number {
  return one.atMs - other.atMs || getPlace(one) - getPlace(other);
}

function getPlace({ role }: ForecastEvent): number {
  return role === undefined ? ROLE_IDS.length : ROLE_IDS.indexOf(role);
}

/** What breaks first among chronological events, with how many broke before and how many break. */
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
    ...(because !== undefined && because !== first && { because }),
    broken: already.filter(isBreak).length,
    breaking: breaks.length,
  };
}

function isCausedBy({ off, absent }: ForecastScenario, { cause }: ForecastEvent): boolean {
  return (off !== undefined || absent !== undefined) && (cause === 'off' || cause === 'not-used');
}

/** The answer for clusters whose own answers are taken in one after the other, in any order. */
export class AnswerSum {
  readonly #scenario: ForecastScenario;
  #first: PlacedEvent | undefined;
  #because: PlacedEvent | undefined;
  #broken = 0;
  #breaking = 0;

  constructor(scenario: ForecastScenario) {
    this.#scenario = scenario;
  }

  /** `place`: of the cluster in the inventory. */
  add({ first, because, broken, breaking }: ForecastAnswer, place: number): void {
    this.#broken += broken;
    this.#breaking += breaking;
    this.#first = earlier(this.#first, first, place);
    // What is the first of its cluster need not be the first of all.
    this.#because = earlier(this.#because, because ?? this.#caused(first), place);
  }

  get answer(): ForecastAnswer {
    const [first, because] = [this.#first?.event, this.#because?.event];
    return {
      first,
      ...(because !== undefined && because !== first && { because }),
      broken: this.#broken,
      breaking: this.#breaking,
    };
  }

  #caused(event: ForecastEvent | undefined): ForecastEvent | undefined {
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

/** Every source of an event, the decisive one first; none for what the scenario itself states. */
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
      return [inferred('source.inferred.ca-outlived'), OVERVIEW_MOC_ROOT_VALIDITY, OVERVIEW_MOC_VALIDITY];
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

/** The catalogue row of a `support-end` event. */
export function findSupportEnd({
  windowsServer,
  atMs,
}: Pick<ForecastEvent, 'windowsServer' | 'atMs'>): (typeof SUPPORT_ENDS)[number] | undefined {
  return SUPPORT_ENDS.find((end) => end.windowsServer === windowsServer && Date.parse(end.at) === atMs);
}
