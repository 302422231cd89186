import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

import { bundling } from '../../build/build.mjs';

/** What is loaded with a module before anything is called: packages, and files of the sources. */
async function loadedWith(source: string): Promise<string[]> {
  const { outfile: _, ...options } = bundling({ source, result: 'whole.cjs' });
  const { metafile } = await build({ ...options, format: 'esm', splitting: true, outdir: 'parts', write: false });
  const { inputs } = metafile;
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of inputs[path]?.imports ?? []) if (kind !== 'dynamic-import') load(next);
  };
  load(source);
  return [...loaded].map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(path)?.[1] ?? path);
}

/** The texts, of which only those of the language that is shown are loaded. */
const TEXTS = ['core/text/en.ts', 'core/text/ja.ts'];

describe('what a command does not need is not loaded', () => {
  test.each([
    [
      'the program before it knows its command',
      'core/cli/main.ts',
      [...TEXTS, 'zod', 'yaml', 'nodemailer', 'node-forge'],
    ],
    [
      'main before its window',
      'electron/main.ts',
      ['yaml', 'nodemailer', 'node-forge', 'core/console.ts', 'core/text/text.ts'],
    ],
    ['the window without its page', 'core/console.ts', TEXTS],
    ['a list of the inventory', 'core/inventory/cli/list.ts', [...TEXTS, 'yaml', 'nodemailer', 'node-forge', 'zod']],
    ['a check of the inventory', 'core/expiry/cli/check.ts', [...TEXTS, 'nodemailer', 'node-forge']],
  ])('%s', async (_, source, absent) => {
    const loaded = await loadedWith(source);
    expect(loaded).toContain(source);
    expect(loaded.filter((each) => absent.includes(each))).toEqual([]);
  });
});
