import { expect, test } from 'vitest';
import type { Found } from '../../../../core/formats/parsed-file.ts';
import { recognise } from '../../../../core/formats/recognise.ts';

const DER = Buffer.from([0x30, 3, 2, 1, 5]);
const OTHER = Buffer.from([0x30, 3, 2, 1, 6]);
const pem = (der: Buffer, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64')}\n-----END ${label}-----\n`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const read = (text: string | Buffer): Found => recognise(Buffer.from(text));
const rules = ({ findings }: Found): string[] => findings.map(({ rule }) => rule);
const encodings = (text: string): [string, Buffer][] => [
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16 LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 BE', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['Base64', Buffer.from(`${base64(text)}\r\n`)],
  ['Base64 in UTF-16', Buffer.from(`\ufeff${base64(text)}`, 'utf16le')],
];

const ACCESS = {
  CloudCertificate: base64(pem(DER) + pem(OTHER)),
  ClientCertificate: base64(pem(OTHER)),
  ClientKey: base64(pem(DER, 'RSA PRIVATE KEY')),
  IdentityName: 'kvactl-admin-7f3c',
  ClientCertificateType: 'CA-Signed',
};

test.each(encodings(JSON.stringify(ACCESS, null, 2)))(
  'both CAs, the client certificate and its key in an access file in %s are read',
  (_, bytes) => {
    const found = recognise(bytes);
    expect(found.format).toBe('access-file');
    expect(found.certificates.map(({ entry, der }) => [entry, Buffer.from(der)])).toEqual([
      ['CloudCertificate#1', DER],
      ['CloudCertificate#2', OTHER],
      ['ClientCertificate', OTHER],
    ]);
    expect(found.certificates[2]?.origin).toEqual({
      format: 'access-file',
      part: 'client-certificate',
      identityName: 'kvactl-admin-7f3c',
    });
    expect(found.keys).toMatchObject([{ entry: 'ClientKey', pair: found.certificates[2]?.pair }]);
    expect(found.findings).toEqual([]);
  },
);

test('the field names of an access file are recognised in upper or lower case, as by the Go reader', () => {
  const lower = Object.fromEntries(Object.entries(ACCESS).map(([key, value]) => [key.toLowerCase(), value]));
  expect(read(JSON.stringify(lower)).certificates.map(({ entry }) => entry)).toContain('ClientCertificate');
});

test('an old access file without IdentityName is read', () => {
  const { IdentityName: _, ...old } = ACCESS;
  expect(read(JSON.stringify(old)).certificates[2]?.origin).toEqual({
    format: 'access-file',
    part: 'client-certificate',
  });
});

test('an access file from before the first login is reported as lacking its client certificate', () => {
  const found = read(JSON.stringify({ ...ACCESS, ClientCertificate: '', ClientKey: '' }));
  expect(rules(found)).toEqual(['access-file.no-client-certificate']);
  expect(found.certificates).toHaveLength(2);
});

test('a damaged certificate in an access file does not hide the other', () => {
  const found = read(JSON.stringify({ ...ACCESS, CloudCertificate: base64(pem(DER).replace('MAM', 'MA*')) }));
  expect(found.findings).toMatchObject([{ rule: 'pem.damaged', place: { entry: 'CloudCertificate', line: 1 } }]);
  expect(found.certificates.map(({ entry }) => entry)).toEqual(['ClientCertificate']);
});

const CLAIMS = '{"iss":"wssdagentsvc","iat":1700000000,"exp":1707776000}';
const TOKEN = [base64('{"alg":"RS256"}'), base64(CLAIMS), 'AAAA'].join('.').replaceAll('=', '');
const LOGIN = `name: KMSPlugin-retail-east-moc-kms-plugin
token: ${TOKEN}
certificate: ${base64(pem(DER))}
clienttype: ControlPlane
cloudfqdn: ca-5b1f0c2e.contoso.example
cloudport: 55000
cloudauthport: 65000
location: MocLocation
type: CA-Signed
`;

test.each(encodings(LOGIN))('the token and the CA in a login file in %s are read', (_, bytes) => {
  const found = recognise(bytes);
  expect(found.format).toBe('login-file');
  expect(found.tokens).toMatchObject([
    {
      entry: 'token',
      origin: {
        identityName: 'KMSPlugin-retail-east-moc-kms-plugin',
        clientType: 'ControlPlane',
        cloudFqdn: 'ca-5b1f0c2e.contoso.example',
      },
      token: { form: 'jwt', notBefore: '2023-11-14T22:13:20Z', notAfter: '2024-02-12T22:13:20Z' },
    },
  ]);
  expect(found.certificates.map(({ entry, der }) => [entry, Buffer.from(der)])).toEqual([['certificate', DER]]);
  expect(found.findings).toEqual([]);
  expect(JSON.stringify(found)).not.toContain(TOKEN);
});

test('a login file in JSON is read', () => {
  const json = JSON.stringify({ name: 'a', token: TOKEN, cloudfqdn: 'ca.example' });
  expect(read(json)).toMatchObject({ format: 'login-file', tokens: [{ origin: { identityName: 'a' } }] });
});

test('field names in upper case in a login file are accepted, but reported because MOC ignores them', () => {
  const found = read(LOGIN.replace('name:', 'Name:'));
  expect(found.findings).toMatchObject([{ rule: 'login-file.key-case', params: { field: 'Name' } }]);
  expect(found.tokens).toHaveLength(1);
});

test.each([
  ['a name', 'name: KMSPlugin-retail-east-moc-kms-plugin\n', 'login-file.no-name'],
  ['a token', `token: ${TOKEN}\n`, 'login-file.no-token'],
])('a login file without %s is reported', (_, line, rule) => {
  const empty = `${line.split(':')[0] ?? ''}: ""\n`;
  expect(rules(read(LOGIN.replace(line, empty)))).toEqual([rule]);
});

test('an identity name that other readers would read as a number is kept as written', () => {
  const found = read(LOGIN.replace('name: KMSPlugin-retail-east-moc-kms-plugin', 'name: 0123'));
  expect(found.tokens[0]?.origin).toMatchObject({ identityName: '0123' });
  expect(rules(found)).toEqual(['yaml.number-as-text']);
});

test('an opaque token in a login file has no validity period', () => {
  const found = read(LOGIN.replace(TOKEN, 'opaque-secret-token'));
  expect(found.tokens[0]?.token.form).toBe('opaque');
  expect(found.tokens[0]?.token.notAfter).toBeUndefined();
  expect(JSON.stringify({ ...found, tokens: [] })).not.toContain('opaque-secret-token');
});

test('a file that contains only a JWT is read as a token', () => {
  expect(read(`${TOKEN}\r\n`)).toMatchObject({ format: 'login-file', tokens: [{ entry: '', token: { form: 'jwt' } }] });
});
