import { afterAll, expect, test } from 'vitest';
import { Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.weak-signature';

test('a SHA-1 signature is reported, but a SHA-256 signature is not', async () => {
  const ca = pki.ca('/CN=ca');
  const weak = pki.issue({ subject: '/CN=weak', issuer: ca, days: [-1, 9], digest: 'sha1' });
  const good = pki.issue({ subject: '/CN=good', issuer: ca, days: [-1, 9], digest: 'sha256' });
  expect(await inspectFiles(RULE, { '/a/weak.crt': weak.crt, '/a/good.crt': good.crt })).toMatchObject([
    { severity: 'warning', place: { path: '/a/weak.crt' }, params: { name: 'weak', algorithm: 'ecdsa-with-SHA1' } },
  ]);
});

test('a root’s SHA-1 signature is not reported, because a self-signature proves nothing', async () => {
  const root = pki.issue({ subject: '/CN=root', days: [-1, 9], usage: 'ca', digest: 'sha1' });
  const below = pki.issue({ subject: '/CN=below', issuer: root, days: [-1, 9], usage: 'ca', digest: 'sha1' });
  const found = await inspectFiles(RULE, { '/a/root.crt': root.crt, '/a/below.crt': below.crt });
  expect(found.map(({ params }) => params?.['name'])).toEqual(['below']);
});
