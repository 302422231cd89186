import { Inflate } from 'fflate';
import type { Finding } from '../../shared/finding.ts';
import { strictUtf8 } from '../text/text-encoding.ts';
import { CENTRAL_HEADER, crc32, END_RECORD, LOCAL_HEADER, STORED, ZIP64_LOCATOR, type ZipEntry } from './zip-writer.ts';

/**
 * Reads untrusted ZIP archives: checks every value before use, and bounds memory and time. Source: APPNOTE.TXT, version
 * 6.3.10.
 */

export interface ZipLimits {
  archiveBytes: number;
  entries: number;
  /** Total unpacked size of all files. */
  contentBytes: number;
}

export const ZIP_LIMITS: ZipLimits = {
  archiveBytes: 64 * 1024 * 1024,
  entries: 1_000,
  contentBytes: 128 * 1024 * 1024,
};

export const ZIP_RULES = [
  'zip.not-a-zip',
  'zip.too-large',
  'zip.too-many-entries',
  'zip.content-too-large',
  'zip.not-supported',
  'zip.unsafe-name',
  'zip.duplicate-name',
  'zip.damaged',
] as const;
type ZipRule = (typeof ZIP_RULES)[number];

type DamagedPart = 'end' | 'directory' | 'header' | 'overlap' | 'data' | 'checksum';

type ZipReading = { ok: true; entries: ZipEntry[] } | { ok: false; finding: Finding };

const DEFLATED = 8;
const ENCRYPTED = 0x0001;
const SIZES_BEHIND = 0x0008;
const STRONGLY_ENCRYPTED = 0x0040;
const UTF8_NAMES = 0x0800;
const MASKED = 0x2000;
const ZIP64_FIELD = 0x0001;
const [SIXTEEN_BITS, THIRTY_TWO_BITS] = [0xffff, 0xffffffff];
const LONGEST_NAME = 255;
const MIB = 1024 * 1024;

/**
 * Lists the files of an archive in archive order, without folders. Refuses archives that are encrypted, split, 64-bit
 * or compressed by any method except deflate, and names that could leave the target folder. Never throws.
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): ZipReading {
  try {
    return { ok: true, entries: new Archive(bytes, limits).entries() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, finding: error.finding };
    throw error;
  }
}

class Refusal extends Error {
  readonly finding: Finding;

  constructor(rule: ZipRule, { place = {}, ...rest }: Partial<Finding> = {}) {
    super(rule);
    this.finding = { rule, severity: 'error', place, ...rest };
  }
}

interface Listed {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  /** Offset of the local header. */
  at: number;
}

class Archive {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #limits: ZipLimits;

  constructor(bytes: Uint8Array, limits: ZipLimits) {
    const { archiveBytes } = limits;
    if (bytes.length > archiveBytes) throw new Refusal('zip.too-large', { params: { limitMiB: archiveBytes / MIB } });
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
  }

  entries(): ZipEntry[] {
    const end = this.#findEnd();
    const listed = this.#directory(end);
    const start = this.#u32(end + 16);
    const places = listed.map((entry) => this.#findData(entry, start));
    checkOverlap(places);
    return listed.flatMap((entry, index) => {
      const { from = 0, to = 0 } = places[index] ?? {};
      return entry.name.endsWith('/') ? [] : { name: entry.name, bytes: unpack(entry, this.#bytes.subarray(from, to)) };
    });
  }

  /** Finds the end record: the last one whose comment extends exactly to the end of the archive. */
  #findEnd(): number {
    const last = this.#bytes.length - END_RECORD.length;
    for (let at = last; at >= Math.max(0, last - SIXTEEN_BITS); at -= 1)
      if (this.#u32(at) === END_RECORD.signature && this.#u16(at + 20) === last - at) return at;
    const isArchive = this.#bytes.length > 4 && this.#u32(0) === LOCAL_HEADER.signature;
    throw isArchive ? damageRefusal('end', this.#bytes.length) : new Refusal('zip.not-a-zip');
  }

  #directory(end: number): Listed[] {
    const [disk, directoryDisk, onDisk, count] = [4, 6, 8, 10].map((at) => this.#u16(end + at));
    const [size, start] = [this.#u32(end + 12), this.#u32(end + 16)];
    const hasLocator = end >= 20 && this.#u32(end - 20) === ZIP64_LOCATOR;
    if (hasLocator || count === SIXTEEN_BITS || start === THIRTY_TWO_BITS)
      throw featureRefusal('ZIP64', { offset: end });
    if (disk !== 0 || directoryDisk !== 0 || onDisk !== count) throw featureRefusal('split', { offset: end });
    if (start + size !== end) throw damageRefusal('directory', end);
    if ((count ?? 0) > this.#limits.entries)
      throw new Refusal('zip.too-many-entries', { params: { limit: this.#limits.entries } });
    const listed: Listed[] = [];
    const names = new Set<string>();
    let at = start;
    for (let index = 0; index < (count ?? 0); index += 1) {
      const { entry, next } = this.#readDirectoryEntry(at, end);
      // Windows would write names that differ only in case to the same file.
      const known = entry.name.toLowerCase();
      if (names.has(known)) throw nameRefusal('zip.duplicate-name', entry.name);
      names.add(known);
      listed.push(entry);
      at = next;
    }
    if (at !== end) throw damageRefusal('directory', at);
    const { contentBytes } = this.#limits;
    if (listed.reduce((sum, entry) => sum + entry.size, 0) > contentBytes)
      throw new Refusal('zip.content-too-large', { params: { limitMiB: contentBytes / MIB } });
    return listed;
  }

  #readDirectoryEntry(at: number, end: number): { entry: Listed; next: number } {
    if (at + CENTRAL_HEADER.length > end || this.#u32(at) !== CENTRAL_HEADER.signature)
      throw damageRefusal('directory', at);
    const [nameLength = 0, extraLength = 0, commentLength = 0] = [28, 30, 32].map((field) => this.#u16(at + field));
    const nameEnd = at + CENTRAL_HEADER.length + nameLength;
    const next = nameEnd + extraLength + commentLength;
    if (next > end) throw damageRefusal('directory', at);
    const flags = this.#u16(at + 8);
    const name = getName(this.#bytes.subarray(at + CENTRAL_HEADER.length, nameEnd), flags);
    const entry: Listed = {
      name,
      flags,
      method: this.#u16(at + 10),
      crc: this.#u32(at + 16),
      packedSize: this.#u32(at + 20),
      size: this.#u32(at + 24),
      at: this.#u32(at + 42),
    };
    checkFeatures(entry, this.#u16(at + 34));
    if (this.#hasZip64Field(nameEnd, extraLength)) throw featureRefusal('ZIP64', { entry: name });
    return { entry, next };
  }

  /** Finds the data of a file. The local header must agree with the directory. */
  #findData({ name, flags, method, crc, packedSize, size, at }: Listed, limit: number): Span {
    if (at + LOCAL_HEADER.length > limit || this.#u32(at) !== LOCAL_HEADER.signature)
      throw damageRefusal('header', at, name);
    const [nameLength, extraLength] = [this.#u16(at + 26), this.#u16(at + 28)];
    const nameEnd = at + LOCAL_HEADER.length + nameLength;
    const from = nameEnd + extraLength;
    const to = from + packedSize;
    if (to > limit) throw damageRefusal('header', at, name);
    const hasLargeSize = [18, 22].some((field) => this.#u32(at + field) === THIRTY_TWO_BITS);
    if (hasLargeSize || this.#hasZip64Field(nameEnd, extraLength)) throw featureRefusal('ZIP64', { entry: name });
    const own = this.#bytes.subarray(at + LOCAL_HEADER.length, nameEnd);
    const isSame =
      this.#u16(at + 6) === flags &&
      this.#u16(at + 8) === method &&
      getName(own, flags) === name &&
      // Writers that cannot seek put sizes and checksum after the data.
      ((flags & SIZES_BEHIND) !== 0 ||
        (this.#u32(at + 14) === crc && this.#u32(at + 18) === packedSize && this.#u32(at + 22) === size));
    if (!isSame) throw damageRefusal('header', at, name);
    return { at, from, to };
  }

  /**
   * Whether the extra fields contain 64-bit sizes or offsets. Some writers add them although the usual fields suffice,
   * and readers may then use either. Source: APPNOTE.TXT, section 4.5.3.
   */
  #hasZip64Field(from: number, length: number): boolean {
    for (let at = from; at + 4 <= from + length; at += 4 + this.#u16(at + 2))
      if (this.#u16(at) === ZIP64_FIELD) return true;
    return false;
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, true);
  }
}

interface Span {
  /** Offset of the header. */
  at: number;
  from: number;
  to: number;
}

function damageRefusal(part: DamagedPart, offset: number, name?: string): Refusal {
  return new Refusal('zip.damaged', { place: { entry: name, offset }, params: { part } });
}

function nameRefusal(rule: ZipRule, name: string): Refusal {
  return new Refusal(rule, { params: { name } });
}

function featureRefusal(feature: string, place: Finding['place']): Refusal {
  return new Refusal('zip.not-supported', { place, params: { feature } });
}

function checkFeatures({ name, flags, method, packedSize, size, at }: Listed, disk: number): void {
  const place = { entry: name };
  if ((flags & (ENCRYPTED | STRONGLY_ENCRYPTED | MASKED)) !== 0) throw featureRefusal('encryption', place);
  if (method !== STORED && method !== DEFLATED) throw featureRefusal(`method ${method}`, place);
  if (disk !== 0) throw featureRefusal('split', place);
  if (packedSize === THIRTY_TWO_BITS || size === THIRTY_TWO_BITS || at === THIRTY_TWO_BITS)
    throw featureRefusal('ZIP64', place);
  const isFolder = name.endsWith('/');
  if ((method === STORED && packedSize !== size) || (isFolder && size > 0)) throw damageRefusal('directory', at, name);
}

/** Drive letters, NTFS streams, and characters that no Windows file name may contain. */
const UNSAFE = /[\\:*?"<>|\p{Cc}]/u;
const SAFE_PART = /[^. ]$/u;

/**
 * Returns the name of a file. Throws `zip.unsafe-name` for a name that is not text or could lead outside the target
 * folder.
 */
function getName(bytes: Uint8Array, flags: number): string {
  let name = '';
  try {
    name = strictUtf8(bytes, 'kept');
  } catch {
    throw nameRefusal('zip.unsafe-name', '?');
  }
  // Without the UTF-8 flag the code page is unknown, but ASCII is the same in every code page.
  const isAscii = bytes.every((byte) => byte < 0x80);
  const parts = name.replace(/\/$/u, '').split('/');
  const isSafe =
    (isAscii || (flags & UTF8_NAMES) !== 0) &&
    bytes.length <= LONGEST_NAME &&
    !UNSAFE.test(name) &&
    // Parts must not be empty, consist of dots only, or end in characters that Windows strips.
    parts.every((part) => SAFE_PART.test(part));
  if (!isSafe) {
    const shown = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD').slice(0, LONGEST_NAME);
    throw nameRefusal('zip.unsafe-name', shown);
  }
  return name;
}

/** Refuses entries that share bytes: they would unpack to far more than the archive contains. */
function checkOverlap(spans: readonly Span[]): void {
  let end = 0;
  for (const { at, to } of [...spans].sort((one, other) => one.at - other.at)) {
    if (at < end) throw damageRefusal('overlap', at);
    end = to;
  }
}

function unpack({ name, method, crc, size, at }: Listed, data: Uint8Array): Uint8Array {
  // A copy, so that the result does not keep the whole archive in memory.
  const bytes = method === STORED ? data.slice() : inflateEntry(data, size);
  if (bytes === undefined) throw damageRefusal('data', at, name);
  if (crc32(bytes) !== crc) throw damageRefusal('checksum', at, name);
  return bytes;
}

/** Deflate expands data at most about a thousandfold, so one step never produces more than 16 MiB. */
const STEP_BYTES = 16 * 1024;
/** Bytes after the end of a stream cause empty steps; no compressor causes this many. */
const MOST_IDLE_STEPS = 8;

/** Inflates to exactly `size` bytes; returns `undefined` as soon as the output cannot have that size. */
function inflateEntry(packed: Uint8Array, size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  let [length, idle] = [0, 0];
  const stream = new Inflate((piece) => {
    if (length + piece.length > size) throw new RangeError('too long');
    bytes.set(piece, length);
    length += piece.length;
    idle = piece.length > 0 ? 0 : idle + 1;
  });
  try {
    for (let from = 0; idle < MOST_IDLE_STEPS; from += STEP_BYTES) {
      const isLast = from + STEP_BYTES >= packed.length;
      stream.push(packed.subarray(from, from + STEP_BYTES), isLast);
      if (isLast) return length === size ? bytes : undefined;
    }
  } catch {
    // The library's error messages would not help an admin.
  }
  return undefined;
}
