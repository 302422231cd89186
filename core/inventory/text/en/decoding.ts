/** What the certificate decoder finds; rule ids in `core/formats/x509/rules.ts`. */
export const decoding = {
  'finding.der.empty': 'There are no bytes to read as a certificate.',
  'finding.der.empty.remedy': 'Choose the file again or export it again.',
  'finding.der.truncated':
    'The certificate claims {length} bytes, but only {available} are there: it is cut off.',
  'finding.der.truncated.remedy': 'Copy or export the certificate again in full.',
  'finding.der.overrun':
    'An element claims {length} bytes, but its container has only {available} left.',
  'finding.der.overrun.remedy': 'The certificate is damaged; get it again from its issuer.',
  'finding.der.missing-element': 'A required part ({expected}) is missing.',
  'finding.der.missing-element.remedy':
    'Check that this is an X.509 certificate and get it again from its issuer.',
  'finding.der.unexpected-tag': '{expected} must stand here, but {found} was found.',
  'finding.der.unexpected-tag.remedy':
    'Check that this is an X.509 certificate in DER form, not PEM text, a key or a request.',
  'finding.der.high-tag-number': 'A tag number above 30 is used, which certificates never have.',
  'finding.der.high-tag-number.remedy': 'The data is damaged or no certificate; get it again.',
  'finding.der.indefinite-length': 'An element has an indefinite length, which DER forbids.',
  'finding.der.indefinite-length.remedy': 'Have the issuer encode the certificate as DER.',
  'finding.der.length-too-large':
    'A length is written in {octets} octets, more than any certificate needs.',
  'finding.der.length-too-large.remedy': 'The data is damaged or no certificate; get it again.',
  'finding.der.non-minimal-length': 'The length {length} is written longer than DER allows.',
  'finding.der.non-minimal-length.remedy':
    'Some programs will refuse this certificate; have it issued again.',
  'finding.der.trailing-bytes':
    'A part of the certificate ends with {bytes} bytes that belong to nothing.',
  'finding.der.trailing-bytes.remedy':
    'Some programs will refuse this certificate; have it issued again.',
  'finding.der.trailing-data': '{bytes} bytes follow the certificate.',
  'finding.der.trailing-data.remedy':
    'Check whether the file holds further certificates or was altered.',
  'finding.der.boolean-value':
    'A true/false value is encoded as {value}; DER knows only 00 and ff.',
  'finding.der.boolean-value.remedy': 'Have the certificate issued again by a conforming CA.',
  'finding.der.empty-integer': 'A number has no content.',
  'finding.der.empty-integer.remedy': 'The certificate is damaged; get it again from its issuer.',
  'finding.der.non-minimal-integer': 'A number starts with superfluous bytes.',
  'finding.der.non-minimal-integer.remedy':
    'Some programs will refuse this certificate; have it issued again.',
  'finding.der.integer-range': 'A number is negative or far too large for its meaning.',
  'finding.der.integer-range.remedy': 'Have the certificate issued again.',
  'finding.der.bad-oid': 'An object identifier is malformed or absurdly long.',
  'finding.der.bad-oid.remedy': 'The certificate is damaged; get it again from its issuer.',
  'finding.der.bit-string': 'A bit string is padded wrongly.',
  'finding.der.bit-string.remedy':
    'Some programs will refuse this certificate; have it issued again.',
  'finding.der.default-encoded': 'The default value of {field} is written out, which DER forbids.',
  'finding.der.default-encoded.remedy':
    'Usually harmless; strict programs may refuse the certificate.',
  'finding.der.empty-list': 'The list {field} is empty although it needs at least one entry.',
  'finding.der.empty-list.remedy': 'Have the certificate issued again.',
  'finding.der.string-invalid': 'A {type} holds bytes that are no text of this type.',
  'finding.der.string-invalid.remedy':
    'Compare the name with the issuer’s records; unreadable characters are shown as replacements.',
  'finding.der.string-characters': 'A {type} holds characters that this type does not allow.',
  'finding.der.string-characters.remedy': 'Usually harmless; have the issuer use UTF8String.',
  'finding.der.embedded-nul': 'A name holds a NUL character, a known way to disguise a host name.',
  'finding.der.embedded-nul.remedy':
    'Do not trust this certificate until its issuer has explained it.',
  'finding.der.control-character': 'A name holds control characters.',
  'finding.der.control-character.remedy':
    'Check the name with the issuer; programs may show it differently.',
  'finding.der.version': 'The certificate says version {version}; only 1 to 3 exist.',
  'finding.der.version.remedy': 'Have the certificate issued again.',
  'finding.der.serial-not-positive': 'The serial number is zero or negative.',
  'finding.der.serial-not-positive.remedy':
    'Old roots have this; a leaf should be issued again, since revocation by serial number may fail.',
  'finding.der.serial-too-long': 'The serial number has {bytes} bytes; at most 20 are allowed.',
  'finding.der.serial-too-long.remedy':
    'Have the certificate issued again with a shorter serial number.',
  'finding.der.signature-algorithm-mismatch':
    'The signed part names {inner} as signature algorithm, the outside {outer}.',
  'finding.der.signature-algorithm-mismatch.remedy':
    'Do not trust this certificate; get it again from its issuer.',
  'finding.der.empty-issuer': 'The issuer has no name.',
  'finding.der.empty-issuer.remedy': 'Have the certificate issued by a CA with a name.',
  'finding.der.name-value-type': 'The name attribute {attribute} is a {found} instead of text.',
  'finding.der.name-value-type.remedy': 'Have the certificate issued again.',
  'finding.der.time-invalid': '“{value}” is no date and time that exists, or it has no time zone.',
  'finding.der.time-invalid.remedy': 'Have the certificate issued again.',
  'finding.der.time-form':
    'The time “{value}” has a fraction, an offset or no seconds, which RFC 5280 forbids.',
  'finding.der.time-form.remedy': 'It was read as UTC; have the certificate issued again.',
  'finding.der.time-type':
    'The year {year} is written as GeneralizedTime although UTCTime is required until 2049.',
  'finding.der.time-type.remedy': 'Usually harmless; strict programs may refuse the certificate.',
  'finding.der.validity-reversed':
    'The certificate ends ({notAfter}) before it starts ({notBefore}), so it is never valid.',
  'finding.der.validity-reversed.remedy':
    'Have the certificate issued again; check the clock of the CA.',
  'finding.der.public-key': 'The public key is not a well-formed {algorithm} key.',
  'finding.der.public-key.remedy': 'Have the certificate issued again from a new key.',
  'finding.der.explicit-curve':
    'The elliptic curve is spelled out instead of named, which RFC 5480 forbids.',
  'finding.der.explicit-curve.remedy': 'Make a new key on a named curve such as P-256 or P-384.',
  'finding.der.extensions-version':
    'The certificate has extensions although it says version {version}.',
  'finding.der.extensions-version.remedy': 'Have the certificate issued again as version 3.',
  'finding.der.extension-list':
    'The list of extensions is broken; extensions from this place on were not read.',
  'finding.der.extension-list.remedy': 'Have the certificate issued again.',
  'finding.der.malformed-extension':
    'The extension {extension} could not be read; the next finding says why.',
  'finding.der.malformed-extension.remedy':
    'Other parts are shown; have the certificate issued again.',
  'finding.der.duplicate-extension':
    'The extension {extension} occurs more than once; only the first was read.',
  'finding.der.duplicate-extension.remedy':
    'Other programs may read another one; have the certificate issued again.',
  'finding.der.unknown-critical':
    'The critical extension {oid} is not known here; programs that do not know it must refuse the certificate.',
  'finding.der.unknown-critical.remedy':
    'Find out from the issuer what it means before relying on the certificate.',
  'finding.der.ip-length': 'An IP address has {bytes} bytes instead of 4 or 16.',
  'finding.der.ip-length.remedy': 'Have the certificate issued again with the right address.',
  'finding.der.path-length-without-ca':
    'A path length ({pathLength}) is given although this is no CA.',
  'finding.der.path-length-without-ca.remedy':
    'Harmless for a leaf; correct the profile of the CA.',
  'finding.der.more-findings': '{count} further findings were left out.',
  'finding.der.more-findings.remedy':
    'The certificate is badly damaged or hostile; do not trust it.',
} as const;
