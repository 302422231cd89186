import { afterAll, expect, test } from 'vitest';
import { Pki } from '../pki.ts';
import { inspectFiles } from './inspected.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const RULE = 'certificate.weak-key';

test('an RSA key is too short with 2047 bits and long enough with 2048', async () => {
  const weak = pki.issue({ subject: '/CN=weak', days: [-1, 9], key: 'rsa', bits: 2047 });
  const enough = pki.issue({ subject: '/CN=enough', days: [-1, 9], key: 'rsa', bits: 2048 });
  expect(await inspectFiles(RULE, { '/a/weak.crt': weak.crt, '/a/enough.crt': enough.crt })).toEqual([
    {
      rule: RULE,
      severity: 'warning',
      place: { path: '/a/weak.crt', entry: '' },
      citation: {
        certainty: 'documented',
        work: 'NIST SP 800-57 Part 1, Revision 5',
        place: 'section 5.6.1.1, table 2',
      },
      params: { name: 'weak', algorithm: 'RSA', bits: 2047, minimum: 2048 },
    },
  ]);
});

test('the weak key of an expired certificate is not reported, since nobody needs to renew the certificate', async () => {
  const old = pki.issue({ subject: '/CN=old', days: [-9, -1], key: 'rsa', bits: 1024 });
  expect(await inspectFiles(RULE, { '/a/old.crt': old.crt })).toEqual([]);
});
