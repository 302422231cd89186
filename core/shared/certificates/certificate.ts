import type { Instant } from '../instant.ts';

/** `name` is the short name or the dotted OID. */
interface NameAttribute {
  oid: string;
  name: string;
  value: string;
}

/**
 * `cn` is the last commonName, which Go and therefore Kubernetes use. `o` has every organizationName in order, which
 * Kubernetes reads as groups, and may be empty. `text` is the RFC 4514 form, most specific first.
 */
export interface DistinguishedName {
  cn?: string;
  o: string[];
  ou: string[];
  text: string;
  attributes: NameAttribute[];
}

/** Names by type (RFC 5280 section 4.2.1.6); every list may be empty. */
export interface SubjectAltNames {
  dns: string[];
  /** IPv4 dotted, IPv6 as in RFC 5952. */
  ip: string[];
  email: string[];
  uri: string[];
  /** RFC 4514 text. */
  directory: string[];
  /** Dotted OIDs. */
  registeredId: string[];
  /**
   * Lower-case hex. `type` is the dotted type-id of an otherName (with its value), `x400Address` or `ediPartyName`
   * (with the whole name), or `iPAddress` for an address of invalid length (with its bytes).
   */
  other: { type: string; valueHex: string }[];
}

/** `algorithm` is `RSA`, `EC`, `Ed25519`, a post-quantum name such as `ML-DSA-65`, or the dotted OID if unknown. */
export interface PublicKeyFacts {
  algorithm: string;
  oid: string;
  /** Length of the modulus, or field size of the curve. */
  bits?: number;
  /** `P-256`, `P-384`, `P-521`, another known name, or the dotted OID. */
  curve?: string;
}

export interface AuthorityKeyId {
  /** Lower-case hex. */
  keyId?: string;
  issuer?: string;
  serialHex?: string;
}

interface ExtensionFacts extends ByteRange {
  oid: string;
  name?: string;
  critical: boolean;
}

/** Source: microsoft/moc, certs package. */
export interface MocExtensions {
  accessIdentity?: string;
  /** Content of 1.3.6.1.4.1.311.104.1.2 in lower-case hex, or as text if printable. */
  originalCertificate?: string;
  /** Content of 1.3.6.1.4.1.311.104.1.3, at least 0. */
  renewCount?: number;
}

/** In bytes from the start of the object. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** A violation of RFC 5280 or DER in a readable certificate. `offset` in bytes from the start of the certificate. */
export interface DecodeFinding {
  /** Such as `der.duplicate-extension`; text: `finding.<rule>`. */
  rule: string;
  offset: number;
  params?: Record<string, string | number>;
}

export interface ExtensionContents {
  sans: SubjectAltNames;
  /** RFC 5280 names: `digitalSignature`, `keyCertSign`, ...; empty if the extension is absent. */
  keyUsage: string[];
  /** `serverAuth`, `clientAuth`, ..., or the dotted OID. */
  extendedKeyUsage: string[];
  isCa: boolean;
  pathLength?: number;
  /** Lower-case hex. */
  subjectKeyId?: string;
  authorityKeyId?: AuthorityKeyId;
  policies: string[];
  crlUrls: string[];
  ocspUrls: string[];
  caIssuerUrls: string[];
  moc?: MocExtensions;
  extensions: ExtensionFacts[];
}

/** Optional fields are absent if the certificate lacks them. */
export interface CertificateFacts extends ExtensionContents {
  version: number;
  /**
   * Lower-case hex of the INTEGER's magnitude without leading zero bytes, even length; prefixed with `-` if negative.
   */
  serialHex: string;
  /**
   * `name` as in `sha256WithRSAEncryption`, or the dotted OID if unknown. `hash`, for instance `SHA-256`, for
   * RSASSA-PSS only.
   */
  signatureAlgorithm: { oid: string; name: string; hash?: string };
  issuer: DistinguishedName;
  subject: DistinguishedName;
  notBefore: Instant;
  notAfter: Instant;
  key: PublicKeyFacts;
  tbs: ByteRange;
  spki: ByteRange;
  /** The bits, without the byte that counts unused bits. */
  signature?: ByteRange;
  /** In bytes, without trailing data. */
  length?: number;
  findings: DecodeFinding[];
}

export interface Undecoded {
  ok: false;
  finding: DecodeFinding;
}

export type DecodeResult = { ok: true; certificate: CertificateFacts } | Undecoded;
