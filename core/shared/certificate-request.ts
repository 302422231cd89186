import type { CertificateFacts, DecodeFinding, DistinguishedName } from './certificate.ts';

/** What extensions say, the same in a certificate and in a request for one. */
export type ExtensionContents = Pick<
  CertificateFacts,
  | 'sans'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'isCa'
  | 'pathLength'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'policies'
  | 'crlUrls'
  | 'ocspUrls'
  | 'caIssuerUrls'
  | 'moc'
  | 'extensions'
>;

/** An attribute of a request. `offset` and `length` in bytes from the start of the request to the set of its values. */
export interface RequestAttribute {
  oid: string;
  /** Standard name when known, for instance `extensionRequest`. */
  name?: string;
  offset: number;
  length: number;
}

/** What one PKCS #10 request asks for. Plain data; offsets in bytes from the start of the request. */
export interface RequestFacts extends ExtensionContents {
  /** As encoded: 0 for every conforming request. */
  version: number;
  subject: DistinguishedName;
  key: CertificateFacts['key'];
  attributes: RequestAttribute[];
  signatureAlgorithm: CertificateFacts['signatureAlgorithm'];
  /** The signed part, the subject and the SubjectPublicKeyInfo as whole elements. */
  info: { offset: number; length: number };
  subjectName: { offset: number; length: number };
  spki: { offset: number; length: number };
  /** The signature's bits, without the byte that counts unused ones. */
  signature: { offset: number; length: number };
  /** Bytes of the whole request, without data that follows it. */
  length: number;
  findings: DecodeFinding[];
}

/** Why bytes are not a request. `offset` in bytes from the start; `rule` has its text in the catalogues. */
export type RequestDecodeResult = { ok: true; request: RequestFacts } | { ok: false; finding: DecodeFinding };
