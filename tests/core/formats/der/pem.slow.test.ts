import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPem } from '../../../../core/formats/der/pem.ts';
import { measureGrowth } from '../../../support/cost.ts';

const DER = Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 37) % 256));
const body = DER.toString('base64').replace(/.{64}/gu, '$&\n');

function block(label: string, text = body): string {
  return `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
}
const read = (text: string): ReturnType<typeof readPem> => readPem(text, { format: 'pem' });
const ders = (text: string): Buffer[] => read(text).certificates.map(({ der }) => Buffer.from(der));

test.each([
  ['plain', block('CERTIFICATE')],
  ['with the old label', block('X509 CERTIFICATE')],
  ['with CRLF', block('CERTIFICATE').replaceAll('\n', '\r\n')],
  ['with CR alone', block('CERTIFICATE').replaceAll('\n', '\r')],
  ['indented, as in YAML', block('CERTIFICATE').replace(/^/gmu, '    ')],
  ['on one line', block('CERTIFICATE').replaceAll('\n', ' ')],
  ['with literal \\n, as in JSON', block('CERTIFICATE').replaceAll('\n', '\\n')],
  ['with blank lines and tabs', block('CERTIFICATE').replaceAll('\n', '\n\t \n')],
  ['after openssl’s text', `Certificate:\n    Data: -----\n${block('CERTIFICATE')}`],
  ['without padding', block('CERTIFICATE', body.replace(/=+$/u, ''))],
  ['before junk', `${block('CERTIFICATE')}-----BEGIN`],
])('a certificate %s is read', (_, text) => {
  expect(ders(text)).toEqual([DER]);
  expect(read(text).findings).toEqual([]);
});

test('a single certificate has the name of the file, and several certificates are numbered', () => {
  const entries = (text: string): string[] => read(text).certificates.map(({ entry }) => entry);
  expect(entries(block('CERTIFICATE'))).toEqual(['']);
  expect(entries(block('CERTIFICATE').repeat(3))).toEqual(['#1', '#2', '#3']);
});

test('the settings that openssl appends to a TRUSTED CERTIFICATE are not part of the certificate', () => {
  const inner = Buffer.concat([Buffer.from([0x30, 3]), Buffer.from([2, 1, 5])]);
  const outer = Buffer.concat([inner, Buffer.from([0x30, 0])]).toString('base64');
  expect(ders(block('TRUSTED CERTIFICATE', outer))).toEqual([inner]);
});

test('a damaged block is reported with its line and does not hide its neighbours', () => {
  const text = `junk\n${block('CERTIFICATE')}${block('CERTIFICATE', 'AAA*')}\n${block('CERTIFICATE')}`;
  const content = read(text);
  expect(content.certificates).toHaveLength(2);
  const line = 2 + block('CERTIFICATE').split('\n').length - 1;
  expect(content.findings).toEqual([
    { rule: 'pem.damaged', severity: 'error', place: { entry: '', line }, params: { label: 'CERTIFICATE' } },
  ]);
});

test.each([
  ['cut off', `-----BEGIN CERTIFICATE-----\n${body}`],
  ['closed by another label', `-----BEGIN CERTIFICATE-----\n${body}\n-----END PRIVATE KEY-----\n`],
])('a block that is %s is reported, and the next block is still read', (_, open) => {
  const content = read(`${open}\n${block('CERTIFICATE')}`);
  expect(content.certificates).toHaveLength(1);
  expect(content.findings).toMatchObject([{ rule: 'pem.not-closed', place: { line: 1 } }]);
});

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
  'a %s is returned as normalised PEM',
  (label) => {
    const { keys } = read(`x ${block(label).replaceAll('\n', ' \r\n')}`);
    expect(keys.map(({ keyPem }) => keyPem)).toEqual([block(label)]);
  },
);

test.each([
  ['source code', 'const text = `-----BEGIN CERTIFICATE-----\\n${body}\\n-----END CERTIFICATE-----`;'],
  ['a table of file types', '0 string -----BEGIN CERTIFICATE-----  pem\n0 string x\n'],
])('a marker in %s is not a block and causes no finding', (_, text) => {
  expect(read(text)).toMatchObject({ certificates: [], findings: [] });
});

test('a damaged key is returned as unreadable, without a finding', () => {
  expect(read(block('PRIVATE KEY', 'AA*A'))).toMatchObject({ keys: [{ keyPem: '' }], findings: [] });
});

test('an encrypted key in the traditional format keeps its headers', () => {
  const headers = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00';
  const [key] = read(block('RSA PRIVATE KEY', `${headers}\n\n${body}`)).keys;
  expect(key?.keyPem).toContain(`-----\n${headers}\n\n`);
});

test.each([['PKCS12', 'PKCS #12 (PFX)']])('a %s block is reported as not supported yet', (label, format) => {
  expect(read(block(label)).findings).toMatchObject([{ rule: 'format.not-supported-yet', params: { format } }]);
});

test.each(['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'])(
  'a damaged %s block is reported with its line and does not hide its neighbours',
  (label) => {
    const content = read(`${block(label)}${block(label, 'AA*A')}${block('CERTIFICATE')}`);
    expect(content.certificates).toHaveLength(1);
    const line = block(label).split('\n').length;
    expect(content.findings).toMatchObject([
      { rule: 'container.damaged', place: { entry: '', line: 1, offset: 0 } },
      { rule: 'pem.damaged', place: { entry: '', line }, params: { label } },
    ]);
  },
);

test('a public key is recognised, but results in neither a credential nor a finding', () => {
  const content = read(block('PUBLIC KEY'));
  expect(content).toEqual({ certificates: [], keys: [], requests: [], findings: [], recognised: true });
});

test.each(['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'])(
  'a %s block is read as a request with its label',
  (label) => {
    const { requests, findings } = read(block(label));
    expect(requests).toMatchObject([{ label, line: 1 }]);
    expect(findings).toEqual([]);
  },
);

test('the first fifty findings are listed, and the rest are only counted', () => {
  const { findings } = read(block('CERTIFICATE', '*').repeat(60));
  expect(findings).toHaveLength(51);
  expect(findings.at(-1)).toMatchObject({ rule: 'file.more-findings', params: { count: 10 } });
});

test.each(['-----BEGIN CERTIFICATE-----\n', '-----BEGIN '])(
  'the time to read a file grows linearly with the number of %j',
  async (marker) => {
    // Linear growth is a factor of 16, quadratic growth a factor of 256.
    expect(await measureGrowth((count) => read(marker.repeat(count)), { from: 10_000, to: 160_000 })).toBeLessThan(80);
  },
);

test('every block among arbitrary text is found', () => {
  const junk = fc.string().filter((text) => !text.includes('-----'));
  fc.assert(
    fc.property(fc.array(junk, { minLength: 1, maxLength: 6 }), (pieces) => {
      const text = pieces.map((piece) => `${piece}\n${block('CERTIFICATE')}`).join('');
      expect(ders(text)).toEqual(pieces.map(() => DER));
    }),
  );
});

test('no text makes the reader throw', () => {
  const marks = fc.constantFrom('-----BEGIN ', '-----END ', 'CERTIFICATE', '-----', '\n', 'AAAA', ':');
  fc.assert(fc.property(fc.array(fc.oneof(marks, fc.string())), (parts) => void read(parts.join(''))));
});
