import type { CertificateFacts, DecodeFinding, DistinguishedName } from './certificate.ts';

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

/** `offset`, from the start of the request, and `length` in bytes are those of the set of values. */
export interface RequestAttribute {
  oid: string;
  /** Standard name if known, for instance `extensionRequest`. */
  name?: string;
  offset: number;
  length: number;
}

/** Contents of one PKCS #10 request. Plain data; offsets in bytes from the start of the request. */
export interface RequestFacts extends ExtensionContents {
  /** The encoded version: 0 in every conforming request. */
  version: number;
  subject: DistinguishedName;
  key: CertificateFacts['key'];
  attributes: RequestAttribute[];
  signatureAlgorithm: CertificateFacts['signatureAlgorithm'];
  /** The signed part, the subject and the SubjectPublicKeyInfo, each as a whole element. */
  info: { offset: number; length: number };
  subjectName: { offset: number; length: number };
  spki: { offset: number; length: number };
  /** The bits, without the byte that counts unused bits. */
  signature: { offset: number; length: number };
  /** In bytes, without trailing data. */
  length: number;
  findings: DecodeFinding[];
}

/** `offset` in bytes from the start; the catalogues contain the text for `rule`. */
export type RequestDecodeResult = { ok: true; request: RequestFacts } | { ok: false; finding: DecodeFinding };
