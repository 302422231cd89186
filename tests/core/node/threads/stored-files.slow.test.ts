import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFiles } from '../../../../core/node/files.ts';
import { startStoredReading, versionsInThread } from '../../../../core/node/threads/stored-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const OPTIONS = { limitBytes: 1_000, endBytes: 4, closing: '}' };

function fill(): { folder: string; paths: string[] } {
  const folder = temporaryFolder();
  const contents = {
    usual: '{"a":1,end}',
    empty: '',
    short: 'end}',
    long: 'x'.repeat(1_001),
    'ja-日本': '{"名":1,end}',
  };
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, 'folder'));
  return { folder, paths: [...Object.keys(contents), 'folder', 'gone'].map((name) => join(folder, name)) };
}

test('a thread reads files and hashes each without its final part, but omits folders and empty, oversized and missing files', async () => {
  const { paths } = fill();
  const reading = startStoredReading();
  let read = await reading.read(paths, OPTIONS);
  while (read.length === 0) {
    await setImmediate();
    read = await reading.read(paths, OPTIONS);
  }
  reading.end();
  const makeReadAhead = (content: string, begin: string) => ({
    bytes: new TextEncoder().encode(content),
    sha256Hex: createHash('sha256').update(begin).digest('hex'),
  });
  expect(read).toEqual([
    makeReadAhead('{"a":1,end}', '{"a":1,}'),
    undefined,
    makeReadAhead('end}', '}'),
    undefined,
    makeReadAhead('{"名":1,end}', '{"名":1,}'),
    undefined,
    undefined,
  ]);
  expect(await reading.read(paths, OPTIONS)).toEqual([]);
});

test('a thread returns the same version of each file as a direct check, even after the file changes', async () => {
  const { folder, paths } = fill();
  const before = await createFiles().versions(paths);
  expect(await versionsInThread(paths)).toEqual(before);
  expect(before.map((version) => version === undefined)).toEqual([false, false, false, false, false, false, true]);
  writeFileSync(join(folder, 'usual'), 'other');
  rmSync(join(folder, 'short'));
  const after = await versionsInThread(paths);
  expect(after).toEqual(await createFiles().versions(paths));
  expect(paths.filter((_, at) => after?.[at] !== before[at])).toEqual([join(folder, 'usual'), join(folder, 'short')]);
});

test('checking many files in a thread returns the same versions as checking a few without one', async () => {
  const { paths } = fill();
  const many = Array.from({ length: 10_001 }, (_, at) => paths[at % paths.length]!);
  const files = createFiles();
  const alone = await files.versions(paths);
  expect(await files.versions(many)).toEqual(many.map((_, at) => alone[at % paths.length]));
});
