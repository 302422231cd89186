import { isWeakSignature } from '../model/strength.ts';
import { makeReason, type Reason } from '../model/verdict.ts';
import { isSelfIssued, type PathCandidate } from './candidate.ts';
import type { Signatures } from './signature.ts';

const VERSION_3 = 3;

export function issuanceReasons(certificate: PathCandidate, issuer: PathCandidate, signatures: Signatures): Reason[] {
  const { facts, reference } = certificate;
  const reasons: Reason[] = [];
  const { name: algorithm } = facts.signatureAlgorithm;
  const state = signatures.verify(certificate, issuer);
  const issuerName = issuer.facts.subject.text;
  if (state === 'wrong') reasons.push(makeReason('signature-wrong', reference, { issuer: issuerName }));
  if (state === 'unknown') reasons.push(makeReason('signature-unknown', reference, { algorithm }));
  if (isWeakSignature(facts.signatureAlgorithm)) reasons.push(makeReason('weak-signature', reference, { algorithm }));
  const { notAfter } = facts;
  const issuerNotAfter = issuer.facts.notAfter;
  if (notAfter > issuerNotAfter) {
    const params = { notAfter, issuer: issuerName, issuerNotAfter };
    reasons.push(makeReason('outlives-issuer', reference, params));
  }
  return reasons;
}

/** Lists objections. `below` is the path from the leaf, without the issuer. */
export function issuerReasons(issuer: PathCandidate, below: readonly PathCandidate[]): Reason[] {
  const { facts, reference, isAnchor } = issuer;
  const reasons: Reason[] = [];
  // Certificates before version 3 cannot state that they are CAs. A root is trusted because it was given.
  const isOldRoot = isAnchor && facts.version < VERSION_3;
  if (!facts.isCa && !isOldRoot) reasons.push(makeReason('not-a-ca', reference, {}));
  if (hasKeyUsage(issuer) && !facts.keyUsage.includes('keyCertSign'))
    reasons.push(makeReason('cert-sign-missing', reference, {}));
  // The leaf never counts as an intermediate. Source: RFC 5280 section 4.2.1.9.
  const found = below.slice(1).filter((each) => !isSelfIssued(each)).length;
  const allowed = facts.pathLength;
  if (facts.isCa && allowed !== undefined && found > allowed)
    reasons.push(makeReason('path-length', reference, { allowed, found }));
  return reasons;
}

/** Returns whether usages are restricted: without the extension, all are allowed. Source: RFC 5280 section 4.2.1.3. */
export function hasKeyUsage({ facts }: PathCandidate): boolean {
  return facts.extensions.some(({ name }) => name === 'keyUsage');
}
