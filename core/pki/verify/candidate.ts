import type { CertificateFacts, DistinguishedName } from '../../shared/certificates/certificate.ts';
import { isSameBytes } from '../../shared/lists.ts';
import { makeReason, type CertificateReference, type Reason } from '../model/verdict.ts';
import { comparableValue } from '../../formats/x509/general-name.ts';
import { decodeCertificate } from '../../formats/x509/certificate.ts';

export interface PathCandidate {
  /** DER without trailing data. */
  der: Uint8Array;
  facts: CertificateFacts;
  reference: CertificateReference;
  /** Whether the certificate equals one of the given roots byte for byte. */
  isAnchor: boolean;
  issuerKey: string;
  subjectKey: string;
}

export interface Candidates {
  leaf: PathCandidate | undefined;
  others: PathCandidate[];
  anchors: PathCandidate[];
  reasons: Reason[];
}

/** Treats a certificate in the chain that is also a root as the root. */
export function getCandidates(chain: readonly Uint8Array[], roots: readonly Uint8Array[]): Candidates {
  const reasons: Reason[] = [];
  const read = (der: Uint8Array, list: CertificateReference['list'], index: number) => {
    const candidate = findCandidate(der, { list, index });
    if (candidate !== undefined) return [candidate];
    const isLeaf = list === 'chain' && index === 0;
    reasons.push(makeReason(isLeaf ? 'unreadable' : 'left-out', { list, index }, {}));
    return [];
  };
  const [leaf] = read(chain[0] ?? new Uint8Array(0), 'chain', 0);
  const others = chain.slice(1).flatMap((der, index) => read(der, 'chain', index + 1));
  const anchors = roots.flatMap((der, index) => read(der, 'roots', index));
  for (const anchor of anchors) anchor.isAnchor = true;
  const isRoot = ({ der }: PathCandidate): boolean => anchors.some((root) => isSameBytes(root.der, der));
  if (leaf !== undefined) leaf.isAnchor = isRoot(leaf);
  return { leaf, others: others.filter((each) => !isRoot(each)), anchors, reasons };
}

function findCandidate(der: Uint8Array, place: CertificateReference): PathCandidate | undefined {
  const decoded = decodeCertificate(der);
  if (!decoded.ok) return undefined;
  const facts = decoded.certificate;
  return {
    der: der.subarray(0, facts.length ?? der.length),
    facts,
    reference: { ...place, subject: facts.subject.text, serialHex: facts.serialHex },
    isAnchor: false,
    issuerKey: nameKey(facts.issuer),
    subjectKey: nameKey(facts.subject),
  };
}

/**
 * Returns a key for comparing names regardless of case and extra spaces. Source: RFC 5280 section 7.1, RFC 4518 section
 * 2.6.1.
 */
export function nameKey({ attributes }: DistinguishedName): string {
  return JSON.stringify(attributes.map(({ oid, value }) => [oid, comparableValue(value)]));
}

/** Whether the authority key identifier differs from the issuer's key. */
export function contradicts(
  { authorityKeyId }: Pick<CertificateFacts, 'authorityKeyId'>,
  { facts: { subjectKeyId } }: PathCandidate,
): boolean {
  const keyId = authorityKeyId?.keyId;
  return keyId !== undefined && subjectKeyId !== undefined && keyId !== subjectKeyId;
}

/** Compares subject and issuer. Source: RFC 5280 section 3.2. */
export function isSelfIssued({ issuerKey, subjectKey }: PathCandidate): boolean {
  return issuerKey === subjectKey;
}
