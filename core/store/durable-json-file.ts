import type { Adapter } from 'lowdb';
import { ConsoleError, type ProblemParams } from '../shared/problem.ts';
import { parseObject } from '../formats/text/json-object.ts';
import { encodeHex } from '../formats/der/hex.ts';
import type { Ports, ReadAhead, StoredReading } from '../shared/ports.ts';
import { migrate, SCHEMA_VERSION, type FileKind, type JsonObject, type Migration } from './migrations.ts';

/**
 * Real files are much smaller: 10,000 certificates take about 20 MB, and the notifications for a million certificates
 * about 200 MB.
 */
export const LIMIT_BYTES = 256 * 1024 * 1024;

export interface FileFormat<T> {
  kind: FileKind;
  decode(content: JsonObject): T | undefined;
  encode(data: T): JsonObject;
  /** Whether lists may be so long that the whole text does not fit in memory. */
  isWrittenInParts?: boolean;
  /** Set if the previous content is not worth keeping. */
  keepsNoPrevious?: true;
}

/** A format, or a function that loads it: some schemas are large, and many folders do not have such a file. */
export type FormatSource<T> = FileFormat<T> | (() => Promise<FileFormat<T>>);

/**
 * The outcome of the last `read`. `restored`: a damaged or missing file was replaced by its previous copy. `doubted`:
 * the checksum is wrong, but the content is readable and there is no better copy.
 */
export type ReadOutcome = 'absent' | 'good' | 'restored' | 'doubted' | 'lost';

export interface FileContext {
  ports: Pick<Ports, 'files' | 'clock'>;
  migrations: readonly Migration[];
  /** Whether the file must not be written, moved or set aside. */
  readOnly: boolean;
  /** Used to write and verify checksums; without it, files have none. */
  sha256Hex?: (bytes: Uint8Array) => string;
  /** If absent, nothing is written in parts. */
  sha256OfPieces?: Ports['crypto']['sha256OfPieces'];
}

type Content<T> =
  | { outcome: 'good' | 'doubted'; data: T; bytes: Uint8Array; checksum: string | undefined }
  | { outcome: 'damaged' | 'absent' };

/**
 * A lowdb adapter over the port `files`: durable replacement with one previous copy, schema versions with migrations,
 * and setting aside of damaged files. lowdb's own adapter neither flushes nor keeps the mode 0600.
 */
export class DurableJsonFile<T> implements Adapter<T> {
  readonly path: string;
  /** The new path of the damaged file; `undefined` if none was set aside. */
  setAsideAs: string | undefined;
  outcome: ReadOutcome = 'absent';
  /** The checksum of the content last read or written; `undefined` if there is none or it does not match. */
  checksum: string | undefined;
  readonly #context: FileContext;
  #format: FormatSource<T>;

  constructor(context: FileContext, path: string, format: FormatSource<T>) {
    this.#context = context;
    this.path = path;
    this.#format = format;
  }

  /**
   * Reads the file or, if it is damaged or missing, the previous copy; `null` if neither is usable. First moves a
   * damaged file to `<path>.damaged-<time>`. Throws `store.newer` if a newer program wrote the file;
   * `file.not-readable` or `file.too-large` if the file cannot be read; `store.not-writable` if it cannot be moved.
   * `ahead` is the content if it was just read with `AHEAD`.
   */
  async read(ahead?: ReadAhead): Promise<T | null> {
    const current = await this.#readContent(this.path, ahead);
    if (current.outcome === 'good') return this.#end('good', current.data, current.checksum);
    const previousPath = `${this.path}.previous`;
    const previous = await this.#readContent(previousPath);
    // Another process may have created the file and its previous copy between the two checks.
    const again = await this.#readContent(this.path);
    if (again.outcome === 'good') return this.#end('good', again.data, again.checksum);
    // A file with a changed digit is better than no file, but worse than the state before the last change.
    if (again.outcome === 'doubted' && previous.outcome !== 'good') return this.#end('doubted', again.data);
    if (again.outcome !== 'absent') this.setAsideAs = await this.#setAside(this.path);
    if (previous.outcome === 'good' || previous.outcome === 'doubted') {
      await this.#change(() => this.#context.ports.files.replace(this.path, previous.bytes));
      return this.#end('restored', previous.data);
    }
    if (previous.outcome === 'damaged') {
      const setAsideAs = await this.#setAside(previousPath);
      this.setAsideAs ??= setAsideAs;
    }
    const nothing = again.outcome === 'absent' && previous.outcome === 'absent';
    return this.#end(nothing ? 'absent' : 'lost', null);
  }

  /**
   * Reads synchronously, and sets nothing aside. The format must be loaded. Throws `file.not-readable` if neither file
   * is usable, and the errors of `read`.
   */
  readSync(): T {
    for (const path of [this.path, `${this.path}.previous`]) {
      const content = this.#contentAtOnce(path);
      if (content.outcome !== 'good' && content.outcome !== 'doubted') continue;
      this.checksum = path === this.path && content.outcome === 'good' ? content.checksum : undefined;
      return content.data;
    }
    throw new ConsoleError('file.not-readable', { path: this.path, reason: 'damaged' });
  }

  /**
   * Writes new content; the old content becomes the previous copy. Throws `store.not-writable` or `store.too-large`.
   */
  async write(data: T): Promise<void> {
    const format = await this.#loadFormat();
    const content = format.encode(data);
    const { ports, readOnly, sha256Hex, sha256OfPieces } = this.#context;
    if (readOnly) throw new ConsoleError('store.not-writable', { path: this.path });
    const options = { keepPrevious: format.keepsNoPrevious !== true };
    if (format.isWrittenInParts === true && sha256OfPieces !== undefined) {
      let checksum: string | undefined;
      const parts = listParts(this.path, content, sha256OfPieces(), (hex) => {
        checksum = hex;
      });
      await convertFileFailure(ports.files.replace(this.path, parts, options));
      this.checksum = checksum;
    } else {
      // Written as bytes, since writing the text would encode it again.
      const bytes = ENCODER.encode(JSON.stringify(content));
      const checksum = sha256Hex?.(bytes);
      const end = ENCODER.encode(
        checksum === undefined ? WITHOUT_CHECKSUM : `${CHECKSUM_START}${checksum}${CHECKSUM_END}`,
      );
      const whole = new Uint8Array(bytes.length - 1 + end.length);
      whole.set(bytes.subarray(0, -1));
      whole.set(end, bytes.length - 1);
      if (whole.length > LIMIT_BYTES) throw tooLarge(this.path);
      await convertFileFailure(ports.files.replace(this.path, whole, options));
      this.checksum = checksum;
    }
  }

  async #loadFormat(): Promise<FileFormat<T>> {
    if (typeof this.#format === 'function') this.#format = await this.#format();
    return this.#format;
  }

  #end(outcome: ReadOutcome, data: T | null, checksum?: string): T | null {
    this.outcome = outcome;
    this.checksum = checksum;
    return data;
  }

  async #readContent(path: string, ahead?: ReadAhead): Promise<Content<T>> {
    const bytes =
      ahead?.bytes ?? (await unlessAbsent(this.#context.ports.files.read(path, LIMIT_BYTES, { waits: true })));
    if (bytes === undefined) return { outcome: 'absent' };
    return this.#decode(path, bytes, await this.#loadFormat(), ahead?.sha256Hex);
  }

  #contentAtOnce(path: string): Content<T> {
    if (typeof this.#format === 'function') throw new Error('a format that is not loaded cannot be read at once');
    let bytes: Uint8Array;
    try {
      bytes = this.#context.ports.files.readSync(path, LIMIT_BYTES);
    } catch (error) {
      if (error instanceof ConsoleError && error.code === 'file.not-found') return { outcome: 'absent' };
      throw error;
    }
    return this.#decode(path, bytes, this.#format);
  }

  #decode(path: string, bytes: Uint8Array, format: FileFormat<T>, digest?: string): Content<T> {
    const parsed = parseObject(bytes);
    if (parsed === undefined) return { outcome: 'damaged' };
    const { sha256Hex } = this.#context;
    const { [CHECKSUM]: checksum, ...others } = parsed;
    // Without checksums, a field named `sha256` belongs to the content.
    const content = sha256Hex === undefined ? parsed : others;
    const isDoubted =
      checksum !== undefined &&
      sha256Hex !== undefined &&
      !isAsWritten(bytes, digest === undefined ? sha256Hex : () => digest);
    const migrated = migrate(format.kind, content, this.#context.migrations);
    if (migrated.outcome === 'damaged') return { outcome: 'damaged' };
    if (migrated.outcome === 'newer') {
      throw new ConsoleError('store.newer', { path, schema: migrated.schema, known: SCHEMA_VERSION });
    }
    const data = format.decode(migrated.content);
    if (data === undefined) return { outcome: 'damaged' };
    const isKept = sha256Hex !== undefined && typeof checksum === 'string';
    return { outcome: isDoubted ? 'doubted' : 'good', data, bytes, checksum: isKept ? checksum : undefined };
  }

  async #setAside(path: string): Promise<string | undefined> {
    if (this.#context.readOnly) return undefined;
    const { clock, files } = this.#context.ports;
    const time = clock.now().replace(/[-:]/gu, '');
    let target = `${path}.damaged-${time}`;
    for (let copy = 2; (await unlessAbsent(files.facts(target))) !== undefined; copy += 1) {
      target = `${path}.damaged-${time}-${copy}`;
    }
    // Another process may already have set the file aside.
    return this.#change(() => unlessAbsent(files.move(path, target).then(() => target)));
  }

  async #change<T>(action: () => Promise<T>): Promise<T | undefined> {
    return this.#context.readOnly ? undefined : convertFileFailure(action());
  }
}

/** Converts a failed write of the port `files` into an error of the store. */
export async function convertFileFailure<T>(action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    const params = error.params as ProblemParams<'store.not-writable'>;
    if (error.code === 'file.not-writable') throw new ConsoleError('store.not-writable', params, { cause: error });
    if (error.code === 'file.not-flushed') throw new ConsoleError('store.not-flushed', params, { cause: error });
    throw error;
  }
}

/**
 * Waits for a change. If only flushing failed, returns that error: the change was made, but a power failure may undo
 * it.
 */
export async function catchUnflushed(change: Promise<unknown>): Promise<ConsoleError | undefined> {
  try {
    await change;
  } catch (error) {
    if (error instanceof ConsoleError && error.code === 'store.not-flushed') return error;
    throw error;
  }
  return undefined;
}

export async function unlessAbsent<T>(action: Promise<T>): Promise<T | undefined> {
  try {
    return await action;
  } catch (error) {
    if (error instanceof ConsoleError && error.code === 'file.not-found') return undefined;
    throw error;
  }
}

/** The last field of a file: the SHA-256 of everything before it. Older files lack it. */
const CHECKSUM = 'sha256';
const CHECKSUM_START = `,"${CHECKSUM}":"`;
const CHECKSUM_DIGITS = 64;
const CHECKSUM_END = '"}\n';
const CLOSING = '}';
const WITHOUT_CHECKSUM = `${CLOSING}\n`;
export const AHEAD: Parameters<StoredReading['read']>[1] = {
  limitBytes: LIMIT_BYTES,
  endBytes: CHECKSUM_START.length + CHECKSUM_DIGITS + CHECKSUM_END.length,
  closing: CLOSING,
};
const ENCODER = new TextEncoder();

/** Returns the error for content too large to be read again; the previous content stays. */
function tooLarge(path: string): ConsoleError {
  return new ConsoleError('store.too-large', { path, limitMiB: LIMIT_BYTES / 1024 / 1024 });
}

/** Yields the text in parts, since the whole may not fit in memory, and calls `end` with the checksum. */
async function* listParts(
  path: string,
  content: JsonObject,
  hash: ReturnType<Ports['crypto']['sha256OfPieces']>,
  end: (checksum: string) => void,
): AsyncIterable<string> {
  let written = 0;
  for (const part of openObjectParts(content)) {
    const bytes = ENCODER.encode(part);
    written += bytes.length;
    if (written > LIMIT_BYTES) throw tooLarge(path);
    hash.add(bytes);
    yield part;
  }
  hash.add(CLOSING);
  const checksum = encodeHex(hash.digest());
  end(checksum);
  yield `${CHECKSUM_START}${checksum}${CHECKSUM_END}`;
}

const PART_LENGTH = 256 * 1024;

function* openObjectParts(content: JsonObject): Iterable<string> {
  let part = '{';
  let separator = '';
  for (const [name, value] of Object.entries(content)) {
    if (value === undefined) continue;
    part += `${separator}${JSON.stringify(name)}:`;
    separator = ',';
    if (typeof value !== 'object' || value === null) {
      part += JSON.stringify(value);
      continue;
    }
    const isList = Symbol.iterator in value;
    let between = '';
    part += isList ? '[' : '{';
    for (const entry of isList ? (value as Iterable<unknown>) : Object.keys(value)) {
      const json = isList ? (stringify(entry) ?? 'null') : memberJson(value as JsonObject, entry as string);
      if (json === undefined) continue;
      part += between + json;
      between = ',';
      if (part.length < PART_LENGTH) continue;
      yield part;
      part = '';
    }
    part += isList ? ']' : '}';
  }
  yield part;
}

function memberJson(object: JsonObject, name: string): string | undefined {
  const json = stringify(object[name]);
  return json === undefined ? undefined : `${JSON.stringify(name)}:${json}`;
}

/** Returns `undefined` for values that do not exist in JSON. */
function stringify(value: unknown): string | undefined {
  return JSON.stringify(value);
}

function isAsWritten(bytes: Uint8Array, sha256Hex: NonNullable<FileContext['sha256Hex']>): boolean {
  const start = bytes.length - AHEAD.endBytes;
  if (start < 0) return false;
  // Changes the bytes in place: the files of a large fleet have a hundred megabytes, and copying takes as long as
  // hashing.
  const text = bytes.subarray(0, start + 1);
  const comma = text[start]!;
  text[start] = CLOSING.charCodeAt(0);
  const expected = `${CHECKSUM_START}${sha256Hex(text)}${CHECKSUM_END}`;
  text[start] = comma;
  return new TextDecoder().decode(bytes.subarray(start)) === expected;
}
