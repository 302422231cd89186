import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { ALARM_STATES, type AlarmState } from './notice.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

export const SILENCE_KINDS = ['snoozed', 'acknowledged'] as const;
/**
 * `snoozed`: nothing is reported until the end. `acknowledged`: the present state is known, and only a worse one is
 * reported.
 */
export type SilenceKind = (typeof SILENCE_KINDS)[number];

/**
 * Why nothing is reported about a credential for a while, who decided so, and until when. A renewed credential is a
 * different one and has no silence.
 */
export interface Silence {
  credentialId: CredentialId;
  clusterId: ClusterId;
  kind: SilenceKind;
  /** When it was created. */
  at: Instant;
  by: string;
  reason: string;
  /** The instant from which it no longer counts. */
  until: Instant;
  state: ExpiryState;
}

/** Returns how bad a state is: 0 for states that trigger no notification; the higher, the worse. */
function getSeverity(state: ExpiryState): number {
  const place = ALARM_STATES.indexOf(state as AlarmState);
  return place < 0 ? 0 : ALARM_STATES.length - place;
}

/** Returns whether notifications about a credential in `state` are suppressed at `nowMs`. */
export function isSilenced(mark: Silence | undefined, state: ExpiryState, nowMs: number): boolean {
  if (mark === undefined || nowMs >= epochMs(mark.until)) return false;
  return mark.kind === 'snoozed' || getSeverity(state) <= getSeverity(mark.state);
}
