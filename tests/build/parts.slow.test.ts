import { join, relative, sep } from 'node:path';

import { build } from 'esbuild';
import { build as buildPage } from 'vite';
import { describe, expect, test } from 'vitest';

import { bundleOptions } from '../../build/build.mjs';
import { ROOT } from '../../build/paths.mjs';

/** Lists the packages and source files that are loaded together with a module. */
async function listLoaded(source: string): Promise<string[]> {
  const { outfile: _, ...options } = bundleOptions({ source, result: 'whole.cjs' });
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

const TEXTS = ['core/console/catalogues/en.ts', 'core/console/catalogues/ja.ts'];

describe('unneeded modules are not loaded', () => {
  test.each([
    [
      'by the command line before it runs a command',
      'core/cli/main.ts',
      [...TEXTS, 'zod', 'yaml', 'nodemailer', 'node-forge'],
    ],
    [
      'by main before it opens a window',
      'electron/main.ts',
      ['zod', 'yaml', 'nodemailer', 'node-forge', 'core/console/console.ts', 'core/shared/text/text.ts'],
    ],
    ['by the console without its page', 'core/console/console.ts', TEXTS],
    ['by the store before it has found a file', 'core/settings/store/store.ts', ['zod']],
    // The window is not opened until the settings are loaded.
    [
      'by the schemas of settings',
      'core/settings/store/settings-format.ts',
      ['core/shared/contract/schemas.ts', 'core/inventory/store/schemas.ts'],
    ],
    ['by listing the inventory', 'core/expiry/cli/list.ts', [...TEXTS, 'yaml', 'nodemailer', 'node-forge', 'zod']],
    ['by checking the inventory', 'core/fleet/cli/check.ts', [...TEXTS, 'nodemailer', 'node-forge']],
  ])('%s', async (_, source, absent) => {
    const loaded = await listLoaded(source);
    expect(loaded).toContain(source);
    expect(loaded.filter((each) => absent.includes(each))).toEqual([]);
  });
});

/**
 * Lists the modules that the page loads before its first frame, grouped by script. Throws if a script imports another.
 */
async function firstScripts(): Promise<string[][]> {
  const built = await buildPage({
    configFile: join(ROOT, 'build/vite.config.mjs'),
    configLoader: 'native',
    logLevel: 'silent',
    build: { write: false },
  });
  if (!('output' in built)) throw new Error('the page is one build');
  const page = built.output.find(({ fileName }) => fileName === 'index.html');
  if (page?.type !== 'asset') throw new Error('there is no page');
  const named = [...String(page.source).matchAll(/(?:src|href)="\.\/(?<file>[^"]+\.js)"/gu)];
  return named.map(({ groups }) => {
    const script = built.output.find(({ fileName }) => fileName === groups?.['file']);
    if (script?.type !== 'chunk') throw new Error('the page names a script that was not built');
    expect(script.imports).toEqual([]);
    return Object.keys(script.modules).map((id) => relative(ROOT, id).split(sep).join('/'));
  });
}

test('the first frame needs a single script, which contains no texts and no screen but the fleet', async () => {
  const [modules = [], ...others] = await firstScripts();
  expect(others).toEqual([]);
  expect(modules).toContain('renderer/fleet/ClusterCard.svelte');
  const screens = modules.filter((id) => /(?:Screen|View|Palette|Dialogs?)\.svelte$/u.test(id));
  expect(screens.sort()).toEqual(['renderer/expiry/ExpiryScreen.svelte', 'renderer/fleet/FleetView.svelte']);
  expect(modules.filter((id) => /^core\/(?:.*\/)?(?:text|catalogues)\/(?:en|ja)[./]/u.test(id))).toEqual([]);
  expect(modules.filter((id) => /@codemirror|knowledge-search/u.test(id))).toEqual([]);
});
