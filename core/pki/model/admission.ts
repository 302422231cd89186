import type { Instant } from '../../shared/instant.ts';

/*
 * Rules by which the cloud agent admits clients, shared by stored authorities and the simulation. Moments follow the
 * cloud agent's clock, in any comparable unit. Signatures are checked beforehand.
 */

type Moment = Instant | number;

export interface TokenFacts<T extends Moment> {
  issuedAt: T;
  /** The cloud agent refuses the token from this second on. Source: RFC 7519 section 4.1.4. */
  expiresAt: T;
  isIdentityRevoked: boolean;
  /** Whether no newer token was issued. */
  isCurrent: boolean;
}

export type TokenRefusal = 'revoked' | 'not-yet-valid' | 'expired' | 'rotated';

export function refuseToken<T extends Moment>(token: TokenFacts<T>, now: T): TokenRefusal | undefined {
  if (token.isIdentityRevoked) return 'revoked';
  if (now < token.issuedAt) return 'not-yet-valid';
  if (now >= token.expiresAt) return 'expired';
  return token.isCurrent ? undefined : 'rotated';
}

export interface ClientCertificateFacts<T extends Moment> {
  isIssuerTrusted: boolean;
  notBefore: T;
  /** The last second of validity. */
  notAfter: T;
  isIssuerValid: boolean;
  isRevoked: boolean;
}

export type CertificateRefusal =
  'unknown-authority' | 'certificate-expired' | 'certificate-not-yet-valid' | 'issuer-not-valid' | 'revoked';

/**
 * Returns why a certificate is refused for connections and renewals; `undefined` if it is accepted. After expiry, a
 * client must log in again. Source: microsoft/moc, pkg/certs/certificateAuthority.go, VerifyClientCertificate.
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
