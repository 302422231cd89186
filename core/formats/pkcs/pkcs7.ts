import { BerCursor } from '../der/ber.ts';
import { ContainerError, containerProblem, type ContainerProblem } from './container-problem.ts';
import { contextTag, SEQUENCE, SET } from '../der/der.ts';
import { DATA, ENCRYPTED_DATA, ENVELOPED_DATA, SIGNED_DATA } from './pkcs12-identifiers.ts';
import { element, explicit, identify, sequence, encodeSet, smallInteger } from '../der/der-writer.ts';

/** Content types that contain no certificates themselves. Source: RFC 5652, RFC 5083, RFC 4073, RFC 3274. */
const CONTENT_NAMES: ReadonlyMap<string, string> = new Map([
  [DATA, 'Data'],
  [ENVELOPED_DATA, 'EnvelopedData'],
  ['1.2.840.113549.1.7.4', 'SignedAndEnvelopedData'],
  ['1.2.840.113549.1.7.5', 'DigestedData'],
  [ENCRYPTED_DATA, 'EncryptedData'],
  ['1.2.840.113549.1.9.16.1.2', 'AuthenticatedData'],
  ['1.2.840.113549.1.9.16.1.9', 'CompressedData'],
  ['1.2.840.113549.1.9.16.1.23', 'AuthEnvelopedData'],
]);

/** Ten times the size of any bundle of roots. */
const MAX_ENTRIES = 10_000;

/** A view of the encoded entry, and its offset in the container. */
export interface Pkcs7Entry {
  der: Uint8Array;
  offset: number;
}

/** Lists are in file order and may be empty. Entries are not yet decoded and may be neither certificates nor CRLs. */
type Pkcs7Reading =
  { ok: true; certificates: Pkcs7Entry[]; crls: Pkcs7Entry[] } | { ok: false; problem: ContainerProblem };

/**
 * Reads the certificates and CRLs of a PKCS #7 or CMS SignedData in DER or BER, and skips other entries. Ignores
 * signatures, which do not cover the certificates. Never throws. Source: RFC 5652 sections 3, 5.1 and 10.2.
 */
export function readPkcs7(bytes: Uint8Array): Pkcs7Reading {
  try {
    return { ok: true, ...getEntries(bytes) };
  } catch (error) {
    return { ok: false, problem: containerProblem(error) };
  }
}

function getEntries(bytes: Uint8Array): { certificates: Pkcs7Entry[]; crls: Pkcs7Entry[] } {
  const outer = new BerCursor(bytes).enter(SEQUENCE);
  const contentType = outer.oid();
  if (contentType !== SIGNED_DATA) {
    throw new ContainerError({ kind: 'unsupported', feature: CONTENT_NAMES.get(contentType) ?? contentType });
  }
  const signedData = outer.enter(contextTag(0)).enter(SEQUENCE);
  // Skips the version, the digest algorithms and the signed content.
  signedData.smallInteger();
  signedData.take(SET);
  signedData.take(SEQUENCE);
  const certificates = signedData.takeIf(contextTag(0));
  const crls = signedData.takeIf(contextTag(1));
  return {
    certificates: certificates === undefined ? [] : sequencesIn(bytes, certificates),
    crls: crls === undefined ? [] : sequencesIn(bytes, crls),
  };
}

/** Lists the SEQUENCEs in a set, and skips the other alternatives of the CHOICE. */
function sequencesIn(bytes: Uint8Array, set: { start: number; end: number }): Pkcs7Entry[] {
  const entries: Pkcs7Entry[] = [];
  const inside = new BerCursor(bytes, set);
  for (let count = 0; !inside.isAtEnd; count += 1) {
    if (count === MAX_ENTRIES) {
      throw new ContainerError({ kind: 'too-many-entries', limit: MAX_ENTRIES });
    }
    const { tag, at, next } = inside.take();
    if (tag === SEQUENCE) entries.push({ der: bytes.subarray(at, next), offset: at });
  }
  return entries;
}

/**
 * Makes a P7B: SignedData that contains only `certificates` (DER). The same certificates always yield the same bytes.
 * Keeps their order, like openssl, although strict DER would sort them: an extracted chain begins with its leaf.
 * Source: RFC 2315 section 9.1, RFC 5652 section 5.
 */
export function writePkcs7(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = sequence(
    smallInteger(1),
    encodeSet(),
    identify(DATA),
    element(contextTag(0), ...certificates),
    encodeSet(),
  );
  return identify(SIGNED_DATA, explicit(0, signedData));
}
