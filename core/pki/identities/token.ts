import { instantFromMs, epochMs, SECOND_MS } from '../../shared/instant.ts';
import { refuseToken } from '../model/admission.ts';
import type { Identity, TokenRecord } from '../model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import { readSignedToken } from '../../formats/jwt/jwt-signed.ts';
import { compactToken, buildSigningInput } from '../../formats/jwt/jwt-writer.ts';
import type { CloudAgent, CloudAgentPorts } from './cloud-agent.ts';

/** Sources: a public incident report and an early version of the cloud agent. */
const TOKEN_ISSUER = 'wssdagentsvc';
/** RS256: RSASSA-PKCS1-v1_5 with SHA-256. Source: RFC 7518 section 3.3. */
const RS256_OID = '1.2.840.113549.1.1.11';

/** The cloud agent itself reports only `Valid Token Required`. */
export const TOKEN_FAULTS = [
  'unreadable',
  'signature',
  'issuer',
  'unknownIdentity',
  'notYet',
  'expired',
  'rotated',
  'revoked',
] as const;
type TokenFault = (typeof TOKEN_FAULTS)[number];

/** Returns the token, which is secret and belongs only in a login file, with its record. */
export function issueToken(
  { clock, keys }: CloudAgentPorts,
  { tokenKey, audience }: Pick<CloudAgent, 'tokenKey' | 'audience'>,
  { name, tokenValidityMs }: Pick<Identity, 'name' | 'tokenValidityMs'>,
): { token: string; record: TokenRecord } {
  if (tokenKey.type !== 'rsa') throw new Error('tokens are signed with RS256, so with an RSA key');
  const issuedAt = clock.now();
  const expiresAt = instantFromMs(epochMs(issuedAt) + tokenValidityMs);
  const id = formatUuid(keys.randomBytes(16));
  const input = buildSigningInput({
    name,
    exp: epochSeconds(expiresAt),
    jti: id,
    iat: epochSeconds(issuedAt),
    iss: TOKEN_ISSUER,
    ...(audience !== undefined && { aud: audience }),
  });
  const signature = keys.sign(tokenKey, new TextEncoder().encode(input), 'SHA-256');
  return { token: compactToken(input, signature), record: { id, issuedAt, expiresAt } };
}

/** Returns the identity that may log in with a token. Verifies the signature first. */
export function verifyToken(ports: CloudAgentPorts, agent: CloudAgent, token: string): Identity {
  const read = readSignedToken(token);
  if (read === undefined) throw tokenRefusal('unreadable');
  const { claims, signed, signature } = read;
  const { spki } = agent.tokenKey;
  if (!ports.keys.verify({ spki, signatureOid: RS256_OID, data: signed, signature })) throw tokenRefusal('signature');
  if (claims.iss !== TOKEN_ISSUER || claims.aud !== agent.audience) throw tokenRefusal('issuer');
  const identity = agent.state.identities.find(({ name }) => name === claims.name);
  if (identity === undefined) throw tokenRefusal('unknownIdentity', claims.name);
  const refusal = refuseToken(
    {
      issuedAt: claims.iat,
      expiresAt: claims.exp,
      isIdentityRevoked: identity.revokedAt !== undefined,
      isCurrent: identity.token.id === claims.jti,
    },
    epochSeconds(ports.clock.now()),
  );
  if (refusal !== undefined) throw tokenRefusal(refusal === 'not-yet-valid' ? 'notYet' : refusal, identity.name);
  return identity;
}

function tokenRefusal(reason: TokenFault, identity = ''): ConsoleError {
  return new ConsoleError('identity.token-required', { reason, identity });
}

function epochSeconds(moment: Parameters<typeof epochMs>[0]): number {
  return epochMs(moment) / SECOND_MS;
}

/** Formats a UUID version 4. Source: RFC 9562 section 5.4. */
function formatUuid(bytes: Uint8Array): string {
  const random = Uint8Array.from(bytes);
  random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
  random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
  return encodeHex(random).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
