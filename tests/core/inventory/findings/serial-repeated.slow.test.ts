import { afterAll, expect, test } from 'vitest';
import { Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.serial-repeated';

test('two certificates of one CA with the same serial number have findings that name each other', async () => {
  const ca = pki.ca('/CN=ca');
  const one = pki.issue({ subject: '/CN=one', issuer: ca, days: [-1, 9], serialHex: '0A0B' });
  const two = pki.issue({ subject: '/CN=two', issuer: ca, days: [-1, 9], serialHex: '0A0B' });
  const files = { '/a/ca.crt': ca.crt, '/a/one.crt': one.crt, '/a/two.crt': two.crt };
  const found = await inspectFiles(RULE, files);
  expect(found.map(({ severity, params }) => ({ severity, ...params }))).toEqual([
    { severity: 'warning', name: 'one', serial: '0a0b', other: 'two', path: '/a/two.crt' },
    { severity: 'warning', name: 'two', serial: '0a0b', other: 'one', path: '/a/one.crt' },
  ]);
});

test('different serial numbers, or two copies of one certificate, have no finding', async () => {
  const ca = pki.ca('/CN=ca');
  const one = pki.issue({ subject: '/CN=one', issuer: ca, days: [-1, 9], serialHex: '0A0B' });
  const two = pki.issue({ subject: '/CN=two', issuer: ca, days: [-1, 9], serialHex: '0A0C' });
  const files = { '/a/ca.crt': ca.crt, '/a/one.crt': one.crt, '/a/copy.crt': one.crt, '/a/two.crt': two.crt };
  expect(await inspectFiles(RULE, files)).toEqual([]);
});

test('the same serial number from CAs of two clusters with the same name has no finding', async () => {
  const [east, west] = [pki.ca('/CN=kubernetes'), pki.ca('/CN=kubernetes')];
  const one = pki.issue({ subject: '/CN=one', issuer: east, days: [-1, 9], serialHex: '02' });
  const two = pki.issue({ subject: '/CN=two', issuer: west, days: [-1, 9], serialHex: '02' });
  const all = {
    ...{ '/east/pki/ca.crt': east.crt, '/east/pki/one.crt': one.crt },
    ...{ '/west/pki/ca.crt': west.crt, '/west/pki/two.crt': two.crt },
  };
  expect(await inspectFiles(RULE, all)).toEqual([]);
});

test('old roots from kubeadm, which all have serial number 0, have no finding, since each is a separate CA', async () => {
  const roots = ['/CN=kubernetes', '/CN=kubernetes'].map((subject) =>
    pki.issue({ subject, days: [-9, 9], usage: 'ca', serialHex: '00' }),
  );
  expect(await inspectFiles(RULE, { '/a/ca.crt': roots[0]?.crt ?? '', '/b/ca.crt': roots[1]?.crt ?? '' })).toEqual([]);
});

test('if the CA is missing, key identifiers decide whether two certificates have the same issuer', async () => {
  const ca = pki.ca('/CN=ca');
  const other = pki.ca('/CN=ca');
  const [one, two, apart] = [ca, ca, other].map((issuer, index) =>
    pki.issue({ subject: `/CN=n${index}`, issuer, days: [-1, 9], serialHex: '77' }),
  );
  const files = { '/a/1.crt': one?.crt ?? '', '/a/2.crt': two?.crt ?? '', '/a/3.crt': apart?.crt ?? '' };
  expect((await inspectFiles(RULE, files)).map(({ params }) => params?.['name'])).toEqual(['n0', 'n1']);
});
