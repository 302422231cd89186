import type { CrlEntry, CrlFacts } from '../../shared/certificates/crl.ts';
import type { Instant } from '../../shared/instant.ts';
import { decodeCrl } from '../../formats/x509/crl.ts';
import { encodeTbsCrl } from '../../formats/x509/crl-writer.ts';
import { readSubjectName } from '../../formats/x509/writer.ts';
import { issuerKeyId, signObject, type IssuePorts, type SigningAuthority } from './issue.ts';

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
export function issueCrl(ports: IssuePorts, { issuer, number, ...content }: CrlRequest): IssuedCrl {
  const digits = number.toString(16);
  const der = signObject(ports, issuer.key, (algorithm) =>
    encodeTbsCrl({
      ...content,
      algorithm,
      issuerName: readSubjectName(issuer.der),
      numberHex: digits.length % 2 === 0 ? digits : `0${digits}`,
      authorityKeyId: issuerKeyId(ports, issuer),
    }),
  );
  const decoded = decodeCrl(der);
  if (!decoded.ok) throw new Error(`issued what cannot be read: ${decoded.finding.rule}`);
  return { der, facts: decoded.crl };
}
