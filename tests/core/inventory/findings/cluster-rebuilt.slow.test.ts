import { afterAll, expect, test } from 'vitest';
import { kubeconfig, Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.cluster-rebuilt';
const before = pki.issue({ subject: '/CN=kubernetes', days: [-400, 3000], usage: 'ca' });
const after = pki.issue({ subject: '/CN=kubernetes', days: [-3, 3000], usage: 'ca' });
const config = (cluster: string, ca: string): string =>
  kubeconfig({ cluster, ca, server: `https://${cluster}.example:6443` });

test('if clusters with different CAs have the same name, the older CA has a finding that names the newer file', async () => {
  const files = { '/old/config': config('edge', before.crt), '/new/config': config('edge', after.crt) };
  expect(await inspectFiles(RULE, files)).toMatchObject([
    {
      severity: 'warning',
      place: { path: '/old/config' },
      citation: { certainty: 'inferred' },
      params: { cluster: 'edge', notBefore: '2026-11-21T12:00:00Z', path: '/new/config' },
    },
  ]);
});

test('clusters with different names, or with kubeadm’s default name, have no finding', async () => {
  for (const [one, other] of [
    ['edge', 'shop'],
    ['kubernetes', 'kubernetes'],
  ] as const) {
    const files = { '/old/config': config(one, before.crt), '/new/config': config(other, after.crt) };
    expect(await inspectFiles(RULE, files), one).toEqual([]);
  }
});

test('an old and a new CA in one file have no finding, since the old CA is being replaced', async () => {
  expect(await inspectFiles(RULE, { '/a/config': config('edge', before.crt + after.crt) })).toEqual([]);
});

test('a CA renewed with the same key has no finding', async () => {
  const renewed = pki.renew(before, { subject: '/CN=kubernetes', days: [-2, 3000], usage: 'ca' });
  const files = { '/old/config': config('edge', before.crt), '/new/config': config('edge', renewed.crt) };
  expect(await inspectFiles(RULE, files)).toEqual([]);
});
