import { makeReason, type Reason } from '../model/verdict.ts';
import type { PathCandidate } from './candidate.ts';
import { hasKeyUsage } from './issuer-rules.ts';

/** `any` requires no usage. */
export type KeyPurpose = 'server' | 'client' | 'any';

const KEY_PURPOSES = { server: 'serverAuth', client: 'clientAuth' } as const;
/** One of these usages suffices. Source: RFC 5280 section 4.2.1.12. */
const KEY_USAGES: Record<'server' | 'client', readonly string[]> = {
  server: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  client: ['digitalSignature', 'keyAgreement'],
};

/**
 * Lists objections. Extended key usages of a CA limit what the CA may issue, as in openssl, Go and therefore
 * Kubernetes; RFC 5280 does not specify this rule.
 */
export function purposeReasons(path: readonly PathCandidate[], purpose: KeyPurpose): Reason[] {
  if (purpose === 'any') return [];
  const wanted = KEY_PURPOSES[purpose];
  const reasons = path.flatMap(({ facts, reference }) => {
    const { extendedKeyUsage: allowed, extensions } = facts;
    const isLimited = extensions.some(({ name }) => name === 'extKeyUsage');
    const isAllowed = allowed.includes(wanted) || allowed.includes('anyExtendedKeyUsage');
    return isLimited && !isAllowed ? [makeReason('purpose', reference, { purpose: wanted })] : [];
  });
  const [leaf] = path;
  if (leaf === undefined || !hasKeyUsage(leaf)) return reasons;
  const isUsable = KEY_USAGES[purpose].some((usage) => leaf.facts.keyUsage.includes(usage));
  return isUsable ? reasons : [...reasons, makeReason('key-usage', leaf.reference, { purpose: wanted })];
}
