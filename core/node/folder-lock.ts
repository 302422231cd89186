import { randomBytes } from 'node:crypto';
import { readdirSync, rmdirSync, unlinkSync, utimesSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FolderClaim } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';
import { Heartbeat } from './heartbeat.ts';
import { FOLDER_MODE, makeFolder } from './make-folder.ts';
import { FILE_MODE } from './durable-replace.ts';
import { pidSpace, processExists } from './process-identity.ts';
import { systemCode, writeFailure } from './system-error.ts';

export const LOCK_NAME = 'arcwarden.lock';

/** A lock not renewed for this long belongs to a process that was killed or no longer responds. */
const STALE_MS = 5_000;
const RENEW_MS = 1_500;
/** A longer gap between two checks of a lock means that this computer was asleep, so only this much is counted. */
const LONGEST_LOOK_MS = RENEW_MS;
/** Exceeds any difference between the clocks of computers that share a folder. */
const LONG_GONE_MS = 600_000;
const DEFAULT_WAIT_MS = 8_000;
const RETRY_MS = 100;
const OWNER_BYTES = 8;

interface LockOptions {
  /** Called once if the lock was lost because this process did not respond for too long. */
  onLost?: () => void;
  /** Maximum wait for another process to end or to be detected as dead. The default of 8 s suffices for the latter. */
  waitMs?: number;
}

const HEARTBEAT = new Heartbeat(RENEW_MS);

const HELD = new Set<string>();

/**
 * Makes this process the only writer of the data folder, which is created if absent. The lock is a file with a unique
 * name in the folder `arcwarden.lock`, which the owner renews. Another process takes over the lock if the owner ran on
 * this computer and no longer exists, or if the file has not changed for `STALE_MS`; clocks of different computers are
 * never compared. `check` reports a lost lock. Throws `store.locked` if another process keeps the lock, and
 * `file.not-writable`.
 */
export async function lockFolder(
  path: string,
  { onLost, waitMs = DEFAULT_WAIT_MS }: LockOptions = {},
): Promise<FolderClaim> {
  const until = performance.now() + waitMs;
  const watched: WatchedOwners = new Map();
  try {
    await makeFolder(path);
    for (;;) {
      const own = await tryLock(join(path, LOCK_NAME), watched);
      if (own !== undefined) return new HeldLock(path, own, onLost);
      if (performance.now() >= until) throw new ConsoleError('store.locked', { path });
      // The random part keeps processes that start together from colliding forever.
      await pause(RETRY_MS + Math.random() * RETRY_MS);
    }
  } catch (error) {
    throw writeFailure(path, error);
  }
}

/**
 * Returns whether a process on any computer holds the lock. Watches briefly whether the lock is renewed, so that the
 * clocks of other computers do not matter.
 */
export async function isFolderLocked(path: string): Promise<boolean> {
  const before = await readRenewalMs(path);
  if (before === undefined || Math.abs(Date.now() - before) > LONG_GONE_MS) return false;
  await pause(RENEW_MS + STALE_MS / 10);
  const after = await readRenewalMs(path);
  return after !== undefined && after !== before;
}

async function readRenewalMs(path: string): Promise<number | undefined> {
  try {
    return (await stat(join(path, LOCK_NAME))).mtimeMs;
  } catch {
    return undefined;
  }
}

/**
 * Returns the path of this process's lock file; `undefined` if another process has the lock. Each process first writes
 * its file and then checks for others: of two that write at the same time, at least one sees the other's file.
 */
async function tryLock(folder: string, watched: WatchedOwners): Promise<string | undefined> {
  try {
    await mkdir(folder, { mode: FOLDER_MODE });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const name = randomBytes(OWNER_BYTES).toString('hex');
  const own = join(folder, name);
  try {
    const others = await readdir(folder);
    const evictions = await Promise.all(others.map((other) => evict(join(folder, other), watched)));
    if (evictions.includes(false)) return undefined;
    await writeFile(own, `${process.pid}\n${pidSpace()}\n`, { flag: 'wx', mode: FILE_MODE });
    HELD.add(own);
    const present = await readdir(folder);
    if (present.length === 1 && present[0] === name) return own;
    await unlink(own);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') {
      // On a full disk, a file can still be created, but not filled.
      await removeOwner(own);
      HELD.delete(own);
      throw error;
    }
  }
  HELD.delete(own);
  return undefined;
}

/** By owner: the last state of the file, when it was seen, and how long it has been unchanged. */
type WatchedOwners = Map<string, { version: string; atMs: number; unchangedMs: number }>;

/** Removes the file of an owner that is gone or has stopped renewing. Returns whether the file is gone. */
async function evict(owner: string, watched: WatchedOwners): Promise<boolean> {
  try {
    const { mtimeMs, ctimeMs, size } = await stat(owner);
    const version = `${mtimeMs} ${ctimeMs} ${size}`;
    const atMs = performance.now();
    const last = watched.get(owner);
    const sinceMs = last?.version === version ? Math.min(atMs - last.atMs, LONGEST_LOOK_MS) + last.unchangedMs : 0;
    watched.set(owner, { version, atMs, unchangedMs: sinceMs });
    if (sinceMs < STALE_MS && !isOwnerGone(await readFile(owner, 'utf8'))) return false;
    await unlink(owner);
    return true;
  } catch (error) {
    return systemCode(error) === 'ENOENT';
  }
}

function isOwnerGone(content: string): boolean {
  const [pid = '', space, end] = content.split('\n');
  return space === pidSpace() && end === '' && /^\d+$/u.test(pid) && !processExists(Number(pid));
}

async function removeOwner(own: string): Promise<void> {
  await unlink(own).catch(() => undefined);
  // Fails if another process has created its file there meanwhile.
  await rmdir(dirname(own)).catch(() => undefined);
}

class HeldLock implements FolderClaim {
  readonly #path: string;
  readonly #own: string;
  readonly #onLost: (() => void) | undefined;
  readonly #stopBeat: () => void;
  #isLost = false;
  #released: Promise<void> | undefined;

  constructor(path: string, own: string, onLost: (() => void) | undefined) {
    this.#path = path;
    this.#own = own;
    this.#onLost = onLost;
    releaseAtEnd();
    this.#stopBeat = HEARTBEAT.keep({ path: own, folder: join(path, LOCK_NAME) }, () => this.#lose());
  }

  readonly check = (): void => {
    if (!this.#isLost) {
      const now = new Date();
      try {
        utimesSync(this.#own, now, now);
        return;
      } catch (error) {
        // While a network share does not answer, the lock may still be held, and nothing can be written there anyway.
        if (systemCode(error) !== 'ENOENT') throw writeFailure(this.#path, error);
        this.#lose();
      }
    }
    throw new ConsoleError('store.lock-lost', { path: this.#path });
  };

  release(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<void> {
    this.#stopBeat();
    HELD.delete(this.#own);
    await removeOwner(this.#own);
  }

  #lose(): void {
    if (this.#isLost || this.#released !== undefined) return;
    this.#isLost = true;
    this.#stopBeat();
    HELD.delete(this.#own);
    this.#onLost?.();
  }
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let isReleasedAtEnd = false;

function releaseAtEnd(): void {
  if (isReleasedAtEnd) return;
  isReleasedAtEnd = true;
  process.on('exit', releaseAll);
  for (const signal of ENDING_SIGNALS) {
    const end = (): void => {
      // Another listener handles the signal.
      if (process.listenerCount(signal) > 1) return;
      releaseAll();
      process.off(signal, end);
      // On Windows, a process can send no other signal.
      process.kill(process.pid, process.platform === 'win32' ? 'SIGINT' : signal);
    };
    process.on(signal, end);
  }
}

function releaseAll(): void {
  for (const own of HELD) {
    const folder = join(own, '..');
    try {
      unlinkSync(own);
      if (readdirSync(folder).length === 0) rmdirSync(folder);
    } catch {
      // Another process takes over the lock once it is stale.
    }
  }
  HELD.clear();
}
