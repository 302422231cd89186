import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { DebianPackage } from '../../build/packages.mjs';
import { createProgress } from '../../build/progress.mjs';
import {
  availableName,
  decideOnPackages,
  hasDisplay,
  isInstalledAsLocked,
  missingPackages,
  nodeComplaint,
  npmCommand,
  npmPackagesAreCurrent,
  writeNpmStamp,
} from '../../build/setup.mjs';

const GTK: DebianPackage = {
  names: ['libgtk-3-0t64', 'libgtk-3-0'],
  why: 'Electron',
  required: true,
};
const FONTS: DebianPackage = { names: ['fonts-noto-cjk'], why: 'screenshots', required: false };

test.each(['18.20.4', '20.18.3', '16.0.0'])('Node %s is refused', (version) => {
  expect(nodeComplaint(version)).toBe(`This is Node ${version}, which is too old.`);
});

test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('Node %s will do', (version) => {
  expect(nodeComplaint(version)).toBeUndefined();
});

describe('Debian packages', () => {
  test('are there under either name of a renamed library', () => {
    expect(missingPackages([GTK, FONTS], new Set(['libgtk-3-0', 'fonts-noto-cjk']))).toEqual([]);
    expect(missingPackages([GTK, FONTS], new Set(['libgtk-3-0t64']))).toEqual([FONTS]);
  });

  test('are installed by root', () => {
    expect(decideOnPackages({ isDebian: true, isRoot: true, missing: [GTK] })).toEqual({
      action: 'install',
    });
  });

  test('are left alone when nothing is missing', () => {
    expect(decideOnPackages({ isDebian: true, isRoot: false, missing: [] })).toEqual({
      action: 'nothing',
      reason: 'all there',
    });
  });

  test('are not looked for where there is no apt', () => {
    expect(decideOnPackages({ isDebian: false, isRoot: true, missing: [] })).toMatchObject({
      action: 'nothing',
    });
  });

  test('that only root can install are named with the exact command', () => {
    expect(decideOnPackages({ isDebian: true, isRoot: false, missing: [GTK, FONTS] })).toEqual({
      action: 'tell',
      text:
        'Needed for Electron, screenshots: ' +
        'sudo apt-get install --no-install-recommends libgtk-3-0t64 fonts-noto-cjk',
      required: true,
    });
  });

  test('that nothing depends on are asked for but do not stop the start', () => {
    expect(decideOnPackages({ isDebian: true, isRoot: false, missing: [FONTS] })).toMatchObject({
      action: 'tell',
      required: false,
    });
  });

  test('take the name that the package list can deliver', () => {
    const older = 'libgtk-3-0:\n  Installed: (none)\n  Candidate: 3.24.38-2\n';
    const newer =
      'libgtk-3-0:\n  Installed: (none)\n  Candidate: (none)\n' +
      'libgtk-3-0t64:\n  Installed: (none)\n  Candidate: 3.24.49-3\n';
    expect(availableName(GTK, older)).toBe('libgtk-3-0');
    expect(availableName(GTK, newer)).toBe('libgtk-3-0t64');
    expect(availableName(GTK, '')).toBe('libgtk-3-0t64');
  });
});

describe('a display', () => {
  test.each([
    [{ DISPLAY: ':0' }, true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, true],
    [{ DISPLAY: '' }, false],
    [{}, false],
  ])('on Linux, with %j, is there: %s', (environment, expected) => {
    expect(hasDisplay('linux', environment)).toBe(expected);
  });

  test('is always there on Windows and macOS', () => {
    expect(hasDisplay('win32', {})).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
  });
});

describe('npm packages', () => {
  let root: string;
  const LOCK = JSON.stringify({
    packages: {
      '': { version: '0.1.0' },
      'node_modules/yaml': { version: '2.9.1' },
      'node_modules/fsevents': { version: '2.3.3', optional: true },
    },
  });
  const record = (version: string): string =>
    JSON.stringify({ packages: { 'node_modules/yaml': { version } } });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'arcwarden-setup-'));
    writeFileSync(join(root, 'package-lock.json'), LOCK);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('are installed when there are none', () => {
    expect(npmPackagesAreCurrent(root, '20.20.2')).toBe(false);
  });

  test('are current once they were installed', () => {
    writeNpmStamp(root, '20.20.2');
    expect(npmPackagesAreCurrent(root, '20.21.0')).toBe(true);
  });

  test('are installed again when the lock file has changed', () => {
    writeNpmStamp(root, '20.20.2');
    writeFileSync(join(root, 'package-lock.json'), `${LOCK} `);
    expect(npmPackagesAreCurrent(root, '20.20.2')).toBe(false);
  });

  test('are installed again for another major version of Node', () => {
    writeNpmStamp(root, '20.20.2');
    expect(npmPackagesAreCurrent(root, '22.12.0')).toBe(false);
  });

  test('that a person has installed with npm are taken as they are', () => {
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), record('2.9.1'));
    expect(npmPackagesAreCurrent(root, '20.20.2')).toBe(true);
  });

  test('that a person has upgraded with npm are taken as they are', () => {
    writeNpmStamp(root, '20.20.2');
    writeFileSync(join(root, 'package-lock.json'), LOCK.replace('2.9.1', '2.10.0'));
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), record('2.10.0'));
    expect(npmPackagesAreCurrent(root, '20.20.2')).toBe(true);
    expect(npmPackagesAreCurrent(root, '22.12.0')).toBe(false);
  });

  test('are compared by version, and optional ones may be absent', () => {
    expect(isInstalledAsLocked(LOCK, record('2.9.1'))).toBe(true);
    expect(isInstalledAsLocked(LOCK, record('2.9.0'))).toBe(false);
    expect(isInstalledAsLocked(LOCK, '{"packages":{}}')).toBe(false);
  });

  test('are installed by the npm that started us, without a shell', () => {
    const environment = { npm_execpath: '/usr/lib/npm/npm-cli.js' };
    expect(npmCommand('win32', environment)).toEqual({
      program: process.execPath,
      args: ['/usr/lib/npm/npm-cli.js'],
    });
    expect(npmCommand('linux', {})).toEqual({ program: 'npm', args: [] });
    expect(npmCommand('win32', {}).args[0]).toMatch(/npm-cli\.js$/);
  });
});

test('progress is plain numbered lines', () => {
  const lines: string[] = [];
  const progress = createProgress(2, (line) => lines.push(line));
  progress.step('one');
  progress.say('a detail');
  progress.step('two');
  expect(lines).toEqual(['[1/2] one', '      a detail', '[2/2] two']);
});
