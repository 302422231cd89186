import type { NeedCounts } from '../../repair/model/needs.ts';
import type { InCluster } from '../../plan/model/command-name.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ChannelId, ClusterId, CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { RenewalObstacle } from '../../expiry/model/renewal-obstacle.ts';

/** States that trigger a notification, from most to least urgent. The others are part of a credential's normal life. */
export const ALARM_STATES = [
  'expired',
  'urgent',
  'stalled',
  'renewal-overdue',
  'not-yet-valid',
] as const satisfies readonly ExpiryState[];
export type AlarmState = (typeof ALARM_STATES)[number];

export function isAlarm(state: ExpiryState): state is AlarmState {
  return (ALARM_STATES as readonly ExpiryState[]).includes(state);
}

/** What is reported about a credential. */
export interface ReportedCredential extends InCluster {
  credentialId: CredentialId;
  clusterId: ClusterId;
  layer: Layer;
  role: RoleId;
  kind: CredentialKind;
  name: string;
  notBefore?: Instant;
  notAfter?: Instant;
  /** Its expiry is assumed from the date of its file. */
  assumed?: true;
  /** The observed obstacle to its renewal. */
  obstacle?: RenewalObstacle['rule'];
}

interface ChangeBase {
  /** The same whenever this change is reported, so that a receiver can recognise duplicates: see `changeId`. */
  id: string;
  at: Instant;
}

/** One change of state, reported exactly once. */
export type Change =
  | (ChangeBase & {
      kind: 'entered';
      /** `null` when it had not been reported before. */
      from: AlarmState | null;
      to: AlarmState;
      credential: ReportedCredential;
    })
  /** A newer credential replaced it. */
  | (ChangeBase & {
      kind: 'renewed';
      from: AlarmState;
      credential: ReportedCredential;
      by: { credentialId: CredentialId; notAfter?: Instant };
    })
  /** The same credential is in order again: it became valid, or thresholds or the clock were changed. */
  | (ChangeBase & { kind: 'recovered'; from: AlarmState; credential: ReportedCredential })
  /** It is no longer in the inventory. */
  | (ChangeBase & { kind: 'withdrawn'; from: AlarmState; credential: ReportedCredential })
  | (ChangeBase & {
      kind: 'channel-failing' | 'channel-working';
      channel: { id: ChannelId; name: string; kind: string };
    })
  /** The clock of this computer went back; for a while nothing is judged by it. */
  | (ChangeBase & { kind: 'clock-back'; from: Instant; to: Instant });

export type ChangeKind = Change['kind'];

/** State of the fleet, without sample clusters. */
export interface FleetSummary {
  clusters: number;
  credentials: number;
  counts: Record<ExpiryState, number>;
  /** What somebody has to do; absent in messages of earlier versions. */
  needs?: NeedCounts;
  /** Files that were looked for at the last check, and how many of them could not be read. */
  sources: number;
  sourcesDown: number;
  /** The next credential to expire. */
  nextExpiry?: { cluster: string; name: string; role: RoleId; notAfter: Instant };
}

/** A heartbeat states that the checks continue. */
export type NoticePurpose = 'changes' | 'heartbeat' | 'test';

/** One message, the same in every channel. */
export interface NotificationMessage {
  /** 16 hex digits; the same for every attempt. */
  id: string;
  at: Instant;
  purpose: NoticePurpose;
  changes: Change[];
  summary: FleetSummary;
  /** Length of the audit trail and SHA-256 of its last line; absent in messages of earlier versions and for an empty trail. */
  audit?: { lines: number; hash: string };
}

/** The wording of a notice in the admin's language. */
export interface NoticeTexts {
  /** One line: subject of a mail, title of a toast. */
  subject(notice: NotificationMessage): string;
  /** A sentence or two, for a toast. */
  short(notice: NotificationMessage): string;
  /** All of it: what changed, what to do, reference facts. Lines end with `\n`. */
  body(notice: NotificationMessage): string;
  /** One change in full, for an entry of an event log. */
  entry(change: Change): string;
}
