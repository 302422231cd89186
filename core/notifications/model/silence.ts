import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { toMilliseconds, type Instant } from '../../shared/instant.ts';
import { ALARM_STATES, type AlarmState } from './notice.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

export const SILENCE_KINDS = ['snoozed', 'acknowledged'] as const;
/**
 * `snoozed`: nothing is reported until the end. `acknowledged`: its present state is known; a worse one is still
 * reported.
 */
export type SilenceKind = (typeof SILENCE_KINDS)[number];

/**
 * Why nothing is reported about a credential for a while, who decided so, and until when. A renewed credential is a
 * different one, without a mark.
 */
export interface Silence {
  credentialId: CredentialId;
  clusterId: ClusterId;
  kind: SilenceKind;
  /** When it was made. */
  at: Instant;
  by: string;
  reason: string;
  /** From this instant on it no longer counts. */
  until: Instant;
  state: ExpiryState;
}

/** How bad a state is: 0 for those that do not trigger a notification, then higher the worse it is. */
function getSeverity(state: ExpiryState): number {
  const place = ALARM_STATES.indexOf(state as AlarmState);
  return place < 0 ? 0 : ALARM_STATES.length - place;
}

/** Whether notifications about a credential in `state` are suppressed at `nowMs`. */
export function isSilenced(mark: Silence | undefined, state: ExpiryState, nowMs: number): boolean {
  if (mark === undefined || nowMs >= toMilliseconds(mark.until)) return false;
  return mark.kind === 'snoozed' || getSeverity(state) <= getSeverity(mark.state);
}
