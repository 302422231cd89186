/**
 * Writes ZIP archives that depend only on names and contents, so the same files always yield the same bytes. Times,
 * operating system and permissions are omitted, and nothing is compressed, since compressors change between versions.
 * Source: APPNOTE.TXT, version 6.3.10.
 */

export interface ZipEntry {
  /** Folders are separated by `/`. */
  name: string;
  bytes: Uint8Array;
}

export const LOCAL_HEADER = { signature: 0x04034b50, length: 30 };
const CENTRAL_HEADER = { signature: 0x02014b50, length: 46 };
const END_RECORD = { signature: 0x06054b50, length: 22 };
export const STORED = 0;

/** Version needed to unpack: 1.0. */
const VERSION = 10;
/** 1 January 1980, the earliest date in the format. The time of day is 0. */
const FIRST_DAY = 0x0021;
const PLAIN_NAME = /^[\x21-\x7e]+$/u;

/** Sorts the files by name. Names must be unique ASCII without spaces. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const sorted = [...entries].sort((one, other) => (one.name < other.name ? -1 : 1));
  const names = new Set(sorted.map(({ name }) => name));
  if (names.size < sorted.length || !sorted.every(({ name }) => PLAIN_NAME.test(name)))
    throw new Error('names are neither plain nor each once');
  const size = sorted.reduce(
    (sum, { name, bytes }) => sum + LOCAL_HEADER.length + CENTRAL_HEADER.length + 2 * name.length + bytes.length,
    END_RECORD.length,
  );
  const out = new Writer(size);
  const listed = sorted.map(({ name, bytes }) => {
    const at = out.length;
    const common = { name, crc: crc32(bytes), size: bytes.length };
    out.u32(LOCAL_HEADER.signature);
    writeCommon(out, common);
    out.text(name);
    out.bytes(bytes);
    return { ...common, at };
  });
  const start = out.length;
  for (const { at, ...common } of listed) {
    out.u32(CENTRAL_HEADER.signature);
    out.u16(VERSION);
    writeCommon(out, common);
    for (const field of [0, 0, 0]) out.u16(field);
    out.u32(0);
    out.u32(at);
    out.text(common.name);
  }
  const length = out.length - start;
  out.u32(END_RECORD.signature);
  for (const field of [0, 0, listed.length, listed.length]) out.u16(field);
  out.u32(length);
  out.u32(start);
  out.u16(0);
  return out.finish();
}

function writeCommon(out: Writer, { name, crc, size }: { name: string; crc: number; size: number }): void {
  for (const field of [VERSION, 0, STORED, 0, FIRST_DAY]) out.u16(field);
  for (const field of [crc, size, size]) out.u32(field);
  out.u16(name.length);
  out.u16(0);
}

class Writer {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  length = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }

  u16(value: number): void {
    this.#view.setUint16(this.length, value, true);
    this.length += 2;
  }

  u32(value: number): void {
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  text(ascii: string): void {
    this.bytes(Uint8Array.from(ascii, (character) => character.charCodeAt(0)));
  }

  bytes(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** Source: APPNOTE.TXT, section 4.4.7. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
