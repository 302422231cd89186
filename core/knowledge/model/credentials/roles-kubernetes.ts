import type { RoleRow } from './role-row.ts';
import * as remedy from './roles-remedies.ts';
import {
  AD_SSO,
  citeText,
  DOC_WORKERS,
  inference,
  ISSUE_237,
  ISSUE_285,
  KNOWN_API_SERVER_RELOAD,
  KNOWN_EXPIRED_CONTROL_PLANE,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KNOWN_TLS_INTERNAL_ERROR,
  KUBEADM,
  OVERVIEW_AUTHORITIES,
  OVERVIEW_PROVISIONING,
  OVERVIEW_RENEWAL,
  OVERVIEW_REVOCATION,
  RENEWAL_PODS,
} from '../sources/sources.ts';

/*
 * The Kubernetes layer: the PKI in every cluster's virtual machines, with kubeadm's file names.
 *
 * `holder`: server certificates list their node in the SANs, kubelets name it in the subject. Clients of the API server
 * have the same subject on every control-plane node, so only the file distinguishes them. CAs: see roles-moc.ts.
 *
 * Sources: kubeadm; "PKI certificates and requirements" of Kubernetes, where the names differ. Copied files: domain
 * catalogue; kube-prometheus needs a Secret with the client certificate for etcd.
 */

/** A node's kubeconfigs are in this folder; its certificates may be in any folder. */
const NODE_KUBECONFIG = /\/etc\/kubernetes\/[^/]+\.conf$/u;
const ON_NODE = /\/pki\//u;

const AUTHORITY = {
  layer: 'kubernetes',
  lifetimeClass: 'kubernetes-root',
  renewedBy: 'nobody',
  renewal: citeText('renewal.kubernetes-ca', OVERVIEW_PROVISIONING, inference('no-ca-rotation')),
  revocable: false,
  revocation: citeText('revocation.kubernetes-ca', inference('revocation-of-renewed')),
  breaks: [OVERVIEW_AUTHORITIES, KUBEADM],
  impact: 'cluster',
  remedies: [],
  repair: [],
  holder: 'file',
  usage: 'authority',
} as const;

const MANAGED = {
  layer: 'kubernetes',
  lifetimeClass: 'kubernetes-leaf',
  issuer: 'cluster-ca',
  renewedBy: 'renewal-controller',
  renewal: citeText('renewal.controller', OVERVIEW_RENEWAL, RENEWAL_PODS),
  revocable: true,
  remedies: [remedy.KUBELET_REPAIR],
  repair: ['kubelet'],
} as const;

const MANAGED_SERVER = {
  ...MANAGED,
  revocation: citeText('revocation.kubernetes-server', OVERVIEW_REVOCATION),
  revocationGroup: 'controlPlane',
  holder: 'sans',
  usage: 'serverAuth',
} as const;

const MANAGED_CLIENT = {
  ...MANAGED,
  revocation: citeText('revocation.kubernetes-client', OVERVIEW_REVOCATION),
  revocationGroup: 'controlPlane',
  holder: 'file',
  usage: 'clientAuth',
} as const;

const ETCD_NODE = {
  ...MANAGED_SERVER,
  issuer: 'etcd-ca',
  impact: 'api-server',
  isNamedAfterNode: true,
  original: ON_NODE,
} as const;

const ADMIN = {
  ...MANAGED_CLIENT,
  revocationGroup: 'admins',
  breaks: [KUBEADM],
  impact: 'kubectl',
  original: NODE_KUBECONFIG,
} as const;

const COMPONENT = {
  ...MANAGED_CLIENT,
  renewal: citeText('renewal.controller-assumed', OVERVIEW_RENEWAL, KUBEADM),
  breaks: [KUBEADM],
  impact: 'control-plane',
  original: NODE_KUBECONFIG,
} as const;

const TOKEN = {
  layer: 'kubernetes',
  lifetimeClass: 'other',
  revocable: null,
  revocation: citeText('revocation.kubernetes-token', OVERVIEW_REVOCATION, KUBEADM),
  breaks: [KUBEADM],
  remedies: [],
  repair: [],
  holder: 'file',
} as const;

const ON_THE_NODE = inference('fresh-admin-conf');

export const KUBERNETES_ROLES = {
  'cluster-ca': {
    ...AUTHORITY,
    issuer: 'cluster-ca',
    isOnlyOnNodes: true,
    commonNames: ['kubernetes', 'kubernetes-ca'],
    pkiFile: 'ca',
  },
  'etcd-ca': { ...AUTHORITY, issuer: 'etcd-ca', commonNames: ['etcd-ca'], pkiFile: 'etcd/ca' },
  'front-proxy-ca': {
    ...AUTHORITY,
    issuer: 'front-proxy-ca',
    impact: 'aggregated-apis',
    commonNames: ['front-proxy-ca', 'kubernetes-front-proxy-ca'],
    pkiFile: 'front-proxy-ca',
  },
  apiserver: {
    ...MANAGED_SERVER,
    breaks: [KNOWN_EXPIRED_CONTROL_PLANE],
    impact: 'api-server',
    remedies: [remedy.KUBELET_REPAIR, remedy.NEW_CREDENTIAL_AFTER_REPAIR],
    isOnlyOnNodes: true,
    commonNames: ['kube-apiserver'],
    pkiFile: 'apiserver',
  },
  'apiserver-kubelet-client': {
    ...MANAGED_CLIENT,
    breaks: [KNOWN_API_SERVER_RELOAD, ISSUE_285],
    impact: 'logs',
    remedies: [remedy.RESTART_API_SERVER, remedy.KUBELET_REPAIR],
    original: ON_NODE,
    commonNames: ['kube-apiserver-kubelet-client'],
    pkiFile: 'apiserver-kubelet-client',
  },
  'apiserver-etcd-client': {
    ...MANAGED_CLIENT,
    issuer: 'etcd-ca',
    breaks: [OVERVIEW_AUTHORITIES, KUBEADM],
    impact: 'api-server',
    original: ON_NODE,
    commonNames: ['kube-apiserver-etcd-client'],
    pkiFile: 'apiserver-etcd-client',
  },
  'etcd-server': {
    ...ETCD_NODE,
    breaks: [OVERVIEW_AUTHORITIES, KUBEADM],
    commonNames: ['kube-etcd'],
    pkiFile: 'etcd/server',
  },
  'etcd-peer': { ...ETCD_NODE, breaks: [OVERVIEW_AUTHORITIES], commonNames: ['kube-etcd-peer'], pkiFile: 'etcd/peer' },
  'etcd-healthcheck-client': {
    ...MANAGED_CLIENT,
    issuer: 'etcd-ca',
    breaks: [KUBEADM],
    impact: 'api-server',
    original: ON_NODE,
    commonNames: ['kube-etcd-healthcheck-client'],
    pkiFile: 'etcd/healthcheck-client',
  },
  'front-proxy-client': {
    ...MANAGED_CLIENT,
    issuer: 'front-proxy-ca',
    breaks: [OVERVIEW_AUTHORITIES, KUBEADM],
    impact: 'aggregated-apis',
    original: ON_NODE,
    commonNames: ['front-proxy-client'],
    pkiFile: 'front-proxy-client',
  },
  'kubelet-client': {
    ...MANAGED,
    lifetimeClass: 'kubelet',
    renewedBy: 'kubelet',
    renewal: citeText('renewal.kubelet', OVERVIEW_PROVISIONING, RENEWAL_PODS, KUBEADM),
    revocation: citeText('revocation.kubelet-client', OVERVIEW_REVOCATION),
    breaks: [DOC_WORKERS],
    impact: 'nodes',
    remedies: [remedy.CONTROL_PLANE_ONLY_REPAIR],
    holder: 'subject',
    isOnlyOnNodes: true,
  },
  'kubelet-server': {
    layer: 'kubernetes',
    lifetimeClass: 'kubelet',
    issuer: 'cluster-ca',
    renewedBy: 'nobody',
    renewal: citeText('renewal.kubelet-server', OVERVIEW_RENEWAL, ISSUE_237),
    approver: 'cert-manager-token',
    revocable: false,
    revocation: citeText('revocation.kubelet-server', OVERVIEW_REVOCATION),
    breaks: [KNOWN_TLS_INTERNAL_ERROR, ISSUE_237],
    impact: 'logs',
    remedies: [remedy.SERVING_CLOUD_REPAIR, remedy.SERVING_KUBELET_REPAIR, remedy.NEW_CREDENTIAL_AFTER_REPAIR],
    // Two published fixes disagree about this certificate; the cloud credentials come first. Source: Azure/aksArc issue
    // 237.
    repair: ['cloud', 'kubelet'],
    holder: 'subject',
    isOnlyOnNodes: true,
  },
  'admin-conf': {
    ...ADMIN,
    renewal: citeText('renewal.admin-conf', KNOWN_MANAGEMENT_KUBECONFIG, ON_THE_NODE),
    remedies: [
      {
        ...remedy.KUBELET_REPAIR,
        statement: citeText('remedy.kubelet-repair-admin-conf', inference('control-plane-anew')),
      },
      remedy.COPY_ADMIN_CONF,
    ],
  },
  // The emergency kubeconfig for the first four days.
  'super-admin-conf': {
    ...ADMIN,
    renewedBy: 'unknown',
    renewal: citeText('renewal.super-admin-conf', KUBEADM),
    endsUnnoticed: true,
    remedies: [],
  },
  'controller-manager': { ...COMPONENT, commonNames: ['system:kube-controller-manager'] },
  scheduler: { ...COMPONENT, commonNames: ['system:kube-scheduler'] },
  'ad-auth-webhook': {
    layer: 'kubernetes',
    lifetimeClass: 'webhook',
    renewedBy: 'nobody',
    renewal: citeText('renewal.ad-auth-webhook', AD_SSO),
    revocable: null,
    revocation: citeText('revocation.not-known', inference('nothing-said')),
    breaks: [AD_SSO],
    impact: 'sign-in',
    remedies: [remedy.UNINSTALL_AD_AUTH, remedy.INSTALL_AD_AUTH],
    repair: ['ad-auth-uninstall', 'ad-auth-install'],
    preflight: 'none',
    holder: 'file',
  },
  'bootstrap-token': {
    ...TOKEN,
    renewedBy: 'nobody',
    renewal: citeText('renewal.bootstrap-token', OVERVIEW_PROVISIONING, KUBEADM),
    impact: 'nodes',
    endsUnnoticed: true,
  },
  'service-account-token': {
    ...TOKEN,
    renewedBy: 'kubelet',
    renewal: citeText('renewal.service-account-token', KUBEADM),
    impact: 'pods',
  },
} as const satisfies Record<string, RoleRow>;
