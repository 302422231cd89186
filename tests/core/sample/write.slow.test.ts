import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeMarkedFiles } from '../../../core/simulation/files/marked-files.ts';
import { clearForSample } from '../../../core/sample/write.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { createFiles } from '../../../core/node/files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { NOW } from './fleet.ts';

const files = createFiles();
const SAMPLE = [
  { path: 'host01/a/ca.crt', content: 'public', isPublic: true },
  { path: 'host01/a/ca.key', content: 'secret', isPublic: false },
];

function write(folder: string, sample = SAMPLE): Promise<number> {
  return writeMarkedFiles(files, { folder, files: sample, readme: 'read me', createdAt: NOW });
}

async function tryClear(folder: string): Promise<unknown> {
  try {
    await clearForSample(files, folder);
  } catch (error) {
    if (error instanceof ConsoleError) return { code: error.code, ...error.params };
    throw error;
  }
  return 'cleared';
}

test('a sample is written with a marker and a README, and only its owner can read the secrets', async () => {
  const folder = join(temporaryFolder(), 'new');
  expect(await write(folder)).toBe(4);
  expect(readdirSync(folder).sort()).toEqual(['README.txt', 'arcwarden-sample.json', 'host01']);
  const mode = (path: string): number => statSync(join(folder, path)).mode & 0o777;
  expect(mode('host01/a/ca.crt')).toBe(0o644);
  expect(mode('host01/a/ca.key')).toBe(0o600);
  expect(readFileSync(join(folder, 'host01/a/ca.key'), 'utf8')).toBe('secret');
});

describe('a folder can be used for a sample', () => {
  test('if it does not exist or is empty', async () => {
    const folder = temporaryFolder();
    expect(await tryClear(join(folder, 'not-there'))).toBe('cleared');
    expect(await tryClear(folder)).toBe('cleared');
  });

  test('if it contains an earlier sample, which is removed', async () => {
    const folder = temporaryFolder();
    await write(folder);
    expect(await tryClear(folder)).toBe('cleared');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('if a file remains from an interrupted writing of an earlier sample', async () => {
    const folder = temporaryFolder();
    await write(folder);
    writeFileSync(join(folder, 'host01/a/ca.key.0123456789abcdef.tmp'), 'sec');
    expect(await tryClear(folder)).toBe('cleared');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a folder is refused and stays unchanged', () => {
  test('if it contains files but no marker', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'pki'));
    writeFileSync(join(folder, 'pki/ca.key'), 'mine');
    expect(await tryClear(folder)).toEqual({ code: 'sample.folder-in-use', path: join(folder, 'pki/ca.key') });
    expect(readFileSync(join(folder, 'pki/ca.key'), 'utf8')).toBe('mine');
  });

  test.each(['host01/a/mine.key', 'mine', 'host01/a/ca.key.previous', 'other/host01/a/ca.key'])(
    'if the file %s lies among the files of a sample',
    async (path) => {
      const folder = temporaryFolder();
      await write(folder);
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), 'mine');
      expect(await tryClear(folder)).toEqual({ code: 'sample.folder-in-use', path: join(folder, path) });
      expect(readFileSync(join(folder, path), 'utf8')).toBe('mine');
      expect(readFileSync(join(folder, 'host01/a/ca.key'), 'utf8')).toBe('secret');
    },
  );

  test('if a folder in the sample is a link to other files', async () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, 'mine'), 'mine');
    await write(folder);
    symlinkSync(elsewhere, join(folder, 'host02'));
    expect(await tryClear(folder)).toMatchObject({ code: 'sample.folder-in-use' });
    expect(readFileSync(join(elsewhere, 'mine'), 'utf8')).toBe('mine');
  });

  test('if the marker is damaged', async () => {
    const folder = temporaryFolder();
    await write(folder);
    writeFileSync(join(folder, 'arcwarden-sample.json'), '{');
    expect(await tryClear(folder)).toMatchObject({ code: 'sample.folder-in-use' });
  });
});
