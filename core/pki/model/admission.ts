import type { Instant } from '../../shared/instant.ts';

/*
 * Whom the cloud agent lets in, with a token or with a client certificate: the rules for authorities that are kept and for
 * the simulation. Moments are in any unit that can be compared, by the clock of the cloud agent. Signatures are checked, or
 * taken for right, before.
 */

type Moment = Instant | number;

/** What a token says, and what the cloud agent has on record of it. */
export interface TokenFacts<T extends Moment> {
  issuedAt: T;
  /** From this second on it is refused. Source: RFC 7519 section 4.1.4. */
  expiresAt: T;
  isIdentityRevoked: boolean;
  /** Whether it is the last one that the identity got. */
  isCurrent: boolean;
}

export type TokenRefusal = 'revoked' | 'not-yet-valid' | 'expired' | 'rotated';

/** Why nobody logs in with a token now; `undefined` when its identity may. */
export function refuseToken<T extends Moment>(token: TokenFacts<T>, now: T): TokenRefusal | undefined {
  if (token.isIdentityRevoked) return 'revoked';
  if (now < token.issuedAt) return 'not-yet-valid';
  if (now >= token.expiresAt) return 'expired';
  return token.isCurrent ? undefined : 'rotated';
}

/** What a client certificate says, and what the cloud agent has on record of it. */
export interface ClientCertificateFacts<T extends Moment> {
  /** Whether a CA that the cloud agent trusts now has signed it. */
  isIssuerTrusted: boolean;
  notBefore: T;
  /** Last second of validity. */
  notAfter: T;
  isIssuerValid: boolean;
  /** The certificate itself or its identity. */
  isRevoked: boolean;
}

export type CertificateRefusal =
  'unknown-authority' | 'certificate-expired' | 'certificate-not-yet-valid' | 'issuer-not-valid' | 'revoked';

/**
 * Why a client certificate is refused now, at a connection as for its renewal; `undefined` when it is accepted. What has
 * expired is renewed by nobody: its client logs in again.
 * Source: microsoft/moc, pkg/certs/certificateAuthority.go, VerifyClientCertificate.
 */
export function refuseCertificate<T extends Moment>(
  certificate: ClientCertificateFacts<T>,
  now: T,
): CertificateRefusal | undefined {
  if (!certificate.isIssuerTrusted) return 'unknown-authority';
  if (now > certificate.notAfter) return 'certificate-expired';
  if (now < certificate.notBefore) return 'certificate-not-yet-valid';
  if (!certificate.isIssuerValid) return 'issuer-not-valid';
  return certificate.isRevoked ? 'revoked' : undefined;
}
