import type { Instant } from '../instant.ts';

/** Source: Kubernetes documentation, "Kubernetes signers". */
export const KUBELET_CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
export const KUBELET_SERVING_SIGNER = 'kubernetes.io/kubelet-serving';

const KUBELET_PROFILES = new Map([
  [KUBELET_CLIENT_SIGNER, 'kubelet-client'],
  [KUBELET_SERVING_SIGNER, 'kubelet-server'],
] as const);

/** Returns the profile that the signer demands; `undefined` if the signer is not for kubelets. */
export function findSignerProfile({ signerName }: Pick<CsrObject, 'signerName'>) {
  return KUBELET_PROFILES.get(signerName as typeof KUBELET_CLIENT_SIGNER);
}

/** Source: Kubernetes API, `CertificateSigningRequestSpec.expirationSeconds`. */
export const SHORTEST_EXPIRATION_SECONDS = 600;

/** `type` is `Approved`, `Denied` or `Failed`; the condition applies if `status` is `True`. */
export interface CsrCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastUpdateTime?: Instant;
  lastTransitionTime?: Instant;
}

/**
 * Contains only the identifying part of the metadata. The API server, never the client, fills in the requester. Source:
 * Kubernetes API reference, CertificateSigningRequest v1.
 */
export interface CsrObject {
  name: string;
  createdAt?: Instant;
  /** PEM, byte for byte as in the object. */
  request: Uint8Array;
  signerName: string;
  /** In the manifest's words: `digital signature`, `key encipherment`, `client auth`, … */
  usages: readonly string[];
  username?: string;
  uid?: string;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
  /** Absent if the lifetime is left to the signer. */
  expirationSeconds?: number;
  conditions: readonly CsrCondition[];
  /** PEM of the issued chain, leaf first; byte for byte as in the object. */
  certificate?: Uint8Array;
}

export type CsrState = 'pending' | 'denied' | 'failed' | 'approved' | 'issued';

/** Returns denied or failed even if the request is also approved: a signer must not sign it. */
export function readCsrState({ conditions, certificate }: CsrObject): CsrState {
  const holds = (type: string): boolean =>
    conditions.some((condition) => condition.type === type && condition.status === 'True');
  if (holds('Denied')) return 'denied';
  if (holds('Failed')) return 'failed';
  if (certificate !== undefined) return 'issued';
  return holds('Approved') ? 'approved' : 'pending';
}
