/** Source: RFC 7292, RFC 8018, RFC 5652, RFC 2985. */

export const DATA = '1.2.840.113549.1.7.1';
export const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const ENVELOPED_DATA = '1.2.840.113549.1.7.3';
export const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';

export const KEY_BAG = '1.2.840.113549.1.12.10.1.1';
export const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
export const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
export const SAFE_CONTENTS_BAG = '1.2.840.113549.1.12.10.1.6';

export const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
export const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
export const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';

export const PBES2 = '1.2.840.113549.1.5.13';
export const PBKDF2 = '1.2.840.113549.1.5.12';
export const PBMAC1 = '1.2.840.113549.1.5.14';
export const HMAC_SHA256 = '1.2.840.113549.2.9';
export const AES_256_CBC = '2.16.840.1.101.3.4.1.42';
/** pbeWithSHAAnd3-KeyTripleDES-CBC. */
export const LEGACY_3DES = '1.2.840.113549.1.12.1.3';

export const SHA1 = '1.3.14.3.2.26';
export const SHA256 = '2.16.840.1.101.3.4.2.1';
