/**
 * Sources: the article names RSA 4096 and P-384 for the cluster's certificates; microsoft/moc generates RSA 2048;
 * kubelet generates P-256 (kubernetes/client-go).
 */
export const KEY_ALGORITHMS = ['rsa-4096', 'rsa-2048', 'p-384', 'p-256'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

export const HASH_NAMES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
export type HashName = (typeof HASH_NAMES)[number];

/**
 * Returns the hash for signatures: as strong as the curve, or SHA-256 for RSA, as in Go and therefore in Kubernetes and
 * MOC. Source: crypto/x509 of Go, `signingParamsForKey`.
 */
export function getSignatureHash(algorithm: KeyAlgorithm | undefined): HashName {
  return algorithm === 'p-384' ? 'SHA-384' : 'SHA-256';
}
