/** Why a certificate is refused, or what should be known about it; rules in `core/pki/model/verdict.ts`. */
export default {
  'verdict.unreadable': 'This is not a certificate that can be read.',
  'verdict.unreadable.remedy': 'Choose a certificate in PEM or DER form, or export it again from its source.',
  'verdict.left-out': 'This is not a certificate that can be read; it was left out.',
  'verdict.left-out.remedy': 'Remove it, or export it again from its source.',
  'verdict.unknown-issuer': 'The certificate of its issuer {issuer} is not among those given.',
  'verdict.unknown-issuer.remedy':
    'Add the intermediate certificates, or the root that this certificate leads to if you trust it.',
  'verdict.untrusted-root': 'The chain ends at a certificate that signed itself and is not trusted.',
  'verdict.untrusted-root.remedy':
    'Compare its fingerprint with one from a source you trust before you add it to the roots.',
  'verdict.chain-too-long': 'No root was reached within {limit} certificates.',
  'verdict.chain-too-long.remedy': 'No real chain is this long. Check where the certificates come from.',
  'verdict.signature-wrong': 'It names {issuer} as its issuer, but the key of that issuer did not sign it.',
  'verdict.signature-wrong.remedy':
    'It was altered or forged, or the CA has a new key under the old name. Get certificate and CA again from their source.',
  'verdict.signature-unknown': 'Its signature ({algorithm}) could not be confirmed here.',
  'verdict.signature-unknown.remedy':
    'Have it issued again with RSA or ECDSA and SHA-256 or better, or check it with another tool.',
  'verdict.not-yet-valid': 'It is not valid before {notBefore}.',
  'verdict.not-yet-valid.remedy':
    'Compare the clocks of the CA and of this computer. MOC does not backdate what it issues.',
  'verdict.expired': 'It expired on {notAfter}.',
  'verdict.expired.remedy': 'Have it renewed or issued again.',
  'verdict.malformed':
    'What it says of its usage or its key cannot be relied on: it breaks a rule of its format ({finding}).',
  'verdict.malformed.remedy': 'Have it issued again; look at its details for the place.',
  'verdict.critical-extension': 'It has the critical extension {extension}, which is not processed here.',
  'verdict.critical-extension.remedy':
    'Whoever does not process a critical extension must refuse the certificate. Ask its issuer what it is for.',
  'verdict.weak-key': 'Its key, {algorithm} with {bits} bits, is too weak: {minimum} are needed.',
  'verdict.weak-key.remedy': 'Have it issued again with a stronger key.',
  'verdict.weak-signature': 'It is signed with {algorithm}, which can be forged.',
  'verdict.weak-signature.remedy': 'Have it issued again with SHA-256 or better.',
  'verdict.outlives-issuer': 'It is valid until {notAfter}, but its issuer {issuer} only until {issuerNotAfter}.',
  'verdict.outlives-issuer.remedy': 'It ends with its issuer. Plan its replacement for before then.',
  'verdict.not-a-ca': 'It issued the certificate before it, but is not a CA.',
  'verdict.not-a-ca.remedy': 'Do not trust what it issued. Have that certificate issued by a CA.',
  'verdict.cert-sign-missing': 'Its key usage does not allow it to sign certificates.',
  'verdict.cert-sign-missing.remedy': 'Have the CA certificate issued again with keyCertSign, or use another CA.',
  'verdict.path-length':
    'It allows {allowed, plural, =0 {no intermediate CA} one {# intermediate CA} other {# intermediate CAs}} below it, but there {found, plural, one {is #} other {are #}}.',
  'verdict.path-length.remedy':
    'Issue from a CA further up, or have the CA certificate issued again with a greater path length.',
  'verdict.name-not-permitted': 'Its name {name} is not among those that the CA {ca} may issue for.',
  'verdict.name-not-permitted.remedy': 'Use a name that the CA permits, or have it issued by a CA without this limit.',
  'verdict.name-excluded': 'Its name {name} is among those that the CA {ca} must not issue for.',
  'verdict.name-excluded.remedy': 'Use another name, or have it issued by a CA without this limit.',
  'verdict.name-constraint-unsupported':
    'The CA {ca} limits names of a form that is not weighed here, or that cannot be understood: {form}.',
  'verdict.name-constraint-unsupported.remedy':
    'Whoever cannot weigh a limit must refuse the certificate. Leave out the name, or use a CA without this limit.',
  'verdict.policies-malformed':
    'Its policies, or what it says of those of others, are broken or contradict themselves.',
  'verdict.policies-malformed.remedy': 'Have it issued again; its CA writes policies that nobody can rely on.',
  'verdict.policy-missing': 'A policy is required along this path, and none is left that is valid here.',
  'verdict.policy-missing.remedy':
    'Have it issued with a policy that every CA above it states, or from a CA that requires none.',
  'verdict.purpose': 'Its extended key usage does not allow {purpose}.',
  'verdict.purpose.remedy': 'Use a certificate made for this purpose, or have it issued again with {purpose}.',
  'verdict.key-usage': 'Its key usage allows nothing that {purpose} needs.',
  'verdict.key-usage.remedy': 'Have it issued again with digitalSignature.',
  'verdict.name-not-covered': 'It does not cover the name {name}.',
  'verdict.name-not-covered.remedy':
    'Connect by one of the names among its SANs, or have it issued again with this name.',
  'verdict.revoked-by-object': 'Entry {entry} of the RenewRevocation object {object} revokes it ({kind}: {value}).',
  'verdict.revoked-by-object.remedy':
    'Repair the certificates of the cluster. An entry without notBefore revokes the new ones, too, unless it is by serial number.',
  'verdict.revoked-by-crl': 'The CRL of {issuer} (number {crl}) lists it as revoked since {revokedAt}: {reason}.',
  'verdict.revoked-by-crl.remedy': 'Have a new one issued, with a new key after keyCompromise.',
  'verdict.crl-missing': 'Whether it was revoked cannot be told: there is no CRL of its issuer {issuer}.',
  'verdict.crl-missing.remedy': 'Add the current CRL of this issuer.',
  'verdict.crl-unreadable': 'CRL {position} of those given cannot be read; it was left out.',
  'verdict.crl-unreadable.remedy': 'Fetch it again from its CA.',
  'verdict.crl-not-yet-valid': 'The CRL of {issuer} is only valid from {thisUpdate} on.',
  'verdict.crl-not-yet-valid.remedy': 'Compare the clocks of the CA and of this computer.',
  'verdict.crl-expired': 'The CRL of {issuer} should have been replaced by {nextUpdate}.',
  'verdict.crl-expired.remedy': 'Fetch or issue a new CRL.',
  'verdict.crl-signature-wrong': 'The key of {issuer} did not sign its CRL.',
  'verdict.crl-signature-wrong.remedy': 'It was altered or forged. Fetch it again from its CA.',
  'verdict.crl-signature-unknown':
    'The signature of the CRL of {issuer} cannot be checked here: its algorithm, {algorithm}, is not supported.',
  'verdict.crl-signature-unknown.remedy':
    'It may be good. Check it with openssl crl -CAfile, or have the CA sign its CRLs with RSA or ECDSA.',
  'verdict.crl-signature-weak': 'The CRL of {issuer} is signed with {algorithm}, which can be forged.',
  'verdict.crl-signature-weak.remedy': 'Have the CA sign its CRLs with SHA-256 or better.',
  'verdict.crl-not-understood': 'The CRL of {issuer} has the critical extension {oid}, which is not processed here.',
  'verdict.crl-not-understood.remedy': 'Use a complete CRL, or check this certificate with openssl verify -crl_check.',
  'verdict.crl-sign-missing': 'Its key usage does not allow it to sign CRLs.',
  'verdict.crl-sign-missing.remedy': 'Have the CA certificate issued again with cRLSign. CAs made by kubeadm lack it.',
} as const;
