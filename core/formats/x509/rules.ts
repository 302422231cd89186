/** The rules of decode findings. Comments name the parameters. */
export const DECODE_RULES = [
  // The encoding. Source: X.690 sections 8 and 10, as named.
  'der.empty',
  'der.truncated', // length, available
  'der.overrun', // length, available
  'der.missing-element', // expected
  'der.unexpected-tag', // expected, found
  'der.high-tag-number',
  'der.indefinite-length',
  'der.length-too-large', // octets
  'der.non-minimal-length', // length
  'der.trailing-bytes', // bytes
  'der.trailing-data', // bytes
  'der.boolean-value', // value
  'der.empty-integer',
  'der.non-minimal-integer',
  'der.integer-range',
  'der.bad-oid',
  'der.bit-string',
  'der.default-encoded', // field
  'der.empty-list', // field
  // Text
  'der.string-invalid', // type
  'der.string-characters', // type
  'der.embedded-nul',
  'der.control-character',
  // The certificate. Source: RFC 5280 section 4.1
  'der.version', // version
  'der.serial-not-positive',
  'der.serial-too-long', // bytes
  'der.signature-algorithm-mismatch', // inner, outer
  'der.empty-issuer',
  'der.name-value-type', // attribute, found
  'der.time-invalid', // value
  'der.time-form', // value
  'der.time-type', // year
  'der.validity-reversed', // notBefore, notAfter
  'der.public-key', // algorithm
  'der.explicit-curve',
  // Extensions. Source: RFC 5280 section 4.2
  'der.extensions-version', // version
  'der.extension-list',
  'der.malformed-extension', // extension
  'der.duplicate-extension', // extension
  'der.unknown-critical', // oid
  'der.ip-length', // bytes
  'der.path-length-without-ca', // pathLength
  'der.more-findings', // count
] as const;

/** Rules that only a request may break. Source: RFC 2986 section 4. */
export const REQUEST_RULES = [
  'request.version', // version
  'request.attribute-list',
  'request.malformed-attribute', // attribute
  'request.duplicate-attribute', // attribute
] as const;

export type DecodeRule = (typeof DECODE_RULES)[number] | (typeof REQUEST_RULES)[number];
