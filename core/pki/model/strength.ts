import type { CertificateFacts, PublicKeyFacts } from '../../shared/certificates/certificate.ts';

/** 112 bits of security, openssl's level 2. Source: NIST SP 800-57 Part 1, table 2. */
const MINIMUM_BITS: ReadonlyMap<string, number> = new Map([
  ['RSA', 2048],
  ['RSA-PSS', 2048],
  ['DSA', 2048],
  ['EC', 224],
]);

/** Returns the shortest sufficient length for a weak key; `undefined` for a strong key. */
export function findWeakKey({
  algorithm,
  bits,
}: PublicKeyFacts): { algorithm: string; bits: number; minimum: number } | undefined {
  const minimum = MINIMUM_BITS.get(algorithm);
  return minimum !== undefined && bits !== undefined && bits < minimum ? { algorithm, bits, minimum } : undefined;
}

/**
 * Matches hashes for which collisions are feasible, so that two texts can share a signature. Source: NIST SP 800-131A
 * section 9.
 */
const WEAK_HASH = /sha-?1(?![0-9])|md[245]/iu;

export function isWeakSignature({ name, hash }: Omit<CertificateFacts['signatureAlgorithm'], 'oid'>): boolean {
  return WEAK_HASH.test(hash ?? name);
}
