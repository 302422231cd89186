import { expect, test } from 'vitest';
import { heapAfterImport } from '../../support/heap-after-import.ts';

/** From 1,000 files on, a thread reads the files in batches. */
test('after an import of 3,600 files of all kinds, the heap contains none of their secrets', async () => {
  const { found, planted, filesRead } = await heapAfterImport(3_600);
  console.log(`${filesRead} files, ${planted} planted secrets; in the heap afterwards: ${found.length}`);
  expect(filesRead).toBe(3_600);
  expect(found).toEqual([]);
});
