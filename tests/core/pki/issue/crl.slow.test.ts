import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueCrl } from '../../../../core/pki/issue/crl.ts';
import type { SigningAuthority } from '../../../../core/pki/issue/issue.ts';
import { CRL_REASONS, type CrlEntry } from '../../../../core/shared/certificates/crl.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { readSubjectName } from '../../../../core/formats/x509/writer.ts';
import { openssl } from '../../../support/openssl.ts';
import { needTool } from '../../../support/tools.ts';
import { aRoot, NOW, ports, rsaKey } from '../verify/verification-pki.ts';

const NEXT = instant('2051-01-01T00:00:00Z');

let folder: string;
let root: SigningAuthority;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-'));
  root = await aRoot({
    name: 'Ünïcode root, "quoted"',
    subject: { commonName: 'Ünïcode root, "quoted"', organizations: ['b', 'a'] },
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REASONS = CRL_REASONS.flatMap((reason) => (reason === undefined || reason === 'removeFromCRL' ? [] : [reason]));

/** One entry for every reason, with and without optional fields and with serial numbers of every length. */
const ENTRIES: CrlEntry[] = [
  ...REASONS.map((reason, index): CrlEntry => ({
    serialHex: `${'f0'.repeat(index * 2 + 1)}`,
    revokedAt: instant('2026-11-20T10:11:12Z'),
    reason,
    ...(index % 2 === 0 && { invalidityDate: instant('2026-11-19T01:02:03Z') }),
  })),
  { serialHex: '77fdf4b1033b387aaace6ce1c18710c2', revokedAt: instant('2050-01-01T00:00:00Z') },
];

function writeCrl({ der }: { der: Uint8Array }, name: string): string {
  const file = join(folder, name);
  writeFileSync(file, encodePem('X509 CRL', der));
  return file;
}

function makeCrl(entries: readonly CrlEntry[], issuer = root) {
  return issueCrl(ports, { issuer, entries, number: 300, thisUpdate: NOW, nextUpdate: NEXT });
}

test('openssl reads a CRL and verifies its signature', () => {
  const certificate = join(folder, 'root.pem');
  writeFileSync(certificate, encodePem('CERTIFICATE', root.der));
  const text = execFileSync(
    'openssl',
    [
      ...['crl', '-in', writeCrl(makeCrl(ENTRIES), 'full.pem'), '-noout', '-text', '-verify'],
      ...['-CAfile', certificate, '-nameopt', 'utf8,dn_rev,sep_comma_plus'],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  expect(text).toContain('Version 2 (0x1)');
  expect(text).toContain('Last Update: Nov 24 12:00:00 2026 GMT');
  expect(text).toContain('Next Update: Jan  1 00:00:00 2051 GMT');
  expect(text).toMatch(/X509v3 CRL Number:\s+300/u);
  const keyId = root.facts.subjectKeyId?.toUpperCase().match(/../gu)?.join(':') ?? 'none';
  expect(text).toContain(keyId);
  const entries = text.split('Serial Number: ').slice(1);
  expect(entries.map((entry) => /^[0-9A-F]+/u.exec(entry)?.[0].toLowerCase())).toEqual(
    ENTRIES.map(({ serialHex }) => serialHex),
  );
  const named = [
    undefined, // The CRL omits the reason `unspecified`.
    ...['Key Compromise', 'CA Compromise', 'Affiliation Changed', 'Superseded'],
    ...['Cessation Of Operation', 'Certificate Hold', 'Privilege Withdrawn', 'AA Compromise'],
    undefined,
  ];
  for (const [index, entry] of entries.entries()) {
    const reason = /X509v3 CRL Reason Code:\s+(.+)/u.exec(entry)?.[1];
    expect(reason, ENTRIES[index]?.reason).toBe(named[index]);
    expect(entry.includes('Invalidity Date'), entry).toBe(ENTRIES[index]?.invalidityDate !== undefined);
  }
  expect(entries[0]).toContain('Nov 19 01:02:03 2026 GMT');
});

test('the issuer name of a CRL has the same bytes as the subject of the CA', () => {
  const opensslHash = (...args: string[]): string => openssl(...args, '-noout', '-hash').toString();
  const certificate = join(folder, 'issuer.pem');
  writeFileSync(certificate, encodePem('CERTIFICATE', root.der));
  expect(opensslHash('crl', '-in', writeCrl(makeCrl([]), 'empty.pem'))).toBe(opensslHash('x509', '-in', certificate));
  const subject = Buffer.from(readSubjectName(root.der));
  expect(Buffer.from(makeCrl([]).der).includes(subject)).toBe(true);
});

test('certtool reads a CRL with and without entries', (context) => {
  const certtool = needTool(context, 'certtool');
  for (const entries of [[], ENTRIES]) {
    const text = execFileSync(certtool, ['--crl-info'], {
      input: encodePem('X509 CRL', makeCrl(entries).der),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    expect(text).toContain('Version: 2');
    expect(text).toMatch(/CRL Number \(not critical\): 012c/iu);
    expect(text).toContain(
      entries.length === 0 ? 'No revoked certificates' : `Revoked certificates (${entries.length})`,
    );
  }
});

test('a CRL is read back with the requested values', () => {
  const { facts } = makeCrl(ENTRIES);
  expect(facts).toMatchObject({
    version: 2,
    issuer: root.facts.subject,
    thisUpdate: NOW,
    nextUpdate: NEXT,
    numberHex: '012c',
    authorityKeyId: { keyId: root.facts.subjectKeyId },
    notUnderstood: [],
    findings: [],
  });
  expect(facts.entries).toEqual(
    ENTRIES.map(({ reason, ...rest }) =>
      reason === undefined || reason === 'unspecified' ? rest : { ...rest, reason },
    ),
  );
  expect(makeCrl([]).facts.entries).toEqual([]);
});

test.each(['RSA 2048', 'P-384'])('openssl accepts a CRL signed by a CA with %s', async (kind) => {
  const key = kind === 'P-384' ? await ports.keys.generate('p-384') : await rsaKey();
  const issuer = await aRoot({ name: 'ca' }, key);
  const certificate = join(folder, `${kind}.pem`);
  writeFileSync(certificate, encodePem('CERTIFICATE', issuer.der));
  const file = writeCrl(makeCrl(ENTRIES, issuer), `${kind}-crl.pem`);
  // openssl exits with an error if the signature is wrong, and the call then throws.
  openssl('crl', '-in', file, '-noout', '-verify', '-CAfile', certificate);
});

test('a complete CRL cannot contain an entry that reverses a revocation', () => {
  const entry: CrlEntry = { serialHex: '01', revokedAt: NOW, reason: 'removeFromCRL' };
  expect(() => makeCrl([entry])).toThrow('takes no certificate back');
});
