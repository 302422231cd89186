import { afterAll, expect, test } from 'vitest';
import { kubeconfig, Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'kubeconfig.other-ca';
const NAMES = 'DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:10.96.0.1,IP:172.16.255.14';
const mine = pki.ca('/CN=kubernetes');
const foreign = pki.issue({ subject: '/CN=kubernetes', days: [-200, 3000], usage: 'ca' });
const server = pki.issue({
  ...{ subject: '/CN=kube-apiserver', issuer: mine, days: [-1, 3], usage: 'server', names: NAMES },
});
const node = {
  '/nodes/edge/etc/kubernetes/pki/ca.crt': mine.crt,
  '/nodes/edge/etc/kubernetes/pki/apiserver.crt': server.crt,
};

test('a kubeconfig whose CA is not that of the API server at its address is reported', async () => {
  const config = kubeconfig({ cluster: 'other', ca: foreign.crt, server: 'https://172.16.255.14:6443' });
  expect(await inspectFiles(RULE, { ...node, '/me/.kube/config': config })).toMatchObject([
    {
      severity: 'error',
      place: { path: '/me/.kube/config', entry: 'clusters[other].certificate-authority-data' },
      params: { cluster: 'other', path: '/nodes/edge/etc/kubernetes/pki/apiserver.crt' },
    },
  ]);
});

test('a kubeconfig with the cluster’s name but another CA is reported, whatever its address', async () => {
  const config = kubeconfig({ cluster: 'edge', ca: foreign.crt, server: 'https://edge.example:6443' });
  expect(await inspectFiles(RULE, { ...node, '/me/.kube/config': config })).toHaveLength(1);
});

test('the cluster’s own kubeconfig is not reported', async () => {
  const config = kubeconfig({ cluster: 'edge', ca: mine.crt, server: 'https://172.16.255.14:6443' });
  expect(await inspectFiles(RULE, { ...node, '/me/.kube/config': config })).toEqual([]);
});

test('a kubeconfig with the cluster’s CA, renewed with the same key, is not reported', async () => {
  const renewed = pki.renew(mine, { subject: '/CN=kubernetes', days: [-1, 300], usage: 'ca' });
  const config = kubeconfig({ cluster: 'edge', ca: renewed.crt, server: 'https://172.16.255.14:6443' });
  expect(await inspectFiles(RULE, { ...node, '/me/.kube/config': config })).toEqual([]);
});

test('a kubeconfig of another cluster is not reported, even if it uses a loopback or service address', async () => {
  for (const address of ['https://172.16.255.15:6443', 'https://127.0.0.1:6443', 'https://10.96.0.1:443']) {
    const config = kubeconfig({ cluster: 'other', ca: foreign.crt, server: address });
    expect(await inspectFiles(RULE, { ...node, '/me/.kube/config': config }), address).toEqual([]);
  }
});
