import type { Command, Parameter, ModuleRelease } from './cmdlet.ts';
import { nameCommands, readParameters } from './cmdlet-shapes.ts';
import {
  DOC_EXTRA_ADMIN_VALIDITY,
  DOC_EXTRA_ADMINS,
  DOC_LOGIN,
  DOC_PROXY,
  DOC_ROTATE_CA,
  DOC_UPDATE_CERTIFICATES,
  DOC_UPDATE_CLUSTER_CERTIFICATES,
  ISSUE_127,
  ISSUE_145,
  ISSUE_168,
  ISSUE_173,
  ISSUE_365,
  KNOWN_KMS_POD,
  KNOWN_KMS_ROTATION,
  KNOWN_MOCCTL,
  KNOWN_NODE_AGENT,
  OVERVIEW_REVOCATION,
  UPDATE_COMMANDS,
} from '../sources/sources.ts';
import {
  CONFIG_PRINT,
  DOC_TIMELINE,
  ISSUE_233,
  ISSUE_402,
  KNOWN_API_SERVER_DOWN,
  NOT_EXPIRED_ONLY,
  reference,
  THIRD_PARTY,
} from '../sources/sources-repair.ts';

/*
 * Cmdlets and program commands about certificates and tokens, spelled as in the syntax blocks. These take precedence
 * over the parameter tables of the reference, which print "Required: True" for optional switches.
 */

/** The release that introduced the Update cmdlets for certificates and deprecated their predecessors. */
const MAY_2022: ModuleRelease = { month: '2022-05', build: '1.0.10.10513', citation: DOC_TIMELINE };

const NAME = 'name:cluster!';
const KEY_FILE = 'sshPrivateKeyFile:path';
const FIX_CLOUD = 'fixCloudCredentials';
const FIX_KUBELET = 'fixKubeletCredentials';

const LOAD_BALANCER: Parameter = {
  ...{ name: 'patchLoadBalancer', value: 'switch', mandatory: true },
  remark: { severity: 'notice', text: 'cmdlet.remark.one-page', citation: UPDATE_COMMANDS },
};

/** Parameters for a single cluster, which reveal the intended layer. */
const OF_CLUSTER = ['name', FIX_CLOUD, FIX_KUBELET, 'patchLoadBalancer'];

export const CERTIFICATE_COMMANDS: readonly Command[] = nameCommands({
  'Update-AksHciCertificates': {
    layer: 'host',
    syntaxes: [{ parameters: 'force?', needsApiServer: true }],
    use: [DOC_UPDATE_CERTIFICATES, UPDATE_COMMANDS],
    notes: { window: [DOC_UPDATE_CERTIFICATES], 'api-server': [KNOWN_KMS_POD] },
    isRepeatable: true,
    since: MAY_2022,
    otherLayer: { parameters: OF_CLUSTER, command: 'Update-AksHciClusterCertificates' },
  },
  'Update-AksHciClusterCertificates': {
    syntaxes: [
      { parameters: `${NAME} ${FIX_CLOUD}? force?`, needsApiServer: true },
      { parameters: `${NAME} ${FIX_KUBELET}? force?`, needsApiServer: false },
      // The other two sets suggest that -force can be combined with this switch.
      {
        parameters: [...readParameters(NAME), LOAD_BALANCER, ...readParameters(`${FIX_CLOUD}?! force?`)],
        citations: [UPDATE_COMMANDS],
      },
    ],
    use: [DOC_UPDATE_CLUSTER_CERTIFICATES],
    notes: { 'one-fix': [DOC_UPDATE_CLUSTER_CERTIFICATES], 'no-effect': [ISSUE_233] },
    isRepeatable: true,
    since: MAY_2022,
  },
  'Repair-AksHciCerts': {
    layer: 'host',
    syntaxes: [{ parameters: KEY_FILE, needsApiServer: true }],
    notes: { 'any.api-server': [ISSUE_127] },
    isRepeatable: true,
    deprecated: { successor: 'Update-AksHciCertificates', since: MAY_2022 },
    otherLayer: { parameters: ['name', FIX_CLOUD, FIX_KUBELET, 'force'], command: 'Repair-AksHciClusterCerts' },
  },
  'Repair-AksHciClusterCerts': {
    syntaxes: [FIX_CLOUD, FIX_KUBELET].map((fix) => ({
      parameters: `${NAME} ${fix}?! ${KEY_FILE} force?`,
      needsApiServer: true,
    })),
    notes: { article: [OVERVIEW_REVOCATION], kvactl: [ISSUE_145], 'any.api-server': [KNOWN_API_SERVER_DOWN] },
    isRepeatable: true,
    deprecated: { successor: 'Update-AksHciClusterCertificates', since: MAY_2022 },
  },
  'Invoke-AksHciRotateCACertificate': {
    layer: 'moc',
    syntaxes: [{ parameters: [] }],
    use: [DOC_ROTATE_CA],
    notes: { index: [reference('Invoke-AksHciRotateCACertificate')], threshold: [CONFIG_PRINT] },
    risk: 'interrupts',
    isRepeatable: false,
  },
  'Repair-MocLogin': {
    module: 'Moc',
    layer: 'moc',
    open: true,
    use: [KNOWN_MOCCTL, ISSUE_168],
    notes: { 'any.no-page': [KNOWN_MOCCTL] },
    isRepeatable: true,
  },
  'Repair-Moc': {
    module: 'Moc',
    layer: 'moc',
    open: true,
    use: [KNOWN_NODE_AGENT, ISSUE_173, ISSUE_365],
    notes: { 'any.no-page': [KNOWN_NODE_AGENT], 'any.restarts': [ISSUE_402] },
    risk: 'interrupts',
    isRepeatable: true,
  },
  'New-MocIdentity': {
    module: 'Moc',
    layer: 'moc',
    syntaxes: [{ parameters: 'name! validityDays#! location! outfile:path!', citations: [DOC_EXTRA_ADMINS] }],
    use: [DOC_EXTRA_ADMINS],
    notes: { validity: [DOC_EXTRA_ADMIN_VALIDITY] },
    isRepeatable: false,
  },
  'New-MocRoleAssignment': {
    module: 'Moc',
    layer: 'moc',
    syntaxes: [{ parameters: 'identityName! roleName! location!', citations: [DOC_EXTRA_ADMINS] }],
    use: [DOC_EXTRA_ADMINS],
  },
  'Update-MocIdentity': {
    module: 'Moc',
    layer: 'moc',
    open: true,
    syntaxes: [
      {
        parameters: 'name! validityDays# fqdn:fqdn location outFile:path enableTokenAutoRotate?',
        citations: [THIRD_PARTY],
      },
    ],
    use: [THIRD_PARTY],
    notes: { 'no-page': [THIRD_PARTY] },
  },
  'mocctl security identity rotate': {
    module: 'mocctl',
    layer: 'moc',
    open: true,
    syntaxes: [
      {
        parameters: '--name! --encode:boolean --cloudFqdn:fqdn',
        citations: [KNOWN_KMS_ROTATION, ISSUE_127],
        needsApiServer: false,
      },
    ],
    use: [KNOWN_KMS_ROTATION, ISSUE_127],
    notes: { secret: [NOT_EXPIRED_ONLY] },
    isRepeatable: false,
  },
  'mocctl security login': {
    module: 'mocctl',
    layer: 'moc',
    open: true,
    syntaxes: [{ parameters: '--loginpath:path! --identity?', citations: [DOC_LOGIN], needsApiServer: false }],
    use: [DOC_LOGIN],
    isRepeatable: true,
  },
  'Set-AksHciProxySetting': {
    syntaxes: [{ parameters: 'noProxy certFile:path!', citations: [DOC_PROXY] }],
    use: [DOC_PROXY],
    notes: { later: [DOC_PROXY] },
    isRepeatable: true,
    since: { month: '2022-10', citation: DOC_PROXY },
  },
});
