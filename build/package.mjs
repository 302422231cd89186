import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { build, fingerprint, ifChanged } from './build.mjs';
import release, { FUSES } from './electron-builder.config.mjs';
import { HELP } from './help.mjs';
import { CACHE, DIST, OUT, ROOT } from './paths.mjs';
import { createProgress, runCommand, SetUpProblem } from './command.mjs';
import { findRuntime } from './machine/runtime.mjs';
import { SET_UP_STEPS, setUp } from './machine/setup.mjs';

/** @typedef {import('./machine/runtime.mjs').Runtime} Runtime */

const PLATFORM_FOLDERS = new Map([
  ['linux', { folder: 'linux-unpacked', executable: 'arcwarden' }],
  ['win32', { folder: 'win-unpacked', executable: 'Arcwarden.exe' }],
  ['darwin', { folder: 'mac', executable: 'Arcwarden.app/Contents/MacOS/Arcwarden' }],
]);

export function locatePackage(platform = process.platform) {
  const known = PLATFORM_FOLDERS.get(platform);
  if (!known) throw new SetUpProblem(`Nothing is packaged on ${platform}.`, 'Use Linux, Windows or macOS.');
  const folder = platform === 'darwin' && process.arch === 'arm64' ? 'mac-arm64' : known.folder;
  return { folder: join(DIST, folder), executable: join(DIST, folder, known.executable) };
}

/**
 * @param {string} executable
 * @returns the file that allows debugging a package (electron/switches.ts)
 */
function marker(executable) {
  const resources = process.platform === 'darwin' ? '../Resources' : 'resources';
  return join(dirname(executable), resources, 'open-to-debuggers');
}

/**
 * Packages `out/` without fuses, unless the package is up to date.
 *
 * @param {Runtime} runtime
 * @returns the executable
 */
export async function packageFolder(runtime) {
  const application = locatePackage();
  const ours = ['electron-builder.config.mjs', 'package.mjs', 'icons'].map((name) => join('build', name));
  const value = fingerprint(ROOT, [OUT, 'package.json', 'LICENSE', ...ours, runtime.executable]);
  await ifChanged({ file: join(CACHE, 'package'), value, results: [application.executable] }, async () => {
    const { electronFuses: _fuses, ...unfused } = release;
    await runBuilder(unfused, runtime, 'dir');
    writeFileSync(marker(application.executable), '');
  });
  return application.executable;
}

/** @param {Runtime} runtime */
async function packageRelease(runtime) {
  const complaint = releaseComplaint(runtime);
  if (complaint) {
    throw new SetUpProblem(
      complaint,
      'Package where the official release of the pinned version can be downloaded. For a folder to test with, add --dir.',
    );
  }
  await runBuilder(release, runtime);
}

/**
 * @param {Pick<Runtime, 'origin' | 'version' | 'releasable'>} runtime
 */
export function releaseComplaint({ origin, version, releasable }) {
  if (releasable) return undefined;
  return origin === 'npm'
    ? `Only the old Electron ${version} from the npm registry is at hand, and that is never packaged for release.`
    : `Electron ${version} is not the pinned version, and only that is packaged for release.`;
}

/**
 * @param {import('electron-builder').Configuration} contents
 * @param {Runtime} runtime
 * @param {string | null} [target] by default, every target configured for this platform
 */
async function runBuilder(contents, { folder, version }, target = null) {
  const { build: buildPackage, Platform } = await import('electron-builder');
  await buildPackage({
    projectDir: ROOT,
    publish: 'never',
    targets: Platform.current().createTarget(target),
    config: {
      ...contents,
      electronDist: folder,
      electronVersion: version,
      // A runtime that can run a folder contains an application, which would take precedence over ours.
      afterExtract: async ({ appOutDir }) =>
        rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
    },
  });
}

/**
 * @param {string} source such as `dist/linux-unpacked`
 * @returns the executable in a copy with the fuses of a release
 */
export async function copyWithFuses(source) {
  const copy = `${source}-fused`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(source, copy, { recursive: true });
  const executable = join(copy, relative(locatePackage().folder, locatePackage().executable));
  rmSync(marker(executable));
  const { flipFuses, FuseVersion, FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(executable);
  const named = Object.entries(FUSES).map(([name, value]) => {
    const key = /** @type {keyof typeof FuseV1Options} */ (name.replace(/^./u, (letter) => letter.toUpperCase()));
    return [FuseV1Options[key], value];
  });
  const fuses = Object.fromEntries(named.filter(([fuse]) => String(fuse) in wire));
  await flipFuses(executable, { version: FuseVersion.V1, ...fuses });
  return executable;
}

await runCommand(import.meta.url, HELP.package, async (args) => {
  const [mode, folder] = args;
  const progress = createProgress(SET_UP_STEPS + 3);
  await setUp({ need: [], progress });
  if (mode === '--fused') {
    console.log(await copyWithFuses(folder ?? locatePackage().folder));
    return 0;
  }
  if (mode !== undefined && mode !== '--dir') {
    throw new SetUpProblem(`${mode} is not an option here.`, 'Use --dir, --fused [FOLDER], or nothing.');
  }
  await build(progress);
  const runtime = await findRuntime(progress);
  progress.step(mode === '--dir' ? 'Package: a folder for tests' : 'Package: a release');
  if (mode === '--dir') progress.say(relative(ROOT, await packageFolder(runtime)));
  else await packageRelease(runtime);
  return 0;
});
