import type { CrlEntry, CrlFacts } from '../../shared/certificates/crl.ts';
import type { Instant } from '../../shared/instant.ts';
import { getSignatureHash } from '../../shared/certificates/key-algorithm.ts';
import { decodeCrl } from '../../formats/x509/crl.ts';
import { encodeTbsCrl } from '../../formats/x509/crl-writer.ts';
import {
  keyIdBytes,
  publicKeyBits,
  signatureAlgorithm,
  encodeSignedObject,
  readSubjectName,
} from '../../formats/x509/writer.ts';
import type { IssuePorts, SigningAuthority } from './issue.ts';

export interface CrlRequest {
  /** Verifiers refuse the CRL if this CA's key usage omits `cRLSign`. */
  issuer: SigningAuthority;
  entries: readonly CrlEntry[];
  /** Below 2^53, and greater than in every earlier CRL of this issuer. */
  number: number;
  thisUpdate: Instant;
  nextUpdate: Instant;
}

export interface IssuedCrl {
  der: Uint8Array;
  facts: CrlFacts;
}

/** Issues a CRL, which must contain every certificate that the issuer revoked. */
export function issueCrl({ keys, crypto }: IssuePorts, request: CrlRequest): IssuedCrl {
  const { issuer, entries, thisUpdate, nextUpdate } = request;
  const hash = getSignatureHash(issuer.key.algorithm);
  const algorithm = signatureAlgorithm(issuer.key.type, hash);
  const digits = request.number.toString(16);
  const toBeSigned = encodeTbsCrl({
    algorithm,
    issuerName: readSubjectName(issuer.der),
    thisUpdate,
    nextUpdate,
    entries,
    numberHex: digits.length % 2 === 0 ? digits : `0${digits}`,
    authorityKeyId: keyIdBytes(issuer.facts.subjectKeyId) ?? crypto.sha1(publicKeyBits(issuer.key.spki)),
  });
  const der = encodeSignedObject(toBeSigned, algorithm, keys.sign(issuer.key, toBeSigned, hash));
  const decoded = decodeCrl(der);
  if (!decoded.ok) throw new Error(`issued what cannot be read: ${decoded.finding.rule}`);
  return { der, facts: decoded.crl };
}
