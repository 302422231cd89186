import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const POLL_MS = 250;

/**
 * Performs work that must not run twice at the same time, in this process or another: a second caller waits.
 *
 * @template T
 * @param {string} file that shows whose turn it is
 * @param {(holder: number) => void} onWait called once, with the process waited for
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(file, onWait, work) {
  let hasWaited = false;
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder !== undefined && !isAlive(holder)) {
      // It was ended before it could clean up.
      rmSync(file, { force: true });
      continue;
    }
    if (holder !== undefined && !hasWaited) {
      hasWaited = true;
      onWait(holder);
    }
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
