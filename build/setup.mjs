import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DEBIAN_PACKAGES } from './packages.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';
import { run } from './processes.mjs';
import { inTurn } from './turn.mjs';

/** @typedef {import('./packages.mjs').DebianPackage} DebianPackage */
/** @typedef {import('./packages.mjs').Need} Need */
/** @typedef {import('./progress.mjs').Progress} Progress */

const LOWEST_NODE = { major: 20, minor: 19 };
const APT_TIMEOUT_MS = 15 * 60_000;
const NPM_TIMEOUT_MS = 15 * 60_000;

/** How many numbered steps `setUp` reports. */
export const SET_UP_STEPS = 2;

/**
 * Brings a machine to the point where everything else in this folder can run: Node, Debian packages, npm packages.
 * Costs a fraction of a second when nothing is missing.
 *
 * @param {{ need: Need[], progress: Progress }} options
 */
export async function setUp({ need, progress }) {
  const complaint = nodeComplaint(process.versions.node);
  if (complaint)
    throw new SetUpProblem(
      complaint,
      `Install Node ${LOWEST_NODE.major}.${LOWEST_NODE.minor} or newer from https://nodejs.org and run the command again.`,
    );
  await setUpDebianPackages(need, progress);
  await setUpNpmPackages(progress);
}

/**
 * @param {string} version such as `20.19.0`
 * @returns {string | undefined} why this Node cannot be used
 */
export function nodeComplaint(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOldMinor = major === LOWEST_NODE.major && minor < LOWEST_NODE.minor;
  if (major > LOWEST_NODE.major || (major === LOWEST_NODE.major && !isOldMinor)) return undefined;
  return `This is Node ${version}, which is too old.`;
}

/** Whether a window can be shown here. */
export function hasDisplay(platform = process.platform, environment = process.env) {
  return platform !== 'linux' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/**
 * @param {Need[]} need
 * @param {Progress} progress
 */
async function setUpDebianPackages(need, progress) {
  const isDebian = process.platform === 'linux' && existsSync('/usr/bin/dpkg-query');
  const wanted = need.flatMap((each) => DEBIAN_PACKAGES[each]);
  const missing = isDebian ? missingPackages(wanted, await installedPackages(wanted)) : [];
  const decision = decideOnPackages({ isDebian, isRoot: process.getuid?.() === 0, missing });
  if (decision.action === 'nothing') {
    progress.step(`System packages: ${decision.reason}`);
    return;
  }
  if (decision.action === 'tell') {
    progress.step('System packages: some are missing and only root can install them');
    if (decision.required) throw new SetUpProblem(decision.text, 'Have it run and start again.');
    progress.say(decision.text);
    return;
  }
  await installDebianPackages(missing, progress);
}

/**
 * @param {readonly DebianPackage[]} wanted
 * @param {ReadonlySet<string>} installed
 */
export function missingPackages(wanted, installed) {
  return wanted.filter(({ names }) => !names.some((name) => installed.has(name)));
}

/**
 * @typedef {{ action: 'nothing', reason: string } | { action: 'install' }
 *   | { action: 'tell', text: string, required: boolean }} PackageDecision
 */

/**
 * @param {{ isDebian: boolean, isRoot: boolean, missing: readonly DebianPackage[] }} situation
 * @returns {PackageDecision}
 */
export function decideOnPackages({ isDebian, isRoot, missing }) {
  if (!isDebian) return { action: 'nothing', reason: 'not looked at, this is not a Debian' };
  if (missing.length === 0) return { action: 'nothing', reason: 'all there' };
  if (isRoot) return { action: 'install' };
  const command = `sudo apt-get install --no-install-recommends ${missing.map(({ names }) => names[0]).join(' ')}`;
  const purposes = [...new Set(missing.map(({ why }) => why))].join(', ');
  return {
    action: 'tell',
    text: `Needed for ${purposes}: ${command}`,
    required: missing.some(({ required }) => required),
  };
}

/** @param {readonly DebianPackage[]} wanted */
async function installedPackages(wanted) {
  const names = wanted.flatMap((each) => each.names);
  const format = '${db:Status-Status} ${Package}\\n';
  const { output } = await run('dpkg-query', ['-W', '-f', format, ...names], { output: 'collect' });
  return new Set(
    output
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice('installed '.length)),
  );
}

/**
 * @param {readonly DebianPackage[]} missing
 * @param {Progress} progress
 */
async function installDebianPackages(missing, progress) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  /** @param {string[]} args */
  const aptGet = (args) =>
    run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      env,
      output: 'collect',
      timeoutMs: APT_TIMEOUT_MS,
    });

  progress.step('System packages: reading the package list');
  const update = await aptGet(['update']);
  const policy = await run('apt-cache', ['policy', ...missing.flatMap(({ names }) => names)], {
    env,
    output: 'collect',
  });
  const names = missing.map((each) => availableName(each, policy.output));
  progress.say(`installing ${names.join(' ')} (a minute or so)`);
  const install = await aptGet(['install', '-y', '--no-install-recommends', ...names]);
  if (install.code === 0) return;
  throw new SetUpProblem(
    `apt-get could not install the packages above: ${lastLine(install.output) || lastLine(update.output)}.`,
    'Check that the Debian package servers can be reached (apt-get update), then run the command again.',
  );
}

/**
 * @param {DebianPackage} wanted
 * @param {string} policy what `apt-cache policy` says about all its names
 */
export function availableName({ names }, policy) {
  const isAvailable = (/** @type {string} */ name) => {
    const from = `\n${policy}`.indexOf(`\n${name}:\n`);
    if (from < 0) return false;
    const candidate = /Candidate: (.*)/.exec(policy.slice(from));
    return candidate !== null && candidate[1] !== '(none)';
  };
  return names.find(isAvailable) ?? names[0];
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? '';
}

/** @param {Progress} progress */
async function setUpNpmPackages(progress) {
  const areCurrent = () => npmPackagesAreCurrent(ROOT, process.versions.node);
  if (areCurrent()) {
    progress.step('npm packages: all there');
    return;
  }
  progress.step('npm packages: installing what package-lock.json lists (a minute or so)');
  await inTurn(
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
  const { code, timedOut } = await run(
    npm.program,
    [...npm.args, 'ci', '--loglevel=error', '--no-audit', '--no-fund'],
    {
      cwd: ROOT,
      // The Electron runtime is looked for later, where a failure can be explained.
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
      timeoutMs: NPM_TIMEOUT_MS,
    },
  );
  if (code !== 0) {
    throw new SetUpProblem(
      timedOut ? 'npm ci did not end in time.' : `npm ci ended with exit code ${code}.`,
      'Check that the npm registry can be reached (npm ping), then run the command again.',
    );
  }
  writeNpmStamp(ROOT, process.versions.node);
}

/**
 * How to start npm with an argument array: by the script that started us, so that no shell is needed on Windows.
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
 * Whether node_modules is what package-lock.json asks for: by our stamp, or by npm's own record if a person ran npm.
 *
 * @param {string} root
 * @param {string} nodeVersion
 */
export function npmPackagesAreCurrent(root, nodeVersion) {
  const written = readText(stampFile(root));
  if (written === stampValue(root, nodeVersion)) return true;
  const isForOtherNode = written !== undefined && !written.endsWith(platformValue(nodeVersion));
  const record = readText(join(root, 'node_modules', '.package-lock.json'));
  const lock = readText(join(root, 'package-lock.json'));
  if (isForOtherNode || !record || !lock || !isInstalledAsLocked(lock, record)) return false;
  writeNpmStamp(root, nodeVersion);
  return true;
}

/**
 * @param {string} lockText package-lock.json
 * @param {string} recordText node_modules/.package-lock.json
 */
export function isInstalledAsLocked(lockText, recordText) {
  const lock = JSON.parse(lockText).packages;
  const record = JSON.parse(recordText).packages;
  const nothingElse = Object.keys(record).every(
    (path) => lock[path]?.version === record[path].version,
  );
  const allRequired = Object.keys(lock).every(
    (path) => path === '' || lock[path].optional || lock[path].devOptional || path in record,
  );
  return nothingElse && allRequired;
}

/**
 * @param {string} root
 * @param {string} nodeVersion
 */
export function writeNpmStamp(root, nodeVersion) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile(root), stampValue(root, nodeVersion));
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules', '.arcwarden-setup');
}

/**
 * @param {string} root
 * @param {string} nodeVersion
 */
function stampValue(root, nodeVersion) {
  const lock = readText(join(root, 'package-lock.json')) ?? '';
  const hash = createHash('sha256').update(lock).digest('hex');
  return hash + platformValue(nodeVersion);
}

/** @param {string} nodeVersion of which the major part decides what native packages are installed */
function platformValue(nodeVersion) {
  return ` node ${nodeVersion.split('.')[0]} ${process.platform} ${process.arch}\n`;
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
