/* Changes that consoles, logs and people make to the text of an error, and texts without any error. */

/** Lines around an error, as they appear on a Japanese host. */
const JAPANESE_BEFORE = [
  'Windows PowerShell',
  'Copyright (C) Microsoft Corporation. All rights reserved.',
  '新しいクロスプラットフォームの PowerShell をお試しください https://aka.ms/pscore6',
  'PS C:\\Users\\管理者> $ErrorActionPreference',
  '情報: 処理を開始しています。しばらくお待ちください。',
];
const JAPANESE_AFTER = [
  '発生場所 行:1 文字:1',
  '+ Get-AksHciCluster',
  '+ ~~~~~~~~~~~~~~~~~',
  '    + CategoryInfo          : OperationStopped: (:) [], RuntimeException',
];
const NOISE_BEFORE = [
  'I1124 09:12:44.120934       1 leaderelection.go:258] successfully acquired lease kube-system/kube-scheduler',
  'VERBOSE: [11/24/2026 09:12:45] [AksHci] Importing Configuration Completed',
  '{"level":"info","ts":1700000000.1,"msg":"reconciled","controller":"azurestackhcicluster"}',
];
const NOISE_AFTER = [
  'I1124 09:12:46.120934       1 shared_informer.go:318] Caches are synced for garbage collector',
  'Normal  Scheduled  2m  default-scheduler  Successfully assigned default/web-0 to node-2',
];

/** Wraps text as a console of this width does: in the middle of words, with an indent after each break. */
export function wrapLines(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const parts: string[] = [];
      for (let at = 0; at < line.length; at += width)
        parts.push(`${at === 0 ? '' : indent}${line.slice(at, at + width)}`);
      return parts.length === 0 ? [''] : parts;
    })
    .join('\r\n');
}

function addTimestamps(text: string): string {
  return text
    .split('\n')
    .map((line, at) => `2026-11-24T09:12:${10 + (at % 50)}.123456789Z stderr F ${line}`)
    .join('\n');
}

function addColours(text: string): string {
  return text
    .split(' ')
    .map((word, at) => (at % 3 === 0 ? `\u001b[31;1m${word}\u001b[0m` : word))
    .join(' ');
}

function typographic(text: string): string {
  return text
    .replaceAll("'", '’')
    .replaceAll(/"([^"]*)"/gu, '“$1”')
    .replaceAll(' - ', ' – ');
}

/** Replaces names, addresses and times, but no digits of the message itself. */
function otherNames(text: string): string {
  return text
    .replaceAll(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b(?!\.)/gu, '172.31.254.9')
    .replaceAll(/2022-07-\d\dT/gu, '2027-01-30T')
    .replaceAll('moc-l9iv8xjn3av', 'osaka-dc-control-plane-7x2kq')
    .replaceAll('test-load-balancer-whceb-nic', 'osaka-dc-load-balancer-q8r2-nic')
    .replaceAll('<user>', 'svc-aks.admin')
    .replaceAll('worker-abcde', 'worker-z9y8x');
}

/** Changes that must not alter the diagnosis of a text. */
export const PERTURBATIONS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'wrapped at 80': (text) => wrapLines(text, 80),
  'wrapped at 80 and indented': (text) => wrapLines(text, 80, '   '),
  'wrapped at 37': (text) => wrapLines(text, 37, '  '),
  'in lower case': (text) => text.toLowerCase(),
  'in upper case': (text) => text.toUpperCase(),
  'among lines of other programs': (text) => [...NOISE_BEFORE, text, ...NOISE_AFTER].join('\n'),
  'among Japanese lines': (text) => [...JAPANESE_BEFORE, text, ...JAPANESE_AFTER].join('\n'),
  'escaped as JSON': (text) => JSON.stringify(text),
  'escaped as JSON in a log line': (text) =>
    JSON.stringify({ level: 'error', ts: 1_700_000_000, msg: 'Reconciler error', error: text }),
  'escaped as JSON twice': (text) => JSON.stringify({ log: JSON.stringify({ error: text }) }),
  'inside [Error: …]': (text) => `System.Collections.Hashtable.generic_non_zero 1 [Error: ${text}]`,
  'in the words of a module in Japanese': (text) =>
    `[Kva] cluster get がゼロ以外の終了コードを返しました 1 [${text}]。`,
  'with timestamps of the runtime': addTimestamps,
  'wrapped, then with timestamps': (text) => addTimestamps(wrapLines(text, 80)),
  'in colours': addColours,
  'with typographic quotes': typographic,
  'of another cluster': otherNames,
  'in letters of full width': (text) =>
    text.replaceAll(/[!-~]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  'quoted in HTML': (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
};

/** Logs and console output without any problem, or only with problems unrelated to certificates of this product. */
export const INNOCENT: Readonly<Record<string, string>> = {
  nothing: '',
  'pods that run': `NAMESPACE     NAME                                    READY   STATUS    RESTARTS   AGE
kube-system   certificate-renewal-controller-x7k2p    1/1     Running   0          12d
kube-system   certificate-renewal-worker-8skd2        1/1     Running   0          12d
default       web-5d9f8c7b6d-abcde                    0/1     CrashLoopBackOff   12   38m
kube-system   kms-plugin-moc-lll6bm1plaa              1/1     Running   0          12d`,
  'nodes that are ready': `NAME              STATUS   ROLES                  AGE   VERSION
moc-l9iv8xjn3av   Ready    control-plane,master   40d   v1.24.11
moc-lw0b2kqz9td   Ready    <none>                 40d   v1.24.11`,
  'a described node': `Conditions:
  Type             Status  LastHeartbeatTime                 Reason                       Message
  MemoryPressure   False   Tue, 24 Nov 2026 09:12:44 +0900   KubeletHasSufficientMemory   kubelet has sufficient memory available
  DiskPressure     False   Tue, 24 Nov 2026 09:12:44 +0900   KubeletHasNoDiskPressure     kubelet has no disk pressure
  Ready            True    Tue, 24 Nov 2026 09:12:44 +0900   KubeletReady                 kubelet is posting ready status`,
  'an agent that runs': 'Name      Status\n----      ------\nwssdagent Running',
  'a cluster that is provisioned': `ProvisioningState     : provisioned
AutoScalerEnabled     : False
KubernetesVersion     : v1.24.11
NodePools             : linuxnodepool
ControlPlaneNodeCount : 3
Name                  : retail-east`,
  'an update that goes on': `VERBOSE: [11/24/2026 09:12:45] [AksHci] Starting update
Update-AksHci: waiting for cloud agent
VERBOSE: wssdagent started, listening on ports 45000 and 45001`,
  'a host that is not set up':
    '[AksHci] This machine does not appear to be configured for deployment.\n[Moc]このコンピューターは展開用に構成されていないようです。',
  'an update that runs already':
    '[AksHci] Update is already in progress. Please wait ...\n[AksHci]更新は既に進行中です。しばらくお待ちください ...',
  'a kubeconfig that is not there':
    'Unable to proceed due to missing kubeconfig file: C:\\AksHci\\1.0.24.11029\\kubeconfig-mgmt.\nkubeconfig ファイルが見つからないため、続行できません: C:\\AksHci\\1.0.24.11029\\kubeconfig-mgmt。',
  'a credential of the management cluster':
    'Get-KvaClusterCredential is only valid for target clusters.\nGet-KvaClusterCredential はターゲット クラスターに対してのみ有効です。',
  'a configuration that is printed': `AksHci : @{version=1.0.24.11029; installState=Installed; caCertRotationThreshold=90}
Moc    : @{cloudFqdn=ca.contoso.example; mocLoginYAML=C:\\AksHci\\login.yaml; accessFileDirPath=C:\\AksHci\\CloudCfg}`,
  'billing records that are sent': 'PS C:\\> Sync-AksHciBilling\nUpload Successful!',
  'an agent that another node owns':
    'Name           Status\n----           ------\nwssdcloudagent Stopped\nwssdagent      Running',
  'a name that does not resolve':
    'Unable to connect to the server: dial tcp: lookup api.retail.contoso.example on 10.0.0.10:53: no such host',
  'a full disk':
    'Error: write /var/lib/containerd/io.containerd.content.v1.content/ingest/3f/data: no space left on device',
  'a disk of Windows that is full': 'Set-Content : There is not enough space on the disk.\nAt line:1 char:1',
  'no memory': 'Last State: Terminated\n  Reason: OOMKilled\n  Exit Code: 137',
  'no rights':
    'Error from server (Forbidden): pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "kube-system"',
  'a registry with its own CA':
    'Failed to pull image "registry.contoso.example/app:1": rpc error: code = Unknown desc = failed to pull and unpack image: failed to do request: Head "https://registry.contoso.example/v2/app/manifests/1": x509: certificate signed by unknown authority',
  'a registry whose certificate has expired':
    'Failed to pull image "registry.contoso.example/app:1": failed to do request: x509: certificate has expired or is not yet valid: current time 2026-11-24T00:00:00Z is after 2026-11-20T00:00:00Z',
  'a webhook of somebody else':
    'Internal error occurred: failed calling webhook "validate.kyverno.svc": Post "https://kyverno-svc.kyverno.svc:443/validate?timeout=10s": x509: certificate signed by unknown authority',
  'a proxy':
    'GetCatalog error returned by API call: ... proxyconnect tcp: tls: first record does not look like a TLS Handshake',
  WinRM:
    'Powershell remoting to TK5-3WP08R0733 was not successful.\nAt C:\\Program Files\\WindowsPowerShell\\Modules\\Moc\\0.2.23\\Moc.psm1:2957 char:17',
  'a policy of Azure': 'Install-AksHci Failed, Service returned an error. Status=403 Code="RequestDisallowedByPolicy"',
  'a failed download': 'GetRelease error returned by API call: File download error: Hash mismatch',
  'a cloud agent that did not start':
    "Failed to start the cloud agent generic cluster service in failover cluster. The cluster resource group os in the 'failed' state. Resources in 'failed' or 'pending' states: 'MOC Cloud Agent Service'",
  'a full address pool': 'Error: timed out waiting for the condition',
  'an object that exists already': 'addons.msft.microsoft "demo-arc-onboarding" already exists',
  'a certificate being shown': `Certificate:
    Data:
        Version: 3 (0x2)
        Validity
            Not Before: Nov 20 17:00:00 2026 GMT
            Not After : Nov 24 17:00:00 2026 GMT
        Subject: CN = kube-apiserver`,
  'renewal that works':
    'I1124 09:12:44.120934 1 renew.go:88] renewed certificate apiserver, valid until 2026-11-28T17:00:00Z',
  'a manual page':
    'NAME\n    Update-AksHciClusterCertificates\nSYNOPSIS\n    Rotates the tokens and certificates of all clients in the workload cluster.\nSYNTAX\n    Update-AksHciClusterCertificates -name [-fixKubeletCredentials] [-force]',
  'a story': 'The certificate on the wall says that he has passed. It was expired joy, revoked by time.',
};

/**
 * Complete console outputs and logs from users and documentation, with changed names: text around an error, the same
 * error twice, and text that a console wrapped.
 */
export const TRANSCRIPTS: readonly { failure: string; title: string; text: string }[] = [
  {
    failure: 'F12',
    title: 'another administrator lists clusters',
    text: `C:\\Program Files\\AksHci\\kvactl.exe cluster get --clustername=1c0de5b2-7f6e-4d1c-9d58-2f0c6f6a8b11
--kubeconfig="c:\\ClusterStorage\\Volume01\\1.0.6.11122\\kubeconfig-mgmt" System.Collections.Hashtable.generic_non_zero 1
[Error: failed to get new provider: failed to create azurestackhci session: rpc error: code = Unavailable desc =
connection error: desc = "transport: authentication handshake failed: x509: certificate signed by unknown authority"]
At C:\\Program Files\\WindowsPowerShell\\Modules\\Kva\\1.0.17\\Common.psm1:2162 char:9
+         throw $errMessage
+         ~~~~~~~~~~~~~~~~~
    + CategoryInfo          : OperationStopped: (C:\\Program File...own authority"]:String) [], RuntimeException
    + FullyQualifiedErrorId : C:\\Program Files\\AksHci\\kvactl.exe cluster get --clustername=1c0de5b2-7f6e-4d1c-9d58-2f0
   c6f6a8b11 --kubeconfig="c:\\ClusterStorage\\Volume01\\1.0.6.11122\\kubeconfig-mgmt" System.Collections.Hashtable.gener
  ic_non_zero 1 [Error: failed to get new provider: failed to create azurestackhci session: rpc error: code = Unavai
 lable desc = connection error: desc = "transport: authentication handshake failed: x509: certificate signed by unkn
 own authority"]`,
  },
  {
    failure: 'F05',
    title: 'updates of a cluster are asked for',
    text: `C:\\Program Files\\AksHci\\kvactl.exe cluster get-upgrades --clustername osaka-dc --kubeconfig "C:\\kubeconfig-mgmt"
returned a non zero exit code1 [Error: failed to get new provider: failed to create azurestackhci session: Certificate
has expired: Expired: Expired]`,
  },
  {
    failure: 'F23',
    title: 'a repair with a module that is too new',
    text: `C:\\Program Files\\AksHci\\kvactl.exe cluster repair --clustername osaka-dc --kubeconfig "C:\\kubeconfig-mgmt" --sshprivatekey "C:\\.ssh\\akshci_rsa" --tags "Group=clustergroup-osaka-dc" --force=False returned a non zero exit code 1 [Error: unknown flag: --tags]`,
  },
  {
    failure: 'F06',
    title: 'kvactl without a valid token',
    text: `C:\\Program Files\\AksHci\\kvactl.exe cluster get --clustername=osaka-dc
--kubeconfig="C:\\kubeconfig-mgmt"
System.Collections.Hashtable.generic_non_zero 1 [Error: failed to get new provider: failed to create azurestackhci
session: rpc error: code = Unauthenticated desc = Valid Token Required.]`,
  },
  {
    failure: 'F17',
    title: 'the log of CAPH',
    text: `E0702 15:28:43.669450       1 controller.go:257] controller-runtime/controller "msg"="Reconciler error" "error"="failed to create scope: rpc error: code = Unauthenticated desc = Valid Token Required.\\nfailed to create wssd session: login failed\\ngithub.com/microsoft/cluster-api-provider-azurestackhci/pkg/auth.login\\n\\t/home/build/pkg/auth/auth.go:152"`,
  },
  {
    failure: 'F07',
    title: 'the log of the KMS plugin',
    text: `2021/08/02 21:27:53 rpc error: code = Unauthenticated desc = Valid Token Required.
clouduser@moc-la18fmyl0lb [ ~ ]$ sudo kubectl --kubeconfig=/etc/kubernetes/admin.conf logs -n kube-system kms-plugin-moc-la18fmyl0lb -p
2021/08/02 21:27:53 [plugin] start
2021/08/02 21:27:53 starting login to cloud agent
2021/08/02 21:27:53 rpc error: code = Unauthenticated desc = Valid Token Required.`,
  },
  {
    failure: 'F09',
    title: 'the log of the API server',
    text: `W1124 09:12:44.120934       1 clientconn.go:1223] grpc: addrConn.createTransport failed to connect to {/var/run/moc-kms-plugin/kmsPlugin.sock <nil> 0 <nil>}. Err: connection error: desc = "transport: Error while dialing dial unix /var/run/moc-kms-plugin/kmsPlugin.sock: connect: no such file or directory". Reconnecting...`,
  },
  {
    failure: 'F13',
    title: 'logs of a job of a rebuilt cluster',
    text: `PS C:\\E2EWorkload>  kubectl logs job/azure-arc-onboarding -n azure-arc-onboarding --follow
Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verifi
cation error" while trying to verify candidate authority certificate "kubernetes")`,
  },
  {
    failure: 'F36',
    title: 'the management cluster cannot be reached',
    text: `PS C:\\Users\\admin> Get-AksHciCluster
C:\\Program Files\\AksHci\\kvactl.exe cluster list --kubeconfig="C:\\ClusterStorage\\Volume1\\WorkingDir\\1.0.8.10223\\kubeconfig-mgmt" System.Collections.Hashtable.generic_non_zero 1 [Error: failed to connect to the cluster: action failed after 9
attempts: Get "https://10.193.237.5:6443/api?timeout=10s": net/http: request canceled while waiting for connection
(Client.Timeout exceeded while awaiting headers)]
At C:\\Program Files\\WindowsPowerShell\\Modules\\Kva\\1.0.22\\Common.psm1:2164 char:9`,
  },
  {
    failure: 'F16',
    title: 'a new cluster after an update of the hosts',
    text: `System.Collections.Hashtable.generic_non_zero1 [Error: failed to create nic osaka-dc-load-balancer-q8r2-nic for
machineosaka-dc-load-balancer-q8r2: unable to create VM network interface: failed to create network interface
osaka-dc-load-balancer-q8r2-nic in resource group clustergroup-osaka-dc: rpc error: code = Unknown desc = Location
'MocLocation' doesn't expose any nodes to create VNIC 'osaka-dc-load-balancer-q8r2-nic' on: OutOfCapacity]`,
  },
  {
    failure: 'F10',
    title: 'an update with an expired management kubeconfig',
    text: `PS C:\\> Update-AksHci
C:\\Program Files\\AksHci\\kubectl.exe --kubeconfig=C:\\AksHci\\1.0.16.10113\\kubeconfig-mgmt get akshciclusters -o json
returned a non zero exit code 1 [error: You must be logged in to the server (Unauthorized)]`,
  },
  {
    failure: 'F02',
    title: 'a repair that did nothing',
    text: `PS C:\\> kubectl get nodes
Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2022-09-26T12:24:15Z is after 2022-09-15T15:01:07Z
PS C:\\> Update-AksHciClusterCertificates -name osaka-dc -fixKubeletCredentials
PS C:\\> Get-AksHciCredential -name osaka-dc
PS C:\\> kubectl get nodes
Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2022-09-26T12:44:15Z is after 2022-09-15T15:01:07Z`,
  },
  {
    failure: 'F14',
    title: 'the service on one host',
    text: `PS C:\\> Get-Service wssdagent

Status   Name               DisplayName
------   ----               -----------
Starting wssdagent          WSSD Agent Service`,
  },
  {
    failure: 'F30',
    title: 'the log of the webhook',
    text: `PS C:\\> kubectl -n kube-system logs ad-auth-webhook-6c9d7
2026/11/24 00:12:44 http: TLS handshake error from 10.244.0.1:51322: remote error: tls: bad certificate
2026/11/24 00:12:45 x509: certificate has expired or is not yet valid: current time 2026-11-24T00:12:45Z is after 2026-10-01T00:00:00Z`,
  },
];
