import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFiles } from '../../../core/node/files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const files = createFiles();

test('removing a folder removes all its contents and nothing else', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  writeFileSync(join(folder, 'a', 'b', 'c'), 'x');
  writeFileSync(join(folder, 'beside'), 'x');
  await files.removeFolder(join(folder, 'a'));
  expect(existsSync(join(folder, 'a'))).toBe(false);
  expect(readFileSync(join(folder, 'beside'), 'utf8')).toBe('x');
});

test('removing a link removes only the link', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'elsewhere'));
  writeFileSync(join(folder, 'elsewhere', 'kept'), 'x');
  mkdirSync(join(folder, 'a'));
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'a', 'link'));
  await files.removeFolder(join(folder, 'a'));
  expect(existsSync(join(folder, 'elsewhere', 'kept'))).toBe(true);
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'));
  await files.removeFolder(join(folder, 'link'));
  expect(existsSync(join(folder, 'elsewhere', 'kept'))).toBe(true);
  expect(existsSync(join(folder, 'link'))).toBe(false);
});

test('removing a missing folder is not an error, even if its parent is missing', async () => {
  const folder = temporaryFolder();
  await files.removeFolder(join(folder, 'a'));
  await files.removeFolder(join(folder, 'a', 'b', 'c'));
});
