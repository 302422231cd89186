import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readText } from '../paths.mjs';

const POLL_MS = 250;

/**
 * Runs work that must not run twice at the same time, in this process or another: a second caller waits.
 *
 * @template T
 * @param {string} file that names the process at work
 * @param {(holder: number) => void} onWait called once, with the process at work
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function takeTurn(file, onWait, work) {
  mkdirSync(dirname(file), { recursive: true });
  let hasWaited = false;
  for (; !hasCreated(file); await sleep(POLL_MS)) {
    const holder = Number(readText(file));
    if (!(holder > 0)) continue;
    // The other process was killed before it could clean up.
    if (!isAlive(holder)) rmSync(file, { force: true });
    else if (!hasWaited) onWait(holder);
    hasWaited = true;
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function hasCreated(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
