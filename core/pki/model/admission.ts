import type { Instant } from '../../shared/instant.ts';

/*
 * Whom the cloud agent lets in: rules for kept authorities and for the simulation. Moments are by the cloud agent's
 * clock, in any unit that can be compared. Signatures are checked before.
 */

type Moment = Instant | number;

/** The token, and what the cloud agent has on record. */
export interface TokenFacts<T extends Moment> {
  issuedAt: T;
  /** From this second on it is refused. Source: RFC 7519 section 4.1.4. */
  expiresAt: T;
  isIdentityRevoked: boolean;
  /** No newer one was given out. */
  isCurrent: boolean;
}

export type TokenRefusal = 'revoked' | 'not-yet-valid' | 'expired' | 'rotated';

/** `undefined` when its identity may log in. */
export function refuseToken<T extends Moment>(token: TokenFacts<T>, now: T): TokenRefusal | undefined {
  if (token.isIdentityRevoked) return 'revoked';
  if (now < token.issuedAt) return 'not-yet-valid';
  if (now >= token.expiresAt) return 'expired';
  return token.isCurrent ? undefined : 'rotated';
}

export interface ClientCertificateFacts<T extends Moment> {
  /** A CA that the cloud agent trusts now. */
  isIssuerTrusted: boolean;
  notBefore: T;
  /** Last second of validity. */
  notAfter: T;
  isIssuerValid: boolean;
  /** Itself or its identity. */
  isRevoked: boolean;
}

export type CertificateRefusal =
  'unknown-authority' | 'certificate-expired' | 'certificate-not-yet-valid' | 'issuer-not-valid' | 'revoked';

/**
 * Applies to connections and renewals: after expiry a client logs in again. `undefined` when accepted. Source:
 * microsoft/moc, pkg/certs/certificateAuthority.go, VerifyClientCertificate.
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
