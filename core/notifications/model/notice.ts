import type { LaneCounts } from '../../repair/model/needs.ts';
import type { InCluster } from '../../plan/model/command-name.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ChannelId, ClusterId, CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { RenewalObstacle } from '../../expiry/model/renewal-obstacle.ts';

/** States that trigger a notification, most urgent first. The others are part of a credential's normal life. */
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

export interface ReportedCredential extends InCluster {
  credentialId: CredentialId;
  clusterId: ClusterId;
  layer: Layer;
  role: RoleId;
  kind: CredentialKind;
  name: string;
  notBefore?: Instant;
  notAfter?: Instant;
  /** Present if the expiry is assumed from the date of the file. */
  assumed?: true;
  obstacle?: RenewalObstacle['rule'];
}

interface ChangeBase {
  /** Stays the same each time the change is reported, so that receivers can recognise duplicates: see `changeId`. */
  id: string;
  at: Instant;
}

export type Change =
  | (ChangeBase & { kind: 'entered'; from: AlarmState | null; to: AlarmState; credential: ReportedCredential })
  | (ChangeBase & {
      kind: 'renewed';
      from: AlarmState;
      credential: ReportedCredential;
      by: { credentialId: CredentialId; notAfter?: Instant };
    })
  /** `recovered`: the credential became valid, or the thresholds or the clock changed. */
  | (ChangeBase & { kind: 'recovered' | 'withdrawn'; from: AlarmState; credential: ReportedCredential })
  | (ChangeBase & {
      kind: 'channel-failing' | 'channel-working';
      channel: { id: ChannelId; name: string; kind: string };
    })
  /** This computer's clock was set back, so it cannot be trusted for a while. */
  | (ChangeBase & { kind: 'clock-back'; from: Instant; to: Instant });

export interface FleetSummary {
  clusters: number;
  credentials: number;
  counts: Record<ExpiryState, number>;
  /** Absent in messages of earlier versions. */
  needs?: LaneCounts;
  sources: number;
  sourcesDown: number;
  nextExpiry?: { cluster: string; name: string; role: RoleId; notAfter: Instant };
}

export type NoticePurpose = 'changes' | 'heartbeat' | 'test';

export interface NotificationMessage {
  /** 16 hex digits that stay the same for every attempt. */
  id: string;
  at: Instant;
  purpose: NoticePurpose;
  changes: Change[];
  summary: FleetSummary;
  /**
   * The trail's length and the SHA-256 of its last line; absent for an empty trail and in messages of earlier versions.
   */
  audit?: { lines: number; hash: string };
}

export interface NoticeTexts {
  /** One line: the subject of an e-mail or the title of a toast. */
  subject(notice: NotificationMessage): string;
  /** One or two sentences, for a toast. */
  short(notice: NotificationMessage): string;
  /** The whole text: changes, remedies and facts. Lines end with `\n`. */
  body(notice: NotificationMessage): string;
  entry(change: Change): string;
}
