import type { CertificateFacts, PublicKeyFacts } from '../../shared/certificates/certificate.ts';

/** 112 bits of security. Source: NIST SP 800-57 Part 1, table 2; openssl calls it security level 2. */
const MINIMUM_BITS: ReadonlyMap<string, number> = new Map([
  ['RSA', 2048],
  ['RSA-PSS', 2048],
  ['DSA', 2048],
  ['EC', 224],
]);

/** A key that is shorter than it should be, with the shortest length that is enough, in bits; `undefined` otherwise. */
export function findWeakKey({
  algorithm,
  bits,
}: PublicKeyFacts): { algorithm: string; bits: number; minimum: number } | undefined {
  const minimum = MINIMUM_BITS.get(algorithm);
  return minimum !== undefined && bits !== undefined && bits < minimum ? { algorithm, bits, minimum } : undefined;
}

/** Hashes for which two texts with the same signature can be made. Source: NIST SP 800-131A section 9. */
const WEAK_HASH = /sha-?1(?![0-9])|md[245]/iu;

/** Whether a signature algorithm with this name should no longer be relied on. */
export function isWeakSignature({ name, hash }: Omit<CertificateFacts['signatureAlgorithm'], 'oid'>): boolean {
  return WEAK_HASH.test(hash ?? name);
}
