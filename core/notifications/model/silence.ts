import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { msOf, type Instant } from '../../shared/instant.ts';
import { ALARM_STATES, type AlarmState } from './notice.ts';
import type { ExpiryState } from '../../expiry/model/lifetime.ts';

export const SILENCE_KINDS = ['snoozed', 'acknowledged'] as const;
/** `snoozed`: nothing is told until the end. `acknowledged`: known as it is now; a worse state is told all the same. */
export type SilenceKind = (typeof SILENCE_KINDS)[number];

/** Why nothing is told of a credential for a while, by whom, until when. A renewed credential is another one, unmarked. */
export interface Silence {
  credentialId: CredentialId;
  clusterId: ClusterId;
  kind: SilenceKind;
  /** When it was made. */
  at: Instant;
  by: string;
  reason: string;
  /** From this moment on it counts no more. */
  until: Instant;
  state: ExpiryState;
}

/** How bad a state is: 0 for those that nobody is told of, then more the worse. */
function severityOf(state: ExpiryState): number {
  const place = ALARM_STATES.indexOf(state as AlarmState);
  return place < 0 ? 0 : ALARM_STATES.length - place;
}

/** Whether nothing is to be told of a credential in `state` at `nowMs`. */
export function isSilenced(mark: Silence | undefined, state: ExpiryState, nowMs: number): boolean {
  if (mark === undefined || nowMs >= msOf(mark.until)) return false;
  return mark.kind === 'snoozed' || severityOf(state) <= severityOf(mark.state);
}
