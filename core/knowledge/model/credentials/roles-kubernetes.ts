import type { RoleFacts, RoleId } from './credentials.ts';
import * as remedy from './roles-remedies.ts';
import {
  AD_SSO,
  cited,
  DOC_WORKERS,
  inferred,
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
 * The Kubernetes layer: the PKI inside every cluster's virtual machines, with kubeadm's file names.
 *
 * `holder`: server certificates list the node they serve in their SANs, kubelets carry it in the subject. Clients of
 * the API server have the same subject on every control-plane node, so only the file distinguishes them. CAs: see
 * roles-moc.ts.
 */

const AUTHORITY = {
  layer: 'kubernetes',
  lifetimeClass: 'kubernetes-root',
  renewedBy: 'nobody',
  renewal: cited('renewal.kubernetes-ca', OVERVIEW_PROVISIONING, inferred('source.inferred.no-ca-rotation')),
  revocable: false,
  revocation: cited('revocation.kubernetes-ca', inferred('source.inferred.revocation-of-renewed')),
  remedies: [],
  holder: 'file',
} as const;

const MANAGED = {
  layer: 'kubernetes',
  lifetimeClass: 'kubernetes-leaf',
  renewedBy: 'renewal-controller',
  renewal: cited('renewal.controller', OVERVIEW_RENEWAL, RENEWAL_PODS),
  revocable: true,
  revokedBy: 'RenewRevocation',
  remedies: [remedy.KUBELET_REPAIR],
} as const;

const MANAGED_SERVER = {
  ...MANAGED,
  revocation: cited('revocation.kubernetes-server', OVERVIEW_REVOCATION),
  holder: 'sans',
} as const;

const MANAGED_CLIENT = {
  ...MANAGED,
  revocation: cited('revocation.kubernetes-client', OVERVIEW_REVOCATION),
  holder: 'file',
} as const;

const ON_THE_NODE = inferred('source.inferred.fresh-admin-conf');

export const KUBERNETES_ROLES = {
  'cluster-ca': {
    ...AUTHORITY,
    id: 'cluster-ca',
    breaks: cited('role.cluster-ca.breaks', OVERVIEW_AUTHORITIES, KUBEADM),
  },
  'etcd-ca': { ...AUTHORITY, id: 'etcd-ca', breaks: cited('role.etcd-ca.breaks', OVERVIEW_AUTHORITIES, KUBEADM) },
  'front-proxy-ca': {
    ...AUTHORITY,
    id: 'front-proxy-ca',
    breaks: cited('role.front-proxy-ca.breaks', OVERVIEW_AUTHORITIES, KUBEADM),
  },
  apiserver: {
    ...MANAGED_SERVER,
    id: 'apiserver',
    breaks: cited('role.apiserver.breaks', KNOWN_EXPIRED_CONTROL_PLANE),
    remedies: [remedy.KUBELET_REPAIR, remedy.NEW_CREDENTIAL_AFTER_REPAIR],
  },
  'apiserver-kubelet-client': {
    ...MANAGED_CLIENT,
    id: 'apiserver-kubelet-client',
    breaks: cited('role.apiserver-kubelet-client.breaks', KNOWN_API_SERVER_RELOAD, ISSUE_285),
    remedies: [remedy.RESTART_API_SERVER, remedy.KUBELET_REPAIR],
  },
  'apiserver-etcd-client': {
    ...MANAGED_CLIENT,
    id: 'apiserver-etcd-client',
    breaks: cited('role.apiserver-etcd-client.breaks', OVERVIEW_AUTHORITIES, KUBEADM),
  },
  'etcd-server': {
    ...MANAGED_SERVER,
    id: 'etcd-server',
    breaks: cited('role.etcd-server.breaks', OVERVIEW_AUTHORITIES, KUBEADM),
  },
  'etcd-peer': { ...MANAGED_SERVER, id: 'etcd-peer', breaks: cited('role.etcd-peer.breaks', OVERVIEW_AUTHORITIES) },
  'etcd-healthcheck-client': {
    ...MANAGED_CLIENT,
    id: 'etcd-healthcheck-client',
    breaks: cited('role.etcd-healthcheck-client.breaks', KUBEADM),
  },
  'front-proxy-client': {
    ...MANAGED_CLIENT,
    id: 'front-proxy-client',
    breaks: cited('role.front-proxy-client.breaks', OVERVIEW_AUTHORITIES, KUBEADM),
  },
  'kubelet-client': {
    ...MANAGED,
    id: 'kubelet-client',
    lifetimeClass: 'kubelet',
    renewedBy: 'kubelet',
    renewal: cited('renewal.kubelet', OVERVIEW_PROVISIONING, RENEWAL_PODS, KUBEADM),
    revocation: cited('revocation.kubelet-client', OVERVIEW_REVOCATION),
    breaks: cited('role.kubelet-client.breaks', DOC_WORKERS),
    remedies: [remedy.CONTROL_PLANE_ONLY_REPAIR],
    holder: 'subject',
  },
  'kubelet-server': {
    id: 'kubelet-server',
    layer: 'kubernetes',
    lifetimeClass: 'kubelet',
    renewedBy: 'nobody',
    renewal: cited('renewal.kubelet-server', OVERVIEW_RENEWAL, ISSUE_237),
    revocable: false,
    revocation: cited('revocation.kubelet-server', OVERVIEW_REVOCATION),
    breaks: cited('role.kubelet-server.breaks', KNOWN_TLS_INTERNAL_ERROR, ISSUE_237),
    remedies: [remedy.SERVING_CLOUD_REPAIR, remedy.SERVING_KUBELET_REPAIR, remedy.NEW_CREDENTIAL_AFTER_REPAIR],
    holder: 'subject',
  },
  'admin-conf': {
    ...MANAGED_CLIENT,
    id: 'admin-conf',
    renewal: cited('renewal.admin-conf', KNOWN_MANAGEMENT_KUBECONFIG, ON_THE_NODE),
    breaks: cited('role.admin-conf.breaks', KUBEADM),
    remedies: [
      {
        ...remedy.KUBELET_REPAIR,
        statement: cited('remedy.kubelet-repair-admin-conf', inferred('source.inferred.control-plane-anew')),
      },
      remedy.COPY_ADMIN_CONF,
    ],
  },
  'super-admin-conf': {
    ...MANAGED_CLIENT,
    id: 'super-admin-conf',
    renewedBy: 'unknown',
    renewal: cited('renewal.super-admin-conf', KUBEADM),
    breaks: cited('role.super-admin-conf.breaks', KUBEADM),
    remedies: [],
  },
  'controller-manager': {
    ...MANAGED_CLIENT,
    id: 'controller-manager',
    renewal: cited('renewal.controller-assumed', OVERVIEW_RENEWAL, KUBEADM),
    breaks: cited('role.controller-manager.breaks', KUBEADM),
  },
  scheduler: {
    ...MANAGED_CLIENT,
    id: 'scheduler',
    renewal: cited('renewal.controller-assumed', OVERVIEW_RENEWAL, KUBEADM),
    breaks: cited('role.scheduler.breaks', KUBEADM),
  },
  'ad-auth-webhook': {
    id: 'ad-auth-webhook',
    layer: 'kubernetes',
    lifetimeClass: 'webhook',
    renewedBy: 'nobody',
    renewal: cited('renewal.ad-auth-webhook', AD_SSO),
    revocable: null,
    revocation: cited('revocation.not-known', inferred('source.inferred.nothing-said')),
    breaks: cited('role.ad-auth-webhook.breaks', AD_SSO),
    remedies: [remedy.UNINSTALL_AD_AUTH, remedy.INSTALL_AD_AUTH],
    holder: 'file',
  },
  'bootstrap-token': {
    id: 'bootstrap-token',
    layer: 'kubernetes',
    lifetimeClass: 'other',
    renewedBy: 'nobody',
    renewal: cited('renewal.bootstrap-token', OVERVIEW_PROVISIONING, KUBEADM),
    revocable: null,
    revocation: cited('revocation.kubernetes-token', OVERVIEW_REVOCATION, KUBEADM),
    breaks: cited('role.bootstrap-token.breaks', KUBEADM),
    remedies: [],
    holder: 'file',
  },
  'service-account-token': {
    id: 'service-account-token',
    layer: 'kubernetes',
    lifetimeClass: 'other',
    renewedBy: 'kubelet',
    renewal: cited('renewal.service-account-token', KUBEADM),
    revocable: null,
    revocation: cited('revocation.kubernetes-token', OVERVIEW_REVOCATION, KUBEADM),
    breaks: cited('role.service-account-token.breaks', KUBEADM),
    remedies: [],
    holder: 'file',
  },
} as const satisfies Partial<Record<RoleId, RoleFacts>>;
