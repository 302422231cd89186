import type { Command, CommandLayer, Syntax } from './cmdlet.ts';
import { needed, citeNote, optional, syntax, citeUse } from './cmdlet-shapes.ts';
import { AD_SSO, DOC_CREDENTIAL, DOC_HOST_UPDATE, OVERVIEW_TYPES } from '../sources/sources.ts';
import {
  ACCESS_FILE_FOLDER,
  BILLING_TRANSCRIPT,
  CLUSTER_PRINT,
  CONFIG_PRINT,
  CONTAINERS_EXTENSION,
  CREDENTIAL_TRANSCRIPT,
  DOC_UPDATE_CADENCE,
  ISSUE_152,
  ISSUE_204,
  ISSUE_402,
  KNOWN_AZURE_LOGIN,
  KNOWN_BILLING,
  KNOWN_ISSUES,
  KNOWN_OUT_OF_POLICY,
  MODULE_FUNCTIONS,
  MODULE_MESSAGES,
  NEWEST_SCRIPT,
  PREPARE_AKS,
  RECOMMENDED_UPDATES,
  reference,
  STATE_VALIDATOR,
  TRIAGE_ORDER,
  WAC_EXTENSION,
} from '../sources/sources-repair.ts';

/* Cmdlets about updates, inventory and configuration, and those used by other remedies. */

const CLUSTER = needed('name', 'cluster');
/** Of cmdlets that ask before they act. */
const CONFIRM = optional('confirm', 'switch');

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
    notes: [
      citeNote('Update-AksHci', 'cadence', OVERVIEW_TYPES, DOC_UPDATE_CADENCE),
      citeNote('Update-AksHci', 'in-progress', MODULE_MESSAGES, ISSUE_152),
      citeNote('Update-AksHci', 'restarts', ISSUE_402),
    ],
    risk: 'interrupts',
    isRepeatable: null,
    otherLayer: { parameters: ['name', 'kubernetesVersion', 'operatingSystem'], command: 'Update-AksHciCluster' },
  },
  {
    name: 'Update-AksHciCluster',
    module: 'AksHci',
    layer: 'kubernetes',
    // The page shows a set for each of the two; an extension by Microsoft gives both at once.
    syntaxes: [
      syntax([CLUSTER, optional('kubernetesVersion', 'version'), optional('operatingSystem', 'switch'), CONFIRM], {
        citations: [reference('Update-AksHciCluster'), WAC_EXTENSION],
        needsApiServer: true,
      }),
    ],
    use: citeUse('Update-AksHciCluster', reference('Update-AksHciCluster')),
    notes: [citeNote('Update-AksHciCluster', 'together', WAC_EXTENSION)],
    risk: 'interrupts',
    isRepeatable: null,
    otherLayer: {
      parameters: ['fixCloudCredentials', 'fixKubeletCredentials', 'patchLoadBalancer'],
      command: 'Update-AksHciClusterCertificates',
    },
  },
  { ...reader('Get-AksHciUpdates', 'host'), notes: [citeNote('Get-AksHciUpdates', 'items', RECOMMENDED_UPDATES)] },
  reader('Get-AksHciClusterUpdates', 'kubernetes', [CLUSTER]),
  {
    ...reader('Get-AksHciVersion', 'host'),
    notes: [citeNote('Get-AksHciVersion', 'newest', CONFIG_PRINT, NEWEST_SCRIPT)],
  },
  {
    ...reader('Get-AksHciCluster', 'kubernetes', [optional('name', 'cluster')]),
    notes: [
      citeNote('Get-AksHciCluster', 'states', CLUSTER_PRINT, CREDENTIAL_TRANSCRIPT, reference('Get-AksHciCluster')),
      citeNote('Get-AksHciCluster', 'management', CONTAINERS_EXTENSION),
    ],
  },
  reader('Get-AksHciNodePool', 'kubernetes', [needed('clusterName', 'cluster'), optional('name', 'text')]),
  {
    ...reader('Get-AksHciCredential', 'kubernetes', [
      CLUSTER,
      optional('configPath', 'path'),
      optional('adAuth', 'switch'),
      optional('aadAuth', 'switch'),
      CONFIRM,
    ]),
    use: citeUse('Get-AksHciCredential', DOC_CREDENTIAL),
    notes: [
      citeNote('Get-AksHciCredential', 'replaces', DOC_CREDENTIAL),
      citeNote('Get-AksHciCredential', 'prompts', CREDENTIAL_TRANSCRIPT, WAC_EXTENSION),
      citeNote('Get-AksHciCredential', 'config-path', CREDENTIAL_TRANSCRIPT, WAC_EXTENSION, CONTAINERS_EXTENSION),
      citeNote('Get-AksHciCredential', 'target', MODULE_MESSAGES, CONFIG_PRINT),
    ],
    risk: 'changes',
  },
  {
    ...reader('Get-AksHciConfig', 'host'),
    notes: [
      citeNote('Get-AksHciConfig', 'token', CONFIG_PRINT),
      citeNote('Get-AksHciConfig', 'states', STATE_VALIDATOR, WAC_EXTENSION, ISSUE_152),
      citeNote('Get-AksHciConfig', 'not-configured', MODULE_MESSAGES, WAC_EXTENSION),
      citeNote('Get-AksHciConfig', 'threshold', CONFIG_PRINT),
    ],
  },
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
  {
    ...unlisted('Get-MocConfig', 'Moc', citeUse('Get-MocConfig', KNOWN_ISSUES)),
    notes: [
      citeNote('Get-MocConfig', 'access-files', ACCESS_FILE_FOLDER, CONFIG_PRINT),
      citeNote('Get-MocConfig', 'role', CONFIG_PRINT),
    ],
  },
  unlisted('Get-KvaConfig', 'Kva', citeUse('Get-KvaConfig', KNOWN_ISSUES)),
  unlisted('Get-MocVersion', 'Moc', citeUse('Get-MocVersion', ISSUE_204)),
  {
    ...unlisted('Get-MocNode', 'Moc', citeUse('Get-MocNode', TRIAGE_ORDER)),
    syntaxes: [syntax([optional('location', 'text')], { citations: [PREPARE_AKS] })],
  },
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
          optional('createAutoConfigContainers', 'boolean'),
          optional('offlineDownload', 'switch'),
          optional('offsiteTransferCompleted', 'switch'),
          optional('mode', 'text'),
          optional('stagingShare', 'path'),
          optional('macPoolStart', 'text'),
          optional('macPoolEnd', 'text'),
          optional('concurrentDownloads', 'number'),
          optional('skipUpdates', 'switch'),
          optional('forceDnsReplication', 'switch'),
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
    name: 'New-AksHciCluster',
    module: 'AksHci',
    layer: 'kubernetes',
    open: true,
    syntaxes: [
      syntax(
        [
          CLUSTER,
          ...['nodePoolName', 'osType', 'osSku', 'taints', 'primaryNetworkPlugin'].map((name) =>
            optional(name, 'text'),
          ),
          ...['nodeCount', 'controlPlaneNodeCount', 'nodeMaxPodCount'].map((name) => optional(name, 'number')),
          ...['controlPlaneVmSize', 'loadBalancerVmSize', 'nodeVmSize'].map((name) => optional(name, 'text')),
          ...['loadBalancerSettings', 'vnet'].map((name) => optional(name, 'object')),
          ...['enableAdAuth', 'enableMonitoring', 'enableAzureRBAC'].map((name) => optional(name, 'switch')),
          // The syntax shows a switch, the examples of the same page give it a value.
          optional('enableAutoScaler', 'boolean'),
          optional('autoScalerProfileName', 'text'),
          optional('kubernetesVersion', 'version'),
        ],
        { citations: [reference('New-AksHciCluster')] },
      ),
    ],
    use: citeUse('New-AksHciCluster', reference('New-AksHciCluster')),
    notes: [citeNote('New-AksHciCluster', 'name', reference('New-AksHciCluster'))],
    risk: 'changes',
    isRepeatable: false,
  },
  {
    name: 'Remove-AksHciCluster',
    module: 'AksHci',
    layer: 'kubernetes',
    syntaxes: [
      syntax([CLUSTER, optional('force', 'switch'), CONFIRM], {
        citations: [reference('Remove-AksHciCluster'), WAC_EXTENSION],
      }),
    ],
    use: citeUse('Remove-AksHciCluster', reference('Remove-AksHciCluster')),
    notes: [],
    risk: 'loses',
    isRepeatable: false,
  },
  {
    name: 'Restart-AksHci',
    module: 'AksHci',
    layer: 'host',
    syntaxes: [syntax([CONFIRM], { citations: [reference('Restart-AksHci')] })],
    use: citeUse('Restart-AksHci', reference('Restart-AksHci')),
    notes: [citeNote('Restart-AksHci', 'name', MODULE_FUNCTIONS)],
    risk: 'loses',
    isRepeatable: false,
  },
  {
    name: 'Reinstall-AksHci',
    module: 'AksHci',
    layer: 'host',
    open: true,
    syntaxes: [],
    use: citeUse('Reinstall-AksHci', MODULE_FUNCTIONS, reference('Restart-AksHci')),
    notes: [citeNote('Reinstall-AksHci', 'name', MODULE_FUNCTIONS)],
    risk: 'loses',
    isRepeatable: false,
  },
  {
    name: 'Uninstall-AksHci',
    module: 'AksHci',
    layer: 'host',
    syntaxes: [
      syntax([optional('skipConfigCleanup', 'switch'), CONFIRM], {
        citations: [reference('Uninstall-AksHci'), WAC_EXTENSION],
      }),
    ],
    use: citeUse('Uninstall-AksHci', reference('Uninstall-AksHci')),
    notes: [],
    risk: 'loses',
    isRepeatable: false,
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
    notes: [
      citeNote('Sync-AksHciBilling', 'out-of-policy', KNOWN_OUT_OF_POLICY),
      citeNote('Sync-AksHciBilling', 'no-proof', BILLING_TRANSCRIPT),
    ],
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
