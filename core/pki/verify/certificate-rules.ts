import type { CertificateFacts, DecodeFinding } from '../../shared/certificates/certificate.ts';
import { NAME_CONSTRAINTS, readNameConstraints } from '../../formats/x509/path-extensions.ts';
import type { Instant } from '../../shared/instant.ts';
import { findWeakKey } from '../model/strength.ts';
import { makeReason, type Reason } from '../model/verdict.ts';
import type { PathCandidate } from './candidate.ts';

/** Extensions that the rules evaluate; the locations of CRLs are for the caller. Source: RFC 5280 section 4.2. */
const PROCESSED: ReadonlySet<string> = new Set([
  '2.5.29.15', // keyUsage
  '2.5.29.17', // subjectAltName
  '2.5.29.19', // basicConstraints
  NAME_CONSTRAINTS,
  '2.5.29.31', // cRLDistributionPoints
  '2.5.29.32', // certificatePolicies
  '2.5.29.33', // policyMappings
  '2.5.29.36', // policyConstraints
  '2.5.29.37', // extKeyUsage
  '2.5.29.54', // inhibitAnyPolicy
]);
/** The verdict is unreliable if one of these is malformed or repeated. */
const RELIED_ON: ReadonlySet<string> = new Set(['keyUsage', 'subjectAltName', 'basicConstraints', 'extKeyUsage']);
/** Source: RFC 5280 sections 4.1.2.1 and 4.2, RFC 5480 section 2.1.1. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'der.version',
  'der.extensions-version',
  'der.extension-list',
  'der.public-key',
  'der.explicit-curve',
]);

export function certificateReasons(certificate: PathCandidate, at: Instant): Reason[] {
  const { facts, reference } = certificate;
  const reasons: Reason[] = [];
  if (at < facts.notBefore) reasons.push(makeReason('not-yet-valid', reference, { notBefore: facts.notBefore }));
  if (at > facts.notAfter) reasons.push(makeReason('expired', reference, { notAfter: facts.notAfter }));
  for (const finding of new Set(facts.findings.filter(forbids(facts)).map(({ rule }) => rule)))
    reasons.push(makeReason('malformed', reference, { finding }));
  if (readNameConstraints(certificate) === 'malformed')
    reasons.push(makeReason('malformed', reference, { finding: 'der.malformed-extension' }));
  for (const { oid, name, critical } of facts.extensions) {
    if (critical && !PROCESSED.has(oid))
      reasons.push(makeReason('critical-extension', reference, { extension: name ?? oid }));
  }
  const weakKey = findWeakKey(facts.key);
  if (weakKey !== undefined) reasons.push(makeReason('weak-key', reference, weakKey));
  return reasons;
}

function forbids({ extensions }: CertificateFacts): (finding: DecodeFinding) => boolean {
  const critical = new Set(extensions.flatMap(({ critical, oid, name }) => (critical ? [name ?? oid] : [])));
  return ({ rule, params }) => {
    if (FORBIDDEN.has(rule)) return true;
    if (rule !== 'der.malformed-extension' && rule !== 'der.duplicate-extension') return false;
    const extension = String(params?.['extension']);
    return RELIED_ON.has(extension) || critical.has(extension);
  };
}
