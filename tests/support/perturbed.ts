/*
 * What consoles, logs and people do to the text of an error, and texts that hold none.
 */

/** Lines around an error, as they stand on a host in Japanese. */
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

/** As a console of this width breaks it: in the middle of words, with blanks in front of the rest of a record. */
export function wrappedAt(text: string, width: number, indent = ''): string {
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

function withTimestamps(text: string): string {
  return text
    .split('\n')
    .map((line, at) => `2026-11-24T09:12:${10 + (at % 50)}.123456789Z stderr F ${line}`)
    .join('\n');
}

function coloured(text: string): string {
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

/** Other names, addresses and times; digits of a message itself stay. */
function otherNames(text: string): string {
  return text
    .replaceAll(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b(?!\.)/gu, '172.31.254.9')
    .replaceAll(/2022-07-\d\dT/gu, '2027-01-30T')
    .replaceAll('moc-l9iv8xjn3av', 'osaka-dc-control-plane-7x2kq')
    .replaceAll('test-load-balancer-whceb-nic', 'osaka-dc-load-balancer-q8r2-nic')
    .replaceAll('<user>', 'svc-aks.admin')
    .replaceAll('worker-abcde', 'worker-z9y8x');
}

/** Every way in which a text may reach a diagnosis without its being another text. */
export const PERTURBATIONS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'wrapped at 80': (text) => wrappedAt(text, 80),
  'wrapped at 80 and indented': (text) => wrappedAt(text, 80, '   '),
  'wrapped at 37': (text) => wrappedAt(text, 37, '  '),
  'in lower case': (text) => text.toLowerCase(),
  'in upper case': (text) => text.toUpperCase(),
  'among lines of other programs': (text) => [...NOISE_BEFORE, text, ...NOISE_AFTER].join('\n'),
  'among Japanese lines': (text) => [...JAPANESE_BEFORE, text, ...JAPANESE_AFTER].join('\n'),
  'escaped as JSON': (text) => JSON.stringify(text),
  'escaped as JSON in a log line': (text) =>
    JSON.stringify({ level: 'error', ts: 1_700_000_000, msg: 'Reconciler error', error: text }),
  'escaped as JSON twice': (text) => JSON.stringify({ log: JSON.stringify({ error: text }) }),
  'inside [Error: …]': (text) => `System.Collections.Hashtable.generic_non_zero 1 [Error: ${text}]`,
  'with timestamps of the runtime': withTimestamps,
  'wrapped, then with timestamps': (text) => withTimestamps(wrappedAt(text, 80)),
  'in colours': coloured,
  'with typographic quotes': typographic,
  'of another cluster': otherNames,
  'in letters of full width': (text) =>
    text.replaceAll(/[!-~]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  'quoted in HTML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
};

/** Logs and consoles in which nothing is wrong, or nothing that has to do with certificates of this product. */
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
  'a name that does not resolve':
    'Unable to connect to the server: dial tcp: lookup api.retail.contoso.example on 10.0.0.10:53: no such host',
  'a full disk':
    'Error: write /var/lib/containerd/io.containerd.content.v1.content/ingest/3f/data: no space left on device',
  'a disk of Windows that is full':
    'Set-Content : There is not enough space on the disk.\nAt line:1 char:1',
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
  'a policy of Azure':
    'Install-AksHci Failed, Service returned an error. Status=403 Code="RequestDisallowedByPolicy"',
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
  'a story':
    'The certificate on the wall says that he has passed. It was expired joy, revoked by time.',
};
