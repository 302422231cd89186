import type {
  ByteRange,
  CertificateFacts,
  DecodeFinding,
  DistinguishedName,
  ExtensionContents,
  Undecoded,
} from './certificate.ts';

/** `offset`, from the start of the request, and `length` in bytes are those of the set of values. */
export interface RequestAttribute extends ByteRange {
  oid: string;
  name?: string;
}

/** Offsets in bytes from the start of the request. */
export interface RequestFacts extends ExtensionContents {
  /** The encoded version: 0 in every conforming request. */
  version: number;
  subject: DistinguishedName;
  key: CertificateFacts['key'];
  attributes: RequestAttribute[];
  signatureAlgorithm: CertificateFacts['signatureAlgorithm'];
  /** The signed part, the subject and the SubjectPublicKeyInfo, each as a whole element. */
  info: ByteRange;
  subjectName: ByteRange;
  spki: ByteRange;
  signature: ByteRange;
  length: number;
  findings: DecodeFinding[];
}

export type RequestDecodeResult = { ok: true; request: RequestFacts } | Undecoded;
