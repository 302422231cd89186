import type { AuditListRequest, AuditPage } from '../contract.ts';
import type { AuditAction } from '../../shared/contract/audit-action.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { endOfLastLine, LINE_END, linesOfFile, type FileLine } from './audit-file.ts';
import {
  AuditCheck,
  auditHeadFile,
  auditText,
  serializeEntry,
  NO_LINE,
  type AuditEntry,
  type AuditFault,
  type AuditHead,
  type AuditText,
  type CheckedTrail,
} from './audit-lines.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import {
  DurableJsonFile,
  convertFileFailure,
  unlessAbsent,
  type FileContext,
  type FileFormat,
} from '../../store/durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../store/migrations.ts';

const AUDIT_FILE = 'audit.jsonl';
const HEAD_FILE = 'audit-head.json';
/** Lock held while a line is written, because the window and commands append to the same trail. */
const LOCK_FOLDER = 'audit-lock';
/** Number of lines per remembered offset. */
const LINES_BETWEEN_PLACES = 256;
/** A search stops after this many lines and returns its matches so far. */
const MOST_LINES_SEARCHED = 20_000;

export interface AuditRecord {
  by: string;
  action: AuditAction;
  /** For example the id of a credential, cluster or channel. */
  subject: string;
  params?: AuditEntry['params'];
}

export interface AuditPageRequest extends Pick<AuditListRequest, 'before' | 'limit'> {
  accepts?: (entry: AuditEntry) => boolean;
}

export interface PlacedLine extends AuditText {
  line: number;
  hash: string;
}

export interface AuditLines extends Omit<AuditPage, 'lines'> {
  /** Newest first. */
  lines: PlacedLine[];
}

export interface CheckedLine extends PlacedLine {
  /** Without the line ending. */
  bytes: Uint8Array;
  faults: AuditFault[];
}

type ClaimTrail = (folder: string) => Promise<{ check: () => void; release(): Promise<void> }>;

interface TrailOptions {
  readOnly?: boolean;
  claim?: ClaimTrail;
  /** Set if `append` writes several lines at once. */
  inBatches?: boolean;
}

type AuditPorts = Pick<Ports, 'files' | 'clock' | 'crypto'>;

const HEAD_FORMAT: FileFormat<AuditHead> = {
  kind: 'audit-head',
  decode: (content) => auditHeadFile.safeParse(content).data,
  encode: (head) => ({ schema: SCHEMA_VERSION, ...head }),
};

/**
 * Records who did what, and when. Lines are only appended. Every line contains the SHA-256 of the previous one, and a
 * separate file contains the number of lines and the SHA-256 of the last one, so that any change is detected. If
 * somebody who can write both files forges a whole trail, only a copy of the last hash, kept elsewhere, reveals it.
 */
export class AuditTrail {
  readonly path: string;
  readonly #ports: AuditPorts;
  readonly #head: StoredDocument<AuditHead>;
  readonly #queue = new Queue();
  /** The number of lines that a killed process may have left beyond the head. */
  readonly #mostBeyond: number;
  readonly #claim: (() => ReturnType<ClaimTrail>) | undefined;
  #listener: ((entry: AuditEntry) => void) | undefined;
  /** Offsets of lines 1, 257, 513, …, as far as the file has been read. */
  #places: number[] = [];
  #placed = { lines: 0, bytes: 0 };

  private constructor(
    ports: AuditPorts,
    folder: string,
    head: StoredDocument<AuditHead>,
    { claim, inBatches = false }: Pick<TrailOptions, 'claim' | 'inBatches'>,
  ) {
    this.#ports = ports;
    this.#mostBeyond = inBatches ? Infinity : 1;
    this.path = ports.files.join(folder, AUDIT_FILE);
    this.#head = head;
    this.#claim = claim && (() => claim(ports.files.join(folder, LOCK_FOLDER)));
  }

  get head(): AuditHead {
    return this.#head.value;
  }

  /**
   * Opens a trail. Without `claim`, no other process may append. Throws `store.newer`, `store.not-writable`, `file.*`.
   */
  static async open(
    ports: AuditPorts,
    folder: string,
    { readOnly = false, ...options }: TrailOptions = {},
  ): Promise<AuditTrail> {
    const { files } = ports;
    const context: FileContext = { ports, migrations: MIGRATIONS, readOnly };
    const file = new DurableJsonFile(context, files.join(folder, HEAD_FILE), HEAD_FORMAT);
    const head = new StoredDocument(file, NO_LINE);
    await head.load();
    return new AuditTrail(ports, folder, head, options);
  }

  /**
   * Appends a line, or many with one write; resolves to the last entry once all are on disk, or rejects with `store.*` or
   * `file.not-writable`. Calls take effect in order.
   */
  append(record: AuditRecord): Promise<AuditEntry>;
  append(...records: readonly AuditRecord[]): Promise<AuditEntry | undefined>;
  append(...records: readonly AuditRecord[]): Promise<AuditEntry | undefined> {
    const at = this.#ports.clock.now();
    return this.#queue.run(async () => {
      const claim = await this.#claim?.();
      try {
        return await this.#append(records, at, claim?.check);
      } finally {
        await claim?.release();
      }
    });
  }

  listen(listener: (entry: AuditEntry) => void): void {
    this.#listener = listener;
  }

  /** Returns the entries, oldest first. Omits unreadable lines, which `verify` reports. Throws `file.not-readable`. */
  async list(): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for await (const { entry } of this.check()) if (entry !== undefined) entries.push(entry);
    return entries;
  }

  /** Returns up to `limit` matching lines before the line `before`, newest first. Throws `file.not-readable`. */
  async page({ before, limit, accepts }: AuditPageRequest): Promise<AuditLines> {
    const { size } = await this.#snapshot();
    await this.#findPlaces(size);
    const total = this.#placed.lines;
    const lines: PlacedLine[] = [];
    const last = Math.min(total, (before ?? Infinity) - 1);
    let next = last + 1;
    while (next > 1 && lines.length < limit && last - next < MOST_LINES_SEARCHED) {
      const found = await this.#linesUpTo(next - 1, size);
      // Another program has truncated the file in the meantime.
      if (found.length === 0) break;
      for (const line of found.reverse()) {
        if (lines.length === limit) break;
        next = line.line;
        if (accepts === undefined || (line.entry !== undefined && accepts(line.entry))) lines.push(line);
      }
    }
    const since = total === 0 ? undefined : (await this.#linesUpTo(1, size))[0]?.entry?.at;
    return { total, since, lines, ...(next > 1 && { next }) };
  }

  async verify(): Promise<CheckedTrail> {
    const lines = this.check();
    for (;;) {
      const { done, value } = await lines.next();
      if (done) return value;
    }
  }

  /** Yields every line, oldest first, with its faults; returns the verdict on the whole trail. */
  async *check(): AsyncGenerator<CheckedLine, CheckedTrail> {
    const { size, head } = await this.#snapshot();
    const check = new AuditCheck(head);
    let line = 0;
    for await (const lines of linesOfFile(this.#ports.files, this.path, { from: 0, to: size })) {
      for (const { bytes } of lines) {
        const read = auditText(bytes);
        const hash = this.#ports.crypto.sha256Hex(bytes);
        line += 1;
        yield { ...read, line, hash, bytes, faults: check.take(read, hash) };
      }
    }
    return check.verdict();
  }

  /** Returns whether a line has this SHA-256 (in lower case). Throws `file.not-readable`. */
  async has(hash: string): Promise<boolean> {
    for await (const line of this.check()) if (line.hash === hash) return true;
    return false;
  }

  async close(): Promise<void> {
    await this.#queue.idle();
  }

  async #append(records: readonly AuditRecord[], at: Instant, check?: () => void): Promise<AuditEntry | undefined> {
    // Another process may have written lines since, or died while writing a line.
    await this.#head.load();
    await this.#mendEnd();
    let { lines, hash } = this.#head.value;
    let text = '';
    const entries: AuditEntry[] = [];
    for (const { by, action, subject, params = {} } of records) {
      lines += 1;
      const entry: AuditEntry = { line: lines, at, by, action, subject, params, previous: hash };
      const line = serializeEntry(entry);
      hash = this.#ports.crypto.sha256Hex(new TextEncoder().encode(line));
      text += `${line}\n`;
      entries.push(entry);
    }
    check?.();
    await convertFileFailure(this.#ports.files.append(this.path, text));
    try {
      await this.#head.replace({ lines, hash });
    } catch (error) {
      // The lines are valid even if the head file could not be updated; the next append updates it.
      const isUnsaved =
        error instanceof ConsoleError && (error.code === 'store.not-writable' || error.code === 'store.not-flushed');
      if (!isUnsaved) throw error;
    }
    for (const entry of entries) this.#listener?.(entry);
    return entries.at(-1);
  }

  #snapshot(): Promise<{ size: number; head: AuditHead }> {
    return this.#queue.run(async () => {
      for (;;) {
        await this.#head.load();
        const { value: head } = this.#head;
        const size = (await unlessAbsent(this.#ports.files.facts(this.path)))?.size ?? 0;
        await this.#head.load();
        if (this.#head.value.hash === head.hash) return { size, head };
      }
    });
  }

  async #findPlaces(size: number): Promise<void> {
    const { files } = this.#ports;
    const { bytes } = this.#placed;
    const before = { from: Math.max(0, bytes - 1), to: bytes };
    const isOther = bytes > size || (bytes > 0 && (await files.readPart(this.path, before))[0] !== LINE_END);
    if (isOther) {
      this.#places = [];
      this.#placed = { lines: 0, bytes: 0 };
    }
    let { lines } = this.#placed;
    const part = { from: this.#placed.bytes, to: size };
    for await (const found of linesOfFile(files, this.path, part)) {
      for (const { start } of found) {
        if (lines % LINES_BETWEEN_PLACES === 0) this.#places.push(start);
        lines += 1;
      }
    }
    this.#placed = { lines, bytes: size };
  }

  async #linesUpTo(last: number, size: number): Promise<PlacedLine[]> {
    const place = Math.floor((last - 1) / LINES_BETWEEN_PLACES);
    const part = { from: this.#places[place] ?? 0, to: this.#places[place + 1] ?? size };
    const read: FileLine[] = [];
    for await (const lines of linesOfFile(this.#ports.files, this.path, part)) read.push(...lines);
    const first = place * LINES_BETWEEN_PLACES + 1;
    return read
      .slice(0, last - first + 1)
      .map(({ bytes }, at) => ({ ...auditText(bytes), line: first + at, hash: this.#ports.crypto.sha256Hex(bytes) }));
  }

  /**
   * Repairs the end of the file after a process was killed: moves a partial line, never reported as written, to another
   * file, and updates the head if complete lines are beyond it.
   */
  async #mendEnd(): Promise<void> {
    const { files, clock, crypto } = this.#ports;
    const size = (await unlessAbsent(files.facts(this.path)))?.size ?? 0;
    const end = await endOfLastLine(files, this.path, size);
    if (end < size) {
      const time = clock.now().replace(/[-:]/gu, '');
      const half = await files.readPart(this.path, { from: end, to: size });
      await convertFileFailure(files.replace(`${this.path}.torn-${time}`, half));
      await convertFileFailure(files.shorten(this.path, end));
    }
    // Follow the complete lines that continue the chain beyond the present head.
    const { value: head } = this.#head;
    const beyond: Uint8Array[] = [];
    for (let to = end; to > 0 && beyond.length <= this.#mostBeyond;) {
      const begin = await endOfLastLine(files, this.path, to - 1);
      const bytes = await files.readPart(this.path, { from: begin, to: to - 1 });
      const line = auditText(bytes).entry?.line ?? 0;
      if (line <= head.lines) break;
      beyond.unshift(bytes);
      to = begin;
    }
    let { lines, hash } = head;
    // More lines than this program leaves behind are somebody else's, and stay a fault.
    if (beyond.length > this.#mostBeyond) return;
    for (const bytes of beyond) {
      const { entry } = auditText(bytes);
      if (entry?.line !== lines + 1 || entry.previous !== hash) return;
      lines += 1;
      hash = crypto.sha256Hex(bytes);
    }
    if (lines > head.lines) await this.#head.replace({ lines, hash });
  }
}
