import type { ByteRange, CertificateFacts } from '../../shared/certificates/certificate.ts';
import type { Ports } from '../../shared/ports.ts';
import { viewPart } from './signed-object.ts';
import { SIGNATURE_OIDS } from './writer.ts';

/** Algorithms checked over exactly the decoded bytes; the library's own decoder is used for the others. */
export const CHECKED_HERE: ReadonlySet<string> = new Set([
  ...Object.values(SIGNATURE_OIDS.rsa),
  ...Object.values(SIGNATURE_OIDS.ec),
  '1.3.101.112',
]);

const MISMATCH = 'der.signature-algorithm-mismatch';

/** `unknown`: only the library can check the algorithm, and it did not confirm the signature. */
export type SignatureState = 'right' | 'wrong' | 'unknown';

export interface DecodedCertificate {
  der: Uint8Array;
  facts: CertificateFacts;
}

export type SignaturePorts = Pick<Ports, 'crypto' | 'keys'>;

export function signatureState(
  ports: SignaturePorts,
  { der, facts }: DecodedCertificate,
  issuer: DecodedCertificate,
): SignatureState {
  if (facts.findings.some(({ rule }) => rule === MISMATCH)) return 'wrong';
  const signatureOid = facts.signatureAlgorithm.oid;
  if (!CHECKED_HERE.has(signatureOid) || facts.signature === undefined)
    return ports.crypto.isSignedBy(der, issuer.der) ? 'right' : 'unknown';
  const { tbs, signature } = facts;
  return isSignedWith(ports, { der, tbs, signature, signatureOid }, issuer) ? 'right' : 'wrong';
}

export function isCheckedHere({ der, facts }: DecodedCertificate): boolean {
  const { signature, signatureAlgorithm } = facts;
  if (signature === undefined || !CHECKED_HERE.has(signatureAlgorithm.oid)) return false;
  return der[signature.offset - 1] === 0 && !facts.findings.some(({ rule }) => rule === MISMATCH);
}

/** Returns false for algorithms that `Keys.verify` does not support. */
export function isSignedWith(
  { keys }: Pick<Ports, 'keys'>,
  signed: { der: Uint8Array; tbs: ByteRange; signature: ByteRange; signatureOid: string },
  issuer: DecodedCertificate,
): boolean {
  const { der, signatureOid } = signed;
  // A signature consists of whole bytes. The unsigned count of unused bits before it must be zero.
  if (der[signed.signature.offset - 1] !== 0) return false;
  return keys.verify({
    spki: viewPart(issuer.der, issuer.facts.spki),
    signatureOid,
    data: viewPart(der, signed.tbs),
    signature: viewPart(der, signed.signature),
  });
}
