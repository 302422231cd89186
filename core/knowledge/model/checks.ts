import type { Statement } from '../../shared/citation.ts';
import { KVACTL_FILE, SSH, type StepPlace } from './step.ts';
import {
  AD_SSO,
  citeText,
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
  type Sources,
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

/* Read-only commands that distinguish causes, each short enough to type on a host without a network. */

interface CheckRow {
  command: string;
  place: StepPlace;
  needsApiServer: boolean;
  /** Output that means success; any one of these texts suffices. */
  works: readonly string[];
  /** Output that always means failure, since a single host may differ from the others. */
  fails?: readonly string[];
  /** The output shows success only some time after a step. */
  isTooEarlyAtOnce?: true;
  sources: Sources;
}

const MANAGEMENT = 'kubectl --kubeconfig (Get-KvaConfig).kubeconfig';

const OF_HOST = { place: 'host', needsApiServer: false, works: [] } as const;
const OF_CLUSTER = { place: 'workstation', needsApiServer: true, works: [] } as const;
const ON_NODE = { place: 'control-plane', needsApiServer: false, works: [] } as const;

const ROWS = {
  clock: {
    ...OF_HOST,
    command: 'Invoke-Command -ComputerName (Get-ClusterNode).Name -ScriptBlock { (Get-Date).ToUniversalTime() }',
    sources: [READ_ONLY_CHECK],
  },
  'moc-node': { ...OF_HOST, command: 'Get-MocNode', sources: [KNOWN_MOCCTL, ISSUE_168] },
  kvactl: {
    ...OF_HOST,
    command: 'Get-AksHciCluster',
    works: ['ProvisioningState : provisioned'],
    sources: [KNOWN_KVACTL, reference('Get-AksHciCluster')],
  },
  'management-kubeconfig': {
    ...OF_HOST,
    command:
      "[Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String((Select-String -Path (Get-KvaConfig).kubeconfig -Pattern 'client-certificate-data:\\s*(\\S+)').Matches[0].Groups[1].Value)).NotAfter",
    sources: [KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_145],
  },
  'management-kms-log': {
    ...OF_HOST,
    needsApiServer: true,
    command: `${MANAGEMENT} -n kube-system logs <kms-pod>`,
    sources: [KNOWN_KMS_POD],
  },
  'api-server': {
    ...OF_CLUSTER,
    command: 'kubectl get nodes',
    works: ['NAME STATUS ROLES AGE VERSION'],
    sources: [KNOWN_EXPIRED_CONTROL_PLANE],
  },
  'kms-log': { ...OF_CLUSTER, command: 'kubectl -n kube-system logs <kms-pod>', sources: [KNOWN_KMS_POD] },
  'control-plane-end': {
    ...ON_NODE,
    command: `${SSH} "sudo openssl x509 -noout -enddate -in /etc/kubernetes/pki/apiserver.crt"`,
    sources: [READ_ONLY_CHECK],
  },
  'control-plane-logs': { ...ON_NODE, command: `${SSH} "sudo ls /var/log/pods"`, sources: [RENEWAL_PODS] },
  'kms-container': {
    ...ON_NODE,
    command: `${SSH} "sudo crictl ps -a | grep kms"`,
    works: ['Running'],
    isTooEarlyAtOnce: true,
    sources: [KNOWN_KMS_ROTATION, DOC_KMS],
  },
  'vm-names': {
    ...OF_HOST,
    command:
      'Get-ClusterNode | ForEach-Object { Get-VM -ComputerName $_ } | Get-VMNetworkAdapter | Select-Object VMName, IPAddresses',
    sources: [KNOWN_MANAGEMENT_KUBECONFIG, ISSUE_233],
  },
  'pod-logs': {
    ...OF_CLUSTER,
    command: 'kubectl -n kube-system logs <pod> --tail=5',
    sources: [KNOWN_TLS_INTERNAL_ERROR],
  },
  nodes: { ...OF_CLUSTER, command: 'kubectl get nodes -o wide', works: ['INTERNAL-IP'], sources: [RENEWAL_PODS] },
  'renewal-pods': { ...OF_CLUSTER, command: 'kubectl -n kube-system get pods', sources: [RENEWAL_PODS] },
  'renewal-log': { ...OF_CLUSTER, command: 'kubectl -n kube-system logs <renewal-pod>', sources: [RENEWAL_PODS] },
  'node-agent': {
    ...OF_HOST,
    // The published remedy also uses remoting to start the service on each node.
    command:
      'Invoke-Command -ComputerName (Get-ClusterNode).Name -ScriptBlock { Get-Service wssdagent } | Select-Object -Property Name, Status, PSComputerName',
    works: ['wssdagent Running'],
    // The four prefixes match every state of a service other than Running. Source: ServiceControllerStatus of .NET.
    fails: ['wssdagent Start', 'wssdagent Stop', 'wssdagent Pause', 'wssdagent Continue'],
    sources: [KNOWN_NODE_AGENT, KNOWN_OUT_OF_CAPACITY],
  },
  build: { ...OF_HOST, command: 'Get-AksHciVersion', sources: [reference('Get-AksHciVersion')] },
  'module-versions': {
    ...OF_HOST,
    place: 'every-host',
    command: 'Get-Module -ListAvailable -Name AksHci, Kva, Moc',
    sources: [ISSUE_145],
  },
  'moc-version': { ...OF_HOST, command: 'Get-MocVersion', sources: [ISSUE_204] },
  user: { ...OF_HOST, command: 'whoami', sources: [ISSUE_160] },
  'kvactl-file': { ...OF_HOST, command: `Test-Path "${KVACTL_FILE}"`, sources: [DOC_KVACTL_FILE] },
  'kubeconfig-view': {
    ...OF_CLUSTER,
    needsApiServer: false,
    command: 'kubectl config view --minify',
    sources: [READ_ONLY_CHECK],
  },
  'api-server-port': {
    ...OF_HOST,
    command: 'Test-NetConnection <api-server> -Port 6443',
    works: ['TcpTestSucceeded : True'],
    sources: [KNOWN_API_SERVER_TIMEOUT, READ_ONLY_CHECK],
  },
  'ports-in-use': {
    ...OF_HOST,
    place: 'every-host',
    command: '(Get-NetTCPConnection).Count',
    sources: [READ_ONLY_CHECK],
  },
  billing: { ...OF_HOST, command: 'Get-AksHciBillingStatus', sources: [KNOWN_OUT_OF_POLICY] },
  'ad-webhook-log': { ...OF_CLUSTER, command: 'kubectl -n kube-system logs <webhook-pod>', sources: [AD_SSO] },
  'revocation-resource': {
    ...OF_CLUSTER,
    command: 'kubectl api-resources --api-group=certificates.microsoft.com',
    sources: [READ_ONLY_CHECK],
  },
} as const satisfies Record<string, CheckRow>;
export type CheckId = keyof typeof ROWS;
export const CHECK_IDS = Object.keys(ROWS) as readonly CheckId[];

export interface Check extends Omit<CheckRow, 'sources'> {
  id: CheckId;
  /** Message key: `check.<id>`. */
  statement: Statement;
}

export const CHECKS = Object.fromEntries(
  CHECK_IDS.map((id): [CheckId, Check] => {
    const { sources, ...row }: CheckRow = ROWS[id];
    return [id, { ...row, id, statement: citeText(`check.${id}`, ...sources) }];
  }),
) as Readonly<Record<CheckId, Check>>;
