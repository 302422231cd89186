import type { RoleId } from './credentials.ts';

/*
 * Names by which a role is recognised: of MOC identities, subjects and files. Used by `classify`, which also checks
 * what the certificate allows before it trusts a name.
 */

/** A purpose that the extended key usage of a certificate must allow. */
export type Usage = 'serverAuth' | 'clientAuth';

export interface IdentityName {
  /** Tested against the lower-case name. */
  pattern: RegExp;
  certificate: RoleId;
  token: RoleId;
}

/**
 * Names with a fixed ending, which no cluster's name can imitate. Microsoft documentation: identity
 * `KMSPlugin-<cluster>-moc-kms-plugin`, secrets `<cluster>-template-secret-akshci-cc` and the like.
 */
export const NAME_ENDINGS: readonly IdentityName[] = [
  { pattern: /-moc-kms-plugin$/u, certificate: 'kms-plugin', token: 'kms-plugin-token' },
  { pattern: /-akshci-cc$/u, certificate: 'cloud-provider', token: 'cloud-provider-token' },
];

/**
 * Words in a name. Microsoft documentation, Update-AksHciCertificates: NodeAgent, KVA, CloudOperator, CSI, CertManager,
 * CAPH, CloudProvider. `Appliance` is the name of the management appliance on later stacks (inferred).
 */
export const NAME_WORDS: readonly IdentityName[] = [
  { pattern: /caph/u, certificate: 'caph', token: 'caphlogintoken' },
  { pattern: /cloud-?operator/u, certificate: 'cloud-operator', token: 'cloud-operator-token' },
  { pattern: /cert-?manager/u, certificate: 'cert-manager', token: 'cert-manager-token' },
  { pattern: /cloud-?provider/u, certificate: 'cloud-provider', token: 'cloud-provider-token' },
  { pattern: /(?:^|[^a-z])csi(?![a-z])/u, certificate: 'csi', token: 'csi-token' },
  { pattern: /node-?agent/u, certificate: 'node-agent', token: 'node-agent-token' },
  { pattern: /load-?balancer/u, certificate: 'load-balancer', token: 'load-balancer-token' },
  // mocctl's login token has no role of its own: `Repair-MocLogin` recreates it.
  { pattern: /mocctl/u, certificate: 'mocctl', token: 'moc-token' },
  { pattern: /kvactl|(?:^|[^a-z])(?:kva|appliance)(?![a-z])/u, certificate: 'kvactl', token: 'kvactl-token' },
];

/** Client types of an identity. An admin's identity has the name that the admin chose. Source: microsoft/moc. */
export const ROLE_OF_CLIENT_TYPE: ReadonlyMap<string, RoleId> = new Map([
  ['node', 'node-agent-token'],
  ['loadbalancer', 'load-balancer-token'],
]);
export const ADMIN_CLIENT_TYPES = ['admin', 'externalclient'];

/** Groups that kubeadm binds to cluster-admin: `system:masters`, and since 1.29 `kubeadm:cluster-admins`. */
export const ADMIN_GROUPS = ['system:masters', 'kubeadm:cluster-admins'];

/** kubeadm, and Kubernetes, "PKI certificates and requirements", where the names differ. */
export const AUTHORITY_NAMES: ReadonlyMap<string, RoleId> = new Map([
  ['kubernetes', 'cluster-ca'],
  ['kubernetes-ca', 'cluster-ca'],
  ['etcd-ca', 'etcd-ca'],
  ['front-proxy-ca', 'front-proxy-ca'],
  ['kubernetes-front-proxy-ca', 'front-proxy-ca'],
]);

/** Common names that belong to a single component, with the purpose they must allow. Source: as above. */
export const COMPONENT_NAMES: ReadonlyMap<string, { usage: Usage; role: RoleId }> = new Map([
  ['kube-apiserver', { usage: 'serverAuth', role: 'apiserver' }],
  ['kube-apiserver-kubelet-client', { usage: 'clientAuth', role: 'apiserver-kubelet-client' }],
  ['kube-apiserver-etcd-client', { usage: 'clientAuth', role: 'apiserver-etcd-client' }],
  ['kube-etcd', { usage: 'serverAuth', role: 'etcd-server' }],
  ['kube-etcd-peer', { usage: 'serverAuth', role: 'etcd-peer' }],
  ['kube-etcd-healthcheck-client', { usage: 'clientAuth', role: 'etcd-healthcheck-client' }],
  ['front-proxy-client', { usage: 'clientAuth', role: 'front-proxy-client' }],
  ['system:kube-controller-manager', { usage: 'clientAuth', role: 'controller-manager' }],
  ['system:kube-scheduler', { usage: 'clientAuth', role: 'scheduler' }],
]);

/** Files under `/etc/kubernetes/pki` and what they must contain for the name to be trusted. Source: kubeadm. */
export const PKI_FILES: ReadonlyMap<string, { usage: Usage | 'authority'; role: RoleId }> = new Map([
  ['ca', { usage: 'authority', role: 'cluster-ca' }],
  ['etcd/ca', { usage: 'authority', role: 'etcd-ca' }],
  ['front-proxy-ca', { usage: 'authority', role: 'front-proxy-ca' }],
  ['apiserver', { usage: 'serverAuth', role: 'apiserver' }],
  ['apiserver-kubelet-client', { usage: 'clientAuth', role: 'apiserver-kubelet-client' }],
  ['apiserver-etcd-client', { usage: 'clientAuth', role: 'apiserver-etcd-client' }],
  ['etcd/server', { usage: 'serverAuth', role: 'etcd-server' }],
  ['etcd/peer', { usage: 'serverAuth', role: 'etcd-peer' }],
  ['etcd/healthcheck-client', { usage: 'clientAuth', role: 'etcd-healthcheck-client' }],
  ['front-proxy-client', { usage: 'clientAuth', role: 'front-proxy-client' }],
]);
export const PKI_FILE = /\/kubernetes\/pki\/(?<name>[^.]+)\.(?:crt|cer|pem|der)$/u;

/** `kubeconfig-mgmt`, in 2020 previews `kubeconfig-clustergroup-management`; copies may have a suffix. */
export const MANAGEMENT_FILE = /^kubeconfig-(?:mgmt|clustergroup-management)(?![a-z0-9])/u;

/** Generic failover-cluster role of the cloud agent: `ca-<guid>`, as the host name of its FQDN. */
export const CLOUD_AGENT_NAME = /^ca-[0-9a-f]{8}[0-9a-f-]*(?:\.|$)/u;

/** `<node>@<seconds since 1970>`: the name of a kubelet in its self-signed serving certificate. */
export const SELF_SIGNED_KUBELET = /^[^@]+@\d+$/u;
