import { afterAll, expect, test } from 'vitest';
import { cloudconfig, kubeconfig, Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.expired-ca-trusted';
const old = pki.issue({ subject: '/CN=ca', days: [-100, -1], usage: 'ca' });
const current = pki.ca('/CN=ca');

test('an expired CA beside a valid one is reported in a bundle and in a kubeconfig', async () => {
  const ca = old.crt + current.crt;
  const lists: Record<string, string>[] = [
    { '/a/bundle.crt': ca },
    { '/a/config': kubeconfig({ cluster: 'edge', ca, server: 'https://10.0.0.1:6443' }) },
  ];
  for (const files of lists) {
    const found = await inspectFiles(RULE, files);
    expect(found, Object.keys(files)[0]).toMatchObject([
      { severity: 'notice', params: { name: 'ca', notAfter: '2026-11-23T12:00:00Z' } },
    ]);
  }
});

test('an expired CA in an access file is not reported, since the file keeps the cloud agent’s old CA for a while', async () => {
  const files = { '/a/.wssd/mocctl/cloudconfig': cloudconfig({ ca: old.crt + current.crt, identity: 'me' }) };
  expect(await inspectFiles(RULE, files)).toEqual([]);
});

test('a CA in the last second of its validity is not reported as expired', async () => {
  const ending = pki.issue({ subject: '/CN=ending', days: [-100, 0], usage: 'ca' });
  const files = { '/a/bundle.crt': ending.crt + current.crt };
  expect(await inspectFiles(RULE, files)).toEqual([]);
  expect(await inspectFiles(RULE, files, { afterMs: 1000 })).toHaveLength(1);
});

test('an expired CA is not reported if it is alone in its file or in the chain of a leaf', async () => {
  const leaf = pki.issue({ subject: '/CN=leaf', issuer: current, days: [-1, 9], usage: 'server' });
  expect(await inspectFiles(RULE, { '/a/ca.crt': old.crt })).toEqual([]);
  expect(await inspectFiles(RULE, { '/a/tls.crt': leaf.crt + current.crt + old.crt })).toEqual([]);
});
