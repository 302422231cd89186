import type { CertificateState, DeploymentState } from '../../../core/simulation/state.ts';
import { DAY_MS, MINUTE_MS } from '../../../core/shared/instant.ts';
import table from '../../fixtures/profiles.json';

/*
 * Expected contents of certificates, written by hand: `profiles.json`, one row per profile with its source, and the
 * tables of the Kubernetes documentation. They are independent of the engine's own profiles.
 */

export interface ExpectedCertificate {
  commonName: string;
  organizations: string[];
  dns: string[];
  ip: string[];
  keyUsage: string[];
  extendedKeyUsage: string[];
  /** ID of the profile of the issuer; `self` for a root. */
  issuer: string;
  layer: string;
  firstKey: string;
  /** From issuance to expiry. */
  lifeMs: number;
  /** From `notBefore` to issuance. */
  backdatingMs: number;
  serialBits: number;
}

/**
 * Returns the table's row for a certificate of `deployment()`, filled in for its holder. Placeholders without a value
 * remain.
 */
export function certificateByHand(record: CertificateState, state: DeploymentState): ExpectedCertificate {
  const row = table.find(({ profile }) => profile === record.profile);
  if (row === undefined) throw new Error(`no row for ${record.profile}`);
  const fill = fillFor(record, state);
  // The client certificate in a user's kubeconfig is valid for a year. Source: Azure/aksArc issue 145.
  const days = record.holder.kind === 'workstation' ? 365 : row.days;
  return {
    commonName: fill(row.commonName),
    organizations: row.organizations.map(fill),
    dns: row.dns.map(fill),
    ip: row.ip.map(fill),
    keyUsage: row.keyUsage,
    extendedKeyUsage: row.extendedKeyUsage,
    issuer: row.issuer,
    layer: row.layer,
    firstKey: row.keys[0] ?? '',
    lifeMs: days * DAY_MS,
    backdatingMs: row.backdatingMinutes * MINUTE_MS,
    serialBits: row.serialBits,
  };
}

/** The first three numbers of the addresses in each cluster of `deployment()`. */
const NETWORKS: Partial<Record<string, string>> = { management: '172.16.0', retail: '172.16.10' };

/**
 * Returns a function that fills in the placeholders for a holder, from the plan of `deployment()`. Machine names are
 * random, so they are looked up. A client in a cluster runs on the cluster's only control-plane node, any other client
 * on the only host.
 */
export function fillFor(
  { holder, cluster = '' }: CertificateState,
  { clusters }: DeploymentState,
): (text: string) => string {
  const network = NETWORKS[cluster] ?? '';
  const nodes = clusters.find(({ name }) => name === cluster)?.nodes.map(({ name }) => name) ?? [];
  const [first] = nodes;
  const values: Partial<Record<string, string>> = {
    cluster,
    ...(holder.kind === 'node' && { node: holder.node, 'node-ip': `${network}.${10 + nodes.indexOf(holder.node)}` }),
    ...(holder.kind === 'identity' && { identity: holder.identity }),
    host: first ?? 'host-1',
    'host-ip': first === undefined ? '10.0.0.11' : `${network}.10`,
    'cloud-agent-fqdn': 'ca-5b1f0c2e.contoso.example',
    endpoint: `${network}.5`,
    'service-ip': '10.96.0.1',
    'service-domain': 'cluster.local',
  };
  return (text) => text.replace(/<([a-z-]+)>/gu, (open, name: string) => values[name] ?? open);
}

// ---- The Kubernetes documentation -----------------------------------------------------------------------------------

export interface DocumentedCertificate {
  profile: string;
  commonName: string;
  organization?: string;
  parent: string;
  kind: readonly ('server' | 'client')[];
  /** Hosts that must be among the SANs. */
  hosts?: readonly string[];
  /** The certificate lacks `key encipherment`, which the page lists for every kind. */
  withoutEncipherment?: true;
}

const SERVER_AND_CLIENT = ['server', 'client'] as const;
const CLIENT = ['client'] as const;

/**
 * Source: Kubernetes documentation, "PKI certificates and requirements", "All certificates" and "Configure certificates
 * for user accounts". Where kubeadm differs, the row follows kubeadm, and a comment gives the reason.
 */
export const DOCUMENTED: readonly DocumentedCertificate[] = [
  // The page says `kube-etcd`; kubeadm uses the node's name (phases/certs/certlist.go, setCommonNameToNodeName).
  {
    profile: 'etcd-server',
    commonName: '<node>',
    parent: 'etcd-ca',
    kind: SERVER_AND_CLIENT,
    hosts: ['localhost', '127.0.0.1'],
  },
  // The page says `kube-etcd-peer`; kubeadm uses the node's name, as above.
  {
    profile: 'etcd-peer',
    commonName: '<node>',
    parent: 'etcd-ca',
    kind: SERVER_AND_CLIENT,
    hosts: ['<node>', '<node-ip>', 'localhost', '127.0.0.1'],
  },
  { profile: 'etcd-healthcheck-client', commonName: 'kube-etcd-healthcheck-client', parent: 'etcd-ca', kind: CLIENT },
  // `system:masters` was dropped in 1.29: kubernetes/kubernetes 120521, kubernetes/website 42942.
  { profile: 'apiserver-etcd-client', commonName: 'kube-apiserver-etcd-client', parent: 'etcd-ca', kind: CLIENT },
  // The page calls the CA `kubernetes-ca`; kubeadm uses `kubernetes` (certlist.go, KubeadmCertRootCA). Note [1] of the
  // page also lists `kubernetes.default.svc.cluster`, which kubeadm does not write.
  {
    profile: 'apiserver',
    commonName: 'kube-apiserver',
    parent: 'kubernetes',
    kind: ['server'],
    hosts: [
      ...['<node>', '<node-ip>', '<endpoint>', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
      'kubernetes.default.svc.cluster.local',
    ],
  },
  // The page notes that kubeadm uses `kubeadm:cluster-admins` instead of `system:masters` (kubernetes/website 43870).
  {
    profile: 'apiserver-kubelet-client',
    commonName: 'kube-apiserver-kubelet-client',
    organization: 'kubeadm:cluster-admins',
    parent: 'kubernetes',
    kind: CLIENT,
  },
  // The page calls the CA `kubernetes-front-proxy-ca`; kubeadm uses `front-proxy-ca` (certlist.go,
  // KubeadmCertFrontProxyCA).
  { profile: 'front-proxy-client', commonName: 'front-proxy-client', parent: 'front-proxy-ca', kind: CLIENT },
  // The next two rows have applied since 1.29: kubernetes/kubernetes 121305.
  {
    profile: 'admin',
    commonName: 'kubernetes-admin',
    organization: 'kubeadm:cluster-admins',
    parent: 'kubernetes',
    kind: CLIENT,
  },
  {
    profile: 'super-admin',
    commonName: 'kubernetes-super-admin',
    organization: 'system:masters',
    parent: 'kubernetes',
    kind: CLIENT,
  },
  { profile: 'controller-manager', commonName: 'system:kube-controller-manager', parent: 'kubernetes', kind: CLIENT },
  // An EC key cannot encipher, so kubelets have not requested this usage since 1.27: kubernetes/kubernetes 111660.
  {
    profile: 'kubelet-client',
    commonName: 'system:node:<node>',
    organization: 'system:nodes',
    parent: 'kubernetes',
    kind: CLIENT,
    withoutEncipherment: true,
  },
  { profile: 'scheduler', commonName: 'system:kube-scheduler', parent: 'kubernetes', kind: CLIENT },
];
