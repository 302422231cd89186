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

/** What a credential is for. One row of domain knowledge each; `unknown` when nothing told what it is. */
export type RoleId = (typeof ROLE_IDS)[number];

/** Who renews: a stable word for JSON and filters. Text in the catalogues as `renewer.<id>`. */
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
 * One way out, in the order to try. `command` may hold `<cluster>`, to be replaced by the cluster's name, and other words
 * in angle brackets that only the admin knows (`<control-plane-ip>`).
 */
export interface Remedy {
  command: string;
  statement: Statement;
}

/** One row of the catalogue. `role.<id>` is its name in the language catalogues. */
export interface RoleFacts {
  id: RoleId;
  /** `null` for `unknown`: where such a credential belongs depends on where it was found. */
  layer: Layer | null;
  lifetimeClass: LifetimeClassId;
  renewedBy: RenewerId;
  renewal: Statement;
  /** `null` when it is not known. */
  revocable: boolean | null;
  /** `RenewRevocation` for the Kubernetes layer, `identity` for a MOC identity. */
  revokedBy?: 'RenewRevocation' | 'identity';
  revocation: Statement;
  /** What stops working once it has expired. */
  breaks: Statement;
  /** Empty when no source names one. More than one where sources disagree: first is the safer to try. */
  remedies: readonly Remedy[];
  /**
   * What tells one holder's credential of this role from another's, so that a newer one replaces it: its own `subject`
   * (a node, a MOC identity), its `sans` (an API server per node), or only the `file` and entry it was read from. `file`
   * is the careful choice: where a subject is shared by several holders, one's renewal would hide the other's expiry.
   */
  holder: 'subject' | 'sans' | 'file';
}
