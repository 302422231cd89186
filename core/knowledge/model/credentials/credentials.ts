import type { Statement } from '../../../shared/citation.ts';
import type { Layer } from '../../../shared/ids.ts';
import type { LifetimeClassId } from './lifetimes.ts';

export const ROLE_IDS = [
  // MOC layer
  'cloud-agent-ca',
  'cloud-agent-server',
  'node-agent',
  'node-agent-token',
  'mocctl',
  'kvactl',
  'kvactl-token',
  'caph',
  'caphlogintoken',
  'kms-plugin',
  'kms-plugin-token',
  'csi',
  'csi-token',
  'cloud-provider',
  'cloud-provider-token',
  'cert-manager',
  'cert-manager-token',
  'cloud-operator',
  'cloud-operator-token',
  'load-balancer',
  'load-balancer-token',
  'extra-admin',
  'extra-admin-token',
  'moc-client',
  'moc-token',
  // Kubernetes layer
  'cluster-ca',
  'etcd-ca',
  'front-proxy-ca',
  'apiserver',
  'apiserver-kubelet-client',
  'apiserver-etcd-client',
  'etcd-server',
  'etcd-peer',
  'etcd-healthcheck-client',
  'front-proxy-client',
  'kubelet-client',
  'kubelet-server',
  'admin-conf',
  'super-admin-conf',
  'controller-manager',
  'scheduler',
  'ad-auth-webhook',
  'bootstrap-token',
  'service-account-token',
  // Workstation
  'management-kubeconfig',
  'admin-kubeconfig',
  'kubeconfig-client',
  'kubeconfig-token',
  'proxy-ca',
  'unknown',
] as const;

/** The purpose of a credential. Each is one row of domain knowledge; `unknown` when nothing revealed it. */
export type RoleId = (typeof ROLE_IDS)[number];

/** Who renews: a stable word for JSON and filters. Texts are `renewer.<id>`. */
export const RENEWER_IDS = [
  'nobody',
  'renewal-controller',
  'kubelet',
  'client-itself',
  'cloud-agent',
  'node-agent',
  'host-update',
  'cluster-update',
  'admin',
  'unknown',
] as const;
export type RenewerId = (typeof RENEWER_IDS)[number];

/**
 * One remedy, in the order to try. `command` may contain `<cluster>`, which is replaced by the cluster's name, and
 * other placeholders that only the admin knows (`<control-plane-ip>`).
 */
export interface Remedy {
  command: string;
  statement: Statement;
}

/** One row of the catalogue, named `role.<id>`. */
export interface RoleFacts {
  id: RoleId;
  /** `null` for `unknown`, whose layer depends on where it was found. */
  layer: Layer | null;
  lifetimeClass: LifetimeClassId;
  renewedBy: RenewerId;
  renewal: Statement;
  /** `null` when unknown. */
  revocable: boolean | null;
  /** `RenewRevocation` for the Kubernetes layer, `identity` for a MOC identity. */
  revokedBy?: 'RenewRevocation' | 'identity';
  revocation: Statement;
  /** What stops working once it has expired. */
  breaks: Statement;
  /** Empty when no source names one. More than one where sources disagree: the first is the safer to try. */
  remedies: readonly Remedy[];
  /**
   * What distinguishes the holders of credentials with this role, so that a newer credential replaces the right one:
   * the `subject` (a node, a MOC identity), the `sans` (an API server per node), or only the `file` and entry it was
   * read from. `file` is the cautious choice: where holders share a subject, the renewal of one would hide the expiry
   * of another.
   */
  holder: 'subject' | 'sans' | 'file';
}
