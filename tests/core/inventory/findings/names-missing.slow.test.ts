import { afterAll, expect, test } from 'vitest';
import { Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.names-missing';
const NAMES = ['DNS:kubernetes', 'DNS:kubernetes.default', 'DNS:kubernetes.default.svc', 'IP:10.96.0.1'];

test('an API server with the names that all clusters have in common has no finding', async () => {
  const server = pki.issue({ subject: '/CN=kube-apiserver', days: [-1, 3], usage: 'server', names: NAMES.join(',') });
  expect(await inspectFiles(RULE, { '/e/pki/apiserver.crt': server.crt })).toEqual([]);
});

test('an API server without one of the names that all clusters have in common has a finding that states this name', async () => {
  const names = NAMES.filter((name) => name !== 'DNS:kubernetes.default.svc').join(',');
  const server = pki.issue({ subject: '/CN=kube-apiserver', days: [-1, 3], usage: 'server', names });
  expect(await inspectFiles(RULE, { '/e/pki/apiserver.crt': server.crt })).toMatchObject([
    { severity: 'warning', params: { name: 'kube-apiserver', missing: 'kubernetes.default.svc' } },
  ]);
});

test('an etcd server must have the loopback names, except the IPv6 address', async () => {
  const ca = pki.ca('/CN=etcd-ca');
  const etcd = (names: string) =>
    pki.issue({ subject: '/CN=node-1', issuer: ca, days: [-1, 3], usage: 'both', names }).crt;
  const whole = etcd('DNS:localhost,DNS:node-1,IP:127.0.0.1,IP:10.0.0.5');
  const bare = etcd('DNS:node-1,IP:10.0.0.5');
  expect(await inspectFiles(RULE, { '/e/pki/etcd/ca.crt': ca.crt, '/e/pki/etcd/server.crt': whole })).toEqual([]);
  expect(await inspectFiles(RULE, { '/e/pki/etcd/ca.crt': ca.crt, '/e/pki/etcd/server.crt': bare })).toMatchObject([
    { params: { missing: 'localhost, 127.0.0.1' } },
  ]);
});

test('a kubelet server certificate is reported if it has no names, but not if it has its address', async () => {
  const subject = '/O=system:nodes/CN=system:node:node-1';
  const none = pki.issue({ subject, days: [-1, 3], usage: 'server' });
  const some = pki.issue({ subject, days: [-1, 3], usage: 'server', names: 'IP:10.0.0.5' });
  expect(await inspectFiles(RULE, { '/e/pki/kubelet.crt': none.crt })).toMatchObject([
    { params: { missing: '<node>, <node-ip>' } },
  ]);
  expect(await inspectFiles(RULE, { '/e/pki/kubelet.crt': some.crt })).toEqual([]);
});

test('client certificates and certificates of unknown use may have no names', async () => {
  const client = pki.issue({ subject: '/O=system:nodes/CN=system:node:node-1', days: [-1, 3] });
  const web = pki.issue({ subject: '/CN=shop.example', days: [-1, 3], usage: 'server' });
  expect(await inspectFiles(RULE, { '/e/k.crt': client.crt, '/e/w.crt': web.crt })).toEqual([]);
});
