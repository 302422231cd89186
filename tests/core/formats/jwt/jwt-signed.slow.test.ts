import { createPublicKey, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readToken } from '../../../../core/formats/jwt/jwt.ts';
import { readSignedToken } from '../../../../core/formats/jwt/jwt-signed.ts';
import { compactToken, encodeUrlBase64, buildSigningInput } from '../../../../core/formats/jwt/jwt-writer.ts';
import { getTokenKey } from '../../../support/cloud-agent.ts';
import { openssl } from '../../../support/openssl.ts';
import { testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const { keys } = testPorts();
const CLAIMS = {
  name: 'kvactl-admin-7f3c',
  exp: 1_771_761_600,
  jti: '3f1c2a9e-0b1d-4c55-9a3e-6f1d2c3b4a59',
  iat: 1_763_985_600,
  iss: 'wssdagentsvc',
};

async function aToken(claims = CLAIMS): Promise<string> {
  const input = buildSigningInput(claims);
  const signature = keys.sign(await getTokenKey(), new TextEncoder().encode(input), 'SHA-256');
  return compactToken(input, signature);
}

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

test('a token has three parts in base64url, and node:crypto and openssl confirm its RS256 signature', async () => {
  const token = await aToken();
  const [header = '', claims = '', signature = ''] = token.split('.');
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT' });
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual(CLAIMS);
  expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/u);
  const spki = Buffer.from((await getTokenKey()).spki);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const signed = Buffer.from(`${header}.${claims}`);
  expect(verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);

  const folder = temporaryFolder();
  const file = (name: string, content: Uint8Array | string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const key = file('key.pem', publicKey.export({ type: 'spki', format: 'pem' }));
  const said = openssl(
    ...['dgst', '-sha256', '-verify', key, '-signature'],
    ...[file('signature', Buffer.from(signature, 'base64url')), file('signed', signed)],
  );
  expect(String(said)).toContain('Verified OK');
});

test('the reader of signed tokens and the reader of the inventory both read back a signed token', async () => {
  const token = await aToken();
  expect(readSignedToken(token)?.claims).toEqual(CLAIMS);
  expect(readToken(token)).toMatchObject({
    token: { form: 'jwt', issuer: 'wssdagentsvc', notBefore: '2025-11-24T12:00:00Z', notAfter: '2026-02-22T12:00:00Z' },
    badTimes: [],
  });
});

test('base64url has no padding and replaces two characters of the Base64 alphabet', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(encodeUrlBase64(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
    }),
  );
});

describe('the reader of signed tokens', () => {
  const header = part({ alg: 'RS256', typ: 'JWT' });
  const claims = part(CLAIMS);
  const signature = part('signature');

  test('accepts the valid token from which the refused tokens are made', () => {
    expect(readSignedToken(`${header}.${claims}.${signature}`)).toBeDefined();
  });

  test.each([
    ['empty text', ''],
    ['two parts', `${header}.${claims}`],
    ['four parts', `${header}.${claims}.${signature}.`],
    ['the algorithm none', `${part({ alg: 'none' })}.${claims}.`],
    ['another algorithm', `${part({ alg: 'HS256' })}.${claims}.${signature}`],
    ['the algorithm in lower case', `${part({ alg: 'rs256' })}.${claims}.${signature}`],
    ['a missing algorithm', `${part({ typ: 'JWT' })}.${claims}.${signature}`],
    ['a header with a critical extension', `${part({ alg: 'RS256', crit: ['b64'] })}.${claims}.${signature}`],
    ['a header that is a list', `${part(['RS256'])}.${claims}.${signature}`],
    ['a header that is not JSON', `${part('RS256')}.${claims}.${signature}`],
    ['a header of null', `${part('null')}.${claims}.${signature}`],
    ['claims that are text', `${header}.${part('"a"')}.${signature}`],
    ['padding', `${header}=.${claims}.${signature}`],
    ['white space', `${header}.${claims} .${signature}`],
    ['a line end', `${header}.${claims}.${signature}\n`],
    ['the other alphabet', `${header}.${claims}.a+b/`],
    ['unused bits that are not zero', `${header}.${claims}.AB`],
    ['text that is too long', `${header}.${claims}.${'A'.repeat(8 * 1024)}`],
    ['a missing name', `${header}.${part({ ...CLAIMS, name: undefined })}.${signature}`],
    ['an empty name', `${header}.${part({ ...CLAIMS, name: '' })}.${signature}`],
    ['a name that is a number', `${header}.${part({ ...CLAIMS, name: 7 })}.${signature}`],
    ['an expiry as text', `${header}.${part({ ...CLAIMS, exp: '1771761600' })}.${signature}`],
    ['an expiry with a fraction', `${header}.${part({ ...CLAIMS, exp: 1.5 })}.${signature}`],
    ['a negative expiry', `${header}.${part({ ...CLAIMS, exp: -1 })}.${signature}`],
    ['an infinite expiry', `${header}.${part('{"exp":1e999}')}.${signature}`],
    ['a missing issue time', `${header}.${part({ ...CLAIMS, iat: undefined })}.${signature}`],
    ['a missing ID', `${header}.${part({ ...CLAIMS, jti: undefined })}.${signature}`],
    ['a missing issuer', `${header}.${part({ ...CLAIMS, iss: undefined })}.${signature}`],
  ])('refuses %s', (_title, text) => {
    expect(readSignedToken(text)).toBeUndefined();
  });

  test('refuses any text without crashing', () => {
    const short = fc.string({ maxLength: 30 });
    const text = fc.oneof(
      short,
      fc.tuple(fc.json({ maxDepth: 1 }), short, short).map((parts) => parts.map(part).join('.')),
    );
    fc.assert(
      fc.property(text, (value) => {
        expect(readSignedToken(value)).toBeUndefined();
      }),
    );
  });
});
