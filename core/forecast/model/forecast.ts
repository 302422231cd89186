import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
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
import { SUPPORT_ENDS } from '../../knowledge/model/support-end.ts';
import type { Certainty, Citation } from '../../shared/citation.ts';
import type { WindowsServer } from '../../plan/model/cluster-facts.ts';
import type { ClusterId, CredentialId, CredentialKind } from '../../shared/ids.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import { DAY_MS } from '../../shared/instant.ts';

/*
 * What is going to happen to the credentials of an inventory, as plain data. Moments are milliseconds since 1970. Worked out
 * in `core/expiry`, shown by the timeline and the command line.
 */

export const FORECAST_EVENT_KINDS = [
  /** The next renewal of a credential that lives longer than a few days. */
  'renewal',
  'expiry',
  /** A client that logs in at its start could not. */
  'not-started',
  /** A node cannot be reached any more. */
  'node-lost',
  'node-replaced',
  'update',
  'update-failed',
  /** 60 days since the last update. */
  'update-due',
  /** 90 days. */
  'update-overdue',
  /** From here on a new client certificate would outlive the CA of the cloud agent. */
  'ca-horizon',
  'power-off',
  'power-on',
  'support-end',
] as const;
export type ForecastEventKind = (typeof FORECAST_EVENT_KINDS)[number];

/** Why something expires that others of its kind are renewed before. */
export const EXPIRY_CAUSES = [
  /** By design: somebody has to. */
  'nobody-renews',
  /** Only an update of hosts or cluster rotates it. */
  'only-by-update',
  /** The cluster or its hosts are switched off. */
  'off',
  /** The renewal has been seen failing. */
  'stalled',
  /** The tool that renews it when it is used is not used. */
  'not-used',
  /** It is tried and refused; `reason` says why. */
  'refused',
  /** What is done to renew such a credential is not known. */
  'not-known',
] as const;
export type ExpiryCause = (typeof EXPIRY_CAUSES)[number];

export interface ForecastEvent {
  kind: ForecastEventKind;
  atMs: number;
  clusterId: ClusterId;
  /** Absent for what is not about one credential of the inventory. */
  credential?: CredentialId;
  credentialKind?: CredentialKind;
  role?: RoleId;
  /** Of the credential or the node. */
  name?: string;
  /** Whether it stays so until somebody does something. */
  needsSomebody: boolean;
  /** When it is over by itself, or by what the scenario does. */
  recoversMs?: number;
  /** With `expiry`. */
  cause?: ExpiryCause;
  /** Why it was refused or failed: a word of the simulation. */
  reason?: string;
  /** With `update-failed`: what the cmdlet is known to print. */
  text?: string;
  /** With `renewal`: how many there are up to the end of the forecast. */
  count?: number;
  /** With `support-end`. */
  windowsServer?: WindowsServer;
  /** With `support-end`: the hosts are not known to run it. */
  isPossible?: true;
  certainty: Certainty;
}

/** Credentials that renew themselves over and over, together. */
export interface RenewalSum {
  lifetimeClass: LifetimeClassId;
  /** How many credentials. */
  credentials: number;
  /** How many renewals of them up to the end. */
  renewals: number;
  /** Absent when there is none. */
  nextMs?: number;
}

/** What the forecast takes for granted; text as `forecast.assumption.<id>`. */
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
  /** When anything of it was read last. */
  confirmedMs: number;
  answer: ForecastAnswer;
  /** What has passed already and lasts, oldest first. */
  already: ForecastEvent[];
  /** Up to the end, in the order of time. */
  events: ForecastEvent[];
  renewals: RenewalSum[];
  assumptions: ForecastAssumption[];
}

/** What breaks first. */
export interface ForecastAnswer {
  /** Absent: nothing does up to the end. */
  first?: ForecastEvent;
  /** What breaks first because of what the scenario says, where that is not the first of all. */
  because?: ForecastEvent;
  /** How many have expired already and wait for somebody. */
  broken: number;
  /** How many more will have up to the end. */
  breaking: number;
}

/**
 * What becomes of each credential, in four numbers each, `NaN` for never: when it is renewed for the first time; beginning
 * and end of the certificate or token in its place that expires first; when that is over.
 */
export interface Lives {
  ids: CredentialId[];
  moments: Float64Array;
}
export const LIFE_NUMBERS = 4;

/** What is supposed to happen. Moments in milliseconds since 1970. */
export interface ForecastScenario {
  /** Host and clusters are updated at this moment. */
  updateOnMs?: number;
  /** A cluster, or without one the hosts with all clusters, is switched off in between. */
  off?: { fromMs: number; toMs: number; clusterId?: ClusterId };
  /** Nobody does anything in between, and updates every 30 days before and after it. */
  absent?: { fromMs: number; toMs: number };
  /** Of the updates every 30 days the next one is left out. */
  missesUpdate?: true;
}

export interface Forecast {
  nowMs: number;
  untilMs: number;
  scenario: ForecastScenario;
  answer: ForecastAnswer;
  clusters: ClusterForecast[];
  lives: Lives;
}

/** Sources: the article, "Certificate types" (60); "host upgrade" and the default validity (90, 30). */
export const UPDATE_DUE_MS = 60 * DAY_MS;
export const UPDATE_OVERDUE_MS = 90 * DAY_MS;
export const UPDATE_USUAL_MS = 30 * DAY_MS;
export const DEFAULT_HORIZON_DAYS = 365;
export const LONGEST_HORIZON_DAYS = 3_650;

/** Whether from then on something does not work, or will not work again after a restart, until somebody does something. */
export function isBreak({ kind, needsSomebody }: ForecastEvent): boolean {
  return needsSomebody && (kind === 'expiry' || kind === 'not-started' || kind === 'node-lost');
}

/** What breaks first among events in the order of time, with how many broke before them and how many break. */
export function answerOf(
  already: readonly ForecastEvent[],
  events: readonly ForecastEvent[],
  { off, absent }: ForecastScenario,
): ForecastAnswer {
  const breaks = events.filter(isBreak);
  const [first] = breaks;
  const because =
    off === undefined && absent === undefined
      ? undefined
      : breaks.find(({ cause }) => cause === 'off' || cause === 'not-used');
  return {
    first,
    ...(because !== undefined && because !== first && { because }),
    broken: already.filter(isBreak).length,
    breaking: breaks.length,
  };
}

/** Every source that an event rests on, the one that carries it first; none for what the scenario itself says. */
export function citationsOf(event: ForecastEvent): readonly Citation[] {
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
      return supportEndOf(event)?.citations ?? [];
    case 'update':
    case 'power-off':
    case 'power-on':
      return [];
  }
}

/** The row of the catalogue that an event of the kind `support-end` is about. */
export function supportEndOf({
  windowsServer,
  atMs,
}: Pick<ForecastEvent, 'windowsServer' | 'atMs'>): (typeof SUPPORT_ENDS)[number] | undefined {
  return SUPPORT_ENDS.find((end) => end.windowsServer === windowsServer && Date.parse(end.at) === atMs);
}
