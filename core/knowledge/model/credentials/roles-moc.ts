import type { RoleFacts, RoleId } from './credentials.ts';
import * as remedy from './roles-remedies.ts';
import {
  CAPH_LOGIN,
  cited,
  DOC_EXTRA_ADMINS,
  DOC_KMS,
  DOC_NODE_AGENT,
  DOC_UPDATE_CERTIFICATES,
  inferred,
  ISSUE_107,
  ISSUE_127,
  ISSUE_146,
  ISSUE_168,
  ISSUE_169,
  ISSUE_173,
  ISSUE_237,
  ISSUE_292,
  ISSUE_365,
  KNOWN_KMS_POD,
  KNOWN_KVACTL,
  KNOWN_MOCCTL,
  KNOWN_NODE_AGENT,
  MOC_CREDENTIAL_MONITOR,
  MOC_IDENTITY,
  MOC_SDK_RENEWAL,
  MOC_SIGNER,
  OVERVIEW_CLOUD_AGENT,
  OVERVIEW_TYPES,
} from '../sources/sources.ts';

/*
 * The MOC layer: the cloud agent, its CA, and the certificate and token of every client.
 *
 * `holder` is `file` throughout. Names are the login name or are not public, and the same one may occur in several
 * profiles and hosts; even the KMS plugin, whose name includes the cluster's, has its login file on every control-plane
 * node, and one node's stale file must not hide behind another's fresh one. The lineage extension
 * (1.3.6.1.4.1.311.104.1.2) still links renewals.
 */

const REVOKE_CERTIFICATE = {
  revocable: true,
  revokedBy: 'identity',
  revocation: cited('revocation.moc-certificate', MOC_IDENTITY),
} as const;

const REVOKE_TOKEN = {
  revocable: true,
  revokedBy: 'identity',
  revocation: cited('revocation.moc-token', MOC_IDENTITY),
} as const;

/** The certificate of a client that renews it with the SDK's loop. */
const CLIENT_CERTIFICATE = {
  layer: 'moc',
  lifetimeClass: 'moc-identity',
  renewedBy: 'client-itself',
  renewal: cited('renewal.client-itself', OVERVIEW_CLOUD_AGENT, MOC_SDK_RENEWAL),
  ...REVOKE_CERTIFICATE,
  holder: 'file',
} as const;

const HOST_TOKEN = {
  layer: 'moc',
  lifetimeClass: 'moc-identity',
  renewedBy: 'host-update',
  renewal: cited('renewal.host-update', OVERVIEW_TYPES, DOC_UPDATE_CERTIFICATES, ISSUE_292),
  ...REVOKE_TOKEN,
  holder: 'file',
} as const;

const CLUSTER_TOKEN = {
  ...HOST_TOKEN,
  renewedBy: 'cluster-update',
  renewal: cited('renewal.cluster-update', OVERVIEW_TYPES, ISSUE_292),
} as const;

/** Clients that run in the management cluster and in every workload cluster. */
const EITHER_CLUSTER = [remedy.CLOUD_REPAIR, remedy.HOST_REPAIR];
const KMS = [remedy.KMS_WORKLOAD, remedy.KMS_MANAGEMENT, remedy.KMS_BY_HAND];

const CERTIFICATE_MANAGER_FAILS = inferred('source.inferred.approver');

export const MOC_ROLES = {
  'cloud-agent-ca': {
    id: 'cloud-agent-ca',
    layer: 'moc',
    lifetimeClass: 'moc-root',
    renewedBy: 'cloud-agent',
    renewal: cited('renewal.cloud-agent-ca', OVERVIEW_TYPES, MOC_CREDENTIAL_MONITOR),
    revocable: false,
    revocation: cited('revocation.cloud-agent-ca', inferred('source.inferred.root-replaced')),
    breaks: cited('role.cloud-agent-ca.breaks', inferred('source.inferred.moc-trust')),
    remedies: [remedy.ROTATE_CA],
    // A CA is identified by itself; two of them overlap during a rotation and neither replaces the other.
    holder: 'file',
  },
  'cloud-agent-server': {
    id: 'cloud-agent-server',
    layer: 'moc',
    lifetimeClass: 'moc-identity',
    renewedBy: 'cloud-agent',
    renewal: cited('renewal.cloud-agent-server', MOC_SIGNER, inferred('source.inferred.own-signature')),
    revocable: false,
    revocation: cited('revocation.cloud-agent-server', inferred('source.inferred.no-identity')),
    breaks: cited('role.cloud-agent-server.breaks', inferred('source.inferred.tls-handshake')),
    remedies: [remedy.CLOUD_AGENT_UPDATE, remedy.CLOUD_AGENT_REPAIR],
    holder: 'file',
  },
  'node-agent': {
    ...CLIENT_CERTIFICATE,
    id: 'node-agent',
    renewedBy: 'node-agent',
    renewal: cited('renewal.node-agent', DOC_UPDATE_CERTIFICATES, MOC_SDK_RENEWAL),
    breaks: cited('role.node-agent.breaks', KNOWN_NODE_AGENT, ISSUE_173, ISSUE_365),
    remedies: [remedy.REPAIR_MOC, remedy.HOST_REPAIR],
  },
  'node-agent-token': {
    ...HOST_TOKEN,
    id: 'node-agent-token',
    breaks: cited('role.node-agent-token.breaks', DOC_NODE_AGENT, KNOWN_NODE_AGENT, ISSUE_173),
    remedies: [remedy.REPAIR_MOC],
  },
  mocctl: {
    ...CLIENT_CERTIFICATE,
    id: 'mocctl',
    renewal: cited('renewal.mocctl', KNOWN_MOCCTL, MOC_SDK_RENEWAL),
    breaks: cited('role.mocctl.breaks', KNOWN_MOCCTL, ISSUE_168),
    remedies: [remedy.MOC_LOGIN],
  },
  kvactl: {
    ...CLIENT_CERTIFICATE,
    id: 'kvactl',
    renewal: cited('renewal.kvactl', ISSUE_169, MOC_SDK_RENEWAL),
    breaks: cited('role.kvactl.breaks', KNOWN_KVACTL, ISSUE_146),
    remedies: [remedy.DELETE_KVACTL_FILE, remedy.HOST_REPAIR],
  },
  'kvactl-token': {
    ...HOST_TOKEN,
    id: 'kvactl-token',
    breaks: cited('role.kvactl-token.breaks', ISSUE_169),
    remedies: [remedy.MOC_LOGIN_FIRST, remedy.HOST_REPAIR],
  },
  caph: {
    ...CLIENT_CERTIFICATE,
    id: 'caph',
    renewal: cited('renewal.caph', MOC_SDK_RENEWAL, CAPH_LOGIN),
    breaks: cited('role.caph.breaks', MOC_SDK_RENEWAL, ISSUE_107),
    remedies: [remedy.HOST_REPAIR],
  },
  caphlogintoken: {
    ...HOST_TOKEN,
    id: 'caphlogintoken',
    breaks: cited('role.caphlogintoken.breaks', ISSUE_107),
    remedies: [remedy.HOST_REPAIR],
  },
  'kms-plugin': {
    ...CLIENT_CERTIFICATE,
    id: 'kms-plugin',
    renewal: cited('renewal.kms-plugin', OVERVIEW_CLOUD_AGENT, ISSUE_292),
    breaks: cited('role.kms-plugin.breaks', DOC_KMS, KNOWN_KMS_POD, ISSUE_127),
    remedies: KMS,
  },
  'kms-plugin-token': {
    ...CLUSTER_TOKEN,
    id: 'kms-plugin-token',
    breaks: cited('role.kms-plugin-token.breaks', DOC_KMS, KNOWN_KMS_POD, ISSUE_127),
    remedies: KMS,
  },
  csi: {
    ...CLIENT_CERTIFICATE,
    id: 'csi',
    breaks: cited('role.csi.breaks', inferred('source.inferred.csi')),
    remedies: EITHER_CLUSTER,
  },
  'csi-token': {
    ...CLUSTER_TOKEN,
    id: 'csi-token',
    breaks: cited('role.csi-token.breaks', inferred('source.inferred.csi')),
    remedies: EITHER_CLUSTER,
  },
  'cloud-provider': {
    ...CLIENT_CERTIFICATE,
    id: 'cloud-provider',
    breaks: cited('role.cloud-provider.breaks', inferred('source.inferred.cloud-provider')),
    remedies: EITHER_CLUSTER,
  },
  'cloud-provider-token': {
    ...CLUSTER_TOKEN,
    id: 'cloud-provider-token',
    breaks: cited('role.cloud-provider-token.breaks', inferred('source.inferred.cloud-provider')),
    remedies: EITHER_CLUSTER,
  },
  'cert-manager': {
    ...CLIENT_CERTIFICATE,
    id: 'cert-manager',
    breaks: cited('role.cert-manager.breaks', ISSUE_237, CERTIFICATE_MANAGER_FAILS),
    remedies: EITHER_CLUSTER,
  },
  'cert-manager-token': {
    ...CLUSTER_TOKEN,
    id: 'cert-manager-token',
    breaks: cited('role.cert-manager-token.breaks', ISSUE_237, CERTIFICATE_MANAGER_FAILS),
    remedies: EITHER_CLUSTER,
  },
  'cloud-operator': {
    ...CLIENT_CERTIFICATE,
    id: 'cloud-operator',
    breaks: cited('role.cloud-operator.breaks', inferred('source.inferred.cloud-operator')),
    remedies: [remedy.HOST_REPAIR],
  },
  'cloud-operator-token': {
    ...HOST_TOKEN,
    id: 'cloud-operator-token',
    breaks: cited('role.cloud-operator-token.breaks', inferred('source.inferred.cloud-operator')),
    remedies: [remedy.HOST_REPAIR],
  },
  'load-balancer': {
    ...CLIENT_CERTIFICATE,
    id: 'load-balancer',
    renewedBy: 'unknown',
    renewal: cited('renewal.load-balancer', inferred('source.inferred.renewer-unknown')),
    breaks: cited('role.load-balancer.breaks', inferred('source.inferred.load-balancer')),
    remedies: [remedy.LOAD_BALANCER_REPAIR],
  },
  'load-balancer-token': {
    ...HOST_TOKEN,
    id: 'load-balancer-token',
    renewedBy: 'unknown',
    renewal: cited('renewal.load-balancer', inferred('source.inferred.renewer-unknown')),
    breaks: cited('role.load-balancer-token.breaks', inferred('source.inferred.load-balancer')),
    remedies: [remedy.LOAD_BALANCER_REPAIR],
  },
  'extra-admin': {
    ...CLIENT_CERTIFICATE,
    id: 'extra-admin',
    renewedBy: 'nobody',
    renewal: cited('renewal.extra-admin', DOC_EXTRA_ADMINS),
    breaks: cited('role.extra-admin.breaks', DOC_EXTRA_ADMINS),
    remedies: [remedy.NEW_IDENTITY, remedy.IDENTITY_LOGIN],
  },
  'extra-admin-token': {
    ...HOST_TOKEN,
    id: 'extra-admin-token',
    renewedBy: 'nobody',
    renewal: cited('renewal.extra-admin', DOC_EXTRA_ADMINS),
    breaks: cited('role.extra-admin-token.breaks', DOC_EXTRA_ADMINS),
    remedies: [remedy.NEW_IDENTITY, remedy.IDENTITY_LOGIN],
  },
  'moc-client': {
    ...CLIENT_CERTIFICATE,
    id: 'moc-client',
    breaks: cited('role.moc-client.breaks', OVERVIEW_CLOUD_AGENT),
    remedies: [remedy.HOST_REPAIR, remedy.CLOUD_REPAIR],
  },
  'moc-token': {
    ...HOST_TOKEN,
    id: 'moc-token',
    renewedBy: 'unknown',
    renewal: cited('renewal.moc-token', OVERVIEW_TYPES, ISSUE_292),
    breaks: cited('role.moc-token.breaks', OVERVIEW_CLOUD_AGENT),
    remedies: [remedy.HOST_REPAIR, remedy.CLOUD_REPAIR],
  },
} as const satisfies Partial<Record<RoleId, RoleFacts>>;
