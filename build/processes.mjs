import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { readText } from './paths.mjs';
import { programsOnPath } from './tools.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] the time after which the program and its descendants are ended; none by default
 * @property {number} [quietMs] the longest time without collected output or a write to its pulse file before it is
 * ended; no limit by default
 * @property {string} [pulse] a file that it or one of its descendants writes on progress
 * @property {'inherit' | 'collect'} [output] whether output is shown at once (default) or returned
 */

/**
 * @typedef {object} RunResult
 * @property {number} code exit code; 124 after a time-out, 127 if the program could not be started, 128 + n after a signal
 * @property {string} output standard output and standard error in the order of arrival; empty unless collected
 * @property {boolean} timedOut
 */

const TIMED_OUT = 124;
const NOT_STARTED = 127;
const ENDED_BY_SIGNAL = 128;
const GRACE_MS = 5_000;

/** @type {Set<number>} */
const running = new Set();

/**
 * Programs that must not be interrupted, each with a function to call on a signal.
 *
 * @type {Map<Promise<unknown>, () => void>}
 */
const unstoppable = new Map();

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // Uses `on`, since with `once` a second signal would end this process before the program.
  process.on(signal, () => {
    for (const pid of running) endTree(pid);
    for (const onSignal of unstoppable.values()) onSignal();
    void Promise.all(unstoppable.keys()).then(() => process.exit(ENDED_BY_SIGNAL + constants.signals[signal]));
  });
}
process.once('exit', () => {
  for (const pid of running) endTree(pid);
});

/**
 * Runs a program with an argument array, never through a shell, and waits until it ends.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>} never rejects
 */
export function run(program, args, { cwd, env = process.env, timeoutMs, quietMs, pulse, output: kind } = {}) {
  const stdio = kind === 'collect' ? 'pipe' : 'inherit';
  return new Promise((resolve) => {
    const child = spawn(locate(program), args, { cwd, env, stdio: ['ignore', stdio, stdio], windowsHide: true });
    let output = '';
    let timedOut = false;
    let ending = Promise.resolve();
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output += text));
    const { pid } = child;
    const forget = endWithUs(pid);
    const stop = () => {
      if (timedOut || pid === undefined) return;
      timedOut = true;
      ending = endTreeGently(pid, () => child.exitCode ?? child.signalCode);
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs);
    const signs = () => `${output.length} ${pulse && statSync(pulse, { throwIfNoEntry: false })?.mtimeMs}`;
    const watch = quietMs === undefined ? undefined : onSilence(quietMs, signs, stop);

    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer);
      clearInterval(watch);
      forget();
      void ending.then(() => resolve({ code: timedOut ? TIMED_OUT : code, output, timedOut }));
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      finish(NOT_STARTED);
    });
    // Listens to 'exit' instead of 'close': a grandchild that keeps the pipe open must not block us forever.
    child.on('exit', (code) => setTimeout(() => finish(code ?? ENDED_BY_SIGNAL), kind === 'collect' ? 20 : 0));
  });
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Pick<RunOptions, 'cwd' | 'env' | 'timeoutMs'> & { complaint?: RegExp }} options `complaint` matches the
 * output line that explains a failure; by default the first line
 * @returns {Promise<string>} its output
 */
export async function runSuccessfully(program, args, { complaint = /\S/u, ...options }) {
  const { code, output, timedOut } = await run(program, args, { ...options, output: 'collect' });
  if (code === 0) return output;
  if (timedOut) throw new Error(`${program} did not end in time`);
  const line = output.split('\n').find((each) => complaint.test(each)) ?? output;
  throw new Error(firstLine(line, `${program} ended with exit code ${code}`));
}

/**
 * @param {string} output
 * @param {string} otherwise
 */
export function firstLine(output, otherwise) {
  const line = output.split('\n').find((each) => each.trim() !== '');
  return line?.trim().replace(/\.$/u, '') ?? otherwise;
}

const LOOKS = 60;

/**
 * Calls `stop` when `signs` has returned the same text for `quietMs`. Counts checks instead of reading a clock, so that
 * suspending the machine does not count as silence.
 *
 * @param {number} quietMs
 * @param {() => string} signs
 * @param {() => void} stop
 */
export function onSilence(quietMs, signs, stop) {
  let last = signs();
  let quietLooks = 0;
  return setInterval(() => {
    const now = signs();
    quietLooks = now === last ? quietLooks + 1 : 0;
    last = now;
    if (quietLooks === LOOKS) stop();
  }, quietMs / LOOKS);
}

/**
 * Runs a program that leaves damage if interrupted, such as a package manager. The program runs in its own session, out
 * of reach of Ctrl-C, and writes to a file, so it survives even the sudden end of this process. A signal to this
 * process takes effect once the program has ended.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onSignal?: () => void }} [options] `onSignal` is called when a signal has to wait
 * for the program
 * @returns {Promise<RunResult>} never rejects
 */
export async function runToTheEnd(program, args, { env = process.env, onSignal = () => undefined } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-output-'));
  const file = join(folder, 'output');
  const descriptor = openSync(file, 'a');
  let output = '';
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    const child = spawn(locate(program), args, { env, detached: true, stdio: ['ignore', descriptor, descriptor] });
    child.on('error', (error) => {
      output = `${error.message}\n`;
      resolve(NOT_STARTED);
    });
    child.on('exit', (code) => resolve(code ?? ENDED_BY_SIGNAL));
  });
  unstoppable.set(ended, onSignal);
  const code = await ended;
  unstoppable.delete(ended);
  closeSync(descriptor);
  output += readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  return { code, output, timedOut: false };
}

/**
 * Registers a program, so that it ends with this process.
 *
 * @param {number | undefined} pid undefined if it could not be started
 * @returns {() => void} call it once the program has ended
 */
export function endWithUs(pid) {
  if (pid === undefined) return () => undefined;
  running.add(pid);
  return () => running.delete(pid);
}

/**
 * Asks a program to end and, after a grace period, kills it with its descendants. Lists them first: browsers get their
 * own process group and lose their parent when it dies.
 *
 * @param {number} pid
 * @param {() => unknown} hasEnded whether the program itself has exited
 */
async function endTreeGently(pid, hasEnded) {
  if (process.platform === 'win32') return endTree(pid);
  const family = [pid, ...descendants(pid)];
  send(pid, 'SIGTERM');
  const waitUntil = Date.now() + GRACE_MS;
  while (!hasEnded() && Date.now() < waitUntil) await sleep(50);
  for (const member of family) send(member, 'SIGKILL');
}

/** @param {number} pid */
function endTree(pid) {
  // Windows cannot ask a program to end, and killing one there leaves its children running.
  if (process.platform === 'win32')
    spawnSync(locate('taskkill'), ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
  else for (const member of [pid, ...descendants(pid)]) send(member, 'SIGKILL');
}

/**
 * Returns the path of a program. Windows would look for a bare name in the current folder first; its own programs, such
 * as `tar`, are on `PATH` as well.
 *
 * @param {string} program a name without its extension, or a path
 */
function locate(program) {
  if (process.platform !== 'win32' || isAbsolute(program)) return program;
  const file = `${program}.exe`;
  const [path = join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', file)] = programsOnPath(file);
  return path;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {}
}

/**
 * Lists the ids of all descendants, read from /proc; empty where it is missing: on macOS, and on Windows, where
 * taskkill finds them.
 *
 * @param {number} ancestor
 */
export function descendants(ancestor) {
  const parents = listParents();
  const family = new Set([ancestor]);
  for (const member of family) for (const [pid, parent] of parents) if (parent === member) family.add(pid);
  family.delete(ancestor);
  return [...family];
}

/** @returns {[pid: number, parent: number][]} */
function listParents() {
  try {
    return readdirSync('/proc').flatMap((name) => {
      if (!/^\d+$/.test(name)) return [];
      // The name in parentheses may contain spaces and parentheses; the parent is the second field after it.
      const stat = readText(`/proc/${name}/stat`) ?? '';
      return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
    });
  } catch {
    return [];
  }
}
