import { expect, test } from 'vitest';
import { createFiles } from '../../../core/node/files.ts';
import { limitTime } from '../../../core/node/time-limit.ts';

test('work that settles in time keeps its outcome, even if it fails', async () => {
  await expect(limitTime(Promise.resolve('here'), 1_000)).resolves.toBe('here');
  await expect(limitTime(Promise.reject(new Error('gone')), 1_000)).rejects.toThrow('gone');
});

test('work that does not settle in time fails with ETIMEDOUT', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(limitTime(never, 5)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});

test('file facts are the same with and without a time limit', async () => {
  const path = import.meta.filename;
  const files = createFiles();
  expect(await files.facts(path, { withinMs: 5_000 })).toEqual(await files.facts(path));
  await expect(files.facts(`${path}.none`, { withinMs: 5_000 })).rejects.toMatchObject({ code: 'file.not-found' });
});
