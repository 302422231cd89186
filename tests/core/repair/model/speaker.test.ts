import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAILURES } from '../../../../core/knowledge/model/failures/failures.ts';
import { diagnose } from '../../../../core/repair/model/diagnose.ts';
import { Speakers } from '../../../../core/repair/model/speaker.ts';

const UNKNOWN_CA = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
const EXPIRED =
  'x509: certificate has expired or is not yet valid: current time 2026-11-28T06:14:02Z is after 2026-11-20T00:00:00Z';
const find = (text: string, line = text.split('\n').length) => new Speakers(text.split('\n')).find(line);

describe('the speaker of a line', () => {
  test.each([
    ['ours', `Nov 28 06:14:02 moc-lq7x2mzzk3p kubelet[812]: E1128 06:14:02.1 812 kubelet.go:2419] ${EXPIRED}`],
    ['ours', `2026-11-28T06:14:02Z host07 wssdagent[4120]: ${EXPIRED}`],
    ['ours', `PS C:\\Users\\akira> Get-AksHciCluster\n\n${EXPIRED}`],
    ['ours', `clouduser@moc-lq7x2mzzk3p [ ~ ]$ kubectl get nodes\n${EXPIRED}`],
    ['ours', `kubectl -n kube-system logs kms-plugin-moc-lq7x2mzzk3p\n${EXPIRED}`],
    ['ours', `$ kubectl --kubeconfig=/work/1.0.24.11029/kubeconfig-mgmt get pods\n${EXPIRED}`],
    [
      'ours',
      `Log Name:      Application\nSource:        wssdcloudagent\nDate:          11/28/2026 6:14:02 AM\nDescription:   ${EXPIRED}`,
    ],
    ['ours', `ログの名前: Application\nソース: wssdagent\n説明: ${EXPIRED}`],
    ['ours', `${EXPIRED}\nAt C:\\Program Files\\WindowsPowerShell\\Modules\\Moc\\1.1.49\\Moc.psm1:2957 char:17`],
    ['ours', `{"level":"error","logger":"azurestackhcimachine","msg":"${EXPIRED}"}`],
    [
      'ours',
      `==> /var/log/pods/kube-system_certificate-renewal-controller-x8k2p_ab12/controller/0.log <==\n${EXPIRED}`,
    ],
    ['other-kubernetes', `Nov 28 06:14:02 edge-7 k3s[991]: time="2026-11-28T06:14:02Z" level=error msg="${EXPIRED}"`],
    ['other-kubernetes', `Nov 28 06:14:02 ip-10-3-0-7.ec2.internal kubelet[71]: ${EXPIRED}`],
    [
      'other-kubernetes',
      `$ kubectl --context arn:aws:eks:eu-west-1:1:cluster/shop get nodes\nUnable to connect to the server: ${EXPIRED}`,
    ],
    ['other-kubernetes', `$ journalctl -u rke2-server\n${EXPIRED}`],
    ['other-kubernetes', `PS C:\\> az aks get-credentials -n shop\n${EXPIRED}`],
    ['azure-local', `PS C:\\> az aksarc show -n shop\n${EXPIRED}`],
    ['cert-manager', `E1128 06:14:02.120934 1 controller.go:167] cert-manager/issuers: ${EXPIRED}`],
    ['cert-manager', `$ kubectl logs -n cert-manager deploy/cert-manager-webhook\n${EXPIRED}`],
    ['cert-manager', `$ kubectl --context shop -v 6 logs deploy/cert-manager-webhook\n${EXPIRED}`],
    ['cert-manager', `$ kubectl --insecure-skip-tls-verify logs -n cert-manager deploy/webhook\n${EXPIRED}`],
    ['vault', `$ docker compose logs vault\n${EXPIRED}`],
    ['web-service', `2026/11/28 06:14:02 [error] 31#31: *7 upstream SSL certificate verify error: ${EXPIRED}`],
    ['registry', `[root@build ~]# podman pull registry.lan/app\n${EXPIRED}`],
    ['vault', `Nov 28 06:14:02 safe vault[12]: ${EXPIRED}`],
    ['istio', `2026-11-28T06:14:02.1Z warning envoy config stream closed: ${EXPIRED}`],
  ])('is %s, by its place: %s', (owner, text) => {
    expect(find(text)).toBe(owner);
  });

  test.each([
    EXPIRED,
    `PS C:\\> kubectl get nodes\n${EXPIRED}`,
    `$ kubectl -n cert-manager get pods\n${EXPIRED}`,
    `$ kubectl -n cert-manager get pod logs\n${EXPIRED}`,
    `$ kubectl -n logs get pods cert-manager\n${EXPIRED}`,
    `$ kubectl delete deployment logs cert-manager-webhook\n${EXPIRED}`,
    `$ kubectl -n kube-system describe pod kms-plugin-moc-lq7x2mzzk3p\n${EXPIRED}`,
    `error: ${EXPIRED}, maybe because of the vault that we use`,
    `nginx works, but kubectl says:\n${EXPIRED}`,
    `Vault is fine. ${EXPIRED}`,
    `k3s は使っていません。\n${EXPIRED}`,
    `apiVersion: v1\nkind: Config\n${EXPIRED}`,
    `We have k3s, istio and nginx too.\n\n\n\n\n${EXPIRED}`,
    `msg="reconcile of AksHci docs failed" err="${EXPIRED}"`,
    `$ vault status\nSealed false\n$ kubectl get nodes\n${EXPIRED}`,
    `${EXPIRED}\nPS C:\\> Get-AksHciCluster`,
  ])('is unknown if no place shows it, whatever words the text contains: %s', (text) => {
    const line = text.split('\n').findIndex((each) => each.includes('x509')) + 1;
    expect(find(text, line)).toBeUndefined();
  });
});

describe('the callee of a line', () => {
  test.each([
    ['ours', `dial tcp 10.7.0.4:55000: ${UNKNOWN_CA}`],
    ['ours', `Get "https://10.7.0.6:10250/containerLogs/kube-system/kube-proxy-moc-lq7x2mzzk3p/x": ${UNKNOWN_CA}`],
    ['other-kubernetes', `Get "https://AB12.gr7.eu-west-1.eks.amazonaws.com/api?timeout=32s": ${UNKNOWN_CA}`],
    ['registry', `Head "https://harbor.lan/v2/app/manifests/1": ${UNKNOWN_CA}`],
    ['vault', `Put "https://10.7.0.9:8200/v1/pki/sign": ${UNKNOWN_CA}`],
    ['web-service', `Post "https://hooks.example/notify": ${UNKNOWN_CA}`],
    ['web-service', `Nov 28 06:14:02 host07 wssdagent[4120]: Get "https://download.example/x": ${UNKNOWN_CA}`],
    [undefined, `Get "https://10.7.0.5:6443/api/v1/nodes": ${UNKNOWN_CA}`],
    [undefined, `Get "https://10.96.0.1:443/version": ${UNKNOWN_CA}`],
  ])('shows that the certificate is of %s: %s', (owner, text) => {
    expect(find(text)).toBe(owner);
  });
});

describe('a sentence that every Kubernetes prints', () => {
  const KUBECTL = `Unable to connect to the server: ${EXPIRED}`;
  const first = (text: string, more: object = {}) => diagnose({ texts: [text], ...more });

  test('comes from Go, gRPC, kubectl or Azure; only this product prints the other errors', () => {
    const shared = FAILURES.flatMap(({ id, published: [text] }) =>
      diagnose({ texts: [text] }).causes[0]?.isUnplaced ? [id] : [],
    );
    expect(shared).toEqual(['F01', 'F03', 'F10', 'F11', 'F12', 'F13', 'F20', 'F28', 'F36']);
  });

  test('names a cause with a question if nothing shows its speaker', () => {
    const { causes, first: told = [] } = first(KUBECTL);
    expect(causes[0]).toMatchObject({ failure: 'F01', isUnplaced: true });
    expect(told.map(({ text }) => text)).toEqual(['repair.fact.whose']);
  });

  test.each([
    ['this product called the command', `clouduser@moc-lq7x2mzzk3p [ ~ ]$ kubectl get nodes\n${KUBECTL}`, {}],
    ['a cluster was chosen', KUBECTL, { isOurs: true }],
    ['a credential has expired', KUBECTL, { inventory: { expired: new Set(['apiserver']) } }],
    ['the interview confirms it', KUBECTL, { answers: { found: { 'workload-api-server': 'fails' } } }],
    ['another line is this product’s', `mocctl: Certificate has expired: Expired\n\n\n\n\n\n${KUBECTL}`, {}],
  ])('needs no question if %s', (_, text, more) => {
    const { causes, first: told } = first(text, more);
    expect(causes.map(({ failure }) => failure)).toContain('F01');
    expect(causes.some(({ isUnplaced }) => isUnplaced)).toBe(false);
    expect(told).toBeUndefined();
  });
});

test('no text makes the reader throw', () => {
  const parts = fc.constantFrom(
    'PS C:\\>',
    'kubectl',
    '-n',
    'logs',
    'https://',
    ':',
    '/',
    '[',
    '"',
    '{',
    'dial tcp',
    '$',
    'k3s[1]:',
    'Source:',
  );
  fc.assert(
    fc.property(fc.array(fc.array(fc.oneof(parts, fc.string())).map((words) => words.join(' '))), (lines) => {
      const speakers = new Speakers(lines);
      for (const at of lines.keys()) speakers.find(at + 1);
    }),
  );
});
