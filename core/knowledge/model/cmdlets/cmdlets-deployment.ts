import type { Command, CommandLayer, Syntax } from './cmdlet.ts';
import { needed, citeNote, optional, syntax, citeUse } from './cmdlet-shapes.ts';
import { AD_SSO, DOC_CREDENTIAL, DOC_HOST_UPDATE, OVERVIEW_TYPES } from '../sources/sources.ts';
import {
  DOC_UPDATE_CADENCE,
  ISSUE_204,
  KNOWN_AZURE_LOGIN,
  KNOWN_BILLING,
  KNOWN_ISSUES,
  KNOWN_OUT_OF_POLICY,
  reference,
  TRIAGE_ORDER,
} from '../sources/sources-repair.ts';

/* Cmdlets about updates, inventory and configuration, and those used by other remedies. */

const CLUSTER = needed('name', 'cluster');

/** A cmdlet of the reference that only reads. */
function reader(
  name: string,
  layer: CommandLayer,
  ...syntaxes: readonly (readonly Syntax['parameters'][number][])[]
): Command {
  const citations = [reference(name)] as const;
  return {
    name,
    module: 'AksHci',
    layer,
    use: citeUse(name, ...citations),
    notes: [],
    syntaxes: (syntaxes.length === 0 ? [[]] : syntaxes).map((parameters) => syntax(parameters, { citations })),
    risk: 'reads',
    isRepeatable: true,
  };
}

/** A cmdlet of the Moc and Kva modules, which have no reference: only its existence and purpose are known. */
function unlisted(name: string, module: string, use: Command['use']): Command {
  return { name, module, layer: 'moc', syntaxes: [], open: true, use, notes: [], risk: 'reads', isRepeatable: true };
}

const KEYTAB = [CLUSTER, needed('keytab', 'path'), needed('SPN', 'text')];
const KEYTAB_OPTIONS = [optional('previousKeytab', 'path'), optional('TTL', 'number')];

export const DEPLOYMENT_COMMANDS: readonly Command[] = [
  {
    name: 'Update-AksHci',
    module: 'AksHci',
    layer: 'host',
    syntaxes: [syntax([], { citations: [reference('Update-AksHci')], needsApiServer: true })],
    use: citeUse('Update-AksHci', DOC_HOST_UPDATE, OVERVIEW_TYPES),
    notes: [citeNote('Update-AksHci', 'cadence', OVERVIEW_TYPES, DOC_UPDATE_CADENCE)],
    risk: 'interrupts',
    isRepeatable: null,
    otherLayer: { parameters: ['name', 'kubernetesVersion', 'operatingSystem'], command: 'Update-AksHciCluster' },
  },
  {
    name: 'Update-AksHciCluster',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: [
      [CLUSTER, optional('kubernetesVersion', 'version')],
      [CLUSTER, optional('operatingSystem', 'switch')],
    ].map((parameters) => syntax(parameters, { citations: [reference('Update-AksHciCluster')], needsApiServer: true })),
    use: citeUse('Update-AksHciCluster', reference('Update-AksHciCluster')),
    notes: [],
    risk: 'interrupts',
    isRepeatable: null,
    otherLayer: {
      parameters: ['fixCloudCredentials', 'fixKubeletCredentials', 'patchLoadBalancer'],
      command: 'Update-AksHciClusterCertificates',
    },
  },
  reader('Get-AksHciUpdates', 'host'),
  reader('Get-AksHciClusterUpdates', 'kubernetes', [CLUSTER]),
  reader('Get-AksHciVersion', 'host'),
  reader('Get-AksHciCluster', 'kubernetes', [optional('name', 'cluster')]),
  reader('Get-AksHciNodePool', 'kubernetes', [needed('clusterName', 'cluster'), optional('name', 'text')]),
  {
    ...reader('Get-AksHciCredential', 'kubernetes', [
      CLUSTER,
      optional('configPath', 'path'),
      optional('adAuth', 'switch'),
      optional('aadAuth', 'switch'),
    ]),
    use: citeUse('Get-AksHciCredential', DOC_CREDENTIAL),
    notes: [citeNote('Get-AksHciCredential', 'replaces', DOC_CREDENTIAL)],
    risk: 'changes',
  },
  reader('Get-AksHciConfig', 'host'),
  reader('Get-AksHciKubernetesVersion', 'host'),
  reader('Test-UpdateAksHci', 'host'),
  reader('Get-AksHciEventLog', 'host'),
  reader(
    'Get-AksHciLogs',
    'host',
    ['virtualMachineLogs', 'agentLogs', 'eventLogs', 'kvaLogs', 'downloadSdkLogs', 'billingRecords'].map((name) =>
      optional(name, 'switch'),
    ),
  ),
  reader('Get-AksHciBillingStatus', 'host'),
  unlisted('Get-MocConfig', 'Moc', citeUse('Get-MocConfig', KNOWN_ISSUES)),
  unlisted('Get-KvaConfig', 'Kva', citeUse('Get-KvaConfig', KNOWN_ISSUES)),
  unlisted('Get-MocVersion', 'Moc', citeUse('Get-MocVersion', ISSUE_204)),
  unlisted('Get-MocNode', 'Moc', citeUse('Get-MocNode', TRIAGE_ORDER)),
  {
    name: 'Set-AksHciConfig',
    module: 'AksHci',
    layer: 'host',
    open: true,
    syntaxes: [
      syntax(
        [
          // The syntax shows these four as required, the page's text as optional on a single node.
          optional('imageDir', 'path'),
          optional('workingDir', 'path'),
          optional('cloudConfigLocation', 'path'),
          optional('vnet', 'object'),
          optional('nodeConfigLocation', 'path'),
          optional('sshPublicKey', 'path'),
          optional('nodeAgentPort', 'number'),
          optional('nodeAgentAuthorizerPort', 'number'),
          optional('cloudAgentPort', 'number'),
          optional('cloudAgentAuthorizerPort', 'number'),
          optional('cloudLocation', 'text'),
          optional('clusterRoleName', 'text'),
          optional('cloudServiceCidr', 'text'),
          optional('controlPlaneVmSize', 'text'),
          optional('proxySettings', 'object'),
          optional('version', 'version'),
          optional('skipHostLimitChecks', 'switch'),
          optional('skipRemotingChecks', 'switch'),
          optional('skipValidationChecks', 'switch'),
          optional('insecure', 'switch', {
            severity: 'warning',
            text: 'cmdlet.remark.insecure',
            citation: reference('Set-AksHciConfig'),
          }),
        ],
        { citations: [reference('Set-AksHciConfig')] },
      ),
    ],
    use: citeUse('Set-AksHciConfig', reference('Set-AksHciConfig')),
    notes: [],
    risk: 'changes',
    isRepeatable: null,
  },
  {
    name: 'Install-AksHciAdAuth',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: ['adminUser', 'adminGroup', 'adminUserSID', 'adminGroupSID'].map((admin) =>
      syntax([...KEYTAB, needed(admin, 'text'), ...KEYTAB_OPTIONS], {
        citations: [reference('Install-AksHciAdAuth'), AD_SSO],
        needsApiServer: true,
      }),
    ),
    use: citeUse('Install-AksHciAdAuth', AD_SSO),
    notes: [],
    risk: 'changes',
    isRepeatable: false,
  },
  {
    name: 'Uninstall-AksHciAdAuth',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: [syntax([CLUSTER], { citations: [reference('Uninstall-AksHciAdAuth'), AD_SSO], needsApiServer: true })],
    use: citeUse('Uninstall-AksHciAdAuth', AD_SSO),
    notes: [],
    risk: 'interrupts',
    isRepeatable: null,
  },
  {
    name: 'Sync-AksHciBilling',
    module: 'AksHci',
    layer: 'host',
    syntaxes: [syntax([], { citations: [reference('Sync-AksHciBilling')] })],
    use: citeUse('Sync-AksHciBilling', KNOWN_BILLING),
    notes: [citeNote('Sync-AksHciBilling', 'out-of-policy', KNOWN_OUT_OF_POLICY)],
    risk: 'changes',
    isRepeatable: true,
    takes: citeNote('Sync-AksHciBilling', 'takes', KNOWN_BILLING),
  },
  {
    name: 'Enable-AksHciArcConnection',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: [
      syntax(
        [
          CLUSTER,
          ...['tenantId', 'subscriptionId', 'resourceGroup'].map((name) => optional(name, 'text')),
          optional('credential', 'object'),
          optional('location', 'text'),
        ],
        { citations: [reference('Enable-AksHciArcConnection')], needsApiServer: true },
      ),
    ],
    use: citeUse('Enable-AksHciArcConnection', reference('Enable-AksHciArcConnection')),
    notes: [],
    risk: 'changes',
    isRepeatable: null,
  },
  {
    name: 'Set-AksHciRegistration',
    module: 'AksHci',
    layer: 'host',
    syntaxes: [
      syntax(
        [
          needed('subscriptionId', 'text'),
          needed('resourceGroupName', 'text'),
          ...['tenantId', 'armAccessToken', 'graphAccessToken', 'accountId'].map((name) => optional(name, 'text')),
          optional('environmentName', 'text'),
          optional('credential', 'object'),
          optional('region', 'text'),
          optional('useDeviceAuthentication', 'switch'),
          optional('skipLogin', 'switch'),
        ],
        { citations: [reference('Set-AksHciRegistration')], needsApiServer: false },
      ),
    ],
    use: citeUse('Set-AksHciRegistration', KNOWN_AZURE_LOGIN),
    notes: [citeNote('Set-AksHciRegistration', 'same', KNOWN_AZURE_LOGIN)],
    risk: 'changes',
    isRepeatable: true,
  },
];
