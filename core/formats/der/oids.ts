function table(names: Record<string, string>): ReadonlyMap<string, string> {
  return new Map(Object.entries(names));
}

/** The only attribute in this list whose value is a BIT STRING instead of text. */
export const X500_UNIQUE_IDENTIFIER = '2.5.4.45';

/** Attributes of distinguished names. Source: RFC 4519, RFC 5280 appendix A, X.520, CA/Browser Forum EV guidelines. */
export const ATTRIBUTE_NAMES = table({
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.13': 'description',
  '2.5.4.15': 'businessCategory',
  '2.5.4.16': 'postalAddress',
  '2.5.4.17': 'postalCode',
  '2.5.4.18': 'postOfficeBox',
  '2.5.4.20': 'telephoneNumber',
  '2.5.4.41': 'name',
  '2.5.4.42': 'GN',
  '2.5.4.43': 'initials',
  '2.5.4.44': 'generationQualifier',
  [X500_UNIQUE_IDENTIFIER]: 'x500UniqueIdentifier',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.65': 'pseudonym',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '1.2.840.113549.1.9.2': 'unstructuredName',
  '1.2.840.113549.1.9.8': 'unstructuredAddress',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
});

/** MOC's own extensions. Source: microsoft/moc, pkg/certs. */
export const MOC_ACCESS_IDENTITY = '1.3.6.1.5.5.7.10.2';
export const MOC_ORIGINAL_CERTIFICATE = '1.3.6.1.4.1.311.104.1.2';
export const MOC_RENEW_COUNT = '1.3.6.1.4.1.311.104.1.3';

/** Source: RFC 5280 section 4.2, RFC 6962, RFC 7633, [MS-WCCE] section 2.2.2.7. */
export const EXTENSION_NAMES = table({
  '2.5.29.9': 'subjectDirectoryAttributes',
  '2.5.29.14': 'subjectKeyIdentifier',
  '2.5.29.15': 'keyUsage',
  '2.5.29.16': 'privateKeyUsagePeriod',
  '2.5.29.17': 'subjectAltName',
  '2.5.29.18': 'issuerAltName',
  '2.5.29.19': 'basicConstraints',
  '2.5.29.30': 'nameConstraints',
  '2.5.29.31': 'cRLDistributionPoints',
  '2.5.29.32': 'certificatePolicies',
  '2.5.29.33': 'policyMappings',
  '2.5.29.35': 'authorityKeyIdentifier',
  '2.5.29.36': 'policyConstraints',
  '2.5.29.37': 'extKeyUsage',
  '2.5.29.46': 'freshestCRL',
  '2.5.29.54': 'inhibitAnyPolicy',
  '1.3.6.1.5.5.7.1.1': 'authorityInfoAccess',
  '1.3.6.1.5.5.7.1.3': 'qcStatements',
  '1.3.6.1.5.5.7.1.11': 'subjectInfoAccess',
  '1.3.6.1.5.5.7.1.24': 'tlsFeature',
  '1.3.6.1.5.5.7.48.1.5': 'ocspNoCheck',
  '1.3.6.1.4.1.11129.2.4.2': 'signedCertificateTimestamps',
  '1.3.6.1.4.1.11129.2.4.3': 'precertificatePoison',
  '1.3.6.1.4.1.311.20.2': 'microsoftCertificateTemplateName',
  '1.3.6.1.4.1.311.21.1': 'microsoftCaVersion',
  '1.3.6.1.4.1.311.21.2': 'microsoftPreviousCaHash',
  '1.3.6.1.4.1.311.21.7': 'microsoftCertificateTemplate',
  '1.3.6.1.4.1.311.21.10': 'microsoftApplicationPolicies',
  '1.3.6.1.4.1.311.25.2': 'microsoftSecurityIdentifier',
  '2.16.840.1.113730.1.1': 'netscapeCertType',
  '2.16.840.1.113730.1.13': 'netscapeComment',
  '1.3.6.1.4.1.311.104.1.1': 'mocRenewCertificates',
  [MOC_ORIGINAL_CERTIFICATE]: 'mocOriginalCertificate',
  [MOC_RENEW_COUNT]: 'mocRenewCount',
  [MOC_ACCESS_IDENTITY]: 'mocAccessIdentity',
});

/** Source: RFC 5280 section 4.2.1.12, RFC 4556, RFC 9336, [MS-WCCE]. */
export const KEY_PURPOSE_NAMES = table({
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.5': 'ipsecEndSystem',
  '1.3.6.1.5.5.7.3.6': 'ipsecTunnel',
  '1.3.6.1.5.5.7.3.7': 'ipsecUser',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  '1.3.6.1.5.5.7.3.17': 'ipsecIKE',
  '1.3.6.1.5.2.3.4': 'pkInitClientAuth',
  '1.3.6.1.5.2.3.5': 'pkInitKdc',
  '1.3.6.1.4.1.311.10.3.4': 'microsoftEncryptedFileSystem',
  '1.3.6.1.4.1.311.20.2.2': 'microsoftSmartcardLogon',
});

/** Bit 0 comes first. Source: RFC 5280 section 4.2.1.3. */
export const KEY_USAGE_NAMES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export const RSASSA_PSS = '1.2.840.113549.1.1.10';
export const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
export const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
export const DSA = '1.2.840.10040.4.1';
export const PRIME_FIELD = '1.2.840.10045.1.1';
export const BINARY_FIELD = '1.2.840.10045.1.2';

/**
 * OIDs that identify both a public key and its signature. Source: RFC 8410, RFC 9881, RFC 9909, RFC 9802, FIPS 204 and
 * FIPS 205.
 */
const SIGNATURE_KEYS = {
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
  '2.16.840.1.101.3.4.3.20': 'SLH-DSA-SHA2-128s',
  '2.16.840.1.101.3.4.3.21': 'SLH-DSA-SHA2-128f',
  '2.16.840.1.101.3.4.3.22': 'SLH-DSA-SHA2-192s',
  '2.16.840.1.101.3.4.3.23': 'SLH-DSA-SHA2-192f',
  '2.16.840.1.101.3.4.3.24': 'SLH-DSA-SHA2-256s',
  '2.16.840.1.101.3.4.3.25': 'SLH-DSA-SHA2-256f',
  '2.16.840.1.101.3.4.3.26': 'SLH-DSA-SHAKE-128s',
  '2.16.840.1.101.3.4.3.27': 'SLH-DSA-SHAKE-128f',
  '2.16.840.1.101.3.4.3.28': 'SLH-DSA-SHAKE-192s',
  '2.16.840.1.101.3.4.3.29': 'SLH-DSA-SHAKE-192f',
  '2.16.840.1.101.3.4.3.30': 'SLH-DSA-SHAKE-256s',
  '2.16.840.1.101.3.4.3.31': 'SLH-DSA-SHAKE-256f',
  '2.16.840.1.101.3.4.3.32': 'HashML-DSA-44',
  '2.16.840.1.101.3.4.3.33': 'HashML-DSA-65',
  '2.16.840.1.101.3.4.3.34': 'HashML-DSA-87',
  '1.2.840.113549.1.9.16.3.17': 'HSS/LMS',
  '1.3.6.1.5.5.7.6.34': 'XMSS',
  '1.3.6.1.5.5.7.6.35': 'XMSS-MT',
};

/** Source: RFC 3279, RFC 4055, RFC 5758, RFC 8410, NIST Computer Security Objects Register. */
export const SIGNATURE_NAMES = table({
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  [RSASSA_PSS]: 'RSASSA-PSS',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
  '1.2.840.113549.1.1.15': 'sha512-224WithRSAEncryption',
  '1.2.840.113549.1.1.16': 'sha512-256WithRSAEncryption',
  '1.3.14.3.2.29': 'sha1WithRSAEncryption',
  '2.16.840.1.101.3.4.3.13': 'sha3-224WithRSAEncryption',
  '2.16.840.1.101.3.4.3.14': 'sha3-256WithRSAEncryption',
  '2.16.840.1.101.3.4.3.15': 'sha3-384WithRSAEncryption',
  '2.16.840.1.101.3.4.3.16': 'sha3-512WithRSAEncryption',
  '1.2.840.10040.4.3': 'dsa-with-sha1',
  '2.16.840.1.101.3.4.3.1': 'dsa-with-sha224',
  '2.16.840.1.101.3.4.3.2': 'dsa-with-sha256',
  '2.16.840.1.101.3.4.3.3': 'dsa-with-sha384',
  '2.16.840.1.101.3.4.3.4': 'dsa-with-sha512',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '2.16.840.1.101.3.4.3.9': 'ecdsa-with-SHA3-224',
  '2.16.840.1.101.3.4.3.10': 'ecdsa-with-SHA3-256',
  '2.16.840.1.101.3.4.3.11': 'ecdsa-with-SHA3-384',
  '2.16.840.1.101.3.4.3.12': 'ecdsa-with-SHA3-512',
  '1.2.156.10197.1.501': 'SM2-with-SM3',
  ...SIGNATURE_KEYS,
});

/** Source: RFC 3279, RFC 8410, RFC 9935 (ML-KEM), NIST Computer Security Objects Register. */
export const KEY_NAMES = table({
  [RSA_ENCRYPTION]: 'RSA',
  [RSASSA_PSS]: 'RSA-PSS',
  '1.2.840.113549.1.1.7': 'RSAES-OAEP',
  [EC_PUBLIC_KEY]: 'EC',
  [DSA]: 'DSA',
  '1.2.840.10046.2.1': 'DH',
  '1.2.840.113549.1.3.1': 'DH',
  '1.3.132.1.12': 'ECDH',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '2.16.840.1.101.3.4.4.1': 'ML-KEM-512',
  '2.16.840.1.101.3.4.4.2': 'ML-KEM-768',
  '2.16.840.1.101.3.4.4.3': 'ML-KEM-1024',
  ...SIGNATURE_KEYS,
});

/** Field sizes in bits of curves with a fixed key format. Source: RFC 7748 section 4. */
export const FIXED_KEY_BITS: ReadonlyMap<string, number> = new Map([
  ['1.3.101.110', 255],
  ['1.3.101.111', 448],
  ['1.3.101.112', 255],
  ['1.3.101.113', 448],
]);

/** Digests of RSASSA-PSS. Source: RFC 4055 section 2.1. */
export const HASH_OIDS = table({
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
});

/** Elliptic curves with their field sizes in bits. Source: RFC 5480 section 2.1.1.1, SEC 2, RFC 5639. */
const CURVE_SIZES = [
  ['1.2.840.10045.3.1.1', 'P-192', 192],
  ['1.3.132.0.33', 'P-224', 224],
  ['1.2.840.10045.3.1.7', 'P-256', 256],
  ['1.3.132.0.34', 'P-384', 384],
  ['1.3.132.0.35', 'P-521', 521],
  ['1.3.132.0.8', 'secp160r1', 160],
  ['1.3.132.0.9', 'secp160k1', 160],
  ['1.3.132.0.31', 'secp192k1', 192],
  ['1.3.132.0.32', 'secp224k1', 224],
  ['1.3.132.0.10', 'secp256k1', 256],
  ['1.3.132.0.1', 'sect163k1', 163],
  ['1.3.132.0.15', 'sect163r2', 163],
  ['1.3.132.0.26', 'sect233k1', 233],
  ['1.3.132.0.27', 'sect233r1', 233],
  ['1.3.132.0.16', 'sect283k1', 283],
  ['1.3.132.0.17', 'sect283r1', 283],
  ['1.3.132.0.36', 'sect409k1', 409],
  ['1.3.132.0.37', 'sect409r1', 409],
  ['1.3.132.0.38', 'sect571k1', 571],
  ['1.3.132.0.39', 'sect571r1', 571],
  ['1.3.36.3.3.2.8.1.1.1', 'brainpoolP160r1', 160],
  ['1.3.36.3.3.2.8.1.1.3', 'brainpoolP192r1', 192],
  ['1.3.36.3.3.2.8.1.1.5', 'brainpoolP224r1', 224],
  ['1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1', 256],
  ['1.3.36.3.3.2.8.1.1.9', 'brainpoolP320r1', 320],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1', 384],
  ['1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1', 512],
  ['1.2.156.10197.1.301', 'SM2', 256],
] as const;
export const CURVES: ReadonlyMap<string, { name: string; bits: number }> = new Map(
  CURVE_SIZES.map(([oid, name, bits]) => [oid, { name, bits }]),
);
