import { encodeBase64 } from '../der/base64.ts';

/** Claims of a token of the cloud agent, by their names on the wire. Source: RFC 7519 section 4.1. */
export interface TokenClaims {
  /** Name of the identity; not a registered claim. */
  name: string;
  /** Seconds since 1970: from this one on the token is refused. */
  exp: number;
  /** Tells this token from every other. */
  jti: string;
  /** Seconds since 1970. */
  iat: number;
  iss: string;
}

/** The header of every token that is signed here. */
const HEADER = { alg: 'RS256', typ: 'JWT' };

const encoder = new TextEncoder();

/**
 * What is signed of a token: header and claims, as the first two parts of its compact form. The order of the claims is
 * the one in which Go writes them. Source: RFC 7515 section 5.1.
 */
export function signingInput({ name, exp, jti, iat, iss }: TokenClaims): string {
  return `${urlBase64Of(HEADER)}.${urlBase64Of({ name, exp, jti, iat, iss })}`;
}

/** The compact form. Source: RFC 7515 section 7.1. */
export function compactToken(input: string, signature: Uint8Array): string {
  return `${input}.${encodeUrlBase64(signature)}`;
}

function urlBase64Of(value: object): string {
  return encodeUrlBase64(encoder.encode(JSON.stringify(value)));
}

/** Base64 with the URL alphabet and without padding. Source: RFC 7515 section 2. */
export function encodeUrlBase64(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
}
