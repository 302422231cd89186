import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createProgress } from '../../build/command.mjs';
import {
  hasDisplay,
  isInstalledAsLocked,
  nodeComplaint,
  npmCommand,
  npmPackagesAreCurrent,
  whatIsRequired,
} from '../../build/machine/setup.mjs';

test.each(['18.20.4', '20.18.3', '16.0.0'])('Node %s is rejected', (version) => {
  expect(nodeComplaint(version)).toBe(`This is Node ${version}, which is too old.`);
});

test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('Node %s is accepted', (version) => {
  expect(nodeComplaint(version)).toBeUndefined();
});

test('a single message reports all missing requirements, and each remedy once', () => {
  const unmet = ['libgtk-3.so.0', 'libnss3.so'].map((sharedLibrary) => ({
    requirement: { has: { sharedLibrary }, why: 'Electron', required: true, packages: [sharedLibrary] as [string] },
    reason: `${sharedLibrary} is missing and only root can install it`,
    remedy: 'Have this run: sudo apt-get install a b',
  }));
  expect(whatIsRequired(unmet)).toEqual([
    'For Electron: libgtk-3.so.0 is missing and only root can install it.\n' +
      'For Electron: libnss3.so is missing and only root can install it.',
    'Have this run: sudo apt-get install a b',
  ]);
});

describe('a display', () => {
  test.each([
    [{ DISPLAY: ':0' }, true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, true],
    [{ DISPLAY: '' }, false],
    [{}, false],
  ])('on Linux with %j is available: %s', (environment, expected) => {
    expect(hasDisplay('linux', environment)).toBe(expected);
  });

  test('is always available on Windows and macOS', () => {
    expect(hasDisplay('win32', {})).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
  });
});

describe('npm packages', () => {
  let root: string;
  const native = (name: string) => ({ version: '1.0.0', optional: true, os: [name], cpu: [process.arch] });
  const LOCK = JSON.stringify({
    packages: {
      '': { version: '0.1.0' },
      'node_modules/yaml': { version: '2.9.1' },
      'node_modules/native-here': native(process.platform),
      'node_modules/native-elsewhere': native('elsewhere'),
    },
  });
  const record = (version: string, nativePart = 'native-here'): string =>
    JSON.stringify({
      packages: { 'node_modules/yaml': { version }, [`node_modules/${nativePart}`]: { version: '1.0.0' } },
    });
  const install = (text: string): void => {
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), text);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'arcwarden-setup-'));
    writeFileSync(join(root, 'package-lock.json'), LOCK);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('are outdated if none are installed', () => {
    expect(npmPackagesAreCurrent(root)).toBe(false);
  });

  test('are up to date after npm has installed them', () => {
    install(record('2.9.1'));
    expect(npmPackagesAreCurrent(root)).toBe(true);
  });

  test('are outdated if the lock file has changed', () => {
    install(record('2.9.1'));
    writeFileSync(join(root, 'package-lock.json'), LOCK.replace('2.9.1', '2.10.0'));
    expect(npmPackagesAreCurrent(root)).toBe(false);
  });

  test('are outdated if they are for another system', () => {
    expect(isInstalledAsLocked(LOCK, record('2.9.1', 'native-elsewhere'))).toBe(false);
  });

  test('are compared by version; optional packages may be absent', () => {
    expect(isInstalledAsLocked(LOCK, record('2.9.1'))).toBe(true);
    expect(isInstalledAsLocked(LOCK, record('2.9.0'))).toBe(false);
    expect(isInstalledAsLocked(LOCK, '{"packages":{}}')).toBe(false);
  });

  test('are installed with the npm that started the script, without a shell', () => {
    const environment = { npm_execpath: '/usr/lib/npm/npm-cli.js' };
    expect(npmCommand('win32', environment)).toEqual({ program: process.execPath, args: ['/usr/lib/npm/npm-cli.js'] });
    expect(npmCommand('linux', {})).toEqual({ program: 'npm', args: [] });
    expect(npmCommand('win32', {}).args[0]).toMatch(/npm-cli\.js$/);
  });
});

test('progress is printed as plain, numbered lines', () => {
  const lines: string[] = [];
  const progress = createProgress(2, (line) => lines.push(line));
  progress.step('one');
  progress.say('a detail');
  progress.step('two');
  expect(lines).toEqual(['[1/2] one', '      a detail', '[2/2] two']);
});
