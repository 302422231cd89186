import { PROFILES } from '../../pki/model/profiles.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Crypto } from '../../shared/ports.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import { renewalDueAt } from '../../pki/model/renewal.ts';
import { isMade, type CreationReason, type CreationVerdict, type MismatchField } from './creation-plan.ts';
import type { AuthorityWish, LeafWish } from './creation-spec.ts';
import { findCertificateByKey, type FoundPair } from './found-files.ts';
import { authorityMismatches, leafMismatches } from './mismatch.ts';

export interface AuthorityVerdict extends CreationVerdict {
  /** The certificate that signs, or would sign if its key were present. Absent if a new one is made. */
  certificate?: IssuedCertificate;
  canSign: boolean;
}

/**
 * Replaces a CA only if it has expired or contradicts the specification, and only if its key is present. Leaves
 * unreadable or mismatched files to an admin: they may be the only copies.
 */
export function judgeAuthority(found: FoundPair, wish: AuthorityWish, now: Instant): AuthorityVerdict {
  const { certificates, key, isInterrupted } = found;
  if (certificates.state === 'unreadable') return blockCreation('unreadable');
  if (certificates.state === 'absent') {
    if (key.state === 'unreadable') return blockCreation('key-unreadable');
    const reason = key.state === 'absent' ? 'missing' : 'certificate-missing';
    return wish.mayBeMade ? orderCreation('create', reason) : blockCreation(reason);
  }
  const own = key.state === 'read' ? findCertificateByKey(certificates, key.spki) : undefined;
  const certificate = own ?? certificates.certificates[0];
  const { facts } = certificate;
  if (!facts.isCa || (facts.keyUsage.length > 0 && !facts.keyUsage.includes('keyCertSign')))
    return blockCreation('not-an-authority', certificate);
  if (key.state === 'unreadable') return blockCreation('key-unreadable', certificate);
  if (key.state === 'read' && own === undefined) return blockCreation('key-does-not-belong', certificate);
  if (now < facts.notBefore) return blockCreation('not-yet-valid', certificate);
  const mayBeRemade = wish.mayBeMade && own !== undefined;
  if (now > facts.notAfter)
    return mayBeRemade ? orderCreation('remake', 'expired') : blockCreation('expired', certificate);
  const fields = authorityMismatches(facts, wish);
  if (fields.length > 0 && mayBeRemade) return { ...orderCreation('remake', 'does-not-match'), fields };
  if (fields.length > 0) return { ...blockCreation('does-not-match', certificate), fields };
  if (isInterrupted) return { action: 'restore', reason: 'interrupted', canSign: true, certificate };
  const canSign = own !== undefined;
  return { action: 'keep', reason: canSign ? 'matches' : 'certificate-only', canSign, certificate };
}

function blockCreation(reason: CreationReason, certificate?: IssuedCertificate): AuthorityVerdict {
  return { action: 'blocked', reason, canSign: false, certificate };
}

function orderCreation(action: 'create' | 'remake', reason: CreationReason): AuthorityVerdict {
  return { action, reason, canSign: true };
}

export interface LeafQuestion {
  found: FoundPair;
  wish: LeafWish;
  /** Differences in the kubeconfig outside the certificate. */
  differs?: readonly MismatchField[];
  authority: AuthorityVerdict;
  now: Instant;
}

export function judgeLeaf({ crypto }: { crypto: Crypto }, question: LeafQuestion): CreationVerdict {
  const { found, authority } = question;
  const state = leafState(crypto, question);
  if (state.reason === 'matches')
    return found.isInterrupted ? { action: 'restore', reason: 'interrupted' } : { action: 'keep', ...state };
  if (!authority.canSign) return { action: 'blocked', ...state };
  return { action: state.reason === 'missing' ? 'create' : 'remake', ...state };
}

function leafState(crypto: Crypto, question: LeafQuestion): Omit<CreationVerdict, 'action'> {
  const { found, wish, differs = [], authority, now } = question;
  const { certificates, key } = found;
  if (certificates.state === 'absent') return { reason: key.state === 'absent' ? 'missing' : 'certificate-missing' };
  if (certificates.state === 'unreadable') return { reason: 'unreadable' };
  const [certificate] = certificates.certificates;
  if (key.state === 'absent') return { reason: 'key-missing' };
  if (key.state === 'unreadable') return { reason: 'key-unreadable' };
  if (findCertificateByKey(certificates, key.spki) !== certificate) return { reason: 'key-does-not-belong' };
  if (isFromAnother(crypto, certificate, authority)) return { reason: 'issuer-changed' };
  const { facts } = certificate;
  if (now > facts.notAfter) return { reason: 'expired' };
  if (now < facts.notBefore) return { reason: 'not-yet-valid' };
  const fields = [...leafMismatches(facts, wish, authority.certificate?.facts), ...differs];
  if (fields.length > 0) return { reason: 'does-not-match', fields };
  const dueAt = renewalDueAt(PROFILES[wish.profile], facts);
  return { reason: dueAt !== undefined && now >= dueAt ? 'expiring' : 'matches' };
}

/** Returns whether another CA signed a certificate: true if the given CA will be new, false if it is unreadable. */
function isFromAnother(
  crypto: Crypto,
  { der, facts }: IssuedCertificate,
  { action, certificate }: AuthorityVerdict,
): boolean {
  if (isMade(action)) return true;
  if (certificate === undefined) return false;
  return facts.issuer.text !== certificate.facts.subject.text || !crypto.isSignedBy(der, certificate.der);
}
