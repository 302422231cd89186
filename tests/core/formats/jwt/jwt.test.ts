import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getClaims, readToken } from '../../../../core/formats/jwt/jwt.ts';

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function jwt(claims: string, header = '{"alg":"RS256"}'): string {
  const part = (text: string): string => Buffer.from(text).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), KEY).toString('base64url')}`;
}

test('the issue time, the expiry, the issuer and the subject of a JWT are read', () => {
  const claims = '{"iss":"wssdagentsvc","sub":"Appliance","iat":1700000000,"exp":1707776000}';
  expect(readToken(jwt(claims))).toEqual({
    token: {
      form: 'jwt',
      identity: new Uint8Array(Buffer.from(claims)),
      notBefore: '2023-11-14T22:13:20Z',
      notAfter: '2024-02-12T22:13:20Z',
      issuer: 'wssdagentsvc',
      subject: 'Appliance',
    },
    badTimes: [],
  });
});

test('a JWT without exp has no expiry, and nbf replaces a missing iat', () => {
  const { token } = readToken(jwt('{"nbf":1700000000.9}'));
  expect(token.notBefore).toBe('2023-11-14T22:13:20Z');
  expect(token.notAfter).toBeUndefined();
});

test.each([
  ['text', '{"exp":"1707776000"}'],
  ['beyond the year 9999', '{"exp":253402300800}'],
  ['negative', '{"exp":-1}'],
  ['infinite', '{"exp":1e999}'],
])('an exp that is %s is ignored and reported', (_, claims) => {
  const { token, badTimes } = readToken(jwt(claims));
  expect(token.notAfter).toBeUndefined();
  expect(badTimes).toEqual(['exp']);
});

test('the last second of the year 9999 is still a valid instant', () => {
  expect(readToken(jwt('{"exp":253402300799}')).token.notAfter).toBe('9999-12-31T23:59:59Z');
});

test.each([
  ['two parts', 'e30.e30'],
  ['no alg', `${Buffer.from('{}').toString('base64url')}.e30.x`],
  ['claims that are a list', jwt('[1]')],
  ['claims that are not JSON', jwt('{')],
  ['claims that are not UTF-8', `${Buffer.from('{"alg":"none"}').toString('base64url')}.__8.x`],
  ['white space inside', jwt('{}').replace('.', ' .')],
])('a token with %s is treated as opaque', (_, text) => {
  expect(getClaims(text)).toBeUndefined();
  expect(readToken(text).token.form).toBe('opaque');
});

test('a claim named __proto__ has no effect', () => {
  const { token } = readToken(jwt('{"__proto__":{"exp":1},"constructor":1}'));
  expect(token).toMatchObject({ form: 'jwt' });
  expect(token.notAfter).toBeUndefined();
  expect(({} as Record<string, unknown>)['exp']).toBeUndefined();
});

test('the identity of an opaque token is salted, so its digest differs from a plain digest of the token', () => {
  const { token } = readToken('abcdef.0123456789abcdef');
  expect(Buffer.from(token.identity).toString()).toBe('arcwarden opaque token\0abcdef.0123456789abcdef');
});

test('any text is read as a JWT or as an opaque token', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readToken(text).token.identity.length).toBeGreaterThan(0);
    }),
  );
});
