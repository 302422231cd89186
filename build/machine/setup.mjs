import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { CACHE, readText, ROOT } from '../paths.mjs';
import { SetUpProblem } from '../command.mjs';
import { run } from '../processes.mjs';
import { REQUIREMENTS } from './requirements.mjs';
import { provide } from './system-packages.mjs';
import { isAtLeast } from '../tools.mjs';

/** @typedef {import('./requirements.mjs').Need} Need */
/** @typedef {import('./system-packages.mjs').Unmet} Unmet */
/** @typedef {import('../command.mjs').Progress} Progress */

const LOWEST_NODE = '20.19';
const NPM_TIMEOUT_MS = 15 * 60_000;

export const SET_UP_STEPS = 2;

/**
 * Installs what is missing; usually takes a fraction of a second.
 *
 * @param {{ need: Need[], progress: Progress }} options
 */
export async function setUp({ need, progress }) {
  const complaint = nodeComplaint(process.versions.node);
  if (complaint)
    throw new SetUpProblem(
      complaint,
      `Install Node ${LOWEST_NODE} or newer from https://nodejs.org and run the command again.`,
    );
  await setUpSystemPackages(need, progress);
  await setUpNpmPackages(progress);
}

/**
 * @param {string} version such as `20.19.0`
 * @returns why this Node cannot be used
 */
export function nodeComplaint(version) {
  return isAtLeast(version, LOWEST_NODE) ? undefined : `This is Node ${version}, which is too old.`;
}

export function hasDisplay(platform = process.platform, environment = process.env) {
  return platform !== 'linux' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/** @returns {Need[]} */
export function whatWindowsNeed() {
  return hasDisplay() ? ['electron'] : ['electron', 'display'];
}

/**
 * @param {Need[]} need
 * @param {Progress} progress
 */
async function setUpSystemPackages(need, progress) {
  if (process.platform !== 'linux') return progress.step('System packages: none are needed here');
  progress.step('System packages');
  const unmet = await provide(
    need.flatMap((each) => REQUIREMENTS[each]),
    { environment: process.env, isRoot: process.getuid?.() === 0, say: progress.say },
  );
  const required = unmet.filter(({ requirement }) => requirement.required);
  if (required.length > 0) throw new SetUpProblem(...whatIsRequired(required));
  for (const { requirement, reason } of unmet) progress.say(`done without: ${requirement.why} (${reason})`);
  for (const remedy of new Set(unmet.map((each) => each.remedy))) progress.say(remedy);
}

/**
 * @param {readonly Unmet[]} unmet at least one
 * @returns {[message: string, remedy: string]} for all of them
 */
export function whatIsRequired(unmet) {
  const sentences = unmet.map(({ requirement, reason }) => `For ${requirement.why}: ${reason}.`);
  const remedies = new Set(unmet.map(({ remedy }) => remedy));
  return [[...new Set(sentences)].join('\n'), [...remedies].join(' ')];
}

/** @param {Progress} progress */
async function setUpNpmPackages(progress) {
  const areCurrent = () => npmPackagesAreCurrent(ROOT);
  if (areCurrent()) return progress.step('npm packages: all there');
  progress.step('npm packages: installing what package-lock.json lists (a minute or so)');
  await takeTurn(
    join(CACHE, 'npm-turn'),
    (holder) => progress.say(`waiting for process ${holder}, which is installing them`),
    async () => {
      if (!areCurrent()) await installNpmPackages();
    },
  );
}

async function installNpmPackages() {
  if (lstatSync(join(ROOT, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new SetUpProblem(
      'node_modules is a link, and what it leads to does not match package-lock.json.',
      'npm ci would empty that folder. Remove the link and run the command again.',
    );
  }
  const npm = npmCommand(process.platform, process.env);
  const words = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const { code, timedOut } = await run(npm.program, [...npm.args, ...words], {
    cwd: ROOT,
    // Skips the Electron runtime, which is downloaded later, where a failure can be explained.
    env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
    timeoutMs: NPM_TIMEOUT_MS,
  });
  if (code === 0) return;
  throw new SetUpProblem(
    timedOut ? 'npm ci did not end in time.' : `npm ci ended with exit code ${code}.`,
    'Check that the npm registry can be reached (npm ping), then run the command again.',
  );
}

/**
 * Returns the program and first arguments for npm: if npm started us, its script, so that Windows needs no shell.
 *
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 */
export function npmCommand(platform, environment) {
  const script = environment['npm_execpath'];
  if (script?.endsWith('.js')) return { program: process.execPath, args: [script] };
  if (platform !== 'win32') return { program: 'npm', args: [] };
  return {
    program: process.execPath,
    args: [join(process.execPath, '..', 'node_modules', 'npm', 'bin', 'npm-cli.js')],
  };
}

/**
 * Returns whether node_modules matches package-lock.json, by the record that npm writes last.
 *
 * @param {string} root
 */
export function npmPackagesAreCurrent(root) {
  const record = readText(join(root, 'node_modules', '.package-lock.json'));
  const lock = readText(join(root, 'package-lock.json'));
  return record !== undefined && lock !== undefined && isInstalledAsLocked(lock, record);
}

/**
 * @param {string} lockText package-lock.json
 * @param {string} recordText node_modules/.package-lock.json
 * @param {{ platform: NodeJS.Platform, arch: string }} [system]
 */
export function isInstalledAsLocked(lockText, recordText, { platform, arch } = process) {
  const lock = JSON.parse(lockText).packages;
  const record = JSON.parse(recordText).packages;
  const nothingElse = Object.keys(record).every((path) => lock[path]?.version === record[path].version);
  const allRequired = Object.keys(lock).every(
    (path) => path === '' || lock[path].optional || lock[path].devOptional || path in record,
  );
  // Native parts are optional packages, each for one system.
  const isForThisSystem = Object.keys(record).some(
    (path) => lock[path]?.os?.includes(platform) && lock[path].cpu?.includes(arch),
  );
  return nothingElse && allRequired && isForThisSystem;
}

const POLL_MS = 250;

/**
 * Runs work that must not run twice at the same time, in this or another process.
 *
 * @template T
 * @param {string} file that names the process at work
 * @param {(holder: number) => void} onWait called once, with the process at work
 * @param {() => Promise<T>} work
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
