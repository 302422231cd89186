import { instantFromMs, toMilliseconds, type Instant } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { RealToken } from './places.ts';
import type { ClientType } from '../../pki/model/identity.ts';
import type { TokenState } from '../state.ts';

/** Source: microsoft/moc, enum ClientType; inferred which client has which type, on which no rule depends. */
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

/** `undefined` without an expiry after its beginning. */
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
