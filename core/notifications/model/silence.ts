import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { ALARM_STATES, type AlarmState } from './notice.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

export const SILENCE_KINDS = ['snoozed', 'acknowledged'] as const;
/**
 * `snoozed`: nothing is reported until the silence ends. `acknowledged`: the present state is known, so only a worse
 * one is reported.
 */
export type SilenceKind = (typeof SILENCE_KINDS)[number];

/**
 * A decision to report nothing about a credential for a while: why, by whom, and until when. A renewed credential is a
 * different one and is not silenced.
 */
export interface Silence {
  credentialId: CredentialId;
  clusterId: ClusterId;
  kind: SilenceKind;
  at: Instant;
  by: string;
  reason: string;
  /** The first instant at which the silence no longer counts. */
  until: Instant;
  state: ExpiryState;
}

/** Ranks a state: 0 for states that trigger no notification, higher for worse states. */
function getSeverity(state: ExpiryState): number {
  const place = ALARM_STATES.indexOf(state as AlarmState);
  return place < 0 ? 0 : ALARM_STATES.length - place;
}

/** Returns whether notifications about a credential in `state` are suppressed at `nowMs`. */
export function isSilenced(mark: Silence | undefined, state: ExpiryState, nowMs: number): boolean {
  if (mark === undefined || nowMs >= epochMs(mark.until)) return false;
  return mark.kind === 'snoozed' || getSeverity(state) <= getSeverity(mark.state);
}
