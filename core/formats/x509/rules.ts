export const DECODE_RULES = [
  // The encoding. Source: X.690 sections 8 and 10.
  'der.empty',
  'der.truncated',
  'der.overrun',
  'der.missing-element',
  'der.unexpected-tag',
  'der.high-tag-number',
  'der.indefinite-length',
  'der.length-too-large',
  'der.non-minimal-length',
  'der.trailing-bytes',
  'der.trailing-data',
  'der.boolean-value',
  'der.empty-integer',
  'der.non-minimal-integer',
  'der.integer-range',
  'der.bad-oid',
  'der.bit-string',
  'der.default-encoded',
  'der.empty-list',
  'der.string-invalid',
  'der.string-characters',
  'der.embedded-nul',
  'der.control-character',
  // The certificate. Source: RFC 5280 section 4.1
  'der.version',
  'der.serial-not-positive',
  'der.serial-too-long',
  'der.signature-algorithm-mismatch',
  'der.empty-issuer',
  'der.name-value-type',
  'der.time-invalid',
  'der.time-form',
  'der.time-type',
  'der.validity-reversed',
  'der.public-key',
  'der.explicit-curve',
  // Extensions. Source: RFC 5280 section 4.2
  'der.extensions-version',
  'der.extension-list',
  'der.malformed-extension',
  'der.duplicate-extension',
  'der.unknown-critical',
  'der.ip-length',
  'der.path-length-without-ca',
  'der.more-findings',
] as const;

/** Rules that only a request may break. Source: RFC 2986 section 4. */
export const REQUEST_RULES = [
  'request.version',
  'request.attribute-list',
  'request.malformed-attribute',
  'request.duplicate-attribute',
] as const;

export type DecodeRule = (typeof DECODE_RULES)[number] | (typeof REQUEST_RULES)[number];
