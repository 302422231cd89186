import { joinBytes } from '../../shared/lists.ts';
import { damageError } from '../pkcs/container-problem.ts';
import {
  DerReader,
  headerAt,
  INTEGER,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readOid,
  readSmallInteger,
  type ElementRange,
} from './der.ts';

/**
 * Reads BER, which containers may use instead of DER: NSS, Bouncy Castle and older Windows tools write indefinite
 * lengths and segmented strings. Throws `ContainerError` with the offset of the fault. Source: X.690 section 8.
 */

/** `start` and `end` are those of the content, without the end-of-contents octets. */
export interface BerElement extends ElementRange {
  at: number;
  next: number;
}

const CONSTRUCTED = 0x20;
const INDEFINITE = 0x80;
/** Far more than PKCS #12 inside segmented PKCS #7 can need. */
const MAX_DEPTH = 32;

export function berElement(bytes: Uint8Array, at: number, limit: number, depth = 0): BerElement {
  const header = headerAt(bytes, at);
  if (header === undefined || at + 2 > limit || (header.tag & 0x1f) === 0x1f) throw damageError(at);
  if (bytes[at + 1] === INDEFINITE) return indefinite(bytes, at, limit, depth);
  if (header.start > limit || header.end > limit) throw damageError(at);
  return { ...header, at, next: header.end };
}

function indefinite(bytes: Uint8Array, at: number, limit: number, depth: number): BerElement {
  const tag = bytes[at] ?? 0;
  if ((tag & CONSTRUCTED) === 0 || depth >= MAX_DEPTH) throw damageError(at);
  const start = at + 2;
  let end = start;
  for (;;) {
    if (end + 2 > limit) throw damageError(end);
    if (bytes[end] === 0 && bytes[end + 1] === 0) return { tag, at, start, end, next: end + 2 };
    end = berElement(bytes, end, limit, depth + 1).next;
  }
}

export class BerCursor {
  readonly bytes: Uint8Array;
  readonly #limit: number;
  #at: number;

  constructor(bytes: Uint8Array, within = { start: 0, end: bytes.length }) {
    this.bytes = bytes;
    this.#at = within.start;
    this.#limit = within.end;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#limit;
  }

  get nextTag(): number | undefined {
    return this.isAtEnd ? undefined : this.bytes[this.#at];
  }

  take(tag?: number): BerElement {
    const element = berElement(this.bytes, this.#at, this.#limit);
    if (tag !== undefined && element.tag !== tag) throw damageError(element.at);
    this.#at = element.next;
    return element;
  }

  takeIf(tag: number): BerElement | undefined {
    return this.nextTag === tag ? this.take() : undefined;
  }

  enter(tag: number): BerCursor {
    return new BerCursor(this.bytes, this.take(tag));
  }

  oid(): string {
    const { at, start, end } = this.take(OBJECT_IDENTIFIER);
    const dotted = readOid(new DerReader(this.bytes), start, end);
    if (dotted === undefined) throw damageError(at);
    return dotted;
  }

  /** Takes an integer from 0 to 2^31 - 1; `undefined` for other numbers. */
  smallInteger(): number | undefined {
    const { start, end } = this.take(INTEGER);
    return readSmallInteger(new DerReader(this.bytes), start, end);
  }

  octets(): Uint8Array {
    return berOctets(this.bytes, this.take());
  }
}

/** Returns the octets of an OCTET STRING, also under an implicit tag: a view of `bytes`, or the joined pieces. */
export function berOctets(bytes: Uint8Array, element: BerElement): Uint8Array {
  const isString = (element.tag & ~CONSTRUCTED) === OCTET_STRING || element.tag >= 0x80;
  if (!isString) throw damageError(element.at);
  if ((element.tag & CONSTRUCTED) === 0) return bytes.subarray(element.start, element.end);
  const pieces: Uint8Array[] = [];
  addPieces(bytes, element, pieces);
  return joinBytes(pieces);
}

function addPieces(bytes: Uint8Array, element: BerElement, pieces: Uint8Array[], depth = 0): void {
  if (depth >= MAX_DEPTH) throw damageError(element.at);
  const inside = new BerCursor(bytes, element);
  while (!inside.isAtEnd) {
    const piece = inside.take();
    if (piece.tag === OCTET_STRING) pieces.push(bytes.subarray(piece.start, piece.end));
    else if (piece.tag === (OCTET_STRING | CONSTRUCTED)) addPieces(bytes, piece, pieces, depth + 1);
    else throw damageError(piece.at);
  }
}
