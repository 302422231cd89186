import { expect, test } from 'vitest';
import { heapAfterImport } from '../../support/heap-after-import.ts';

test(
  'after an import of 360 files of all kinds, the heap contains none of their secrets',
  { timeout: 300_000 },
  async () => {
    const { found, planted, filesRead, added } = await heapAfterImport(360);
    expect(filesRead).toBe(360);
    expect(planted).toBeGreaterThan(360);
    expect(added).toBeGreaterThan(150);
    expect(found).toEqual([]);
  },
);
