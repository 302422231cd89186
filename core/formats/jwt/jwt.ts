import type { Found, TokenContent } from '../parsed-file.ts';
import { instantFromMs, type Instant } from '../../shared/instant.ts';
import type { Origin } from '../../shared/origin.ts';
import { decodeBase64 } from '../der/base64.ts';
import { parseObject } from '../text/json-object.ts';
import type { FieldPlace } from '../yaml/fields.ts';

/** 9999-12-31T23:59:59Z, the last second of an `Instant`. */
const LAST_SECOND = 253_402_300_799;
const MAX_TOKEN_LENGTH = 64 * 1024;
const SALT = 'arcwarden opaque token\0';

interface ReadToken {
  token: TokenContent;
  /** Names of claims that should be timestamps but are not. */
  badTimes: string[];
}

/**
 * Reads the claims of a JWT (RFC 7519) without verifying it, since only the cloud agent has the key. Any other text is
 * opaque. The result does not contain the token.
 */
export function readToken(text: string): ReadToken {
  const claims = getClaims(text);
  if (claims === undefined) {
    return { token: { form: 'opaque', identity: new TextEncoder().encode(SALT + text) }, badTimes: [] };
  }
  const { values, bytes } = claims;
  const badTimes: string[] = [];
  const readTimestamp = (name: string): Instant | undefined => {
    const value = values.get(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= LAST_SECOND) return instantFromMs(value * 1000);
    badTimes.push(name);
    return undefined;
  };
  const readText = (name: string): string | undefined => {
    const value = values.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const notBefore = readTimestamp('iat') ?? readTimestamp('nbf');
  const notAfter = readTimestamp('exp');
  const issuer = readText('iss');
  const subject = readText('sub');
  return { token: { form: 'jwt', identity: bytes, notBefore, notAfter, issuer, subject }, badTimes };
}

export function getClaims(text: string): { values: Map<string, unknown>; bytes: Uint8Array } | undefined {
  if (text.length > MAX_TOKEN_LENGTH) return undefined;
  const parts = text.split('.');
  const [header, claims] = parts;
  if (parts.length !== 3 || header === undefined || claims === undefined) return undefined;
  if (!parts.every((part) => /^[A-Za-z0-9_-]*$/u.test(part))) return undefined;
  if (!objectIn(header)?.values.has('alg')) return undefined;
  return objectIn(claims);
}

function objectIn(part: string): { values: Map<string, unknown>; bytes: Uint8Array } | undefined {
  const bytes = decodeBase64(part);
  const values = bytes && jsonFields(bytes);
  return values && { values, bytes };
}

export function jsonFields(bytes: Uint8Array): Map<string, unknown> | undefined {
  const fields = parseObject(bytes);
  return fields && new Map(Object.entries(fields));
}

export function pushToken(found: Found, { token, badTimes }: ReadToken, origin: Origin, place: FieldPlace): void {
  found.tokens.push({ entry: place.entry, origin, line: place.line, token });
  for (const claim of badTimes)
    found.findings.push({ rule: 'token.bad-time', severity: 'warning', place, params: { claim } });
}
