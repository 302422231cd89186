import { BerCursor, type BerElement } from '../der/ber.ts';
import { ContainerError, damageError } from './container-problem.ts';
import { BMP_STRING, contextTag, INTEGER, OCTET_STRING, SEQUENCE, SET } from '../der/der.ts';
import { encodeHex } from '../der/hex.ts';
import type { Pkcs12Mac } from './pkcs12-encryption.ts';
import {
  DATA,
  ENCRYPTED_DATA,
  ENVELOPED_DATA,
  FRIENDLY_NAME,
  LOCAL_KEY_ID,
  SAFE_CONTENTS_BAG,
  SHROUDED_KEY_BAG,
  SIGNED_DATA,
  X509_CERTIFICATE,
} from './pkcs12-identifiers.ts';

/*
 * The structure of a PFX that is readable without the passphrase. Throws `ContainerError`. Source: RFC 7292 section 4.
 */

const VERSION = 3;
/** Limit for parts and for bags; the trust stores of operating systems have a few hundred. */
export const MAX_ENTRIES = 10_000;
/** The standard allows nested bags, but no known program writes them. */
const MAX_NESTING = 8;
const MAX_NAME_BYTES = 2048;

export interface BagNames {
  friendlyName?: string;
  /** Hex; the same for a certificate and its key. */
  localKeyId?: string;
}

/** One ContentInfo of the AuthenticatedSafe. */
export type Pkcs12Part = { kind: 'clear'; content: Uint8Array } | EncryptedPart;

/** `algorithm` points at the AlgorithmIdentifier inside `within`. */
export interface EncryptedPart {
  kind: 'encrypted';
  algorithm: BerElement;
  within: Uint8Array;
  content: Uint8Array;
}

interface Bag {
  type: string;
  value: BerCursor;
  names: BagNames;
}

export interface Quota {
  left: number;
}

export function readOutline(bytes: Uint8Array): { content: Uint8Array; mac: Pkcs12Mac | undefined } {
  const pfx = new BerCursor(bytes).enter(SEQUENCE);
  const version = pfx.smallInteger();
  if (version !== VERSION) {
    throw new ContainerError({ kind: 'unsupported', feature: `version ${version ?? '?'}` });
  }
  const authSafe = pfx.enter(SEQUENCE);
  const type = authSafe.oid();
  if (type === SIGNED_DATA) throw new ContainerError({ kind: 'unsupported', feature: 'SignedData' });
  if (type !== DATA) throw damageError();
  return { content: authSafe.enter(contextTag(0)).octets(), mac: pfx.isAtEnd ? undefined : macIn(pfx.enter(SEQUENCE)) };
}

function macIn(macData: BerCursor): Pkcs12Mac {
  const digestInfo = macData.enter(SEQUENCE);
  const algorithm = digestInfo.enter(SEQUENCE);
  const digest = digestInfo.octets();
  const salt = macData.octets();
  const rounds = macData.nextTag === INTEGER ? macData.smallInteger() : 1;
  return { algorithm, digest, salt, rounds };
}

export function readParts(content: Uint8Array): Pkcs12Part[] {
  const safe = new BerCursor(content).enter(SEQUENCE);
  const parts: Pkcs12Part[] = [];
  while (!safe.isAtEnd) {
    if (parts.length === MAX_ENTRIES) throw tooManyEntries();
    parts.push(readSafePart(safe.enter(SEQUENCE)));
  }
  return parts;
}

function readSafePart(contentInfo: BerCursor): Pkcs12Part {
  const type = contentInfo.oid();
  if (type === DATA) return { kind: 'clear', content: contentInfo.enter(contextTag(0)).octets() };
  if (type !== ENCRYPTED_DATA) {
    throw new ContainerError({ kind: 'unsupported', feature: type === ENVELOPED_DATA ? 'EnvelopedData' : type });
  }
  const encryptedData = contentInfo.enter(contextTag(0)).enter(SEQUENCE);
  encryptedData.smallInteger();
  const inside = encryptedData.enter(SEQUENCE);
  inside.oid();
  return { kind: 'encrypted', algorithm: inside.take(SEQUENCE), within: inside.bytes, content: inside.octets() };
}

/** Yields every bag, including nested bags and those before any damage. Source: RFC 7292 section 4.2. */
export function* bagsIn(content: Uint8Array, quota: Quota, depth = 0): Generator<Bag> {
  const contents = new BerCursor(content).enter(SEQUENCE);
  while (!contents.isAtEnd) {
    if (quota.left === 0) throw tooManyEntries();
    quota.left -= 1;
    const bag = contents.enter(SEQUENCE);
    const type = bag.oid();
    const value = bag.enter(contextTag(0));
    if (type !== SAFE_CONTENTS_BAG) yield { type, value, names: namesIn(bag) };
    else if (depth === MAX_NESTING) throw damageError();
    else {
      const { at, next } = value.take(SEQUENCE);
      yield* bagsIn(content.subarray(at, next), quota, depth + 1);
    }
  }
}

function namesIn(bag: BerCursor): BagNames {
  const names: BagNames = {};
  if (bag.isAtEnd) return names;
  const attributes = bag.enter(SET);
  while (!attributes.isAtEnd) {
    const attribute = attributes.enter(SEQUENCE);
    const type = attribute.oid();
    const values = attribute.enter(SET);
    // A name of an unexpected type does not invalidate the bag.
    if (type === LOCAL_KEY_ID && values.nextTag === OCTET_STRING) {
      names.localKeyId = encodeHex(values.octets().subarray(0, MAX_NAME_BYTES));
    } else if (type === FRIENDLY_NAME && values.nextTag === BMP_STRING) {
      const { start, end } = values.take();
      names.friendlyName = bmpText(values.bytes.subarray(start, Math.min(end, start + MAX_NAME_BYTES)));
    }
  }
  return names;
}

function bmpText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  }
  return text;
}

/** Returns the certificate in a bag; `undefined` if it is not X.509. */
export function certificateIn(value: BerCursor): Uint8Array | undefined {
  const bag = value.enter(SEQUENCE);
  if (bag.oid() !== X509_CERTIFICATE) return undefined;
  return new Uint8Array(bag.enter(contextTag(0)).octets());
}

export function readShroudedKey(value: BerCursor): EncryptedPart {
  const info = value.enter(SEQUENCE);
  return { kind: 'encrypted', algorithm: info.take(SEQUENCE), within: info.bytes, content: info.octets() };
}

export function firstShrouded(content: Uint8Array): EncryptedPart | undefined {
  for (const { type, value } of bagsIn(content, { left: MAX_ENTRIES })) {
    if (type === SHROUDED_KEY_BAG) return readShroudedKey(value);
  }
  return undefined;
}

/** Copies the SEQUENCE in a bag, because the caller wipes the source. */
export function sequenceIn(value: BerCursor): Uint8Array {
  const { at, next } = value.take(SEQUENCE);
  return new Uint8Array(value.bytes.subarray(at, next));
}

function tooManyEntries(): ContainerError {
  return new ContainerError({ kind: 'too-many-entries', limit: MAX_ENTRIES });
}
