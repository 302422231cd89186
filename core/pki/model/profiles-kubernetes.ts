import { DAY_MS, MINUTE_MS } from '../../shared/instant.ts';
import type { ProfileRow } from './profile-row.ts';
import {
  DOC_ETCD_FILES,
  ETCD_CLIENT_FILE,
  inferred,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KUBEADM,
  KUBEADM_BACKDATING,
  KUBEADM_CA_SANS,
  KUBEADM_ETCD,
  KUBEADM_ETCD_USAGES,
  KUBEADM_GROUPS,
  KUBEADM_TEN_YEARS,
  KUBEADM_USAGES,
  KUBELET_KEY,
  KUBELET_REQUEST,
  KUBELET_ROTATION,
  KUBELET_USAGES,
  OVERVIEW_AUTHORITIES,
  OVERVIEW_ETCD,
  OVERVIEW_KEYS,
  OVERVIEW_PROVISIONING,
  OVERVIEW_RENEWAL,
  OVERVIEW_REVOCATION,
  OVERVIEW_SAMPLE_SERIAL,
  OVERVIEW_VALIDITY,
  RENEWAL_PODS,
  RENEWAL_PODS_INTERVAL,
  SIGNER_SERIAL,
  SIGNER_START,
  sourced,
} from '../../knowledge/model/sources/sources.ts';

/*
 * The Kubernetes layer: the PKI of one cluster. The article specifies the three CAs, the folder, the validity and the
 * keys; names, SANs and usages are those of kubeadm 1.29 and later, whose file names the product uses.
 */

const FOUR_DAYS_MS = 4 * DAY_MS;
/** kubeadm uses 87,600 hours; ten calendar years would be two or three days longer. */
const TEN_YEARS_MS = 3650 * DAY_MS;

const COMMON = {
  layer: 'kubernetes',
  // The article names both keys without saying which CA has which.
  keyAlgorithms: sourced(['p-384', 'rsa-4096'], OVERVIEW_KEYS, inferred('source.inferred.default-key')),
  backdatingMs: sourced(5 * MINUTE_MS, SIGNER_START, KUBEADM_BACKDATING),
  serialBits: sourced(128, OVERVIEW_SAMPLE_SERIAL, SIGNER_SERIAL),
} as const;

const NO_SANS = sourced({ dns: [], ip: [] }, KUBEADM);

// ---- Roots ----------------------------------------------------------------------------------------------------------

const ROOT = {
  ...COMMON,
  issuer: sourced('self', OVERVIEW_PROVISIONING, OVERVIEW_AUTHORITIES),
  // kubeadm omits cRLSign; without it no tool accepts a CRL of the CA (RFC 5280 section 4.2.1.3).
  keyUsage: sourced(
    ['digitalSignature', 'keyEncipherment', 'keyCertSign', 'cRLSign'],
    KUBEADM_USAGES,
    inferred('source.inferred.crl-sign'),
  ),
  extendedKeyUsage: sourced([], KUBEADM),
  validityMs: sourced(TEN_YEARS_MS, OVERVIEW_VALIDITY, KUBEADM_TEN_YEARS),
  renewal: sourced({ by: 'nobody' }, inferred('source.inferred.no-ca-rotation'), OVERVIEW_PROVISIONING),
  revokedBy: sourced('nothing', inferred('source.inferred.revocation-of-renewed')),
} as const;

function rootNamed(commonName: string) {
  return {
    subject: sourced({ commonName, organizations: [] }, KUBEADM),
    sans: sourced({ dns: [commonName], ip: [] }, KUBEADM_CA_SANS),
  };
}

/** Listed in the order of creation. */
export const KUBERNETES_ROOTS = {
  'cluster-ca': { ...ROOT, ...rootNamed('kubernetes'), file: sourced({ pki: 'ca' }, KUBEADM, OVERVIEW_PROVISIONING) },
  'etcd-ca': { ...ROOT, ...rootNamed('etcd-ca'), file: sourced({ pki: 'etcd/ca' }, DOC_ETCD_FILES, KUBEADM) },
  'front-proxy-ca': {
    ...ROOT,
    ...rootNamed('front-proxy-ca'),
    file: sourced({ pki: 'front-proxy-ca' }, KUBEADM, OVERVIEW_PROVISIONING),
  },
} as const satisfies Record<string, ProfileRow>;

// ---- Leaves of the control plane ------------------------------------------------------------------------------------

const BY_CONTROLLER = { by: 'renewal-controller', atShareLeft: 1 / 4, retryShare: 1 / 50 } as const;
const RETRY = inferred('source.inferred.retry');

const LEAF = {
  ...COMMON,
  keyUsage: sourced(['digitalSignature', 'keyEncipherment'], KUBEADM_USAGES),
  validityMs: sourced(FOUR_DAYS_MS, OVERVIEW_VALIDITY),
  renewal: sourced(BY_CONTROLLER, RENEWAL_PODS_INTERVAL, RENEWAL_PODS, OVERVIEW_RENEWAL, RETRY),
  revokedBy: sourced('RenewRevocation', OVERVIEW_REVOCATION),
} as const;

const CLIENT = { ...LEAF, sans: NO_SANS, extendedKeyUsage: sourced(['clientAuth'], KUBEADM) };

/** Clients of the API server get this group; kubeadm changed the groups in 1.29. */
const CLUSTER_ADMINS = ['kubeadm:cluster-admins'];

const BY_CLUSTER_CA = sourced('cluster-ca', KUBEADM, OVERVIEW_AUTHORITIES);
const BY_ETCD_CA = sourced('etcd-ca', KUBEADM_ETCD, OVERVIEW_AUTHORITIES);

const API_SERVER = {
  apiserver: {
    ...LEAF,
    issuer: BY_CLUSTER_CA,
    subject: sourced({ commonName: 'kube-apiserver', organizations: [] }, KUBEADM),
    sans: sourced(
      {
        dns: [
          'kubernetes',
          'kubernetes.default',
          'kubernetes.default.svc',
          'kubernetes.default.svc.<service-domain>',
          '<node>',
        ],
        ip: ['<service-ip>', '<node-ip>', '<endpoint>'],
      },
      KUBEADM,
    ),
    extendedKeyUsage: sourced(['serverAuth'], KUBEADM),
    file: sourced({ pki: 'apiserver' }, KUBEADM, OVERVIEW_PROVISIONING),
  },
  'apiserver-kubelet-client': {
    ...CLIENT,
    issuer: sourced('cluster-ca', OVERVIEW_AUTHORITIES, KUBEADM),
    subject: sourced({ commonName: 'kube-apiserver-kubelet-client', organizations: CLUSTER_ADMINS }, KUBEADM_GROUPS),
    file: sourced({ pki: 'apiserver-kubelet-client' }, KUBEADM, OVERVIEW_PROVISIONING),
  },
  'apiserver-etcd-client': {
    ...CLIENT,
    issuer: sourced('etcd-ca', KUBEADM_ETCD, OVERVIEW_ETCD),
    subject: sourced({ commonName: 'kube-apiserver-etcd-client', organizations: [] }, KUBEADM_GROUPS),
    file: sourced({ pki: 'apiserver-etcd-client' }, ETCD_CLIENT_FILE, KUBEADM),
  },
} as const satisfies Record<string, ProfileRow>;

/** etcd uses both certificates to serve its clients and to call its peers. */
const ETCD_NODE = {
  ...LEAF,
  subject: sourced({ commonName: '<node>', organizations: [] }, KUBEADM),
  sans: sourced({ dns: ['localhost', '<node>'], ip: ['127.0.0.1', '::1', '<node-ip>'] }, KUBEADM),
  extendedKeyUsage: sourced(['serverAuth', 'clientAuth'], KUBEADM_ETCD_USAGES),
} as const;

const ETCD = {
  'etcd-server': {
    ...ETCD_NODE,
    issuer: sourced('etcd-ca', KUBEADM_ETCD, OVERVIEW_ETCD, OVERVIEW_AUTHORITIES),
    file: sourced({ pki: 'etcd/server' }, DOC_ETCD_FILES, KUBEADM),
  },
  'etcd-peer': {
    ...ETCD_NODE,
    issuer: sourced('etcd-ca', OVERVIEW_AUTHORITIES, KUBEADM_ETCD),
    file: sourced({ pki: 'etcd/peer' }, KUBEADM, OVERVIEW_PROVISIONING),
  },
  'etcd-healthcheck-client': {
    ...CLIENT,
    issuer: BY_ETCD_CA,
    subject: sourced({ commonName: 'kube-etcd-healthcheck-client', organizations: [] }, KUBEADM_GROUPS),
    file: sourced({ pki: 'etcd/healthcheck-client' }, KUBEADM, OVERVIEW_PROVISIONING),
  },
} as const satisfies Record<string, ProfileRow>;

const FRONT_PROXY = {
  'front-proxy-client': {
    ...CLIENT,
    issuer: sourced('front-proxy-ca', KUBEADM, OVERVIEW_AUTHORITIES),
    subject: sourced({ commonName: 'front-proxy-client', organizations: [] }, KUBEADM),
    file: sourced({ pki: 'front-proxy-client' }, KUBEADM, OVERVIEW_PROVISIONING),
  },
} as const satisfies Record<string, ProfileRow>;

// ---- Kubelet --------------------------------------------------------------------------------------------------------

const KUBELET = {
  ...LEAF,
  subject: sourced(
    { commonName: 'system:node:<node>', organizations: ['system:nodes'] },
    KUBELET_REQUEST,
    OVERVIEW_REVOCATION,
  ),
  keyUsage: sourced(['digitalSignature'], KUBELET_USAGES),
  keyAlgorithms: sourced(['p-256', 'p-384', 'rsa-4096'], KUBELET_KEY, OVERVIEW_KEYS),
} as const;

const KUBELETS = {
  'kubelet-client': {
    ...KUBELET,
    issuer: sourced('cluster-ca', OVERVIEW_AUTHORITIES, OVERVIEW_PROVISIONING),
    sans: sourced({ dns: [], ip: [] }, KUBELET_REQUEST),
    extendedKeyUsage: sourced(['clientAuth'], KUBELET_USAGES),
    // Each kubelet picks its own point between 70 and 90 %; this is the middle.
    renewal: sourced(
      { by: 'kubelet', atShareLeft: 1 / 5, retryShare: (15 * MINUTE_MS) / FOUR_DAYS_MS },
      KUBELET_ROTATION,
      OVERVIEW_PROVISIONING,
      RENEWAL_PODS,
    ),
    file: sourced({ kubeconfig: 'kubelet.conf' }, KUBEADM),
  },
  'kubelet-server': {
    ...KUBELET,
    issuer: sourced('cluster-ca', KUBELET_REQUEST, OVERVIEW_PROVISIONING),
    sans: sourced({ dns: ['<node>'], ip: ['<node-ip>'] }, KUBELET_REQUEST),
    extendedKeyUsage: sourced(['serverAuth'], KUBELET_USAGES),
    validityMs: sourced(FOUR_DAYS_MS, inferred('source.inferred.serving-validity'), OVERVIEW_VALIDITY),
    renewal: sourced({ by: 'nobody' }, OVERVIEW_RENEWAL),
    revokedBy: sourced('nothing', OVERVIEW_REVOCATION),
  },
} as const satisfies Record<string, ProfileRow>;

// ---- Kubeconfigs of a control-plane node ----------------------------------------------------------------------------

const KUBECONFIG = { ...CLIENT, issuer: BY_CLUSTER_CA } as const;

const KUBECONFIGS = {
  admin: {
    ...KUBECONFIG,
    role: 'admin-conf',
    subject: sourced({ commonName: 'kubernetes-admin', organizations: CLUSTER_ADMINS }, KUBEADM_GROUPS),
    renewal: sourced(
      BY_CONTROLLER,
      inferred('source.inferred.fresh-admin-conf'),
      KNOWN_MANAGEMENT_KUBECONFIG,
      RENEWAL_PODS_INTERVAL,
      RETRY,
    ),
    file: sourced({ kubeconfig: 'admin.conf' }, KNOWN_MANAGEMENT_KUBECONFIG, KUBEADM),
  },
  'super-admin': {
    ...KUBECONFIG,
    role: 'super-admin-conf',
    subject: sourced({ commonName: 'kubernetes-super-admin', organizations: ['system:masters'] }, KUBEADM_GROUPS),
    renewal: sourced({ by: 'nobody' }, inferred('source.inferred.super-admin'), OVERVIEW_RENEWAL),
    file: sourced({ kubeconfig: 'super-admin.conf' }, KUBEADM),
  },
  'controller-manager': {
    ...KUBECONFIG,
    subject: sourced({ commonName: 'system:kube-controller-manager', organizations: [] }, KUBEADM),
    file: sourced({ kubeconfig: 'controller-manager.conf' }, KUBEADM),
  },
  scheduler: {
    ...KUBECONFIG,
    subject: sourced({ commonName: 'system:kube-scheduler', organizations: [] }, KUBEADM),
    file: sourced({ kubeconfig: 'scheduler.conf' }, KUBEADM),
  },
} as const satisfies Record<string, ProfileRow>;

/** Certificates of the nodes of a cluster, the control plane's first. */
export const NODE_PROFILES = { ...API_SERVER, ...ETCD, ...FRONT_PROXY, ...KUBELETS, ...KUBECONFIGS };
