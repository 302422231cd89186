import type { Sourced } from '../../shared/citation.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { KeyAlgorithm } from '../../shared/key-algorithm.ts';

/**
 * Every certificate that the engine can issue, by the names of files that kubeadm gives and of Microsoft's components.
 * Source: the article; Microsoft documentation of Update-AksHciCertificates; kubeadm.
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
  // Identities of the cloud agent
  'cloud-agent-server',
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
export type ProfileId = (typeof PROFILE_IDS)[number];

/**
 * Who renews what was issued, when, and how often it tries again. `client-itself` is the identity's own program, such as
 * mocctl or the node agent.
 */
export interface RenewalRule {
  by: 'nobody' | 'renewal-controller' | 'kubelet' | 'client-itself' | 'cloud-agent';
  /** Renewal is due when this share of the validity period (0 to 1) is left. Absent for `nobody`. */
  atShareLeft?: number;
  /** Time between two tries, as a share of the validity period. Absent for `nobody`. */
  retryShare?: number;
}

/**
 * One kind of certificate, as data. Texts may hold `<cluster>`, `<node>`, `<host>`, `<identity>`, `<cloud-agent-fqdn>`;
 * SANs also `<node-ip>`, `<host-ip>`, `<service-ip>`, `<endpoint>` (address or name of the cluster's API server, may be
 * several) and `<service-domain>` (usually `cluster.local`). A placeholder without a value leaves its SAN out.
 */
export interface Profile {
  id: ProfileId;
  /** What the inventory calls such a certificate. */
  role: RoleId;
  layer: 'kubernetes' | 'moc';
  /** `self` for roots. */
  issuer: Sourced<ProfileId | 'self'>;
  subject: Sourced<{ commonName: string; organizations: readonly string[] }>;
  sans: Sourced<{ dns: readonly string[]; ip: readonly string[] }>;
  keyUsage: Sourced<readonly string[]>;
  /** In the order of the certificate; empty for roots. */
  extendedKeyUsage: Sourced<readonly ('serverAuth' | 'clientAuth')[]>;
  /** First is the default; the others are allowed. */
  keyAlgorithms: Sourced<readonly KeyAlgorithm[]>;
  /** Milliseconds from the moment of issue to the end. */
  validityMs: Sourced<number>;
  /** Milliseconds, 0 or more: `notBefore` lies this long before the moment of issue. */
  backdatingMs: Sourced<number>;
  /** Random serial numbers have at most this many bits. */
  serialBits: Sourced<128 | 63>;
  renewal: Sourced<RenewalRule>;
  /** How it can be revoked in the managed system. */
  revokedBy: Sourced<'RenewRevocation' | 'identity' | 'nothing'>;
  /**
   * Where it lies: below `/etc/kubernetes/pki` without extension (`etcd/server`), or as the client certificate of a
   * kubeconfig below `/etc/kubernetes` (`admin.conf`). Absent where no file is known.
   */
  file?: Sourced<{ pki: string } | { kubeconfig: string }>;
  /** Full path of the access file (`cloudconfig`) that holds it with its key. Absent where it is not known. */
  accessFile?: Sourced<string>;
}
