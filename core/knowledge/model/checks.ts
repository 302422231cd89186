import type { Statement } from '../../shared/citation.ts';
import type { StepPlace } from './step.ts';
import {
  AD_SSO,
  cited,
  DOC_KMS,
  DOC_KVACTL_FILE,
  ISSUE_145,
  ISSUE_168,
  KNOWN_EXPIRED_CONTROL_PLANE,
  KNOWN_KMS_POD,
  KNOWN_KMS_ROTATION,
  KNOWN_KVACTL,
  KNOWN_MANAGEMENT_KUBECONFIG,
  KNOWN_MOCCTL,
  KNOWN_NODE_AGENT,
  KNOWN_TLS_INTERNAL_ERROR,
  RENEWAL_PODS,
} from './sources/sources.ts';
import {
  ISSUE_160,
  ISSUE_204,
  ISSUE_233,
  KNOWN_API_SERVER_TIMEOUT,
  KNOWN_OUT_OF_CAPACITY,
  KNOWN_OUT_OF_POLICY,
  READ_ONLY_CHECK,
  reference,
} from './sources/sources-repair.ts';

/* Commands that change nothing and distinguish causes. Each is short enough to type on a host without a network. */

export const CHECK_IDS = [
  'clock',
  'moc-node',
  'kvactl',
  'management-kubeconfig',
  'management-kms-log',
  'api-server',
  'kms-log',
  'control-plane-end',
  'control-plane-logs',
  'kms-container',
  'vm-names',
  'pod-logs',
  'nodes',
  'renewal-pods',
  'renewal-log',
  'node-agent',
  'build',
  'module-versions',
  'moc-version',
  'user',
  'kvactl-file',
  'kubeconfig-view',
  'api-server-port',
  'ports-in-use',
  'billing',
  'ad-webhook-log',
  'revocation-resource',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export interface Check {
  id: CheckId;
  command: string;
  place: StepPlace;
  needsApiServer: boolean;
  /** Meaning of its output: `check.<id>`. */
  statement: Statement;
  /** Words in its output that mean success; any one of them. */
  works: readonly string[];
  /** Words that mean the opposite, whatever else is printed: one host of several may differ. */
  fails?: readonly string[];
  /** Right after a step the output does not say so yet. */
  isTooEarlyAtOnce?: true;
}

const SSH = 'ssh -i (Get-MocConfig).sshPrivateKey clouduser@<control-plane-ip>';
const MANAGEMENT = 'kubectl --kubeconfig (Get-KvaConfig).kubeconfig';

const OF_HOST = { place: 'host', needsApiServer: false, works: [] } as const;
const OF_CLUSTER = { place: 'workstation', needsApiServer: true, works: [] } as const;
const ON_NODE = { place: 'control-plane', needsApiServer: false, works: [] } as const;

export const CHECKS: Readonly<Record<CheckId, Check>> = {
  clock: {
    id: 'clock',
    ...OF_HOST,
    command: 'Invoke-Command -ComputerName (Get-ClusterNode).Name -ScriptBlock { (Get-Date).ToUniversalTime() }',
    statement: cited('check.clock', READ_ONLY_CHECK),
  },
  'moc-node': {
    id: 'moc-node',
    ...OF_HOST,
    command: 'Get-MocNode',
    statement: cited('check.moc-node', KNOWN_MOCCTL, ISSUE_168),
  },
  kvactl: {
    id: 'kvactl',
    ...OF_HOST,
    command: 'Get-AksHciCluster',
    works: ['ProvisioningState : provisioned'],
    statement: cited('check.kvactl', KNOWN_KVACTL, reference('Get-AksHciCluster')),
  },
  'management-kubeconfig': {
    id: 'management-kubeconfig',
    ...OF_HOST,
    command:
      "[Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String((Select-String -Path (Get-KvaConfig).kubeconfig -Pattern 'client-certificate-data:\\s*(\\S+)').Matches[0].Groups[1].Value)).NotAfter",
    statement: cited('check.management-kubeconfig', KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_145),
  },
  'management-kms-log': {
    id: 'management-kms-log',
    ...OF_HOST,
    needsApiServer: true,
    command: `${MANAGEMENT} -n kube-system logs <kms-pod>`,
    statement: cited('check.management-kms-log', KNOWN_KMS_POD),
  },
  'api-server': {
    id: 'api-server',
    ...OF_CLUSTER,
    command: 'kubectl get nodes',
    works: ['NAME STATUS ROLES AGE VERSION'],
    statement: cited('check.api-server', KNOWN_EXPIRED_CONTROL_PLANE),
  },
  'kms-log': {
    id: 'kms-log',
    ...OF_CLUSTER,
    command: 'kubectl -n kube-system logs <kms-pod>',
    statement: cited('check.kms-log', KNOWN_KMS_POD),
  },
  'control-plane-end': {
    id: 'control-plane-end',
    ...ON_NODE,
    command: `${SSH} "sudo openssl x509 -noout -enddate -in /etc/kubernetes/pki/apiserver.crt"`,
    statement: cited('check.control-plane-end', READ_ONLY_CHECK),
  },
  'control-plane-logs': {
    id: 'control-plane-logs',
    ...ON_NODE,
    command: `${SSH} "sudo ls /var/log/pods"`,
    statement: cited('check.control-plane-logs', RENEWAL_PODS),
  },
  'kms-container': {
    id: 'kms-container',
    ...ON_NODE,
    command: `${SSH} "sudo crictl ps -a | grep kms"`,
    works: ['Running'],
    isTooEarlyAtOnce: true,
    statement: cited('check.kms-container', KNOWN_KMS_ROTATION, DOC_KMS),
  },
  'vm-names': {
    id: 'vm-names',
    ...OF_HOST,
    command:
      'Get-ClusterNode | ForEach-Object { Get-VM -ComputerName $_ } | Get-VMNetworkAdapter | Select-Object VMName, IPAddresses',
    statement: cited('check.vm-names', KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_233),
  },
  'pod-logs': {
    id: 'pod-logs',
    ...OF_CLUSTER,
    command: 'kubectl -n kube-system logs <pod> --tail=5',
    statement: cited('check.pod-logs', KNOWN_TLS_INTERNAL_ERROR),
  },
  nodes: {
    id: 'nodes',
    ...OF_CLUSTER,
    command: 'kubectl get nodes -o wide',
    works: ['INTERNAL-IP'],
    statement: cited('check.nodes', RENEWAL_PODS),
  },
  'renewal-pods': {
    id: 'renewal-pods',
    ...OF_CLUSTER,
    command: 'kubectl -n kube-system get pods',
    statement: cited('check.renewal-pods', RENEWAL_PODS),
  },
  'renewal-log': {
    id: 'renewal-log',
    ...OF_CLUSTER,
    command: 'kubectl -n kube-system logs <renewal-pod>',
    statement: cited('check.renewal-log', RENEWAL_PODS),
  },
  'node-agent': {
    id: 'node-agent',
    ...OF_HOST,
    // The published remedy starts the service on each node by remoting in the same way.
    command:
      'Invoke-Command -ComputerName (Get-ClusterNode).Name -ScriptBlock { Get-Service wssdagent } | Select-Object -Property Name, Status, PSComputerName',
    works: ['wssdagent Running'],
    // Every other state of a service. Source: ServiceControllerStatus of .NET.
    fails: ['wssdagent Start', 'wssdagent Stop', 'wssdagent Pause', 'wssdagent Continue'],
    statement: cited('check.node-agent', KNOWN_NODE_AGENT, KNOWN_OUT_OF_CAPACITY),
  },
  build: {
    id: 'build',
    ...OF_HOST,
    command: 'Get-AksHciVersion',
    statement: cited('check.build', reference('Get-AksHciVersion')),
  },
  'module-versions': {
    id: 'module-versions',
    ...OF_HOST,
    place: 'every-host',
    command: 'Get-Module -ListAvailable -Name AksHci, Kva, Moc',
    statement: cited('check.module-versions', ISSUE_145),
  },
  'moc-version': {
    id: 'moc-version',
    ...OF_HOST,
    command: 'Get-MocVersion',
    statement: cited('check.moc-version', ISSUE_204),
  },
  user: { id: 'user', ...OF_HOST, command: 'whoami', statement: cited('check.user', ISSUE_160) },
  'kvactl-file': {
    id: 'kvactl-file',
    ...OF_HOST,
    command: 'Test-Path "$env:UserProfile\\.wssd\\kvactl\\cloudconfig"',
    statement: cited('check.kvactl-file', DOC_KVACTL_FILE),
  },
  'kubeconfig-view': {
    id: 'kubeconfig-view',
    ...OF_CLUSTER,
    needsApiServer: false,
    command: 'kubectl config view --minify',
    statement: cited('check.kubeconfig-view', READ_ONLY_CHECK),
  },
  'api-server-port': {
    id: 'api-server-port',
    ...OF_HOST,
    command: 'Test-NetConnection <api-server> -Port 6443',
    works: ['TcpTestSucceeded : True'],
    statement: cited('check.api-server-port', KNOWN_API_SERVER_TIMEOUT, READ_ONLY_CHECK),
  },
  'ports-in-use': {
    id: 'ports-in-use',
    ...OF_HOST,
    place: 'every-host',
    command: '(Get-NetTCPConnection).Count',
    statement: cited('check.ports-in-use', READ_ONLY_CHECK),
  },
  billing: {
    id: 'billing',
    ...OF_HOST,
    command: 'Get-AksHciBillingStatus',
    statement: cited('check.billing', KNOWN_OUT_OF_POLICY),
  },
  'ad-webhook-log': {
    id: 'ad-webhook-log',
    ...OF_CLUSTER,
    command: 'kubectl -n kube-system logs <webhook-pod>',
    statement: cited('check.ad-webhook-log', AD_SSO),
  },
  'revocation-resource': {
    id: 'revocation-resource',
    ...OF_CLUSTER,
    command: 'kubectl api-resources --api-group=certificates.microsoft.com',
    statement: cited('check.revocation-resource', READ_ONLY_CHECK),
  },
};
