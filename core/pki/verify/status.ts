import type { CrlFacts } from '../../shared/certificates/crl.ts';
import type { Instant } from '../../shared/instant.ts';
import { isKubeletServer, getRevocable } from '../../shared/renew-revocation/revocable.ts';
import { RevocationIndex } from '../../shared/renew-revocation/match.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { isWeakSignature } from '../model/strength.ts';
import { makeReason, type Reason } from '../model/verdict.ts';
import { decodeCrl } from '../../formats/x509/crl.ts';
import type { IssuePorts } from '../issue/issue.ts';
import { contradicts, nameKey, type PathCandidate } from './candidate.ts';
import { hasKeyUsage } from './issuer-rules.ts';
import { CHECKED_HERE, isSignedWith, type SignatureState } from '../../formats/x509/signature.ts';

export interface GivenCrl {
  der: Uint8Array;
  facts: CrlFacts;
  issuerKey: string;
  signedBy: Map<PathCandidate, SignatureState>;
}

/** Reports unreadable CRLs for `leaf`, since their issuer is unknown. */
export function decodeCrls(ders: readonly Uint8Array[], leaf: PathCandidate): { crls: GivenCrl[]; reasons: Reason[] } {
  const crls: GivenCrl[] = [];
  const reasons: Reason[] = [];
  for (const [index, der] of ders.entries()) {
    const decoded = decodeCrl(der);
    if (decoded.ok) {
      const issuerKey = nameKey(decoded.crl.issuer);
      crls.push({ der, facts: decoded.crl, issuerKey, signedBy: new Map() });
    } else reasons.push(makeReason('crl-unreadable', leaf.reference, { position: index + 1 }));
  }
  return { crls, reasons };
}

export interface StatusQuestion {
  certificate: PathCandidate;
  issuer: PathCandidate;
  crls: readonly GivenCrl[];
  at: Instant;
}

/**
 * Lists revocations of a certificate in its issuer's CRL, and objections to the CRL. Uses the CRL with the fewest
 * faults and, among those, the newest. Entries count regardless of their date, even in an outdated CRL. Source: RFC
 * 5280 section 6.3.3.
 */
export function crlReasons(ports: Pick<IssuePorts, 'keys'>, question: StatusQuestion): Reason[] {
  const { certificate, issuer, crls } = question;
  const issuerName = certificate.facts.issuer.text;
  const judged = crls
    .filter(({ issuerKey, facts }) => issuerKey === issuer.subjectKey && !contradicts(facts, issuer))
    .map((crl) => ({ crl, ...judgeCrl(ports, crl, question) }));
  judged.sort((one, other) => one.faults - other.faults || compareAge(one.crl.facts, other.crl.facts));
  const [best] = judged;
  if (best === undefined) return [makeReason('crl-missing', certificate.reference, { issuer: issuerName })];
  const { serialHex } = certificate.facts;
  const entry = best.isGenuine ? best.crl.facts.entries.find((each) => each.serialHex === serialHex) : undefined;
  if (entry === undefined || entry.reason === 'removeFromCRL') return best.reasons;
  const { numberHex } = best.crl.facts;
  const revoked = makeReason('revoked-by-crl', certificate.reference, {
    issuer: best.crl.facts.issuer.text,
    crl: numberHex === undefined ? '–' : BigInt(`0x${numberHex}`).toString(),
    revokedAt: entry.revokedAt,
    reason: entry.reason ?? 'unspecified',
  });
  return [revoked, ...best.reasons];
}

function compareAge(one: CrlFacts, other: CrlFacts): number {
  if (one.thisUpdate !== other.thisUpdate) return one.thisUpdate < other.thisUpdate ? 1 : -1;
  const left = one.numberHex ?? '';
  const right = other.numberHex ?? '';
  if (left.length !== right.length) return right.length - left.length;
  return left < right ? 1 : -1;
}

function judgeCrl(
  ports: Pick<IssuePorts, 'keys'>,
  crl: GivenCrl,
  { certificate, issuer, at }: StatusQuestion,
): { reasons: Reason[]; faults: number; isGenuine: boolean } {
  const { facts } = crl;
  const name = facts.issuer.text;
  const { reference } = certificate;
  const reasons: Reason[] = [];
  if (hasKeyUsage(issuer) && !issuer.facts.keyUsage.includes('cRLSign'))
    reasons.push(makeReason('crl-sign-missing', issuer.reference, {}));
  const signature = signatureState(ports, crl, issuer);
  if (signature === 'wrong') reasons.push(makeReason('crl-signature-wrong', reference, { issuer: name }));
  if (signature === 'unknown') {
    const params = { issuer: name, algorithm: facts.signatureAlgorithm.name };
    reasons.push(makeReason('crl-signature-unknown', reference, params));
  }
  for (const oid of facts.notUnderstood)
    reasons.push(makeReason('crl-not-understood', reference, { issuer: name, oid }));
  // The issuer signed the entries, and all of them are understood.
  const isGenuine = reasons.length === 0;
  const { thisUpdate, nextUpdate, signatureAlgorithm } = facts;
  if (at < thisUpdate) reasons.push(makeReason('crl-not-yet-valid', reference, { issuer: name, thisUpdate }));
  if (nextUpdate !== undefined && at > nextUpdate)
    reasons.push(makeReason('crl-expired', reference, { issuer: name, nextUpdate }));
  const faults = reasons.length;
  if (isWeakSignature(signatureAlgorithm)) {
    const params = { issuer: name, algorithm: signatureAlgorithm.name };
    reasons.push(makeReason('crl-signature-weak', reference, params));
  }
  return { reasons, faults, isGenuine };
}

function signatureState(ports: Pick<IssuePorts, 'keys'>, crl: GivenCrl, issuer: PathCandidate): SignatureState {
  const known = crl.signedBy.get(issuer);
  if (known !== undefined) return known;
  const { der, facts } = crl;
  const { tbs, signature } = facts;
  const signatureOid = facts.signatureAlgorithm.oid;
  const isMixed = facts.findings.some(({ rule }) => rule === 'der.signature-algorithm-mismatch');
  const isRight = !isMixed && isSignedWith(ports, { der, tbs, signature, signatureOid }, issuer);
  // A signature that cannot be checked is not necessarily forged.
  const state = isRight ? 'right' : isMixed || CHECKED_HERE.has(signatureOid) ? 'wrong' : 'unknown';
  crl.signedBy.set(issuer, state);
  return state;
}

export function objectReasons({ facts, reference }: PathCandidate, revocations: readonly RenewRevocation[]): Reason[] {
  const certificate = getRevocable(facts, isKubeletServer(facts));
  return new RevocationIndex(revocations)
    .match(certificate)
    .map(({ object, entryIndex, entry }) =>
      makeReason('revoked-by-object', reference, {
        object: object.name,
        entry: entryIndex + 1,
        kind: entry.kind,
        value: entry.value,
      }),
    );
}
