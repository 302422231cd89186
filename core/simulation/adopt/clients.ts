import { instantFromMs, toMilliseconds, type Instant } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { RealToken } from './places.ts';
import type { ClientType } from '../../pki/model/identity.ts';
import type { TokenState } from '../state.ts';

/** Source: microsoft/moc, enum ClientType; which client has which type is inferred, and no rule depends on it. */
export function getClientType(profile: ProfileId): ClientType {
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

/** The time information of a token; `undefined` when it states no expiry, or one that is not after its beginning. */
export function findTokenState(
  { credential }: RealToken,
  { now, usualMs }: { now: Instant; usualMs: number },
): TokenState | undefined {
  const { notBefore, notAfter } = credential;
  if (notAfter === undefined) return undefined;
  const issuedAt = notBefore ?? instantFromMs(toMilliseconds(notAfter) - usualMs);
  if (issuedAt >= notAfter) return undefined;
  const expired = notAfter <= now;
  return { issuedAt, expiresAt: notAfter, generation: 1, ...(expired && { expired }) };
}
