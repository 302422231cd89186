import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../../build/paths.mjs';
import { useComputer, type ProgramEnd } from '../computer.ts';
import { setupEnvironment, SetupFactory, whyNoSetupProgram } from './setup-program.ts';

/* Tests which files and settings the setup program of the release configuration installs and removes. */

const OLD = '1.0.0';
const NEW = '1.0.1';
const BUILD_MS = 1_200_000;
const UNINSTALLING = { timeout: 240_000, interval: 500 };
const PROGRAM_FOLDER = 'Program Files/Arcwarden';
const SHORTCUTS = [
  'ProgramData/Microsoft/Windows/Start Menu/Programs/Arcwarden.lnk',
  'users/Public/Desktop/Arcwarden.lnk',
];
const UNINSTALL_KEY = String.raw`HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall`;
/**
 * Matches temporary files: NSIS removes a running uninstaller when Windows next starts, and cmd in Wine 10 leaves the
 * file of its pipe behind.
 */
const NOT_OF_SETUP = /^users\/[^/]+\/(?:AppData\/Local\/)?Temp\/(?:~nsu|CMD[^/]+\.tmp$)/u;

const computer = useComputer();
const folder = mkdtempSync(join(tmpdir(), 'arcwarden-setup-'));
const made = new Map<string, { setup: string; unpacked: string }>();

beforeAll(() => {
  if (whyNoSetupProgram() !== undefined) return;
  const factory = new SetupFactory(folder, computer());
  for (const version of [OLD, NEW]) made.set(version, factory.make(version));
}, BUILD_MS);

beforeEach(({ skip }) => {
  const reason = whyNoSetupProgram();
  skip(reason !== undefined, reason);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function setup(version: string, ...options: readonly string[]): Promise<ProgramEnd> {
  return start(made.get(version)?.setup ?? '', '/S', ...options);
}

/**
 * Uninstalls as the settings of Windows do. The uninstaller continues in a copy of itself, which removes the program
 * from the list at the end.
 */
async function uninstall(programFolder = String.raw`C:\Program Files\Arcwarden`): Promise<void> {
  const { exitCode } = await start(`${programFolder}\\Uninstall Arcwarden.exe`, '/allusers', '/S');
  expect(exitCode).toBe(0);
  await expect.poll(() => registry(UNINSTALL_KEY, '/s'), UNINSTALLING).not.toContain('Arcwarden');
}

function start(program: string, ...args: readonly string[]): Promise<ProgramEnd> {
  return computer().run(program, args, { environment: setupEnvironment(computer()) });
}

/** Lists every file on drive C: except temporary files and those of Windows, which change all the time. */
function files(): string[] {
  const { drive } = computer().prefix;
  return readdirSync(drive, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(drive.length + 1))
    .filter((path) => !path.startsWith('windows/') && !NOT_OF_SETUP.test(path))
    .sort();
}

const listPacked = (version: string): string[] =>
  readdirSync(made.get(version)?.unpacked ?? '', { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice((made.get(version)?.unpacked ?? '').length + 1));

async function registry(key: string, ...options: readonly string[]): Promise<string> {
  return (await computer().run('reg', ['query', key, ...options])).output;
}

function put(path: string, content: string): void {
  const file = join(computer().prefix.drive, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

describe('the setup program, run silently', () => {
  test('installs only the packaged program and its shortcuts', async () => {
    const before = files();
    expect((await setup(OLD)).exitCode).toBe(0);
    const added = files().filter((path) => !before.includes(path));
    const expected = [...listPacked(OLD), 'Uninstall Arcwarden.exe'].map((path) => join(PROGRAM_FOLDER, path));
    expect(added.sort()).toEqual([...expected, ...SHORTCUTS].sort());
    const entry = await registry(UNINSTALL_KEY, '/s');
    expect(entry).toMatch(/DisplayName +REG_SZ +Arcwarden 1\.0\.0\s/u);
    expect(await registry(String.raw`HKLM\Software`)).toMatch(/\\[\da-f]{8}-/u);
    expect(entry).toContain(String.raw`"C:\Program Files\Arcwarden\Uninstall Arcwarden.exe" /allusers /S`);
  });

  test('installs the packaged files, byte for byte', () => {
    const { unpacked } = made.get(OLD) ?? { unpacked: '' };
    for (const path of listPacked(OLD)) {
      const installed = readFileSync(join(computer().prefix.drive, PROGRAM_FOLDER, path));
      expect([path, installed.equals(readFileSync(join(unpacked, path)))]).toEqual([path, true]);
    }
    expect(listPacked(OLD)).toEqual(expect.arrayContaining(['resources/app.asar', 'resources/arcwarden.cjs']));
    expect(readFileSync(join(computer().prefix.drive, PROGRAM_FOLDER, 'resources/LICENSE'))).toEqual(
      readFileSync(join(ROOT, 'LICENSE')),
    );
  });

  test('registers no file type', async () => {
    const lines = (await registry(String.raw`HKLM\Software\Classes`, '/s')).split('\n');
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => /arcwarden/iu.test(line))).toEqual([]);
  });

  test('replaces an older version, removes leftovers and keeps the data', async () => {
    put('users/root/AppData/Roaming/Arcwarden/data/index.json', '{}');
    put(`${PROGRAM_FOLDER}/resources/left-behind.cjs`, '');
    const before = files();
    expect((await setup(NEW)).exitCode).toBe(0);
    const expected = before.filter((path) => !path.endsWith('left-behind.cjs'));
    expect(files()).toEqual(expected);
    const entry = await registry(UNINSTALL_KEY, '/s');
    expect(entry.match(/DisplayName/gu)).toHaveLength(1);
    expect(entry).toMatch(/DisplayVersion +REG_SZ +1\.0\.1\s/u);
  });

  test('is undone by the uninstaller, which leaves only the data', async () => {
    await uninstall();
    const left = files().filter((path) => /arcwarden/iu.test(path));
    expect(left).toEqual(['users/root/AppData/Roaming/Arcwarden/data/index.json']);
    // Setup stores the path of the program under the ID of the program.
    expect(await registry(String.raw`HKLM\Software`)).not.toMatch(/\\[\da-f]{8}-/u);
  });

  test('installs into a chosen folder with spaces and Japanese characters in its name', async () => {
    const programFolder = String.raw`C:\管理 ツール\Arcwarden`;
    expect((await setup(OLD, `/D=${programFolder}`)).exitCode).toBe(0);
    expect(files()).toContain('管理 ツール/Arcwarden/resources/arcwarden.cjs');
    expect(files().filter((path) => path.startsWith(PROGRAM_FOLDER))).toEqual([]);
    await uninstall(programFolder);
    expect(files().filter((path) => path.startsWith('管理'))).toEqual([]);
  });
});
