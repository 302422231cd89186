import type { Command } from './cmdlet.ts';
import { nameCommands, readParameters } from './cmdlet-shapes.ts';
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

const CLUSTER = 'name:cluster!';

const READS = { layer: 'host', syntaxes: [{ parameters: [] }], risk: 'reads', isRepeatable: true } as const;
/** A cmdlet of the modules Moc and Kva, which have no reference: only its name and purpose are known. */
const UNLISTED = { layer: 'moc', open: true, risk: 'reads', isRepeatable: true } as const;

export const DEPLOYMENT_COMMANDS: readonly Command[] = nameCommands({
  'Update-AksHci': {
    layer: 'host',
    syntaxes: [{ parameters: [], needsApiServer: true }],
    use: [DOC_HOST_UPDATE, OVERVIEW_TYPES],
    notes: {
      cadence: [OVERVIEW_TYPES, DOC_UPDATE_CADENCE],
      'in-progress': [MODULE_MESSAGES, ISSUE_152],
      'any.restarts': [ISSUE_402],
    },
    risk: 'interrupts',
    otherLayer: { parameters: ['name', 'kubernetesVersion', 'operatingSystem'], command: 'Update-AksHciCluster' },
  },
  'Update-AksHciCluster': {
    // The page shows a separate set for each parameter; an extension by Microsoft passes both.
    syntaxes: [
      {
        parameters: `${CLUSTER} kubernetesVersion:version operatingSystem? confirm?`,
        citations: [reference('Update-AksHciCluster'), WAC_EXTENSION],
        needsApiServer: true,
      },
    ],
    notes: { together: [WAC_EXTENSION] },
    risk: 'interrupts',
    otherLayer: {
      parameters: ['fixCloudCredentials', 'fixKubeletCredentials', 'patchLoadBalancer'],
      command: 'Update-AksHciClusterCertificates',
    },
  },
  'Get-AksHciUpdates': { ...READS, notes: { items: [RECOMMENDED_UPDATES] } },
  'Get-AksHciClusterUpdates': { ...READS, layer: 'kubernetes', syntaxes: [{ parameters: CLUSTER }] },
  'Get-AksHciVersion': { ...READS, notes: { newest: [CONFIG_PRINT, NEWEST_SCRIPT] } },
  'Get-AksHciCluster': {
    ...READS,
    layer: 'kubernetes',
    syntaxes: [{ parameters: 'name:cluster' }],
    notes: {
      states: [CLUSTER_PRINT, CREDENTIAL_TRANSCRIPT, reference('Get-AksHciCluster')],
      management: [CONTAINERS_EXTENSION],
    },
  },
  'Get-AksHciNodePool': { ...READS, layer: 'kubernetes', syntaxes: [{ parameters: 'clusterName:cluster! name' }] },
  'Get-AksHciCredential': {
    ...READS,
    layer: 'kubernetes',
    syntaxes: [{ parameters: `${CLUSTER} configPath:path adAuth? aadAuth? confirm?` }],
    use: [DOC_CREDENTIAL],
    notes: {
      replaces: [DOC_CREDENTIAL],
      prompts: [CREDENTIAL_TRANSCRIPT, WAC_EXTENSION],
      'config-path': [CREDENTIAL_TRANSCRIPT, WAC_EXTENSION, CONTAINERS_EXTENSION],
      target: [MODULE_MESSAGES, CONFIG_PRINT],
    },
    risk: 'changes',
  },
  'Get-AksHciConfig': {
    ...READS,
    notes: {
      token: [CONFIG_PRINT],
      states: [STATE_VALIDATOR, WAC_EXTENSION, ISSUE_152],
      'not-configured': [MODULE_MESSAGES, WAC_EXTENSION],
      threshold: [CONFIG_PRINT],
    },
  },
  'Get-AksHciKubernetesVersion': READS,
  'Test-UpdateAksHci': READS,
  'Get-AksHciEventLog': READS,
  'Get-AksHciLogs': {
    ...READS,
    syntaxes: [{ parameters: 'virtualMachineLogs? agentLogs? eventLogs? kvaLogs? downloadSdkLogs? billingRecords?' }],
  },
  'Get-AksHciBillingStatus': READS,
  'Get-MocConfig': {
    ...UNLISTED,
    module: 'Moc',
    use: [KNOWN_ISSUES],
    notes: { 'access-files': [ACCESS_FILE_FOLDER, CONFIG_PRINT], role: [CONFIG_PRINT] },
  },
  'Get-KvaConfig': { ...UNLISTED, module: 'Kva', use: [KNOWN_ISSUES] },
  'Get-MocVersion': { ...UNLISTED, module: 'Moc', use: [ISSUE_204] },
  'Get-MocNode': {
    ...UNLISTED,
    module: 'Moc',
    use: [TRIAGE_ORDER],
    syntaxes: [{ parameters: 'location', citations: [PREPARE_AKS] }],
  },
  'Set-AksHciConfig': {
    layer: 'host',
    open: true,
    syntaxes: [
      {
        parameters: [
          // The syntax shows the first four as required; the page's text calls them optional on a single node.
          ...readParameters(`
            imageDir:path workingDir:path cloudConfigLocation:path vnet:object createAutoConfigContainers:boolean
            offlineDownload? offsiteTransferCompleted? mode stagingShare:path macPoolStart:mac macPoolEnd:mac
            concurrentDownloads# skipUpdates? forceDnsReplication? nodeConfigLocation:path sshPublicKey:path
            nodeAgentPort:port nodeAgentAuthorizerPort:port cloudAgentPort:port cloudAgentAuthorizerPort:port
            cloudLocation clusterRoleName controlPlaneVmSize cloudServiceCidr:cidr proxySettings:object version:version
            skipHostLimitChecks? skipRemotingChecks? skipValidationChecks?
          `),
          {
            name: 'insecure',
            value: 'switch',
            remark: { severity: 'warning', text: 'cmdlet.remark.insecure', citation: reference('Set-AksHciConfig') },
          },
        ],
      },
    ],
  },
  'New-AksHciCluster': {
    open: true,
    syntaxes: [
      {
        // The syntax shows a switch; the examples on the same page pass a value.
        parameters: `
          ${CLUSTER} nodePoolName osType osSku taints primaryNetworkPlugin nodeCount# controlPlaneNodeCount#
          nodeMaxPodCount# controlPlaneVmSize loadBalancerVmSize nodeVmSize loadBalancerSettings:object vnet:object
          enableAdAuth? enableMonitoring? enableAzureRBAC? enableAutoScaler:boolean autoScalerProfileName
          kubernetesVersion:version
        `,
      },
    ],
    notes: { name: [reference('New-AksHciCluster')] },
    isRepeatable: false,
  },
  'Remove-AksHciCluster': {
    syntaxes: [
      { parameters: `${CLUSTER} force? confirm?`, citations: [reference('Remove-AksHciCluster'), WAC_EXTENSION] },
    ],
    risk: 'loses',
    isRepeatable: false,
  },
  'Restart-AksHci': {
    layer: 'host',
    syntaxes: [{ parameters: 'confirm?' }],
    notes: { name: [MODULE_FUNCTIONS] },
    risk: 'loses',
    isRepeatable: false,
  },
  'Reinstall-AksHci': {
    layer: 'host',
    open: true,
    use: [MODULE_FUNCTIONS, reference('Restart-AksHci')],
    notes: { name: [MODULE_FUNCTIONS] },
    risk: 'loses',
    isRepeatable: false,
  },
  'Uninstall-AksHci': {
    layer: 'host',
    syntaxes: [
      { parameters: 'skipConfigCleanup? confirm?', citations: [reference('Uninstall-AksHci'), WAC_EXTENSION] },
    ],
    risk: 'loses',
    isRepeatable: false,
  },
  'Install-AksHciAdAuth': {
    syntaxes: ['adminUser', 'adminGroup', 'adminUserSID:sid', 'adminGroupSID:sid'].map((admin) => ({
      parameters: `${CLUSTER} keytab:path! SPN! ${admin}! previousKeytab:path TTL#`,
      citations: [reference('Install-AksHciAdAuth'), AD_SSO],
      needsApiServer: true,
    })),
    use: [AD_SSO],
    isRepeatable: false,
  },
  'Uninstall-AksHciAdAuth': {
    syntaxes: [{ parameters: CLUSTER, citations: [reference('Uninstall-AksHciAdAuth'), AD_SSO], needsApiServer: true }],
    use: [AD_SSO],
    risk: 'interrupts',
  },
  'Sync-AksHciBilling': {
    layer: 'host',
    syntaxes: [{ parameters: [] }],
    use: [KNOWN_BILLING],
    notes: { 'out-of-policy': [KNOWN_OUT_OF_POLICY], 'no-proof': [BILLING_TRANSCRIPT] },
    isRepeatable: true,
    takes: [KNOWN_BILLING],
  },
  'Enable-AksHciArcConnection': {
    syntaxes: [
      {
        parameters: `${CLUSTER} tenantId:guid subscriptionId:guid resourceGroup credential:object location`,
        needsApiServer: true,
      },
    ],
  },
  'Set-AksHciRegistration': {
    layer: 'host',
    syntaxes: [
      {
        parameters: `
          subscriptionId:guid! tenantId:guid resourceGroupName! armAccessToken graphAccessToken accountId
          environmentName credential:object region useDeviceAuthentication? skipLogin?
        `,
        needsApiServer: false,
      },
    ],
    use: [KNOWN_AZURE_LOGIN],
    notes: { same: [KNOWN_AZURE_LOGIN] },
    isRepeatable: true,
  },
});
