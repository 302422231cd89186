import { SHORTEST_EXPIRATION_SECONDS } from '../../shared/csr-object.ts';
import { instantFromMs, msOf, SECOND_MS, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../../shared/ports.ts';
import type { SigningAuthority } from './issue.ts';

export interface PeriodRequest {
  profile: Profile;
  authority: SigningAuthority;
  /** The life that is asked for; ten minutes at least are given. */
  seconds?: number;
}

/**
 * The validity of what is signed now: as long as the profile says, shorter where less is asked for, never beyond the
 * authority. It begins as long before now as the profile says. `csr.authority-expired` when the authority has ended.
 * Source: kubernetes/kubernetes, pkg/controller/certificates/signer.
 */
export function periodOf(
  { clock }: Pick<Ports, 'clock'>,
  { profile, authority, seconds }: PeriodRequest,
): { notBefore: Instant; notAfter: Instant } {
  const nowMs = msOf(clock.now());
  const { notAfter, subject } = authority.facts;
  if (msOf(notAfter) <= nowMs) {
    throw new ConsoleError('csr.authority-expired', { authority: subject.text, notAfter });
  }
  const askedMs = seconds === undefined ? Infinity : Math.max(seconds, SHORTEST_EXPIRATION_SECONDS) * SECOND_MS;
  const livesMs = Math.min(profile.validityMs.value, askedMs);
  return {
    notBefore: instantFromMs(nowMs - profile.backdatingMs.value),
    notAfter: instantFromMs(Math.min(nowMs + livesMs, msOf(notAfter))),
  };
}
