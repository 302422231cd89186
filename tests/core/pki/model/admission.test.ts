import { describe, expect, test } from 'vitest';
import { refuseCertificate, refuseToken } from '../../../../core/pki/model/admission.ts';
import { instant } from '../../../../core/shared/instant.ts';

describe('a client certificate valid from second 100 to second 200', () => {
  const GOOD = { isIssuerTrusted: true, notBefore: 100, notAfter: 200, isIssuerValid: true, isRevoked: false };

  test.each<[string, Partial<typeof GOOD>, number, string | undefined]>([
    ['is accepted', {}, 150, undefined],
    ['is not valid one second before it begins', {}, 99, 'certificate-not-yet-valid'],
    ['is accepted in its first second', {}, 100, undefined],
    ['is accepted in its last second', {}, 200, undefined],
    ['has expired one second after it ends', {}, 201, 'certificate-expired'],
    ['is refused under a CA that is not trusted', { isIssuerTrusted: false }, 150, 'unknown-authority'],
    ['is refused under a CA that is not valid', { isIssuerValid: false }, 150, 'issuer-not-valid'],
    ['is refused when it or its identity is revoked', { isRevoked: true }, 150, 'revoked'],
    // If no trusted CA has signed the certificate, its other contents mean nothing.
    [
      'is refused for an unknown CA before any other reason',
      { isIssuerTrusted: false, isRevoked: true },
      201,
      'unknown-authority',
    ],
    [
      'is refused as expired before it is refused as revoked',
      { isRevoked: true, isIssuerValid: false },
      201,
      'certificate-expired',
    ],
  ])('%s', (_title, more, now, refusal) => {
    expect(refuseCertificate({ ...GOOD, ...more }, now)).toBe(refusal);
  });
});

describe('a token valid from second 100 to second 200', () => {
  const GOOD = { issuedAt: 100, expiresAt: 200, isIdentityRevoked: false, isCurrent: true };

  test.each<[string, Partial<typeof GOOD>, number, string | undefined]>([
    ['lets its identity log in', {}, 150, undefined],
    ['is refused one second before it is issued', {}, 99, 'not-yet-valid'],
    ['is accepted in its first second', {}, 100, undefined],
    ['is accepted one second before its end', {}, 199, undefined],
    // The token is refused on or after the expiration time. Source: RFC 7519 section 4.1.4.
    ['is refused at its end', {}, 200, 'expired'],
    ['is refused once a newer token was issued', { isCurrent: false }, 150, 'rotated'],
    ['is refused for a revoked identity', { isIdentityRevoked: true }, 150, 'revoked'],
    ['is refused as revoked before any other reason', { isIdentityRevoked: true, isCurrent: false }, 200, 'revoked'],
  ])('%s', (_title, more, now, refusal) => {
    expect(refuseToken({ ...GOOD, ...more }, now)).toBe(refusal);
  });

  test('is judged the same way if its times are instants', () => {
    const [issuedAt, expiresAt] = [instant('2026-11-24T12:00:00Z'), instant('2027-02-22T12:00:00Z')];
    const token = { ...GOOD, issuedAt, expiresAt };
    expect(refuseToken(token, instant('2027-02-22T11:59:59Z'))).toBeUndefined();
    expect(refuseToken(token, expiresAt)).toBe('expired');
  });
});
