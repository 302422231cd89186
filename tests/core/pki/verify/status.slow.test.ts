import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodePemBlocks } from './pem-blocks.ts';
import { verifyChain } from '../../../../core/pki/verify/verify.ts';
import { CA_EXTENSIONS, CLIENT_EXTENSIONS, issue, openssl, pairIn } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { NOW, ports } from './verification-pki.ts';

const YEAR = 365 * 86_400_000;
const now = Date.parse(NOW);

test('a CRL with an unsupported signature algorithm is reported as unchecked, not as forged', () => {
  const folder = temporaryFolder();
  const dates = { notBeforeMs: now - YEAR, notAfterMs: now + YEAR, key: 'rsa' } as const;
  const keyUsage = 'keyUsage=critical,keyCertSign,cRLSign';
  const extensions = [...CA_EXTENSIONS.filter((line) => !line.startsWith('keyUsage')), keyUsage];
  const ca = issue(...pairIn(folder, 'ca'), { ...dates, subject: '/CN=ca', extensions });
  const leaf = issue(...pairIn(folder, 'leaf'), {
    ...{ ...dates, subject: '/CN=leaf', issuer: ca, extensions: CLIENT_EXTENSIONS },
  });
  writeFileSync(join(folder, 'index'), '');
  writeFileSync(join(folder, 'cnf'), `[ca]\ndefault_ca=any\n[any]\ndatabase=${join(folder, 'index')}\n`);
  const crl = (...options: string[]): Uint8Array[] => {
    const out = join(folder, 'crl.pem');
    openssl(
      ...['ca', '-gencrl', '-config', join(folder, 'cnf'), '-cert', ca.certificate, '-keyfile', ca.key, '-out', out],
      ...['-md', 'sha256', '-crl_lastupdate', '20261101000000Z', '-crl_nextupdate', '20261201000000Z', ...options],
    );
    return decodePemBlocks(readFileSync(out, 'utf8'));
  };
  const rulesWith = (crls: Uint8Array[]): string[] => {
    const [chain, roots] = [leaf, ca].map(({ certificate }) => decodePemBlocks(readFileSync(certificate, 'utf8')));
    const { reasons, accepted } = verifyChain(ports, {
      ...{ chain: chain ?? [], roots: roots ?? [], crls, revocations: [], at: NOW, purpose: 'any' },
      revocationCheck: true,
    });
    expect(accepted).toBe(reasons.length === 0);
    return reasons.map(({ rule, params }) => `${rule} ${String(params['algorithm'] ?? '')}`.trim());
  };
  expect(rulesWith(crl())).toEqual([]);
  expect(rulesWith(crl('-sigopt', 'rsa_padding_mode:pss'))).toEqual(['crl-signature-unknown RSASSA-PSS']);
});
