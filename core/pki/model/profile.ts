import type { Sourced } from '../../shared/citation.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';

/** Certificates that a login at the cloud agent can issue: one profile for each kind of client. */
export const IDENTITY_PROFILE_IDS = [
  'node-agent',
  'kms-plugin',
  'cloud-operator',
  'cert-manager',
  'csi',
  'cloud-provider',
  'caph',
  'load-balancer',
  'kvactl',
  'mocctl',
  'extra-admin',
] as const;
export type IdentityProfileId = (typeof IDENTITY_PROFILE_IDS)[number];

/**
 * Every certificate that the engine can issue, named after kubeadm's files and Microsoft's components. Source: the
 * article; Microsoft documentation of Update-AksHciCertificates; kubeadm.
 */
export const PROFILE_IDS = [
  // Roots
  'cluster-ca',
  'etcd-ca',
  'front-proxy-ca',
  'cloud-agent-ca',
  // Kubernetes leaves
  'apiserver',
  'apiserver-kubelet-client',
  'apiserver-etcd-client',
  'etcd-server',
  'etcd-peer',
  'etcd-healthcheck-client',
  'front-proxy-client',
  'kubelet-client',
  'kubelet-server',
  'admin',
  'super-admin',
  'controller-manager',
  'scheduler',
  // The cloud agent and its identities
  'cloud-agent-server',
  ...IDENTITY_PROFILE_IDS,
] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** `client-itself` is the identity's own program, such as mocctl or the node agent. */
export interface RenewalRule {
  by: 'nobody' | 'renewal-controller' | 'kubelet' | 'client-itself' | 'cloud-agent';
  /** When this share of the validity is left; absent for `nobody`. */
  atShareLeft?: number;
  /** Between two tries, as a share of the validity; absent for `nobody`. */
  retryShare?: number;
}

/**
 * Texts may contain `<cluster>`, `<node>`, `<host>`, `<identity>`, `<cloud-agent-fqdn>`; SANs also `<node-ip>`,
 * `<host-ip>`, `<service-ip>`, `<endpoint>` (addresses or names of the API server) and `<service-domain>` (usually
 * `cluster.local`). A SAN whose placeholder has no value is omitted.
 */
export interface Profile {
  id: ProfileId;
  /** In the inventory. */
  role: RoleId;
  layer: 'kubernetes' | 'moc';
  /** `self` for roots. */
  issuer: Sourced<ProfileId | 'self'>;
  subject: Sourced<{ commonName: string; organizations: readonly string[] }>;
  sans: Sourced<{ dns: readonly string[]; ip: readonly string[] }>;
  keyUsage: Sourced<readonly string[]>;
  /** In order; empty for roots. */
  extendedKeyUsage: Sourced<readonly ('serverAuth' | 'clientAuth')[]>;
  /** The default first. */
  keyAlgorithms: Sourced<readonly [KeyAlgorithm, ...KeyAlgorithm[]]>;
  /** From issuance to expiry. */
  validityMs: Sourced<number>;
  /** From `notBefore` to issuance. */
  backdatingMs: Sourced<number>;
  /** At most. */
  serialBits: Sourced<128 | 63>;
  renewal: Sourced<RenewalRule>;
  /** In the managed system. */
  revokedBy: Sourced<'RenewRevocation' | 'identity' | 'nothing'>;
  /**
   * Below `/etc/kubernetes/pki` without extension (`etcd/server`), or a kubeconfig below `/etc/kubernetes`
   * (`admin.conf`). Absent if unknown.
   */
  file?: Sourced<{ pki: string } | { kubeconfig: string }>;
  /** Full path of the access file (`cloudconfig`). Absent if unknown. */
  accessFile?: Sourced<string>;
}

/** Sources: the article, and kubeadm. */
export function profilePath(file: string | { pki: string } | { kubeconfig: string }): string {
  if (typeof file === 'string') return file;
  return 'pki' in file ? `/etc/kubernetes/pki/${file.pki}.crt` : `/etc/kubernetes/${file.kubeconfig}`;
}
