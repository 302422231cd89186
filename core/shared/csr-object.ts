import type { Instant } from './instant.ts';

/** The signers of kubelet certificates. Source: Kubernetes documentation, "Kubernetes signers". */
export const KUBELET_CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
export const KUBELET_SERVING_SIGNER = 'kubernetes.io/kubelet-serving';

/** The shortest life that may be asked for. Source: Kubernetes API, `CertificateSigningRequestSpec.expirationSeconds`. */
export const SHORTEST_EXPIRATION_SECONDS = 600;

/** `type` is `Approved`, `Denied` or `Failed`; it holds when `status` is `True`. */
export interface CsrCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastUpdateTime?: Instant;
  lastTransitionTime?: Instant;
}

/**
 * A CertificateSigningRequest of `certificates.k8s.io/v1`. Of its metadata, what tells it from others; the rest is for the
 * API server. Who asks is filled in by the API server, never by the one who asks.
 * Source: Kubernetes API reference, CertificateSigningRequest v1.
 */
export interface CsrObject {
  name: string;
  createdAt?: Instant;
  /** PEM of the PKCS #10 request, byte for byte as the object has it. */
  request: Uint8Array;
  signerName: string;
  /** As written: `digital signature`, `key encipherment`, `client auth`, … */
  usages: readonly string[];
  username?: string;
  uid?: string;
  groups: readonly string[];
  extra: Readonly<Record<string, readonly string[]>>;
  /** The life that is asked for; absent when it is left to the signer. */
  expirationSeconds?: number;
  conditions: readonly CsrCondition[];
  /** PEM of what was issued, the certificate itself first; byte for byte as the object has it. */
  certificate?: Uint8Array;
}

/** How far a request has come: what its conditions and its certificate say together. */
export type CsrState = 'pending' | 'denied' | 'failed' | 'approved' | 'issued';

/** Denied and failed count before approved: a signer must not sign either. Source: Kubernetes API reference, as above. */
export function csrStateOf({ conditions, certificate }: CsrObject): CsrState {
  const holds = (type: string): boolean =>
    conditions.some((condition) => condition.type === type && condition.status === 'True');
  if (holds('Denied')) return 'denied';
  if (holds('Failed')) return 'failed';
  if (certificate !== undefined) return 'issued';
  return holds('Approved') ? 'approved' : 'pending';
}
