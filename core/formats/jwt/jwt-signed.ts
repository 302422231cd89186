import { decodeBase64 } from '../der/base64.ts';
import { encodeUrlBase64, type TokenClaims } from './jwt-writer.ts';
import { jsonFields } from './jwt.ts';

/** A token of the cloud agent has about 600 characters. */
const MAX_TOKEN_LENGTH = 8 * 1024;
const MAX_NAME_LENGTH = 1024;

/** A token whose signature has not been verified: its claims may be false. */
interface SignedToken {
  claims: TokenClaims;
  signed: Uint8Array;
  signature: Uint8Array;
}

/**
 * Splits a token that names RS256 and has no critical extensions (`crit`). `undefined` for other algorithms, `none`,
 * missing or mistyped claims, and non-canonical encodings. Source: RFC 7515 section 5.2, RFC 8725 section 3.1.
 */
export function readSignedToken(text: string): SignedToken | undefined {
  if (text.length > MAX_TOKEN_LENGTH) return undefined;
  const [headerPart, claimsPart, signaturePart, ...more] = text.split('.');
  if (headerPart === undefined || claimsPart === undefined || signaturePart === undefined) return undefined;
  if (more.length > 0) return undefined;
  const header = objectIn(headerPart);
  if (header?.get('alg') !== 'RS256' || header.has('crit')) return undefined;
  const claims = findClaims(objectIn(claimsPart));
  const signature = bytesIn(signaturePart);
  if (claims === undefined || signature === undefined) return undefined;
  return { claims, signed: new TextEncoder().encode(`${headerPart}.${claimsPart}`), signature };
}

const CLAIMS = ['name', 'exp', 'jti', 'iat', 'iss', 'aud'];

function findClaims(values: ReadonlyMap<string, unknown> | undefined): TokenClaims | undefined {
  const [name, exp, jti, iat, iss, aud] = CLAIMS.map((claim) => values?.get(claim));
  if (!isText(name) || !isText(jti) || !isText(iss)) return undefined;
  if (!isSecond(exp) || !isSecond(iat)) return undefined;
  if (aud !== undefined && !isText(aud)) return undefined;
  return { name, exp, jti, iat, iss, ...(aud !== undefined && { aud }) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH;
}

function isSecond(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function objectIn(part: string): Map<string, unknown> | undefined {
  const bytes = bytesIn(part);
  return bytes && jsonFields(bytes);
}

/** Decodes only the encoding that `encodeUrlBase64` produces. */
function bytesIn(part: string): Uint8Array | undefined {
  const bytes = decodeBase64(part);
  return bytes !== undefined && encodeUrlBase64(bytes) === part ? bytes : undefined;
}
