import { SHORTEST_EXPIRATION_SECONDS } from '../../shared/certificates/csr-object.ts';
import { instantFromMs, epochMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../../shared/ports.ts';
import type { SigningAuthority } from './issue.ts';

/**
 * Returns the profile's validity period, backdated as the profile states, shortened to the requested `seconds` (at
 * least ten minutes) and to the end of the CA. Source: kubernetes/kubernetes, pkg/controller/certificates/signer.
 */
export function getPeriod(
  { clock }: Pick<Ports, 'clock'>,
  {
    profile,
    authority,
    seconds,
  }: { profile: Profile; authority: Pick<SigningAuthority, 'facts'>; seconds?: number | undefined },
): { notBefore: Instant; notAfter: Instant } {
  const nowMs = epochMs(clock.now());
  const { notAfter, subject } = authority.facts;
  if (epochMs(notAfter) <= nowMs) {
    throw new ConsoleError('csr.authority-expired', { authority: subject.text, notAfter });
  }
  const askedMs = seconds === undefined ? Infinity : Math.max(seconds, SHORTEST_EXPIRATION_SECONDS) * SECOND_MS;
  const livesMs = Math.min(profile.validityMs.value, askedMs);
  return {
    notBefore: instantFromMs(nowMs - profile.backdatingMs.value),
    notAfter: instantFromMs(Math.min(nowMs + livesMs, epochMs(notAfter))),
  };
}
