import { afterAll, expect, test } from 'vitest';
import { Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.issuer-expired';
const SECOND = 1000;

test('a valid certificate under an expired CA has an error that names the CA', async () => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-100, -1], usage: 'ca' });
  const leaf = pki.issue({ subject: '/CN=kube-apiserver', issuer: ca, days: [-2, 30], usage: 'server' });
  expect(await inspectFiles(RULE, { '/east/pki/ca.crt': ca.crt, '/east/pki/apiserver.crt': leaf.crt })).toEqual([
    {
      rule: RULE,
      severity: 'error',
      place: { path: '/east/pki/apiserver.crt', entry: '' },
      citation: { certainty: 'documented', work: 'RFC 5280', place: 'section 6.1.3 (a)(2)' },
      params: { name: 'kube-apiserver', issuer: 'kubernetes', issuerNotAfter: '2026-11-23T12:00:00Z' },
    },
  ]);
});

test('the finding appears one second after the last second of the CA’s validity', async () => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-100, 0], usage: 'ca' });
  const leaf = pki.issue({ subject: '/CN=kube-scheduler', issuer: ca, days: [-2, 30] });
  const files = { '/east/pki/ca.crt': ca.crt, '/east/pki/x.crt': leaf.crt };
  expect(await inspectFiles(RULE, files)).toEqual([]);
  expect(await inspectFiles(RULE, files, { afterMs: SECOND })).toHaveLength(1);
});

test('certificates signed before a CA was renewed with the same key have no finding', async () => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-100, -1], usage: 'ca' });
  const renewed = pki.renew(ca, { subject: '/CN=kubernetes', days: [-3, 300], usage: 'ca' });
  const leaf = pki.issue({ subject: '/CN=kube-scheduler', issuer: ca, days: [-2, 30] });
  const files = { '/east/pki/ca.crt': ca.crt + renewed.crt, '/east/pki/x.crt': leaf.crt };
  expect(await inspectFiles(RULE, files)).toEqual([]);
});

test('a CA with the same name but another key does not prevent the finding', async () => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-100, -1], usage: 'ca' });
  const other = pki.ca('/CN=kubernetes');
  const leaf = pki.issue({ subject: '/CN=kube-scheduler', issuer: ca, days: [-2, 30] });
  const files = { '/east/pki/ca.crt': ca.crt + other.crt, '/east/pki/x.crt': leaf.crt };
  expect(await inspectFiles(RULE, files)).toHaveLength(1);
});

test('an expired root above a valid intermediate CA is found from the leaf, and the finding names the root', async () => {
  const root = pki.issue({ subject: '/CN=root', days: [-100, -1], usage: 'ca' });
  const middle = pki.issue({ subject: '/CN=middle', issuer: root, days: [-50, 50], usage: 'ca' });
  const leaf = pki.issue({ subject: '/CN=leaf', issuer: middle, days: [-2, 30] });
  const found = await inspectFiles(RULE, { '/a/r.crt': root.crt, '/a/m.crt': middle.crt, '/a/l.crt': leaf.crt });
  expect(found.map(({ params }) => [params?.['name'], params?.['issuer']]).sort()).toEqual([
    ['leaf', 'root'],
    ['middle', 'root'],
  ]);
});

test('a certificate that has expired or is not yet valid has no finding', async () => {
  const ca = pki.issue({ subject: '/CN=kubernetes', days: [-100, -1], usage: 'ca' });
  const old = pki.issue({ subject: '/CN=old', issuer: ca, days: [-50, -2] });
  const early = pki.issue({ subject: '/CN=early', issuer: ca, days: [2, 30] });
  expect(await inspectFiles(RULE, { '/a/ca.crt': ca.crt, '/a/o.crt': old.crt, '/a/e.crt': early.crt })).toEqual([]);
});
