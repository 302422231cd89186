import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPem } from '../../../../core/formats/der/pem.ts';
import { readPkcs7, writePkcs7, type Pkcs7Entry } from '../../../../core/formats/pkcs/pkcs7.ts';
import { recognise } from '../../../../core/formats/recognise.ts';
import { element, integer, oid, sequence } from '../../../support/certificates.ts';
import { measureCost } from '../../../support/cost.ts';
import { needTool } from '../../../support/tools.ts';

const SHELL = `
for n in a b c; do
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $n.key -out $n.pem -subj /CN=$n -days 5
done
cat b.pem a.pem c.pem > chain.pem
cat b.pem c.pem > others.pem
touch index.txt; printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index.txt\\ndefault_md=sha256\\n' > ca.cnf
openssl ca -gencrl -config ca.cnf -keyfile a.key -cert a.pem -crldays 5 -out list.pem
openssl crl -in list.pem -outform DER -out list.der
openssl crl2pkcs7 -nocrl -certfile chain.pem -outform DER -out chain.p7b
openssl crl2pkcs7 -nocrl -certfile chain.pem -out pem.p7b
openssl crl2pkcs7 -in list.pem -certfile a.pem -outform DER -out crl.p7b
openssl crl2pkcs7 -in list.pem -outform DER -out only-crl.p7b
echo text > text
openssl cms -sign -binary -nodetach -in text -signer a.pem -inkey a.key -certfile others.pem -outform DER -out signed.p7m
openssl cms -sign -binary -in text -signer a.pem -inkey a.key -outform PEM -out cms.pem
openssl cms -sign -binary -nodetach -stream -indef -in text -signer a.pem -inkey a.key -certfile others.pem -outform DER -out indefinite.p7m
openssl cms -encrypt -in text -recip a.pem -outform DER -out encrypted.p7m
`;

let folder: string;
const made: Record<string, Buffer> = {};
const certificates: Record<string, Buffer> = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-pkcs7-'));
  execFileSync('sh', ['-e', '-c', SHELL], { cwd: folder, stdio: 'ignore' });
  for (const name of execFileSync('ls', [folder], { encoding: 'utf8' }).trim().split('\n')) {
    made[name] = readFileSync(join(folder, name));
  }
  for (const name of ['a', 'b', 'c']) {
    certificates[name] = new X509Certificate(file(`${name}.pem`)).raw;
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): Buffer => made[name] ?? Buffer.alloc(0);
const certificate = (name: string): Buffer => certificates[name] ?? Buffer.alloc(0);

function read(bytes: Uint8Array): { certificates: Pkcs7Entry[]; crls: Pkcs7Entry[] } {
  const reading = readPkcs7(bytes);
  if (!reading.ok) throw new Error(reading.problem.kind);
  return reading;
}

test.each([
  ['chain.p7b', ['b', 'a', 'c']],
  ['crl.p7b', ['a']],
  ['signed.p7m', ['a', 'b', 'c']],
  ['indefinite.p7m', ['a', 'b', 'c']],
])('the certificates that openssl put into %s are found, each with its offset', (name, names) => {
  const bytes = file(name);
  const found = read(bytes).certificates;
  const expected = names.map((one) => certificate(one).toString('hex'));
  const hex = found.map(({ der }) => Buffer.from(der).toString('hex'));
  // Signing reorders the set of certificates.
  if (name.endsWith('.p7b')) expect(hex).toEqual(expected);
  else expect(hex.sort()).toEqual(expected.sort());
  for (const { der, offset } of found) {
    expect(bytes.subarray(offset, offset + der.length)).toEqual(Buffer.from(der));
  }
});

test('a revocation list is found, with or without certificates beside it', () => {
  for (const name of ['crl.p7b', 'only-crl.p7b']) {
    const { crls } = read(file(name));
    expect(crls.map(({ der }) => Buffer.from(der))).toEqual([file('list.der')]);
  }
  expect(read(file('only-crl.p7b')).certificates).toEqual([]);
});

test.each([
  ['pem.p7b', 'PKCS7', ['#1', '#2', '#3']],
  ['cms.pem', 'CMS', ['']],
])(
  'the certificates of %s, in a block labelled %s, are numbered as in PEM blocks and have the line of the block',
  (name, label, entries) => {
    const text = file(name).toString();
    expect(text).toContain(`-----BEGIN ${label}-----`);
    const found = readPem(`\n${text}`, { format: 'pem' });
    expect(found.findings).toEqual([]);
    expect(found.certificates.map(({ entry, line }) => [entry, line])).toEqual(entries.map((entry) => [entry, 2]));
    expect(new X509Certificate(found.certificates[0]?.der ?? '').subject).toMatch(/^CN=[ab]$/u);
  },
);

test('the problem names a content type that has no certificates', () => {
  expect(readPkcs7(file('encrypted.p7m'))).toEqual({
    ok: false,
    problem: { kind: 'unsupported', feature: 'EnvelopedData' },
  });
  const other = sequence(oid('1.2.840.113549.1.7.99'), element(0xa0));
  expect(readPkcs7(other)).toMatchObject({ problem: { feature: '1.2.840.113549.1.7.99' } });
});

test('the written file equals openssl’s byte for byte, with the certificates in the given order', () => {
  const chain = ['b', 'a', 'c'].map(certificate);
  expect(Buffer.from(writePkcs7(chain))).toEqual(file('chain.p7b'));
});

test('any certificates are read back in their order', () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 });
  fc.assert(
    fc.property(names, (chosen) => {
      const found = read(writePkcs7(chosen.map(certificate))).certificates;
      const back = Buffer.concat(found.map(({ der }) => der));
      expect(back.equals(Buffer.concat(chosen.map(certificate)))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('certtool finds every certificate in the written file', (context) => {
  const certtool = needTool(context, 'certtool');
  const input = writePkcs7(['a', 'b', 'c'].map(certificate));
  const printed = execFileSync(certtool, ['--p7-info', '--inder'], { input, encoding: 'utf8' });
  expect(printed).toContain('Number of certificates: 3');
});

test('the certificates of a P7B file are recognised in DER, PEM and Base64', () => {
  const inDer = recognise(file('chain.p7b'));
  expect([inDer.format, inDer.certificates.length, inDer.findings]).toEqual(['pkcs7', 3, []]);
  expect(inDer.certificates.map(({ entry }) => entry)).toEqual(['#1', '#2', '#3']);
  const inBase64 = recognise(Buffer.from(file('chain.p7b').toString('base64')));
  const inPem = recognise(file('pem.p7b'));
  for (const found of [inPem, inBase64]) {
    expect(found.certificates.map(({ der, origin }) => [Buffer.from(der), origin])).toEqual(
      inDer.certificates.map(({ der }) => [Buffer.from(der), { format: 'pkcs7' }]),
    );
  }
});

test.each([
  ['encrypted.p7m', ['container.not-supported'], 'refused'],
  ['crl.p7b', ['crl.holds-no-credential-until'], 'pkcs7'],
  ['only-crl.p7b', ['crl.holds-no-credential-until'], 'refused'],
])('%s is recognised and has the findings %j', (name, rules, format) => {
  const found = recognise(file(name));
  expect(found.findings.map(({ rule }) => rule)).toEqual(rules);
  expect(found.format).toBe(format);
});

test('a P7B without content is reported as empty', () => {
  expect(recognise(writePkcs7([])).findings).toMatchObject([
    { rule: 'container.empty', severity: 'notice', params: { format: 'PKCS #7 (P7B)' } },
  ]);
});

test('a truncated P7B is reported as damaged, with the position', () => {
  const whole = file('chain.p7b');
  for (const length of [30, 60, whole.length - 1]) {
    const found = recognise(whole.subarray(0, length));
    expect(found.findings).toMatchObject([{ rule: 'container.damaged', severity: 'error' }]);
    expect(found.findings[0]?.place.offset).toBeLessThan(length);
  }
});

const makeSignedData = (set: Buffer): Buffer =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    element(0xa0, sequence(integer('01'), element(0x31), sequence(oid('1.2.840.113549.1.7.1')), set)),
  );

test('certificates of other kinds are skipped', () => {
  const set = element(0xa0, element(0xa1, integer('05')), certificate('a'), element(0xa3));
  expect(read(makeSignedData(set)).certificates).toHaveLength(1);
});

test('a P7B with more than ten thousand entries is refused', () => {
  const empty = Buffer.from([0x30, 0]);
  const makeBundle = (count: number): Buffer => makeSignedData(element(0xa0, Buffer.alloc(count * 2, empty)));
  expect(read(makeBundle(10_000)).certificates).toHaveLength(10_000);
  expect(readPkcs7(makeBundle(10_001))).toEqual({ ok: false, problem: { kind: 'too-many-entries', limit: 10_000 } });
});

test('arbitrary bytes and damaged files never make the reader throw or return positions outside the input', () => {
  const check = (bytes: Uint8Array): void => {
    const reading = readPkcs7(bytes);
    if (!reading.ok) return;
    for (const { der, offset } of [...reading.certificates, ...reading.crls]) {
      expect(offset + der.length).toBeLessThanOrEqual(bytes.length);
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check));
  const damage = fc.record({
    name: fc.constantFrom('chain.p7b', 'signed.p7m', 'indefinite.p7m', 'crl.p7b'),
    // Most of the structure is in the first hundred bytes.
    at: fc.oneof(fc.nat(100), fc.nat(4000)),
    byte: fc.nat(255),
    cut: fc.nat(4000),
  });
  fc.assert(
    fc.property(damage, ({ name, at, byte, cut }) => {
      const bytes = Buffer.from(file(name));
      bytes[at % bytes.length] = byte;
      check(bytes);
      check(bytes.subarray(0, cut % bytes.length));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['nested indefinite lengths', Buffer.alloc(4_000_000, Buffer.from([0x30, 0x80]))],
  [
    'consecutive indefinite lengths',
    Buffer.concat([
      Buffer.from([0x30, 0x80]),
      oid('1.2.840.113549.1.7.2'),
      Buffer.alloc(4_000_000, Buffer.from([0x30, 0x80, 0, 0])),
    ]),
  ],
  ['a length of four gigabytes', Buffer.from('3084ffffffff06092a864886f70d010702', 'hex')],
])('the reader quickly refuses %s', (_name, bytes) => {
  expect(measureCost(() => expect(readPkcs7(bytes).ok).toBe(false))).toBeLessThan(2_000);
});
