import type { RoleRow } from './role-row.ts';
import * as remedy from './roles-remedies.ts';
import {
  CAPH_LOGIN,
  citeText,
  DOC_EXTRA_ADMINS,
  DOC_KMS,
  DOC_NODE_AGENT,
  DOC_UPDATE_CERTIFICATES,
  inference,
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
 * The MOC layer: the cloud agent, its CA, and the clients' certificates and tokens.
 *
 * `holder` is `file`, except for the CA: names are login names or not public, and may occur in several profiles and
 * hosts. Even the KMS plugin, whose name contains that of the cluster, has a login file on every control-plane node,
 * and a fresh file on one node must not hide a stale file on another. The lineage extension (1.3.6.1.4.1.311.104.1.2)
 * still links renewals.
 */

const CLIENT = {
  layer: 'moc',
  lifetimeClass: 'moc-identity',
  revocable: true,
  impact: 'platform-services',
  repair: ['cloud'],
  holder: 'file',
} as const;

const CERTIFICATE = {
  ...CLIENT,
  issuer: 'cloud-agent-ca',
  renewedBy: 'client-itself',
  renewal: citeText('renewal.client-itself', OVERVIEW_CLOUD_AGENT, MOC_SDK_RENEWAL),
  revocation: citeText('revocation.moc-certificate', MOC_IDENTITY),
} as const;

const HOST_TOKEN = {
  ...CLIENT,
  renewedBy: 'host-update',
  renewal: citeText('renewal.host-update', OVERVIEW_TYPES, DOC_UPDATE_CERTIFICATES, ISSUE_292),
  revocation: citeText('revocation.moc-token', MOC_IDENTITY),
} as const;

const CLUSTER_TOKEN = {
  ...HOST_TOKEN,
  renewedBy: 'cluster-update',
  renewal: citeText('renewal.cluster-update', OVERVIEW_TYPES, ISSUE_292),
} as const;

// Shared by the certificate and the token of a client.

const NODE_AGENT = {
  impact: 'node-agent',
  repair: ['node-agent'],
  rotatesWithHost: true,
  isNamedAfterNode: true,
  original: /\/programdata\/wssdagent\//u,
} as const;
const KVACTL = { impact: 'cmdlets', preflight: 'kvactl-login' } as const;
const KMS_PLUGIN = {
  breaks: [DOC_KMS, KNOWN_KMS_POD, ISSUE_127],
  impact: 'secrets',
  remedies: [remedy.KMS_WORKLOAD, remedy.KMS_MANAGEMENT, remedy.KMS_BY_HAND],
  preflight: 'kms',
} as const;
/** For a client that runs in the management cluster and in every workload cluster. */
const EITHER_CLUSTER = { remedies: [remedy.CLOUD_REPAIR, remedy.HOST_REPAIR] } as const;
const CSI = { ...EITHER_CLUSTER, breaks: [inference('csi')] } as const;
const CLOUD_PROVIDER = { ...EITHER_CLUSTER, breaks: [inference('cloud-provider')] } as const;
const CERT_MANAGER = { ...EITHER_CLUSTER, breaks: [ISSUE_237, inference('approver')] } as const;
const CLOUD_OPERATOR = { breaks: [inference('cloud-operator')], remedies: [remedy.HOST_REPAIR] } as const;
const LOAD_BALANCER = {
  renewedBy: 'unknown',
  renewal: citeText('renewal.load-balancer', inference('renewer-unknown')),
  breaks: [inference('load-balancer')],
  impact: 'load-balancer',
  remedies: [remedy.LOAD_BALANCER_REPAIR],
  repair: ['load-balancer'],
} as const;
const EXTRA_ADMIN = {
  renewedBy: 'nobody',
  renewal: citeText('renewal.extra-admin', DOC_EXTRA_ADMINS),
  breaks: [DOC_EXTRA_ADMINS],
  impact: 'cmdlets',
  remedies: [remedy.NEW_IDENTITY, remedy.IDENTITY_LOGIN],
  repair: [],
  preflight: 'none',
} as const;
const ANY_CLIENT = {
  breaks: [OVERVIEW_CLOUD_AGENT],
  remedies: [remedy.HOST_REPAIR, remedy.CLOUD_REPAIR],
  isVague: true,
} as const;

/*
 * Sources. Name endings: Microsoft documentation, identity `KMSPlugin-<cluster>-moc-kms-plugin`, secrets
 * `<cluster>-template-secret-akshci-cc` and the like. Words: the same, Update-AksHciCertificates (NodeAgent, KVA,
 * CloudOperator, CSI, CertManager, CAPH, CloudProvider). `Appliance` is the management appliance of later stacks
 * (inferred). Client types: microsoft/moc. Use of programs: Azure/aksArc issues 168 and 169.
 */

export const MOC_ROLES = {
  'cloud-agent-ca': {
    layer: 'moc',
    lifetimeClass: 'moc-root',
    issuer: 'cloud-agent-ca',
    renewedBy: 'cloud-agent',
    renewal: citeText('renewal.cloud-agent-ca', OVERVIEW_TYPES, MOC_CREDENTIAL_MONITOR),
    revocable: false,
    revocation: citeText('revocation.cloud-agent-ca', inference('root-replaced')),
    breaks: [inference('moc-trust')],
    impact: 'cloud-agent',
    remedies: [remedy.ROTATE_CA],
    repair: ['cloud-agent-ca', 'host', 'cloud'],
    // Copies of the old CA remain in the files of clients until each of them is renewed; the cloud agent signs with the
    // newest.
    holder: 'deployment',
  },
  'cloud-agent-server': {
    layer: 'moc',
    lifetimeClass: 'moc-identity',
    issuer: 'cloud-agent-ca',
    renewedBy: 'cloud-agent',
    renewal: citeText('renewal.cloud-agent-server', MOC_SIGNER, inference('own-signature')),
    revocable: false,
    revocation: citeText('revocation.cloud-agent-server', inference('no-identity')),
    breaks: [inference('tls-handshake')],
    impact: 'cloud-agent',
    remedies: [remedy.CLOUD_AGENT_UPDATE, remedy.CLOUD_AGENT_REPAIR],
    repair: ['cloud'],
    holder: 'file',
  },
  'node-agent': {
    ...CERTIFICATE,
    ...NODE_AGENT,
    token: 'node-agent-token',
    renewedBy: 'node-agent',
    renewal: citeText('renewal.node-agent', DOC_UPDATE_CERTIFICATES, MOC_SDK_RENEWAL),
    breaks: [KNOWN_NODE_AGENT, ISSUE_173, ISSUE_365],
    remedies: [remedy.REPAIR_MOC, remedy.HOST_REPAIR],
    clientType: 'node',
    nameWord: { order: 6, pattern: /node-?agent/u },
  },
  'node-agent-token': {
    ...HOST_TOKEN,
    ...NODE_AGENT,
    breaks: [DOC_NODE_AGENT, KNOWN_NODE_AGENT, ISSUE_173],
    remedies: [remedy.REPAIR_MOC],
  },
  // mocctl's login token has no role of its own: `Repair-MocLogin` recreates the token.
  mocctl: {
    ...CERTIFICATE,
    renewal: citeText('renewal.mocctl', KNOWN_MOCCTL, MOC_SDK_RENEWAL),
    renewsInUse: true,
    rotatesWithHost: true,
    breaks: [KNOWN_MOCCTL, ISSUE_168],
    impact: 'cmdlets',
    remedies: [remedy.MOC_LOGIN],
    repair: ['moc-login'],
    preflight: 'moc-login',
    // microsoft/moc: the folder `.wssd/<program>`. A copied profile may have lost the dot.
    accessFolder: /\/\.?wssd\/mocctl\//u,
    original: /\/(?:\.wssd|cloudcfg)\/mocctl\//u,
    nameWord: { order: 8, pattern: /mocctl/u },
  },
  kvactl: {
    ...CERTIFICATE,
    ...KVACTL,
    token: 'kvactl-token',
    renewal: citeText('renewal.kvactl', ISSUE_169, MOC_SDK_RENEWAL),
    renewsInUse: true,
    breaks: [KNOWN_KVACTL, ISSUE_146],
    remedies: [remedy.DELETE_KVACTL_FILE, remedy.HOST_REPAIR],
    // Source: Azure/aksArc issue 146.
    accessFolder: /\/\.?wssd\/kvactl\//u,
    original: /\/(?:\.wssd|cloudcfg)\/kvactl\//u,
    nameWord: { order: 9, pattern: /kvactl|(?:^|[^a-z])(?:kva|appliance)(?![a-z])/u },
  },
  'kvactl-token': {
    ...HOST_TOKEN,
    ...KVACTL,
    breaks: [ISSUE_169],
    remedies: [remedy.MOC_LOGIN_FIRST, remedy.HOST_REPAIR],
  },
  caph: {
    ...CERTIFICATE,
    token: 'caphlogintoken',
    renewal: citeText('renewal.caph', MOC_SDK_RENEWAL, CAPH_LOGIN),
    breaks: [MOC_SDK_RENEWAL, ISSUE_107],
    remedies: [remedy.HOST_REPAIR],
    marksManagement: true,
    // microsoft/cluster-api-provider-azurestackhci: WSSD_CONFIG_PATH in the pod.
    accessFolder: /\/etc\/azhci\/cloudconfig(?:\/|$)/u,
    nameWord: { order: 1, pattern: /caph/u },
  },
  caphlogintoken: { ...HOST_TOKEN, breaks: [ISSUE_107], remedies: [remedy.HOST_REPAIR] },
  'kms-plugin': {
    ...CERTIFICATE,
    ...KMS_PLUGIN,
    token: 'kms-plugin-token',
    renewal: citeText('renewal.kms-plugin', OVERVIEW_CLOUD_AGENT, ISSUE_292),
    nameEnding: /-moc-kms-plugin$/u,
  },
  'kms-plugin-token': { ...CLUSTER_TOKEN, ...KMS_PLUGIN, original: /\/opt\/wssd\/k8s\//u },
  csi: { ...CERTIFICATE, ...CSI, token: 'csi-token', nameWord: { order: 5, pattern: /(?:^|[^a-z])csi(?![a-z])/u } },
  'csi-token': { ...CLUSTER_TOKEN, ...CSI },
  'cloud-provider': {
    ...CERTIFICATE,
    ...CLOUD_PROVIDER,
    token: 'cloud-provider-token',
    nameEnding: /-akshci-cc$/u,
    nameWord: { order: 4, pattern: /cloud-?provider/u },
  },
  'cloud-provider-token': { ...CLUSTER_TOKEN, ...CLOUD_PROVIDER },
  'cert-manager': {
    ...CERTIFICATE,
    ...CERT_MANAGER,
    token: 'cert-manager-token',
    nameWord: { order: 3, pattern: /cert-?manager/u },
  },
  'cert-manager-token': { ...CLUSTER_TOKEN, ...CERT_MANAGER },
  'cloud-operator': {
    ...CERTIFICATE,
    ...CLOUD_OPERATOR,
    token: 'cloud-operator-token',
    nameWord: { order: 2, pattern: /cloud-?operator/u },
  },
  'cloud-operator-token': { ...HOST_TOKEN, ...CLOUD_OPERATOR },
  'load-balancer': {
    ...CERTIFICATE,
    ...LOAD_BALANCER,
    token: 'load-balancer-token',
    clientType: 'loadbalancer',
    nameWord: { order: 7, pattern: /load-?balancer/u },
  },
  'load-balancer-token': { ...HOST_TOKEN, ...LOAD_BALANCER },
  'extra-admin': { ...CERTIFICATE, ...EXTRA_ADMIN, token: 'extra-admin-token', renewsInUse: true },
  'extra-admin-token': { ...HOST_TOKEN, ...EXTRA_ADMIN },
  'moc-client': { ...CERTIFICATE, ...ANY_CLIENT, token: 'moc-token', renewsInUse: true },
  'moc-token': {
    ...HOST_TOKEN,
    ...ANY_CLIENT,
    renewedBy: 'unknown',
    renewal: citeText('renewal.moc-token', OVERVIEW_TYPES, ISSUE_292),
  },
} as const satisfies Record<string, RoleRow>;
