/**
 * Identities of the cloud agent, renewal and rotation of its CA. Texts in quotation marks come from the public code, so
 * that an admin can find them in logs.
 */
export default {
  'problem.identity.unknown': 'The cloud agent has no identity “{identity}”.',
  'problem.identity.unknown.remedy': 'Check the spelling, capital letters too, or create the identity.',
  'problem.identity.name-taken': 'There is already an identity “{identity}”.',
  'problem.identity.name-taken.remedy':
    'Choose another name; names that differ only in capital letters count as the same. To renew its credentials, rotate the token of the existing identity.',
  'problem.identity.name-invalid':
    'This cannot be the name of an identity:{fault, select, empty { it is empty.} tooLong { it has more than {longest} characters.} blankAtEnd { it begins or ends with a space.} other { there are control characters in it.}}',
  'problem.identity.name-invalid.remedy':
    'Choose a name such as “admin2”; it becomes the common name of the certificate.',
  'problem.identity.validity-invalid':
    'A token cannot be valid for {days} days: at least 1, at most {longest}, whole days.',
  'problem.identity.validity-invalid.remedy': 'Leave the number out for the default of 90 days.',
  'problem.identity.token-required':
    'The cloud agent refuses the login: “Valid Token Required”.{reason, select, unreadable { This is not a token of a cloud agent.} signature { Another cloud agent issued the token, or it was changed.} issuer { The token was not issued for logging in.} unknownIdentity { There is no identity “{identity}”.} notYet { The token of “{identity}” was issued in the future: a clock is wrong.} expired { The token of “{identity}” has expired.} rotated { A newer token of “{identity}” has taken its place.} other { The identity “{identity}” is revoked.}}',
  'problem.identity.token-required.remedy':
    'Rotate the token of the identity and log in with the new login file. A revoked identity has to be reinstated first.',
  'problem.identity.certificate-expired':
    'The certificate of “{identity}” cannot be renewed: “Certificate has expired” ({notAfter}).',
  'problem.identity.certificate-expired.remedy':
    'Log in again with the token. If that has expired too, rotate the token first.',
  'problem.identity.certificate-refused':
    'The cloud agent refuses the certificate.{reason, select, unreadable { It cannot be read.} unknownAuthority { “certificate signed by unknown authority”: none of the CAs that are trusted now signed it.} notYetValid { It is not valid yet: a clock is wrong.} noIdentity { It names no identity of this cloud agent.} other { This cloud agent did not issue it.}}',
  'problem.identity.certificate-refused.remedy':
    'Log in again with the token: that gives a certificate of the current CA.',
  'problem.identity.revoked':
    'The cloud agent refuses “{identity}”: “certificate is revoked”, or the identity as a whole.',
  'problem.identity.revoked.remedy':
    'Reinstate the identity if it may be trusted again, then log in with the new token. Certificates from before stay revoked.',
  'problem.identity.not-revoked': 'The identity “{identity}” is not revoked.',
  'problem.identity.not-revoked.remedy': 'Nothing needs to be done. To replace a token, rotate it.',
  'problem.identity.request-refused':
    'The certificate request is refused.{reason, select, unreadable { It cannot be read as PKCS #10.} signature { “Invalid CSR signature”: its own key did not sign it.} other { Its key is too weak: RSA needs at least 2048 bits, EC a curve of at least 256.}}',
  'problem.identity.request-refused.remedy': 'Make a new request with the key that the certificate is meant for.',
  'problem.renewal.refused':
    "The renewal is refused.{reason, select, missingCertificates { “missing CSR renew certificates”: the request does not carry the certificate to renew.} notClientCertificate { “certToRenew wasn't used for clientAuthCert”: the request carries another certificate than the one that the client shows.} keyCertificateSignature { “unable to verify signature of CSR Key certificate”: the old key did not sign the new one.} keyMismatch { “public key in CSR and CSR Key certificate don't match”: the old key signed another key than the requested one.} other { The certificate has names that would be lost.}}",
  'problem.renewal.refused.remedy':
    'Make the request with the certificate to renew and its key, or log in again with the token.',
  'problem.rotation.refused':
    'The rotation of the cloud agent CA cannot go on.{reason, select, alreadyRotating { It is being rotated already.} notRotating { There is only one CA.} nothingReissued { The new CA has not issued anything yet, so the old one cannot be withdrawn.} leavesLeft { Without the old CA {count, plural, one {# certificate} other {# certificates}} would be refused, valid until {until}.} other { The CA has expired: there is nothing to overlap with.}}',
  'problem.rotation.refused.remedy':
    'The order is: make a new CA, reissue every certificate under it, withdraw the old CA. Certificates that nobody reissues may also be revoked or left to expire. After the CA has expired, create a new one and log every client in again.',
} as const;
