import type { ChannelId, ChannelKind } from './channel.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ExpiryState } from '../../expiry/model/lifetime.ts';
import type { RenewalObstacle } from '../../expiry/model/renewal-obstacle.ts';

/** States that somebody is told of, from most to least urgent. The others are the normal life of a credential. */
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

/** What is told of a credential. */
export interface ToldCredential {
  credentialId: CredentialId;
  clusterId: ClusterId;
  cluster: string;
  layer: Layer;
  role: RoleId;
  kind: CredentialKind;
  name: string;
  notBefore?: Instant;
  notAfter?: Instant;
  /** Its end is assumed from the date of its file. */
  assumed?: true;
  /** What is seen in the way of its renewal. */
  obstacle?: RenewalObstacle['rule'];
}

interface ChangeBase {
  /** The same whenever this change is told, so that a receiver can tell doubles: see `changeId`. */
  id: string;
  at: Instant;
}

/** One change of state, told exactly once. */
export type Change =
  | (ChangeBase & {
      kind: 'entered';
      /** `null` when nobody had been told of it before. */
      from: AlarmState | null;
      to: AlarmState;
      credential: ToldCredential;
    })
  /** A newer credential took its place. */
  | (ChangeBase & {
      kind: 'renewed';
      from: AlarmState;
      credential: ToldCredential;
      by: { credentialId: CredentialId; notAfter?: Instant };
    })
  /** The same credential is in order again: it became valid, or thresholds or the clock were set. */
  | (ChangeBase & { kind: 'recovered'; from: AlarmState; credential: ToldCredential })
  /** It is not in the inventory any more. */
  | (ChangeBase & { kind: 'withdrawn'; from: AlarmState; credential: ToldCredential })
  | (ChangeBase & {
      kind: 'channel-failing' | 'channel-working';
      channel: { id: ChannelId; name: string; kind: ChannelKind };
    })
  /** The clock of this computer went back; for a while nothing is judged by it. */
  | (ChangeBase & { kind: 'clock-back'; from: Instant; to: Instant });

export type ChangeKind = Change['kind'];

/** How the fleet is, without sample clusters. */
export interface FleetSummary {
  clusters: number;
  credentials: number;
  counts: Record<ExpiryState, number>;
  /** Files that were looked for at the last check, and how many of them could not be read. */
  sources: number;
  sourcesDown: number;
  /** The credential that ends next, of those that have not. */
  nextExpiry?: { cluster: string; name: string; role: RoleId; notAfter: Instant };
}

/** What a heartbeat says is that the checks go on. */
export type NoticePurpose = 'changes' | 'heartbeat' | 'test';

/** One message, the same in every channel. */
export interface Notice {
  /** 16 hex digits; the same at every try. */
  id: string;
  at: Instant;
  purpose: NoticePurpose;
  changes: Change[];
  summary: FleetSummary;
}

/** The words for a notice in the language of the admin. */
export interface NoticeTexts {
  /** One line: subject of a mail, title of a toast. */
  subject(notice: Notice): string;
  /** A sentence or two, for a toast. */
  short(notice: Notice): string;
  /** All of it: what changed, what to do, facts to look up. Lines end with `\n`. */
  body(notice: Notice): string;
  /** One change in full, for an entry of an event log. */
  entry(change: Change): string;
}
