import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretLineIn } from '../../../../core/formats/text/secrets-in-text.ts';
import { writeDraft } from '../../../../core/revocation/manifest/writer.ts';
import { measureCost } from '../../../support/cost.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');

const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const small = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const locked = { cipher: 'aes-256-cbc', passphrase: 'twelve letters' };

/** Private keys in PEM, as different tools write them. */
const PEMS = {
  'PKCS #8': ec.export({ type: 'pkcs8', format: 'pem' }),
  'SEC 1': small.export({ type: 'sec1', format: 'pem' }),
  'PKCS #1': rsa.export({ type: 'pkcs1', format: 'pem' }),
  Ed25519: ed.export({ type: 'pkcs8', format: 'pem' }),
  encrypted: rsa.export({ type: 'pkcs8', format: 'pem', ...locked }),
  OpenSSH: '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUA\n',
  PGP: '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGc\n',
} as Record<string, string>;

function token(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'admin', exp: 1 })}`;
  return `${signed}.${createHmac('sha256', 'k').update(signed).digest('base64url')}`;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Returns a longer text with the secret on line 3. */
const around = (text: string): string => `# made by hand\nspec:\n${text}\nmore: of it\n`;

describe('the scanner reports the line of', () => {
  test.each(Object.entries(PEMS))('a private key in PEM: %s', (_form, pem) => {
    expect(secretLineIn(around(pem))).toBe(3);
    const indented = pem.replaceAll(/^/gmu, '    ');
    expect(secretLineIn(around(`  key: |\n${indented}`))).toBe(4);
  });

  test.each([
    ['as in kubeconfigs', (pem: string) => `    client-key-data: ${base64(pem)}`],
    ['under any other name', (pem: string) => `    other: "${base64(pem)}"`],
    ['in a comment', (pem: string) => `# ${base64(pem)}`],
    ['in JSON', (pem: string) => `{"ClientKey":"${base64(pem)}","x":1}`],
    ['after other text', (pem: string) => `x: ${base64(`# a key\n${pem}`)}`],
    ['encoded twice', (pem: string) => `x: ${base64(`client-key-data: ${base64(pem)}`)}`],
    ['attached to a word', (pem: string) => `x: ab${base64(pem)}`],
  ])('a private key in Base64, %s', (_title, written) => {
    for (const form of ['PKCS #8', 'SEC 1', 'PKCS #1', 'Ed25519'])
      expect(secretLineIn(around(written(PEMS[form] ?? ''))), form).toBe(3);
  });

  test.each([
    ['PKCS #8', ec.export({ type: 'pkcs8', format: 'der' })],
    ['SEC 1', small.export({ type: 'sec1', format: 'der' })],
    ['PKCS #1', rsa.export({ type: 'pkcs1', format: 'der' })],
    ['Ed25519', ed.export({ type: 'pkcs8', format: 'der' })],
    ['encrypted', rsa.export({ type: 'pkcs8', format: 'der', ...locked })],
  ])('a private key in DER: %s', (_form, der) => {
    const text = der.toString('base64');
    expect(secretLineIn(around(`x: ${text}`))).toBe(3);
    const inLines = (text.match(/.{1,64}/gu) ?? []).map((line) => `    ${line}`).join('\n');
    expect(secretLineIn(around(`  x: |\n${inLines}`))).toBe(4);
    expect(secretLineIn(`${inLines.trim()}`)).toBe(1);
  });

  test.each([
    ['a signed token', `note: ${token()}`],
    ['a token of a kubeconfig', '    token: 0123456789abcdef'],
    ['a token in quotes', '    "token" : "0123456789abcdef",'],
    ['a token after a dash', '- token: 0123456789abcdef'],
    ['a token in braces', 'user: {token: 0123456789abcdef}'],
    ['a token in a comment', '#token: 0123456789abcdef'],
    ['a bootstrap token', 'token: abcdef.0123456789abcdef'],
    ['a password', '  password: hunter$2'],
    ['a refresh token', "  refresh-token: 'AQAB-x'"],
    ['an option', 'kubectl get nodes --token=0123456789'],
    ['an option separated from its value', 'kubectl get nodes --token 0123456789'],
    ['a header', 'Authorization: Bearer 0123456789abcdef0'],
    ['a Secret', 'kind: Secret'],
    ['a Secret in JSON', '{"apiVersion":"v1","kind":"Secret","data":{"a":"YQ=="}}'],
    ['a list of Secrets', 'kind: SecretList'],
  ])('%s', (_title, line) => {
    expect(secretLineIn(around(line))).toBe(3);
    expect(secretLineIn(around(line).replaceAll('\n', '\r\n'))).toBe(3);
  });
});

describe('the scanner finds nothing in', () => {
  test.each([
    ['the article’s sample', ARTICLE],
    ['a field without a value', 'token:\npassword: ""\nuser: {token: }'],
    ['placeholders for values', 'token: <token>\npassword: $PASSWORD\n--token=[token]'],
    ['values hidden by kubectl', 'client-key-data: DATA+OMITTED\ntoken: REDACTED'],
    ['a certificate', `x: ${base64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----')}`],
    ['serial numbers, one per line', '77fdf4b1033b387aaace6ce1c18710c2\n'.repeat(50)],
    ['words that only begin like secrets', 'tokens: many words here\nsecret-sauce: none\nkind: Secrets'],
    ['the name of a Secret', 'secretName: admin-kubeconfig\nkind: Secret-reader'],
    ['empty text', ''],
  ])('%s', (_title, text) => {
    expect(secretLineIn(text)).toBeUndefined();
  });

  test('a public key in any form', () => {
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    for (const type of ['spki', 'pkcs1'] as const) {
      const text = pem.export({ type, format: 'pem' }).toString();
      expect(secretLineIn(text)).toBeUndefined();
      expect(secretLineIn(`x: ${base64(text)}`)).toBeUndefined();
    }
  });

  test('entries that the console writes', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{1,40}$/u);
    const name = fc.stringMatching(/^[a-z0-9.-]{1,60}$/u);
    const entry = fc.oneof(
      fc.record({ kind: fc.constant('serialnumber'), serialNumber: hex, description: name }),
      fc.record({ kind: fc.constant('Group'), group: name }),
      fc.record({ kind: fc.constant('DNS'), dns: name }),
      fc.record({ kind: fc.constant('IP'), ip: fc.ipV6() }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), name, (entries, of) => {
        expect(secretLineIn(writeDraft({ name: of, entries }))).toBeUndefined();
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

test('a key anywhere in a text is reported at its first line, unless another secret precedes it', () => {
  const key = fc.constantFrom(
    ...Object.values(PEMS)
      .map((pem) => base64(pem))
      .slice(0, 4),
  );
  const line = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/gu, ' '));
  fc.assert(
    fc.property(fc.array(line), key, fc.array(line), fc.nat(40), (before, secret, after, blanks) => {
      const written = `${' '.repeat(blanks)}${secret}`;
      const found = secretLineIn([...before, written, ...after].join('\n'));
      expect(found).toBeLessThanOrEqual(before.length + 1);
    }),
    { numRuns: 300, seed: 3 },
  );
});

test.each([
  ['dashes', '-'.repeat(1_000_000)],
  ['dashes before a colon', `${'-'.repeat(1_000_000)}:`],
  ['letters', 'n'.repeat(1_000_000)],
  ['letters before a colon', `${'n'.repeat(1_000_000)}:`],
  ['beginnings of tokens', 'eyJ'.repeat(333_333)],
  ['tokens without an end', 'eyJaaaaaaaa.'.repeat(80_000)],
  ['blanks', ' '.repeat(1_000_000)],
  ['short lines', 'token\n'.repeat(160_000)],
  // The scanner searches each layer at four offsets, so a quarter of a megabyte suffices.
  ['Base64 in Base64', base64(base64(base64('x'.repeat(100_000))))],
  ['lines of Base64', `${'QUFB'.repeat(15)}\n`.repeat(4_000)],
])('a megabyte of %s is scanned quickly', (_title, text) => {
  const megabytes = text.length / 1_000_000;
  expect(measureCost(() => secretLineIn(text)) / megabytes).toBeLessThan(5_000);
});
