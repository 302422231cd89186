import { instantFromMs, msOf, type Instant } from '../../../shared/instant.ts';
import type { ProfileId } from '../../model/profile.ts';
import type { RealToken } from './places.ts';
import type { ClientType } from '../../model/identity.ts';
import type { TokenState } from '../state.ts';

/** Source: microsoft/moc, enum ClientType; which client is which is inferred, and no rule goes by it. */
export function clientTypeOf(profile: ProfileId): ClientType {
  switch (profile) {
    case 'node-agent':
      return 'Node';
    case 'load-balancer':
      return 'LoadBalancer';
    case 'mocctl':
    case 'kvactl':
    case 'extra-admin':
      return 'Admin';
    default:
      return 'ControlPlane';
  }
}

/** What a token says of its time; `undefined` when it names no end, or one that is not after its beginning. */
export function tokenStateOf(
  { credential }: RealToken,
  { now, usualMs }: { now: Instant; usualMs: number },
): TokenState | undefined {
  const { notBefore, notAfter } = credential;
  if (notAfter === undefined) return undefined;
  const issuedAt = notBefore ?? instantFromMs(msOf(notAfter) - usualMs);
  if (issuedAt >= notAfter) return undefined;
  const expired = notAfter <= now;
  return { issuedAt, expiresAt: notAfter, generation: 1, ...(expired && { expired }) };
}
