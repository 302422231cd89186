import type { RequestDecodeResult, RequestFacts } from '../../shared/certificates/certificate-request.ts';
import type { Keys } from '../../shared/ports.ts';
import { contextTag, readOidAt, readSmallIntegerAt, SEQUENCE, SET, type DerReader } from '../der/der.ts';
import { noContents, readExtensions } from './extensions.ts';
import { readAlgorithm, readPublicKey, signatureFacts } from './keys.ts';
import { readName } from './names.ts';
import { readSignatureValue, readSignedObject, viewPart } from './signed-object.ts';

/** Source: PKCS #9, section 5.4.2. */
export const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
/** Older Windows requests use this OID, which openssl also reads. Source: [MS-WCCE] section 2.2.2.7. */
const MICROSOFT_EXTENSION_REQUEST = '1.3.6.1.4.1.311.2.1.14';

/** Source: RFC 2985 section 5.4, [MS-WCCE] section 2.2.2.7. */
const ATTRIBUTE_NAMES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.9.2', 'unstructuredName'],
  ['1.2.840.113549.1.9.7', 'challengePassword'],
  ['1.2.840.113549.1.9.8', 'unstructuredAddress'],
  [EXTENSION_REQUEST, 'extensionRequest'],
  [MICROSOFT_EXTENSION_REQUEST, 'microsoftExtensionRequest'],
  ['1.3.6.1.4.1.311.13.2.2', 'microsoftEnrollmentProvider'],
  ['1.3.6.1.4.1.311.13.2.3', 'microsoftOsVersion'],
  ['1.3.6.1.4.1.311.21.20', 'microsoftClientInfo'],
]);

/**
 * Decodes one DER request (PKCS #10). Never throws. `ok: false` if version, subject, key or signature cannot be read;
 * other violations are in `findings`. Verifies nothing: see `isRequestSigned`. Reads only the requested extensions, since
 * other attributes may contain a challenge password. Source: RFC 2986 section 4, RFC 2985 section 5.4, X.690.
 */
export function decodeRequest(der: Uint8Array): RequestDecodeResult {
  const reading = readSignedObject(der, { readContent: readInfo, readSignature });
  return reading.ok ? { ok: true, request: reading.signed.facts } : reading;
}

/** Reads the CertificationRequestInfo with its header at `infoAt`. Leaves the signature fields empty. */
function readInfo(reader: DerReader, infoAt: number): { facts: RequestFacts } | undefined {
  const { start, end: infoEnd } = reader;
  const version = readSmallIntegerAt(reader, start, infoEnd);
  if (version === undefined) return undefined;
  const subjectAt = reader.end;
  if (version !== 0) reader.note('request.version', start, { version: version + 1 });
  const subject = readName(reader, subjectAt, infoEnd);
  if (subject === undefined) return undefined;
  const spkiAt = reader.end;
  const key = readPublicKey(reader, spkiAt, infoEnd);
  if (key === undefined) return undefined;
  const spkiEnd = reader.end;
  const facts: RequestFacts = {
    version,
    subject,
    key,
    ...noContents(),
    attributes: [],
    signatureAlgorithm: { oid: '', name: '' },
    info: reader.makeRange(infoAt, infoEnd),
    subjectName: reader.makeRange(subjectAt, spkiAt),
    spki: reader.makeRange(spkiAt, spkiEnd),
    signature: { offset: 0, length: 0 },
    length: 0,
    findings: reader.findings,
  };
  readAttributes(reader, spkiEnd, infoEnd, facts);
  return { facts };
}

/**
 * Reads the attributes. The list must be present even if empty, but some programs omit it. A fault in the list affects
 * only the attributes.
 */
function readAttributes(reader: DerReader, at: number, limit: number, facts: RequestFacts): void {
  if (at === limit) return reader.note('der.missing-element', at, { expected: '[0]' });
  if (!reader.expectLast(contextTag(0), at, limit)) return reader.forgive('request.attribute-list', at);
  const end = reader.end;
  const seen = new Set<string>();
  let next = reader.start;
  while (next < end) {
    if (!reader.expect(SEQUENCE, next, end)) return reader.forgive('request.attribute-list', next);
    const attributeAt = next;
    next = reader.end;
    const oid = readAttribute(reader, reader.start, next, facts, seen);
    if (oid !== undefined) reader.forgive('request.malformed-attribute', attributeAt, { attribute: oid });
  }
}

/** Returns the attribute's name or OID if its value is unreadable. */
function readAttribute(
  reader: DerReader,
  at: number,
  end: number,
  facts: RequestFacts,
  seen: Set<string>,
): string | undefined {
  const oid = readOidAt(reader, at, end);
  if (oid === undefined) return '?';
  const name = ATTRIBUTE_NAMES.get(oid);
  if (!reader.expectLast(SET, reader.end, end)) return name ?? oid;
  const { start, end: valuesEnd } = reader;
  facts.attributes.push({ oid, name, ...reader.makeRange(start, valuesEnd) });
  // Microsoft's OID and the standard one count as the same attribute, since a request with two lists of extensions
  // would be ambiguous.
  const meaning = oid === MICROSOFT_EXTENSION_REQUEST ? EXTENSION_REQUEST : oid;
  if (seen.has(meaning)) {
    reader.note('request.duplicate-attribute', at, { attribute: name ?? oid });
    return undefined;
  }
  seen.add(meaning);
  if (meaning !== EXTENSION_REQUEST) return undefined;
  if (!reader.expectLast(SEQUENCE, start, valuesEnd)) return name ?? oid;
  readExtensions(reader, reader.start, reader.end, facts);
  return undefined;
}

function readSignature(reader: DerReader, at: number, limit: number, { facts }: { facts: RequestFacts }): boolean {
  const algorithm = readAlgorithm(reader, at, limit);
  if (algorithm === undefined) return false;
  facts.signatureAlgorithm = signatureFacts(reader, algorithm);
  const signature = readSignatureValue(reader, algorithm.end, limit);
  if (signature === undefined) return false;
  facts.signature = signature;
  return true;
}

/**
 * Whether the key in the request signed it, which proves that the requester has the private key. `der` starts at the
 * request. False for algorithms that `Keys` does not support. Source: RFC 2986 section 3.
 */
export function isRequestSigned(
  keys: Pick<Keys, 'verify'>,
  der: Uint8Array,
  { spki, signatureAlgorithm, info, signature }: RequestFacts,
): boolean {
  return keys.verify({
    spki: viewPart(der, spki),
    signatureOid: signatureAlgorithm.oid,
    data: viewPart(der, info),
    signature: viewPart(der, signature),
  });
}

/** Copies the value of the first such extension; `undefined` if there is none. */
export function extensionValue(der: Uint8Array, { extensions }: RequestFacts, oid: string): Uint8Array | undefined {
  const found = extensions.find((extension) => extension.oid === oid);
  return found && new Uint8Array(viewPart(der, found));
}
