import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recognise } from '../../../../core/formats/recognise.ts';
import { translator } from '../../../../core/shared/text/text.ts';
import { readTrustSettings } from '../../../../core/formats/x509/trust-settings.ts';
import { CA_EXTENSIONS, issue, openssl, pairIn } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = (): { certificate: string; write: (...options: string[]) => string } => {
  const path = temporaryFolder();
  const { certificate } = issue(...pairIn(path, 'ca'), {
    ...{ subject: '/CN=ca', notBeforeMs: Date.now(), notAfterMs: Date.now() + 86_400_000, extensions: CA_EXTENSIONS },
  });
  const out = join(path, 'trusted.pem');
  return {
    certificate,
    write: (...options) => {
      openssl('x509', '-in', certificate, '-trustout', '-out', out, ...options);
      return out;
    },
  };
};

/** Returns the trust settings that `openssl x509 -text` prints. */
function readPrintedTrust(file: string): { trusted: string[]; rejected: string[]; alias: string } {
  const text = openssl('x509', '-in', file, '-noout', '-text', '-trustout').toString();
  const list = (head: string): string[] =>
    (new RegExp(`^${head} Uses:\\n\\s+(.+)$`, 'mu').exec(text)?.[1] ?? '').split(', ').filter((use) => use !== '');
  return { trusted: list('Trusted'), rejected: list('Rejected'), alias: /^Alias: (.+)$/mu.exec(text)?.[1] ?? '' };
}

/** Our names of purposes, by openssl's long names. */
const PURPOSES: Record<string, string> = {
  serverAuth: 'TLS Web Server Authentication',
  clientAuth: 'TLS Web Client Authentication',
  emailProtection: 'E-mail Protection',
};

test.each<[string, string[]]>([
  ['trusted for servers and clients', ['-addtrust', 'serverAuth', '-addtrust', 'clientAuth']],
  ['refused for e-mail', ['-addreject', 'emailProtection']],
  ['both, with a name', ['-addtrust', 'serverAuth', '-addreject', 'emailProtection', '-setalias', 'Wurzel 根']],
  ['only a name', ['-setalias', 'root']],
])('trust settings are read as openssl prints them: %s', (_, options) => {
  const { certificate, write } = folder();
  const file = write(...options);
  const found = recognise(new Uint8Array(readFileSync(file)));
  const [plain] = recognise(new Uint8Array(readFileSync(certificate))).certificates;
  expect(found.certificates.map(({ der }) => der)).toEqual([plain?.der]);
  const [finding, ...others] = found.findings;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: 'pem.trust-settings', severity: 'notice' });
  const peer = readPrintedTrust(file);
  const ours = (name: string): string[] => {
    const list = String(finding?.params?.[name]);
    return list === 'none' ? [] : list.split(', ').map((use) => PURPOSES[use] ?? use);
  };
  expect(ours('trusted')).toEqual(peer.trusted);
  expect(ours('rejected')).toEqual(peer.rejected);
  if (options.includes('-setalias')) expect(finding?.params?.['alias']).toBe(options.at(-1));
});

test('a certificate without settings, or in a block with another label, has no trust settings', () => {
  const { certificate, write } = folder();
  for (const file of [certificate, write()]) expect(recognise(new Uint8Array(readFileSync(file))).findings).toEqual([]);
});

test('invalid settings are reported, and the certificate is still read', () => {
  const { write } = folder();
  const pem = readFileSync(write('-addtrust', 'serverAuth'), 'latin1');
  const bytes = Buffer.from(pem.replace(/-----[^-]+-----/gu, ''), 'base64');
  const broken = Buffer.concat([bytes.subarray(0, -3), Buffer.from([0xff, 0xff])]);
  const text = `-----BEGIN TRUSTED CERTIFICATE-----\n${broken.toString('base64')}\n-----END TRUSTED CERTIFICATE-----\n`;
  const found = recognise(new TextEncoder().encode(text));
  expect(found.certificates).toHaveLength(1);
  expect(found.findings.map(({ rule }) => rule)).toEqual(['pem.trust-settings-damaged']);
  expect(readTrustSettings(new Uint8Array([0x30, 0x80]))).toBeUndefined();
});

test('the finding lists both trusted and rejected purposes', () => {
  const values = { trusted: 'serverAuth', rejected: 'none', named: 'yes', alias: 'root' };
  expect(translator('en')('finding.pem.trust-settings', values)).toBe(
    'This certificate is followed by settings for openssl: trusted for serverAuth, refused for nothing, called “root”.',
  );
});
