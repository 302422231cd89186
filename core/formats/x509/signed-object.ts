import type {
  ByteRange,
  CertificateFacts,
  DecodeFinding,
  DistinguishedName,
  Undecoded,
} from '../../shared/certificates/certificate.ts';
import { BIT_STRING, checkBitString, DerReader, SEQUENCE } from '../der/der.ts';
import { SIGNATURE_NAMES } from '../der/oids.ts';
import { readAlgorithm, signatureFacts } from './keys.ts';

export interface SignedFacts {
  signatureAlgorithm: { name: string };
  signature?: ByteRange;
  length?: number;
  findings?: DecodeFinding[];
}

interface SignedKind<Signed extends { facts: SignedFacts }> {
  readContent: (reader: DerReader, at: number) => Signed | undefined;
  readSignature: (reader: DerReader, at: number, limit: number, signed: Signed) => boolean;
}

/**
 * Reads a signed part, an algorithm and a signature. Data after the object is a finding and not counted in its
 * `length`. Source: RFC 5280 sections 4.1 and 5.1, RFC 2986 section 4.
 */
export function readSignedObject<Signed extends { facts: SignedFacts }>(
  der: Uint8Array,
  kind: SignedKind<Signed>,
): { ok: true; signed: Signed } | Undecoded {
  const reader = new DerReader(der);
  const signed = readParts(reader, der.length, kind);
  if (signed !== undefined) return { ok: true, signed };
  return { ok: false, finding: reader.failure ?? { rule: 'der.empty', offset: 0 } };
}

function readParts<Signed extends { facts: SignedFacts }>(
  reader: DerReader,
  limit: number,
  { readContent, readSignature }: SignedKind<Signed>,
): Signed | undefined {
  if (limit === 0) return void reader.fail('der.empty', 0);
  if (!reader.expect(SEQUENCE, 0, limit)) {
    // If the outermost element exceeds the input, the file is truncated.
    if (reader.failure?.rule === 'der.overrun') reader.failure.rule = 'der.truncated';
    return undefined;
  }
  const { start: contentAt, end } = reader;
  if (!reader.expect(SEQUENCE, contentAt, end)) return undefined;
  const contentEnd = reader.end;
  const signed = readContent(reader, contentAt);
  if (signed === undefined || !readSignature(reader, contentEnd, end, signed)) return undefined;
  if (end < limit) reader.note('der.trailing-data', end, { bytes: limit - end });
  signed.facts.length = end;
  signed.facts.findings = reader.findings;
  return signed;
}

export interface SignedPart<Facts extends SignedFacts> {
  facts: Facts;
  algorithmAt: number;
  algorithmEnd: number;
}

export interface Signer extends Omit<SignedPart<SignedFacts>, 'facts'> {
  signatureAlgorithm: CertificateFacts['signatureAlgorithm'];
  issuer: DistinguishedName;
}

/** Reads the signature algorithm and the issuer. Leaves `reader.end` after the issuer. */
export function readSigner(
  reader: DerReader,
  algorithmAt: number,
  limit: number,
  readIssuer: (reader: DerReader, at: number, limit: number) => DistinguishedName | undefined,
): Signer | undefined {
  const algorithm = readAlgorithm(reader, algorithmAt, limit);
  if (algorithm === undefined) return undefined;
  const { end: algorithmEnd } = algorithm;
  const signatureAlgorithm = signatureFacts(reader, algorithm);
  const issuer = readIssuer(reader, algorithmEnd, limit);
  if (issuer === undefined) return undefined;
  if (issuer.attributes.length === 0) reader.note('der.empty-issuer', algorithmEnd);
  return { signatureAlgorithm, issuer, algorithmAt, algorithmEnd };
}

/**
 * Reads the signature. The signed part repeats the algorithm, and both must be equal. Source: RFC 5280 sections 4.1.1.2
 * and 5.1.1.2.
 */
export function readRepeatedSignature<Facts extends SignedFacts>(
  reader: DerReader,
  at: number,
  limit: number,
  { facts, algorithmAt, algorithmEnd }: SignedPart<Facts>,
): boolean {
  const outer = readAlgorithm(reader, at, limit);
  if (outer === undefined) return false;
  const signature = readSignatureValue(reader, outer.end, limit);
  if (signature === undefined) return false;
  facts.signature = signature;
  const { bytes } = reader;
  const length = outer.end - at;
  let isSame = algorithmEnd - algorithmAt === length;
  for (let i = 0; isSame && i < length; i += 1) isSame = bytes[algorithmAt + i] === bytes[at + i];
  if (!isSame) {
    reader.note('der.signature-algorithm-mismatch', at, {
      inner: facts.signatureAlgorithm.name,
      outer: SIGNATURE_NAMES.get(outer.oid) ?? outer.oid,
    });
  }
  return true;
}

/** Reads the signature, which must be the last element before `limit`. */
export function readSignatureValue(reader: DerReader, at: number, limit: number): ByteRange | undefined {
  if (!reader.expect(BIT_STRING, at, limit)) return undefined;
  const { start, end } = reader;
  if (!checkBitString(reader, start, end)) return undefined;
  reader.finish(end, limit);
  return reader.makeRange(start + 1, end);
}

export function viewPart(bytes: Uint8Array, { offset, length }: ByteRange): Uint8Array {
  return bytes.subarray(offset, offset + length);
}
