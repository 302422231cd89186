import { build } from 'esbuild';
import { expect, test } from 'vitest';

import { bundleOptions } from '../../build/build.mjs';
import { devBundleOptions } from '../../build/dev.mjs';

const ADDRESS = 'http://127.0.0.1:5173';

async function buildBundle(options: ReturnType<typeof bundleOptions>): Promise<{ modules: string[]; text: string }> {
  const { metafile, outputFiles } = await build({ ...options, sourcemap: false, write: false });
  return { modules: Object.keys(metafile.inputs), text: outputFiles[0]?.text ?? '' };
}

test.each([
  ['main', 'electron/main.ts'],
  ['preload', 'electron/preload.ts'],
  ['the command line', 'core/cli/main.ts'],
])('the released bundle of %s contains no code for a development server', async (_, source) => {
  const { modules, text } = await buildBundle(bundleOptions({ source, result: 'released.cjs' }));
  expect(modules).toContain(source);
  expect(modules.filter((path) => path.startsWith('electron/dev/'))).toEqual([]);
  expect(text).not.toContain('DEV_SERVER');
  expect(text).not.toMatch(/style-src 'self' 'unsafe-inline'/u);
  if (source !== 'electron/main.ts') return;
  expect(modules).toContain('electron/page.ts');
  expect(text).toContain(`"connect-src 'none'"`);
  expect(text).toContain(`"style-src 'self'"`);
});

test('npm run dev loads the page from the development server', async () => {
  const { modules, text } = await buildBundle(devBundleOptions('main', ADDRESS));
  expect(modules).toContain('electron/dev/page.ts');
  expect(modules).not.toContain('electron/page.ts');
  expect(text).toContain(ADDRESS);
});
