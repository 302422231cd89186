import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { fingerprint, ifChanged } from '../../build/build.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'arcwarden-stamp-'));
  mkdirSync(join(root, 'core'));
  writeFileSync(join(root, 'core', 'a.ts'), 'a');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const current = (): string => fingerprint(root, [join(root, 'core'), join(root, 'package.json')]);

test('a fingerprint stays the same until a file changes', () => {
  expect(current()).toBe(current());
});

test.each([
  ['a file is added', () => writeFileSync(join(root, 'core', 'b.ts'), '')],
  ['a file is added in a new folder', () => mkdirAndWrite('core/shared', 'b.ts')],
  ['a file grows', () => writeFileSync(join(root, 'core', 'a.ts'), 'ab')],
  ['a file is rewritten with the same size', () => utimesSync(join(root, 'core', 'a.ts'), 1, 1)],
  ['a file is removed', () => rmSync(join(root, 'core', 'a.ts'))],
  ['a missing file appears', () => writeFileSync(join(root, 'package.json'), '{}')],
])('a fingerprint changes when %s', (_title, change) => {
  const before = current();
  change();
  expect(current()).not.toBe(before);
});

function mkdirAndWrite(folder: string, name: string): void {
  mkdirSync(join(root, folder));
  writeFileSync(join(root, folder, name), '');
}

describe('work with a stamp', () => {
  const work = vi.fn(async () => undefined);
  const file = (): string => join(root, '.cache', 'build');
  beforeEach(() => void work.mockReset());

  test('is not repeated until the value of the stamp changes', async () => {
    expect(await ifChanged({ file: file(), value: 'one' }, work)).toBe(true);
    expect(await ifChanged({ file: file(), value: 'one' }, work)).toBe(false);
    expect(await ifChanged({ file: file(), value: 'two' }, work)).toBe(true);
    expect(work).toHaveBeenCalledTimes(2);
  });

  test('is repeated if it was interrupted', async () => {
    await ifChanged({ file: file(), value: 'one' }, work);
    work.mockRejectedValueOnce(new Error('full disk'));
    await expect(ifChanged({ file: file(), value: 'two' }, work)).rejects.toThrow('full disk');
    expect(await ifChanged({ file: file(), value: 'one' }, work)).toBe(true);
  });

  test('is repeated if one of its results is missing', async () => {
    const memory = { file: file(), value: 'one', results: [join(root, 'main.cjs')] };
    await ifChanged(memory, work);
    expect(await ifChanged(memory, work)).toBe(true);
    writeFileSync(join(root, 'main.cjs'), '');
    expect(await ifChanged(memory, work)).toBe(false);
  });
});
