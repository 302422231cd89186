import { posix } from 'node:path';
import { instant, type Instant } from '../../core/shared/instant.ts';
import { ConsoleError } from '../../core/shared/problem.ts';
import { nodeCrypto } from '../../core/node/crypto.ts';
import { nodeTls } from '../../core/node/network/tls.ts';
import { nodeKeys } from '../../core/node/keys.ts';
import { noVault } from '../../core/node/vault.ts';
import { endOfScript } from './script-end.ts';
import type {
  Clock,
  Crypto,
  FileContent,
  FileFacts,
  Files,
  FolderEntry,
  Ids,
  Keys,
  Log,
  Mail,
  MailMessage,
  MailServer,
  Processes,
  ProgramResult,
  ProgramRun,
  ProgramStream,
  Scheduler,
  Vault,
  Tls,
  Web,
  WebPost,
} from '../../core/shared/ports.ts';

export const TEST_NOW = instant('2026-11-24T12:00:00Z');
const FILE_DATE = instant('2026-11-01T08:00:00Z');

export class SetClock implements Clock {
  moment: Instant;

  constructor(moment: Instant = TEST_NOW) {
    this.moment = moment;
  }

  now(): Instant {
    return this.moment;
  }
}

/** A scheduler whose clock advances with each reading, by default by a millisecond, so that long work yields often. */
export class CountedScheduler implements Scheduler {
  readonly #stepMs: number;
  #monotonicMs = 0;
  yields = 0;
  /** Called instead of waiting. */
  onWait: (ms: number) => void | Promise<void> = () => undefined;

  constructor(stepMs = 1) {
    this.#stepMs = stepMs;
  }

  monotonicMs(): number {
    this.#monotonicMs += this.#stepMs;
    return this.#monotonicMs;
  }

  yield(): Promise<void> {
    this.yields += 1;
    return Promise.resolve();
  }

  async wait(ms: number): Promise<void> {
    this.#monotonicMs += ms;
    await this.onWait(ms);
  }
}

/** Files in memory, by absolute POSIX path. A folder exists if it contains files. */
export class MemoryFiles implements Files {
  readonly #files = new Map<string, { content: Uint8Array; modified: Instant; version: string }>();
  #puts = 0;
  readonly #unreadable = new Set<string>();
  readonly #links = new Map<string, string>();
  reads = 0;
  writes = 0;
  isFull = false;

  put(path: string, content: string | Uint8Array, modified: Instant = FILE_DATE): this {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#files.set(path, { content: bytes, modified, version: String((this.#puts += 1)) });
    return this;
  }

  /** Makes a file unreadable: it is listed but cannot be opened. */
  lock(path: string): this {
    this.#unreadable.add(path);
    return this;
  }

  link(path: string, target: string): this {
    this.#links.set(path, target);
    return this;
  }

  drop(path: string): void {
    this.#files.delete(path);
  }

  paths(): string[] {
    return [...this.#files.keys()];
  }

  #real(path: string): string {
    for (let hops = 0; hops < 40; hops += 1) {
      const link = [...this.#links].find(([from]) => path === from || path.startsWith(`${from}/`));
      if (link === undefined) return path;
      path = link[1] + path.slice(link[0].length);
    }
    throw new ConsoleError('file.not-readable', { path });
  }

  async facts(path: string): Promise<FileFacts> {
    const real = this.#real(path);
    const file = this.#files.get(real);
    if (file !== undefined) {
      return { path, kind: 'file', size: file.content.length, modified: file.modified };
    }
    if (!this.#isFolder(real)) throw new ConsoleError('file.not-found', { path });
    return { path, kind: 'folder', size: 0, modified: FILE_DATE };
  }

  #isFolder(path: string): boolean {
    const prefix = path === '/' ? '/' : `${path}/`;
    return [...this.#files.keys(), ...this.#links.keys()].some((name) => name.startsWith(prefix));
  }

  async read(path: string, limitBytes: number): Promise<Uint8Array> {
    return this.readSync(path, limitBytes);
  }

  readSync(path: string, limitBytes: number): Uint8Array {
    const real = this.#real(path);
    const file = this.#files.get(real);
    if (file === undefined) throw new ConsoleError('file.not-found', { path });
    if (this.#unreadable.has(real)) throw new ConsoleError('file.not-readable', { path });
    if (file.content.length > limitBytes) throw new ConsoleError('file.too-large', { path });
    this.reads += 1;
    return file.content;
  }

  async versions(paths: readonly string[]): Promise<(string | undefined)[]> {
    return paths.map((path) => this.#files.get(this.#real(path))?.version);
  }

  async readPart(path: string, { from, to }: { from: number; to: number }): Promise<Uint8Array> {
    return (await this.read(path, Number.MAX_SAFE_INTEGER)).subarray(from, to);
  }

  readPartSync(path: string, { from, to }: { from: number; to: number }): Uint8Array {
    return this.readSync(path, Number.MAX_SAFE_INTEGER).subarray(from, to);
  }

  async list(folder: string): Promise<string[]> {
    const real = this.#real(folder);
    const prefix = real === '/' ? '/' : `${real}/`;
    const names = [...this.#files.keys(), ...this.#links.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length).split('/')[0] ?? '');
    return [...new Set(names)].sort();
  }

  async entries(folder: string): Promise<FolderEntry[]> {
    return (await this.list(folder)).map((name) => {
      const path = posix.join(this.#real(folder), name);
      if (this.#links.has(path)) return { name };
      return { name, kind: this.#files.has(path) ? 'file' : 'folder' };
    });
  }

  async replace(path: string, content: FileContent): Promise<void> {
    if (this.isFull) throw new ConsoleError('file.not-writable', { path });
    this.writes += 1;
    if (typeof content === 'string' || content instanceof Uint8Array) {
      this.put(path, content);
      return;
    }
    let text = '';
    for await (const piece of content) text += piece;
    this.put(path, text);
  }

  async shorten(path: string, bytes: number): Promise<void> {
    const file = this.#files.get(path);
    if (file === undefined) throw new ConsoleError('file.not-writable', { path });
    this.put(path, file.content.subarray(0, bytes));
  }

  async append(path: string, text: string): Promise<void> {
    const before = this.#files.get(path)?.content ?? new Uint8Array();
    this.put(path, Buffer.concat([before, Buffer.from(text, 'utf8')]));
  }

  async move(from: string, to: string): Promise<void> {
    const file = this.#files.get(from);
    if (file === undefined) throw new ConsoleError('file.not-found', { path: from });
    this.#files.delete(from);
    this.#files.set(to, file);
  }

  async remove(path: string): Promise<void> {
    this.#files.delete(path);
  }

  async removeFolder(path: string): Promise<void> {
    for (const name of this.paths()) if (name === path || name.startsWith(`${path}/`)) this.#files.delete(name);
  }

  async createFolder(): Promise<void> {}

  /** Returns the same files: no other process uses them, so they need no fence. */
  createFenced(): this {
    return this;
  }

  join(...parts: string[]): string {
    return posix.join(...parts);
  }

  fileName(path: string): string {
    return posix.basename(path);
  }

  parentFolder(path: string): string {
    return posix.dirname(path);
  }

  absolute(path: string): string {
    return posix.resolve('/', path);
  }
}

class CountingIds implements Ids {
  #next = 0;

  next(): string {
    this.#next += 1;
    return this.#next.toString(16).padStart(16, '0');
  }
}

export class RecordingLog implements Log {
  readonly entries: { level: string; message: string; facts?: Record<string, string | number> }[] = [];

  write(level: 'info' | 'warning' | 'error', message: string, facts?: Record<string, string | number>): void {
    this.entries.push({ level, message, ...(facts && { facts }) });
  }
}

/** Replaces other computers and programs. Accepts everything until a test sets a failure. */
export class RecordingOutside {
  readonly posts: WebPost[] = [];
  readonly mails: { server: MailServer; message: MailMessage }[] = [];
  readonly runs: ProgramRun[] = [];
  readonly streams: ProgramStream[] = [];
  status = 204;
  variables: Record<string, string> = {};
  /** Names of programs that are not installed. */
  missing: string[] = [];
  failure: Error | undefined;
  /** Makes requests to the web fail, but nothing else. */
  webFailure: Error | undefined;
  /** Called after a post has arrived and before it is answered. */
  afterPost: (() => void) | undefined;
  result: ProgramResult = { exitCode: 0, out: '', error: '' };

  readonly web: Web = {
    post: async (post) => {
      const failure = this.webFailure ?? this.failure;
      if (failure !== undefined) throw failure;
      this.posts.push(post);
      this.afterPost?.();
      return { status: this.status };
    },
  };
  readonly mail: Mail = {
    send: async (server, message) => {
      if (this.failure !== undefined) throw this.failure;
      this.mails.push({ server, message });
      return [];
    },
  };
  readonly processes: Processes;

  constructor(platform = 'linux') {
    this.processes = {
      platform,
      environment: (name) => this.variables[name],
      locate: (program) => (this.missing.includes(program) ? undefined : program),
      run: async (run) => {
        if (this.failure !== undefined) throw this.failure;
        this.runs.push(run);
        return this.result;
      },
      stream: async (run) => {
        if (this.failure !== undefined) throw this.failure;
        this.streams.push(run);
        const { out, error, exitCode } = this.result;
        run.onOutput(new TextEncoder().encode(out), 'out');
        run.onOutput(new TextEncoder().encode(error), 'error');
        run.onOutput(new TextEncoder().encode(endOfScript(run.input)), 'out');
        return { exitCode, ended: 'itself', tookMs: 0 };
      },
      isAlive: () => false,
      launchSelf: () => Promise.resolve({ pid: 1, started: 'now' }),
      end: () => Promise.resolve(),
    };
  }
}

export interface TestPorts {
  files: MemoryFiles;
  clock: SetClock;
  scheduler: CountedScheduler;
  crypto: Crypto;
  keys: Keys;
  vault: Vault;
  ids: CountingIds;
  log: RecordingLog;
  processes: Processes;
  mail: Mail;
  web: Web;
  tls: Tls;
}

/** Returns ports in memory, but with real cryptography. */
export function testPorts(files = new MemoryFiles(), { processes, mail, web } = new RecordingOutside()): TestPorts {
  return {
    files,
    clock: new SetClock(),
    scheduler: new CountedScheduler(),
    crypto: nodeCrypto(),
    keys: nodeKeys(),
    vault: noVault(),
    ids: new CountingIds(),
    log: new RecordingLog(),
    processes,
    mail,
    web,
    tls: nodeTls(),
  };
}
