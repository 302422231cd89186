import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Found } from '../../../core/formats/parsed-file.ts';
import { recognise } from '../../../core/formats/recognise.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { buildCertificate, integer, octets, oid, sequence } from '../../support/certificates.ts';
import { measureCost } from '../../support/cost.ts';
import { NAME_OPTIONS } from '../../support/openssl.ts';

let folder: string;
const made: Record<string, Buffer> = {};
const SHELL = `
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -subj /CN=a -days 5
openssl x509 -in cert.pem -outform DER -out cert.der
openssl x509 -in cert.pem -trustout -addtrust serverAuth -out trusted.pem
openssl x509 -in cert.pem -text -out text.pem
openssl crl2pkcs7 -nocrl -certfile cert.pem -outform DER -out bundle.p7b
openssl crl2pkcs7 -nocrl -certfile cert.pem -out bundle.p7c
openssl pkcs12 -export -in cert.pem -inkey key.pem -passout pass:x -out both.pfx
openssl req -new -key key.pem -subj /CN=a -outform DER -out request.der
openssl req -new -key key.pem -subj /CN=a -out request.pem
touch index.txt; printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index.txt\\ndefault_md=sha256\\n' > ca.cnf
openssl ca -gencrl -config ca.cnf -keyfile key.pem -cert cert.pem -crldays 5 -out list.pem
openssl crl -in list.pem -outform DER -out list.der
openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out pkcs8.der
openssl pkcs8 -topk8 -in key.pem -passout pass:x -outform DER -out encrypted.der
openssl ec -in key.pem -outform DER -out sec1.der
openssl ec -in key.pem -pubout -out public.pem
openssl ec -in key.pem -pubout -outform DER -out public.der
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-recognise-'));
  execFileSync('sh', ['-e', '-c', SHELL], { cwd: folder, stdio: 'ignore' });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'pkcs1.der'), privateKey.export({ type: 'pkcs1', format: 'der' }));
  for (const name of execFileSync('ls', [folder], { encoding: 'utf8' }).trim().split('\n')) {
    made[name] = readFileSync(join(folder, name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): Buffer => made[name] ?? Buffer.alloc(0);
const summary = (found: Found): [string, number, number] => [
  found.format,
  found.certificates.length,
  found.keys.length,
];

test.each([
  ['cert.pem', 'pem', 1, 0],
  ['cert.der', 'der', 1, 0],
  ['trusted.pem', 'pem', 1, 0],
  ['text.pem', 'pem', 1, 0],
  ['key.pem', 'pem', 0, 1],
  ['pkcs8.der', 'der', 0, 1],
  ['encrypted.der', 'der', 0, 1],
  ['sec1.der', 'der', 0, 1],
  ['pkcs1.der', 'der', 0, 1],
  ['public.pem', 'nothing', 0, 0],
  ['public.der', 'nothing', 0, 0],
  ['ca.cnf', 'nothing', 0, 0],
])('openssl’s file %s is recognised as %s with %i certificates and %i keys', (name, format, certificates, keys) => {
  const found = recognise(file(name));
  expect(summary(found)).toEqual([format, certificates, keys]);
  const isTrusted = name === 'trusted.pem';
  expect(found.findings.map(({ rule }) => rule)).toEqual(isTrusted ? ['pem.trust-settings'] : []);
});

test('a certificate is read with the same result in every form', () => {
  const der = file('cert.der');
  const forms = ['cert.pem', 'cert.der', 'trusted.pem', 'text.pem'].map(file);
  const encoded = [Buffer.from(`\ufeff${file('cert.pem').toString()}`, 'utf16le'), Buffer.from(der.toString('base64'))];
  for (const form of [...forms, ...encoded, Buffer.from(file('cert.pem').toString('base64'))]) {
    expect(Buffer.from(recognise(form).certificates[0]?.der ?? [])).toEqual(der);
  }
});

test.each([
  ['bundle.p7b', 'pkcs7'],
  ['bundle.p7c', 'pem'],
])('the certificate in %s is read, and the file is recognised as %s', (name, format) => {
  const found = recognise(file(name));
  expect(summary(found)).toEqual([format, 1, 0]);
  expect(Buffer.from(found.certificates[0]?.der ?? [])).toEqual(file('cert.der'));
  expect(found.certificates[0]).toMatchObject({ entry: '', origin: { format: 'pkcs7' } });
  expect(found.findings).toEqual([]);
});

test('a PFX, even truncated or in Base64, is returned unopened for the caller', () => {
  const whole = file('both.pfx');
  const inBase64 = Buffer.from(whole.toString('base64'));
  for (const [bytes, der] of [
    [whole, whole],
    [inBase64, whole],
    [whole.subarray(0, 60), whole.subarray(0, 60)],
  ] as const) {
    const found = recognise(bytes);
    expect([summary(found), found.findings]).toEqual([['pkcs12', 0, 0], []]);
    const containers = found.containers.map((one) => ({ ...one, der: Buffer.from(one.der) }));
    expect(containers).toEqual([{ entry: '', der, origin: { format: 'pkcs12' } }]);
  }
});

test.each(['list.der', 'list.pem'])(
  '%s is reported as a revocation list without credentials, with the facts that openssl reads',
  (name) => {
    const found = recognise(file(name));
    expect(summary(found)).toEqual(['refused', 0, 0]);
    const [finding] = found.findings;
    const form = name.endsWith('.der') ? 'DER' : 'PEM';
    const crl = ['crl', '-inform', form, '-noout', '-issuer', '-nextupdate', ...NAME_OPTIONS];
    const said = execFileSync('openssl', crl, { input: file(name), encoding: 'utf8' });
    expect(finding).toMatchObject({ rule: 'crl.holds-no-credential-until', severity: 'notice' });
    expect(said).toContain(`issuer=CN=${String(finding?.params?.['issuer'])}\n`);
    const next = new Date(/nextUpdate=(.*)/u.exec(said)?.[1] ?? '').toISOString();
    expect(finding?.params?.['nextUpdate']).toBe(next.replace('.000Z', 'Z'));
  },
);

test('a damaged revocation list is reported as unreadable', () => {
  const cut = Buffer.concat([file('list.der').subarray(0, 40), Buffer.alloc(200)]);
  const pem = `-----BEGIN X509 CRL-----\n${cut.toString('base64')}\n-----END X509 CRL-----\n`;
  const { findings } = recognise(Buffer.from(pem));
  expect(findings[0]).toMatchObject({ rule: 'crl.unreadable', severity: 'error' });
});

test.each(['request.der', 'request.pem'])(
  '%s is reported as a certificate request, which contains no credential',
  (name) => {
    const found = recognise(file(name));
    expect(summary(found)).toEqual(['request', 0, 0]);
    expect(found.findings).toMatchObject([
      { rule: 'request.holds-no-credential', severity: 'notice', params: { subject: 'a' } },
    ]);
  },
);

test('a damaged certificate request is reported as unreadable', () => {
  const cut = Buffer.concat([file('request.der').subarray(0, 30), Buffer.alloc(200)]);
  const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${cut.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
  const found = recognise(Buffer.from(pem));
  expect(found.format).toBe('request');
  expect(found.findings.map(({ rule }) => rule)[0]).toBe('request.unreadable');
});

test('a file of a thousand certificate requests lists fewer than sixty findings and counts the rest', () => {
  const found = recognise(Buffer.from(file('request.pem').toString().repeat(1_000)));
  expect(found.findings.at(-1)).toMatchObject({ rule: 'file.more-findings' });
  expect(found.findings.length).toBeLessThan(60);
});

const bouncy = (version: number, saltLength: number, iterations: number): Buffer => {
  const store = Buffer.alloc(200, 0x5a);
  store.writeInt32BE(version, 0);
  store.writeInt32BE(saltLength, 4);
  store.writeInt32BE(iterations, 28);
  return store;
};
/** Builds the header of a CMS key database: magic, version 4, five bytes, then the kind of database. */
const keyDatabase = (tag: string): Buffer =>
  Buffer.concat([Buffer.from([0x37, 0x48, 4, 0, 0, 0, 0, 0]), Buffer.from(tag), Buffer.alloc(64)]);
const PBES2 = sequence(oid('1.2.840.113549.1.5.13'), sequence());
const bcfks = sequence(sequence(PBES2, octets(Buffer.alloc(80))), sequence(sequence(), sequence(), octets()));

test.each<[string, Buffer]>([
  ['Java KeyStore', Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2])],
  ['Java KeyStore (JCEKS)', Buffer.from([0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2])],
  ['Microsoft certificate store (SST)', Buffer.from([0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54, 0])],
  ['Bouncy Castle KeyStore (BKS, UBER)', bouncy(2, 20, 1_024)],
  ['Bouncy Castle KeyStore (BKS, UBER)', bouncy(1, 20, 2_047)],
  ['Bouncy Castle KeyStore (BCFKS)', bcfks],
  ['CMS key database (KDB)', keyDatabase('X509KEY')],
  ['CMS key database (KDB)', keyDatabase('X509KYP')],
])('a %s is recognised by its first bytes', (format, bytes) => {
  const { findings, format: read } = recognise(bytes);
  expect(read).toBe('refused');
  expect(findings).toMatchObject([{ rule: 'format.not-supported-yet', severity: 'notice', params: { format } }]);
});

test.each([
  ['another version', bouncy(3, 20, 1_024)],
  ['another salt', bouncy(2, 16, 1_024)],
  ['fewer rounds', bouncy(2, 20, 1_023)],
  ['more rounds', bouncy(2, 20, 2_048)],
  ['nothing after the salt', bouncy(2, 20, 1_024).subarray(0, 28)],
])('a file that begins like a Bouncy Castle store but has %s is not recognised', (_title, bytes) => {
  expect(recognise(bytes)).toMatchObject({ format: 'nothing', findings: [] });
});

test('text that only begins like a CMS key database is not recognised', () => {
  expect(recognise(new TextEncoder().encode('7Hello, this is no key'))).toMatchObject({
    format: 'nothing',
    findings: [],
  });
});

test.each([1, 2, 3, 12])('a PkiPath of length %i is read with its certificates in order', (count) => {
  const certificates = Array.from({ length: count }, (_, at) =>
    buildCertificate({ serial: integer(`0${at.toString(16)}`) }),
  );
  const { format, certificates: found, findings } = recognise(sequence(...certificates));
  expect(format).toBe('der');
  expect(findings).toEqual([]);
  expect(found.map(({ entry }) => entry)).toEqual(certificates.map((_, at) => (count === 1 ? '' : `#${at + 1}`)));
  expect(found.map(({ der }) => Buffer.from(der))).toEqual(certificates);
});

test('a PkiPath with more than ten thousand certificates is refused', () => {
  const { format, findings } = recognise(sequence(...Array.from({ length: 10_001 }, () => buildCertificate())));
  expect(format).toBe('refused');
  expect(findings).toMatchObject([
    { rule: 'container.too-many-entries', params: { format: 'PkiPath', limit: 10_000 } },
  ]);
});

test.each([
  [
    'Go',
    'package main\n\nvar config = `\napiVersion: v1\nkind: Config\nclusters:\n- name: %s\n`\n\nfunc main() {\n\tif a { b(c) }\n\tx := map[string]int{"a": 1}\n}\n',
  ],
  [
    'a shell',
    '#!/bin/sh\nset -e\ncat <<EOF > "$1"\napiVersion: v1\nkind: Config\nusers:\n- name: $2\nEOF\nif [ -z "$3" ]; then echo "no: $3"; fi\n[ "$4" ] && { echo a: b; }\n',
  ],
  [
    'TypeScript',
    'const a = `\n---\nkind: Secret\napiVersion: v1\n---\n`;\nexport function f(b: { c: string }): void {\n  g({ d: [b] });\n}\n',
  ],
])('a file in %s with YAML inside causes one finding instead of one per line', (_title, text) => {
  const invalid = recognise(Buffer.from(text)).findings.filter(({ rule }) => rule === 'yaml.invalid');
  expect(invalid).toHaveLength(1);
});

test('each unreadable document beside a readable Secret is reported once', () => {
  const broken = 'kind: Secret\ndata: [\n  }{ : - ]\n';
  const good = `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {tls.crt: ${file('cert.pem').toString('base64')}}\n`;
  const { findings, certificates } = recognise(Buffer.from([broken, good, broken].join('---\n')));
  expect(certificates).toHaveLength(1);
  expect(findings.map(({ rule }) => rule)).toEqual(['yaml.invalid', 'yaml.invalid']);
});

test.each(['pkcs8.der', 'sec1.der', 'pkcs1.der'])(
  'the key in %s is returned in a form that can be compared with a certificate',
  (name) => {
    const [key] = recognise(file(name)).keys;
    expect(nodeCrypto().derivePublicKey(key?.keyPem ?? '').outcome).toBe('read');
  },
);

test('an encrypted key is recognised as encrypted', () => {
  const [key] = recognise(file('encrypted.der')).keys;
  expect(nodeCrypto().derivePublicKey(key?.keyPem ?? '').outcome).toBe('encrypted');
});

test.each([
  ['nothing', ''],
  ['blanks', ' \r\n\t'],
  ['prose', '0 clusters: none were found, token: unknown\nusers: see below'],
  ['a Kubernetes manifest', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'],
  ['a log that contains a token', 'time=1 token: abc\n{broken'],
  ['a list', '["token", "cloudfqdn"]'],
  ['JSON of something else', '{"users": [1], "name": "x"}'],
  ['a word of letters', 'abcd'.repeat(20)],
])('%s is not recognised and causes no finding', (_, text) => {
  expect(recognise(Buffer.from(text))).toMatchObject({ format: 'nothing', findings: [] });
});

test('Base64 inside Base64 is not decoded', () => {
  const once = Buffer.from(file('cert.pem').toString('base64'));
  const twice = Buffer.from(once.toString('base64'));
  expect(recognise(once).format).toBe('pem');
  expect(recognise(twice).format).toBe('nothing');
});

test('PEM inside a refused kubeconfig is still read', () => {
  const block = file('cert.pem').toString().replace(/^/gmu, '  ');
  const text = `kind: Config\nusers: []\nusers: []\nother: |\n${block}`;
  const found = recognise(Buffer.from(text));
  expect(found.certificates).toHaveLength(1);
  expect(found.findings.map(({ rule }) => rule)).toContain('yaml.duplicate-key');
});

test('text in an unsupported encoding is reported if its content is recognised', () => {
  const shiftJis = Buffer.concat([Buffer.from([0x93, 0x8c, 0x8b, 0x9e, 10]), file('cert.pem')]);
  const found = recognise(shiftJis);
  expect(found.certificates).toHaveLength(1);
  expect(found.findings.map(({ rule }) => rule)).toEqual(['text.damaged']);
});

test.each([
  ['a kubeconfig of ten megabytes', `kind: Config\nclusters:\n${'- name: a\n'.repeat(1_000_000)}`, 'yaml.too-large'],
  ['deep JSON', `{"clusters":${'['.repeat(400_000)}`, undefined],
  ['deep JSON that claims to be a kubeconfig', `{"kind":"Config","clusters":${'['.repeat(400_000)}`, 'yaml.too-deep'],
  [
    'a billion laughs',
    `kind: Config\na: &a [x]\n${Array.from(
      { length: 9 },
      (_, index) =>
        `b${index}: &b${index} [${Array(9)
          .fill(index === 0 ? '*a' : `*b${index - 1}`)
          .join(',')}]`,
    ).join('\n')}`,
    'yaml.alias-bomb',
  ],
  ['sixteen megabytes of blanks and commas', `${', '.repeat(1000)}${' '.repeat(16_000_000)}{`, undefined],
  ['sixteen megabytes of line ends', '\n'.repeat(16_000_000), undefined],
  ['sixteen megabytes of Base64', 'AAAA'.repeat(4_000_000), undefined],
  ['Base64 with a long gap', `${'A'.repeat(100)}${' '.repeat(3_000_000)}!`, undefined],
])('%s is recognised or refused within three seconds', (_, text, rule) => {
  const bytes = Buffer.from(text);
  const cost = measureCost(() => expect(recognise(bytes).findings[0]?.rule).toBe(rule));
  expect(cost).toBeLessThan(3_000);
});

test('arbitrary bytes and damaged files never make the reader throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void recognise(bytes)));
  const names = ['cert.pem', 'cert.der', 'both.pfx', 'bundle.p7b', 'key.pem', 'pkcs8.der', 'list.der', 'request.der'];
  const change = fc.record({ name: fc.constantFrom(...names), at: fc.nat(3000), byte: fc.nat(255), cut: fc.nat(3000) });
  fc.assert(
    fc.property(change, ({ name, at, byte, cut }) => {
      const bytes = Buffer.from(file(name));
      bytes[at % bytes.length] = byte;
      recognise(bytes);
      recognise(bytes.subarray(0, cut % bytes.length));
      recognise(Buffer.concat([randomBytes(cut % 9), bytes]));
    }),
    { numRuns: 400 },
  );
});

test('structured text of random keywords never makes the reader throw', () => {
  const words = fc.constantFrom(
    'kind: Config\n',
    'clusters:\n',
    'users:\n',
    '- name: a\n',
    '  user:\n',
    '    token: x\n',
    '    client-key-data: ',
    'contexts: []\n',
    '{',
    '}',
    '"CloudCertificate":',
    '"ClientKey":',
    '"x"',
    ',',
    'token: ',
    'cloudfqdn: a\n',
    'certificate: ',
    '-----BEGIN CERTIFICATE-----\n',
    '__proto__: ',
    'constructor: {}\n',
    'LS0tLS1CRUdJTiA=\n',
    '&a ',
    '*a\n',
    '0',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => void recognise(Buffer.from(parts.join('')))),
    { numRuns: 800 },
  );
});
