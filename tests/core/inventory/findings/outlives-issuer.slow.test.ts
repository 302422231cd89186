import { afterAll, expect, test } from 'vitest';
import { cloudconfig, Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.outlives-issuer';
const SECOND_OF_DAY = 1 / 86_400;

test('a certificate that outlives its CA has a finding that states when the CA expires', async () => {
  const ca = pki.issue({ subject: '/CN=ca', days: [-10, 10], usage: 'ca' });
  const leaf = pki.issue({ subject: '/CN=leaf', issuer: ca, days: [-1, 30] });
  const [finding, ...others] = await inspectFiles(RULE, { '/a/ca.crt': ca.crt, '/a/leaf.crt': leaf.crt });
  expect(finding).toMatchObject({
    severity: 'warning',
    place: { path: '/a/leaf.crt' },
    params: { name: 'leaf', notAfter: '2026-12-24T12:00:00Z', issuer: 'ca', issuerNotAfter: '2026-12-04T12:00:00Z' },
  });
  expect(others).toEqual([]);
});

test('a certificate that expires with its CA has no finding, and one that expires a second later has one', async () => {
  const ca = pki.issue({ subject: '/CN=ca', days: [-10, 10], usage: 'ca' });
  const same = pki.issue({ subject: '/CN=same', issuer: ca, days: [-1, 10] });
  const longer = pki.issue({ subject: '/CN=longer', issuer: ca, days: [-1, 10 + SECOND_OF_DAY] });
  const found = await inspectFiles(RULE, { '/a/ca.crt': ca.crt, '/a/s.crt': same.crt, '/a/l.crt': longer.crt });
  expect(found.map(({ params }) => params?.['name'])).toEqual(['longer']);
});

test('cloud agent clients have no finding, because they outlive their CA every year', async () => {
  const ca = pki.issue({ subject: '/CN=cloud', days: [-300, 65], usage: 'ca' });
  const client = pki.issue({ subject: '/CN=mocctl-me', issuer: ca, days: [-1, 89] });
  const files = { '/a/.wssd/mocctl/cloudconfig': cloudconfig({ ca: ca.crt, client, identity: 'mocctl-me' }) };
  expect(await inspectFiles(RULE, files)).toEqual([]);
});

test('an expired CA is reported only as expired', async () => {
  const ca = pki.issue({ subject: '/CN=ca', days: [-10, -1], usage: 'ca' });
  const leaf = pki.issue({ subject: '/CN=leaf', issuer: ca, days: [-2, 30] });
  expect(await inspectFiles(RULE, { '/a/ca.crt': ca.crt, '/a/leaf.crt': leaf.crt })).toEqual([]);
});
