import type { Instant } from '../domain/instant.ts';
import { strictUtf8 } from '../formats/text-encoding.ts';
import { hexOf } from '../formats/hex.ts';
import type { Ports } from '../ports.ts';
import { auditFaults, entriesIn, lineOf, NO_LINE } from './audit-lines.ts';
import type { AuditFault, AuditEntry, AuditHead } from './audit-lines.ts';
import { Queue, StoredDocument } from './document.ts';
import { DurableJsonFile, asStoreFailure, unlessAbsent } from './durable-json-file.ts';
import type { FileContext, Format } from './durable-json-file.ts';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations.ts';
import { auditHeadFile } from './telling-schemas.ts';

/** Longer than anybody's trail: about a million entries. */
const LIMIT_BYTES = 512 * 1024 * 1024;
const AUDIT_FILE = 'audit.jsonl';
const HEAD_FILE = 'audit-head.json';

/** What somebody did. `action` is a word such as `credential.snoozed`; `params` are for people and programs alike. */
export interface AuditRecord {
  by: string;
  action: string;
  /** What it was done to: the id of a credential, a cluster, a channel. */
  subject: string;
  params?: Readonly<Record<string, string | number | boolean>>;
}

type AuditPorts = Pick<Ports, 'files' | 'clock' | 'crypto'>;

const HEAD_FORMAT: Format<AuditHead> = {
  kind: 'audit-head',
  decode: (content) => auditHeadFile.safeParse(content).data,
  encode: (head) => ({ schema: SCHEMA_VERSION, ...head }),
};

/**
 * Who did what when, a line each, appended and never changed. Every line holds the SHA-256 of the line before it, and a
 * file beside it how many lines there are and the SHA-256 of the last one, so that a changed, removed, added or moved line
 * is found. Who may write both files can make them anew: against that only the hash of the last line helps, kept elsewhere.
 */
export class AuditTrail {
  readonly path: string;
  readonly #ports: AuditPorts;
  readonly #head: StoredDocument<AuditHead>;
  readonly #queue = new Queue();

  private constructor(ports: AuditPorts, path: string, head: StoredDocument<AuditHead>) {
    this.#ports = ports;
    this.path = path;
    this.#head = head;
  }

  /** `store.newer`, `file.not-readable`, `store.not-writable`. */
  static async open(
    ports: AuditPorts,
    folder: string,
    { readOnly = false }: { readOnly?: boolean } = {},
  ): Promise<AuditTrail> {
    const { files } = ports;
    const context: FileContext = { ports, migrations: MIGRATIONS, readOnly };
    const file = new DurableJsonFile(context, files.join(folder, HEAD_FILE), HEAD_FORMAT);
    const head = new StoredDocument(file, NO_LINE);
    await head.load();
    const trail = new AuditTrail(ports, files.join(folder, AUDIT_FILE), head);
    if (!readOnly) await trail.#mendEnd();
    return trail;
  }

  /** Adds a line; done when it is on disk. Calls take effect in their order. `store.not-writable`. */
  append(record: AuditRecord): Promise<AuditEntry> {
    const at = this.#ports.clock.now();
    return this.#queue.run(() => this.#append(record, at));
  }

  /** Oldest first; lines that cannot be read are left out and told by `verify`. `file.not-readable`. */
  async list(): Promise<AuditEntry[]> {
    return entriesIn(await this.#text());
  }

  /** Everything that does not fit, with the number of its line; empty when nothing was changed. */
  async verify(): Promise<{ lines: number; head: string; faults: AuditFault[] }> {
    await this.#queue.idle();
    const text = await this.#text();
    return auditFaults(text, this.#head.value, (line) => this.#hashOf(line));
  }

  /** SHA-256 of every line, in order. `file.not-readable`. */
  async hashes(): Promise<string[]> {
    const text = await this.#text();
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => this.#hashOf(line));
  }

  /** Waits for every line under way. */
  async close(): Promise<void> {
    await this.#queue.idle();
  }

  async #append(
    { by, action, subject, params = {} }: AuditRecord,
    at: Instant,
  ): Promise<AuditEntry> {
    const { lines, hash } = this.#head.value;
    const entry: AuditEntry = { line: lines + 1, at, by, action, subject, params, previous: hash };
    const text = lineOf(entry);
    await asStoreFailure(this.#ports.files.append(this.path, `${text}\n`));
    await this.#head.replace({ lines: entry.line, hash: this.#hashOf(text) });
    return entry;
  }

  async #text(): Promise<string> {
    const bytes = await unlessAbsent(this.#ports.files.read(this.path, LIMIT_BYTES));
    return bytes === undefined ? '' : strictUtf8(bytes);
  }

  #hashOf(line: string): string {
    return hexOf(this.#ports.crypto.sha256(new TextEncoder().encode(line)));
  }

  /**
   * A process that was killed may have left half a line, or a line of which the head does not know. Half a line was never
   * told as done: it is set aside. A whole one counts.
   */
  async #mendEnd(): Promise<void> {
    const text = await this.#text();
    const end = text.lastIndexOf('\n') + 1;
    const { lines, hash } = this.#head.value;
    if (end < text.length) {
      const time = this.#ports.clock.now().replace(/[-:]/gu, '');
      const { files } = this.#ports;
      await asStoreFailure(files.replace(`${this.path}.torn-${time}`, text.slice(end)));
      await asStoreFailure(files.replace(this.path, text.slice(0, end)));
    }
    const whole = text.slice(0, end).split('\n').slice(0, -1);
    const [last] = entriesIn(`${whole[lines] ?? ''}\n`);
    if (whole.length !== lines + 1 || last?.previous !== hash || last.line !== lines + 1) return;
    await this.#head.replace({ lines: lines + 1, hash: this.#hashOf(whole[lines] ?? '') });
  }
}
