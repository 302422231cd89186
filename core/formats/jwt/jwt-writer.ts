import { encodeBase64 } from '../der/base64.ts';

/** Claims of a cloud agent token, by their names in the token. Source: RFC 7519 section 4.1. */
export interface TokenClaims {
  /** Name of the identity; not a registered claim. */
  name: string;
  /** Expiration in seconds since 1970; the cloud agent refuses the token from then on. */
  exp: number;
  /** Unique to each token. */
  jti: string;
  /** Seconds since 1970. */
  iat: number;
  iss: string;
  /** The only recipient that may accept the token. */
  aud?: string;
}

const HEADER = { alg: 'RS256', typ: 'JWT' };

const encoder = new TextEncoder();

/**
 * Builds the signed part, header and claims. The claims have the order in which Go writes them. Source: RFC 7515
 * section 5.1.
 */
export function buildSigningInput({ name, exp, jti, iat, iss, aud }: TokenClaims): string {
  return `${encodeJson(HEADER)}.${encodeJson({ name, exp, jti, iat, iss, aud })}`;
}

/** Source: RFC 7515 section 7.1. */
export function compactToken(input: string, signature: Uint8Array): string {
  return `${input}.${encodeUrlBase64(signature)}`;
}

function encodeJson(value: object): string {
  return encodeUrlBase64(encoder.encode(JSON.stringify(value)));
}

/** Uses the URL alphabet and no padding. Source: RFC 7515 section 2. */
export function encodeUrlBase64(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
}
