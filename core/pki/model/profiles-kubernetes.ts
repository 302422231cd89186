import { DAY_MS, MINUTE_MS } from '../../shared/instant.ts';
import { citeName, type ProfileRow } from './profile-row.ts';
import {
  DOC_ETCD_FILES,
  ETCD_CLIENT_FILE,
  inference,
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
  citeValue,
} from '../../knowledge/model/sources/sources.ts';

/*
 * The PKI of one cluster. The article specifies the three CAs, the folder, the validity and the keys. Names, SANs and
 * usages are those of kubeadm 1.29 and later, whose file names the product uses.
 */

const FOUR_DAYS_MS = 4 * DAY_MS;
/** kubeadm uses 87,600 hours; ten calendar years would be two or three days longer. */
const TEN_YEARS_MS = 3650 * DAY_MS;

const COMMON = {
  layer: 'kubernetes',
  // The article names the key types but does not assign them to CAs.
  keyAlgorithms: citeValue(['p-384', 'rsa-4096'], OVERVIEW_KEYS, inference('default-key')),
  backdatingMs: citeValue(5 * MINUTE_MS, SIGNER_START, KUBEADM_BACKDATING),
  serialBits: citeValue(128, OVERVIEW_SAMPLE_SERIAL, SIGNER_SERIAL),
} as const;

const NO_SANS = citeValue({ dns: [], ip: [] }, KUBEADM);

const ROOT = {
  ...COMMON,
  issuer: citeValue('self', OVERVIEW_PROVISIONING, OVERVIEW_AUTHORITIES),
  // kubeadm omits cRLSign, but tools reject a CRL of a CA without it (RFC 5280 section 4.2.1.3).
  keyUsage: citeValue(
    ['digitalSignature', 'keyEncipherment', 'keyCertSign', 'cRLSign'],
    KUBEADM_USAGES,
    inference('crl-sign'),
  ),
  extendedKeyUsage: citeValue([], KUBEADM),
  validityMs: citeValue(TEN_YEARS_MS, OVERVIEW_VALIDITY, KUBEADM_TEN_YEARS),
  renewal: citeValue({ by: 'nobody' }, inference('no-ca-rotation'), OVERVIEW_PROVISIONING),
  revokedBy: citeValue('nothing', inference('revocation-of-renewed')),
} as const;

const pkiFile = (pki: string) => citeValue({ pki }, KUBEADM, OVERVIEW_PROVISIONING);

function rootNamed(commonName: string) {
  return { subject: citeName(commonName, KUBEADM), sans: citeValue({ dns: [commonName], ip: [] }, KUBEADM_CA_SANS) };
}

export const KUBERNETES_ROOTS = {
  'cluster-ca': { ...ROOT, ...rootNamed('kubernetes'), file: pkiFile('ca') },
  'etcd-ca': { ...ROOT, ...rootNamed('etcd-ca'), file: citeValue({ pki: 'etcd/ca' }, DOC_ETCD_FILES, KUBEADM) },
  'front-proxy-ca': { ...ROOT, ...rootNamed('front-proxy-ca'), file: pkiFile('front-proxy-ca') },
} as const satisfies Record<string, ProfileRow>;

const BY_CONTROLLER = { by: 'renewal-controller', atShareLeft: 1 / 4, retryShare: 1 / 50 } as const;
const RETRY = inference('retry');

const LEAF = {
  ...COMMON,
  keyUsage: citeValue(['digitalSignature', 'keyEncipherment'], KUBEADM_USAGES),
  validityMs: citeValue(FOUR_DAYS_MS, OVERVIEW_VALIDITY),
  renewal: citeValue(BY_CONTROLLER, RENEWAL_PODS_INTERVAL, RENEWAL_PODS, OVERVIEW_RENEWAL, RETRY),
  revokedBy: citeValue('RenewRevocation', OVERVIEW_REVOCATION),
} as const;

const CLIENT = { ...LEAF, sans: NO_SANS, extendedKeyUsage: citeValue(['clientAuth'], KUBEADM) };

/** The group for clients of the API server; kubeadm changed the groups in 1.29. */
const CLUSTER_ADMINS = ['kubeadm:cluster-admins'];

const BY_CLUSTER_CA = citeValue('cluster-ca', KUBEADM, OVERVIEW_AUTHORITIES);
const BY_ETCD_CA = citeValue('etcd-ca', KUBEADM_ETCD, OVERVIEW_AUTHORITIES);

const API_SERVER = {
  apiserver: {
    ...LEAF,
    issuer: BY_CLUSTER_CA,
    subject: citeName('kube-apiserver', KUBEADM),
    sans: citeValue(
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
    extendedKeyUsage: citeValue(['serverAuth'], KUBEADM),
    file: pkiFile('apiserver'),
  },
  'apiserver-kubelet-client': {
    ...CLIENT,
    issuer: citeValue('cluster-ca', OVERVIEW_AUTHORITIES, KUBEADM),
    subject: citeValue({ commonName: 'kube-apiserver-kubelet-client', organizations: CLUSTER_ADMINS }, KUBEADM_GROUPS),
    file: pkiFile('apiserver-kubelet-client'),
  },
  'apiserver-etcd-client': {
    ...CLIENT,
    issuer: citeValue('etcd-ca', KUBEADM_ETCD, OVERVIEW_ETCD),
    otherIssuer: citeValue('cluster-ca', OVERVIEW_ETCD),
    subject: citeName('kube-apiserver-etcd-client', KUBEADM_GROUPS),
    file: citeValue({ pki: 'apiserver-etcd-client' }, ETCD_CLIENT_FILE, KUBEADM),
  },
} as const satisfies Record<string, ProfileRow>;

/** etcd uses its server and peer certificates as a server and as a client. */
const ETCD_NODE = {
  ...LEAF,
  subject: citeName('<node>', KUBEADM),
  sans: citeValue({ dns: ['localhost', '<node>'], ip: ['127.0.0.1', '::1', '<node-ip>'] }, KUBEADM),
  extendedKeyUsage: citeValue(['serverAuth', 'clientAuth'], KUBEADM_ETCD_USAGES),
} as const;

const ETCD = {
  'etcd-server': {
    ...ETCD_NODE,
    issuer: citeValue('etcd-ca', KUBEADM_ETCD, OVERVIEW_ETCD, OVERVIEW_AUTHORITIES),
    file: citeValue({ pki: 'etcd/server' }, DOC_ETCD_FILES, KUBEADM),
  },
  'etcd-peer': {
    ...ETCD_NODE,
    issuer: citeValue('etcd-ca', OVERVIEW_AUTHORITIES, KUBEADM_ETCD),
    file: pkiFile('etcd/peer'),
  },
  'etcd-healthcheck-client': {
    ...CLIENT,
    issuer: BY_ETCD_CA,
    subject: citeName('kube-etcd-healthcheck-client', KUBEADM_GROUPS),
    file: pkiFile('etcd/healthcheck-client'),
  },
} as const satisfies Record<string, ProfileRow>;

const FRONT_PROXY = {
  'front-proxy-client': {
    ...CLIENT,
    issuer: citeValue('front-proxy-ca', KUBEADM, OVERVIEW_AUTHORITIES),
    subject: citeName('front-proxy-client', KUBEADM),
    file: pkiFile('front-proxy-client'),
  },
} as const satisfies Record<string, ProfileRow>;

const KUBELET = {
  ...LEAF,
  subject: citeValue(
    { commonName: 'system:node:<node>', organizations: ['system:nodes'] },
    KUBELET_REQUEST,
    OVERVIEW_REVOCATION,
  ),
  keyUsage: citeValue(['digitalSignature'], KUBELET_USAGES),
  keyAlgorithms: citeValue(['p-256', 'p-384', 'rsa-4096'], KUBELET_KEY, OVERVIEW_KEYS),
} as const;

const KUBELETS = {
  'kubelet-client': {
    ...KUBELET,
    issuer: citeValue('cluster-ca', OVERVIEW_AUTHORITIES, OVERVIEW_PROVISIONING),
    sans: citeValue({ dns: [], ip: [] }, KUBELET_REQUEST),
    extendedKeyUsage: citeValue(['clientAuth'], KUBELET_USAGES),
    // Each kubelet picks a point between 70 and 90 %; this is the middle.
    renewal: citeValue(
      { by: 'kubelet', atShareLeft: 1 / 5, retryShare: (15 * MINUTE_MS) / FOUR_DAYS_MS },
      KUBELET_ROTATION,
      OVERVIEW_PROVISIONING,
      RENEWAL_PODS,
    ),
    file: citeValue({ kubeconfig: 'kubelet.conf' }, KUBEADM),
  },
  'kubelet-server': {
    ...KUBELET,
    issuer: citeValue('cluster-ca', KUBELET_REQUEST, OVERVIEW_PROVISIONING),
    sans: citeValue({ dns: ['<node>'], ip: ['<node-ip>'] }, KUBELET_REQUEST),
    extendedKeyUsage: citeValue(['serverAuth'], KUBELET_USAGES),
    validityMs: citeValue(FOUR_DAYS_MS, inference('serving-validity'), OVERVIEW_VALIDITY),
    renewal: citeValue({ by: 'nobody' }, OVERVIEW_RENEWAL),
    revokedBy: citeValue('nothing', OVERVIEW_REVOCATION),
  },
} as const satisfies Record<string, ProfileRow>;

const KUBECONFIG = { ...CLIENT, issuer: BY_CLUSTER_CA } as const;

const KUBECONFIGS = {
  admin: {
    ...KUBECONFIG,
    role: 'admin-conf',
    subject: citeValue({ commonName: 'kubernetes-admin', organizations: CLUSTER_ADMINS }, KUBEADM_GROUPS),
    renewal: citeValue(
      BY_CONTROLLER,
      inference('fresh-admin-conf'),
      KNOWN_MANAGEMENT_KUBECONFIG,
      RENEWAL_PODS_INTERVAL,
      RETRY,
    ),
    file: citeValue({ kubeconfig: 'admin.conf' }, KNOWN_MANAGEMENT_KUBECONFIG, KUBEADM),
  },
  'super-admin': {
    ...KUBECONFIG,
    role: 'super-admin-conf',
    subject: citeValue({ commonName: 'kubernetes-super-admin', organizations: ['system:masters'] }, KUBEADM_GROUPS),
    renewal: citeValue({ by: 'nobody' }, inference('super-admin'), OVERVIEW_RENEWAL),
    file: citeValue({ kubeconfig: 'super-admin.conf' }, KUBEADM),
  },
  'controller-manager': {
    ...KUBECONFIG,
    subject: citeName('system:kube-controller-manager', KUBEADM),
    file: citeValue({ kubeconfig: 'controller-manager.conf' }, KUBEADM),
  },
  scheduler: {
    ...KUBECONFIG,
    subject: citeName('system:kube-scheduler', KUBEADM),
    file: citeValue({ kubeconfig: 'scheduler.conf' }, KUBEADM),
  },
} as const satisfies Record<string, ProfileRow>;

/** The control plane comes first. */
export const NODE_PROFILES = { ...API_SERVER, ...ETCD, ...FRONT_PROXY, ...KUBELETS, ...KUBECONFIGS };
