import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { fingerprint, stamp } from '../../build/stamp.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'arcwarden-stamp-'));
  mkdirSync(join(root, 'core'));
  writeFileSync(join(root, 'core', 'a.ts'), 'a');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const current = (): string => fingerprint(root, [join(root, 'core'), join(root, 'package.json')]);

test('a fingerprint stays the same while nothing is written', () => {
  expect(current()).toBe(current());
});

test.each([
  ['a file is added', () => writeFileSync(join(root, 'core', 'b.ts'), '')],
  ['a file is added in a new folder', () => mkdirAndWrite('core/shared', 'b.ts')],
  ['a file grows', () => writeFileSync(join(root, 'core', 'a.ts'), 'ab')],
  ['a file is written anew with the same size', () => utimesSync(join(root, 'core', 'a.ts'), 1, 1)],
  ['a file is removed', () => rmSync(join(root, 'core', 'a.ts'))],
  ['a file appears that was missing', () => writeFileSync(join(root, 'package.json'), '{}')],
])('a fingerprint changes when %s', (_title, change) => {
  const before = current();
  change();
  expect(current()).not.toBe(before);
});

function mkdirAndWrite(folder: string, name: string): void {
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, name), '');
}

test('work is done once', () => {
  const memory = stamp(join(root, '.cache', 'build'), 'value');
  expect(memory.isCurrent()).toBe(false);
  memory.write();
  expect(memory.isCurrent()).toBe(true);
  expect(stamp(join(root, '.cache', 'build'), 'other').isCurrent()).toBe(false);
});

test('work is done again when it was interrupted', () => {
  const memory = stamp(join(root, 'build'), 'value');
  memory.write();
  memory.forget();
  expect(memory.isCurrent()).toBe(false);
});

test('work is done again when one of its results is missing', () => {
  const result = join(root, 'main.cjs');
  const memory = stamp(join(root, 'build'), 'value', [result]);
  memory.write();
  expect(memory.isCurrent()).toBe(false);
  writeFileSync(result, '');
  expect(memory.isCurrent()).toBe(true);
});
