import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { ALARM_STATES, type AlarmState } from './notice.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

export const SILENCE_KINDS = ['snoozed', 'acknowledged'] as const;
/** `snoozed`: nothing is reported until the silence ends. `acknowledged`: only a worse state is reported. */
export type SilenceKind = (typeof SILENCE_KINDS)[number];

/** A renewed credential is a different one, which is not silenced. */
export interface Silence {
  credentialId: CredentialId;
  clusterId: ClusterId;
  kind: SilenceKind;
  at: Instant;
  by: string;
  reason: string;
  /** The first instant after the silence. */
  until: Instant;
  state: ExpiryState;
}

/** Returns 0 for states that trigger no notification, more for worse states. */
function getSeverity(state: ExpiryState): number {
  const place = ALARM_STATES.indexOf(state as AlarmState);
  return place < 0 ? 0 : ALARM_STATES.length - place;
}

export function isSilenced(mark: Silence | undefined, state: ExpiryState, nowMs: number): boolean {
  if (mark === undefined || nowMs >= epochMs(mark.until)) return false;
  return mark.kind === 'snoozed' || getSeverity(state) <= getSeverity(mark.state);
}
