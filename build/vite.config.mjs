import { join } from 'node:path';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

import { recordModules } from './licences.mjs';
import { BROWSER_TARGET, CACHE, globals, OUT, PAGE_MODULES, ROOT } from './paths.mjs';

const LANGUAGES = ['en', 'ja'];

export default defineConfig({
  root: join(ROOT, 'renderer'),
  cacheDir: join(CACHE, 'vite'),
  // The page is served under a custom scheme from wherever the package is installed.
  base: './',
  define: globals(),
  plugins: [svelte({ configFile: false }), recordModules(PAGE_MODULES)],
  build: {
    outDir: join(OUT, 'renderer'),
    emptyOutDir: true,
    target: BROWSER_TARGET,
    // The content security policy allows neither inline scripts nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // One style sheet: parts that are loaded later neither restyle others nor wait for a style sheet.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Main preloads these texts by name; see electron/page.ts.
        chunkFileNames: ({ name }) => (LANGUAGES.includes(name) ? 'assets/[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            // One file: each file that the first frame needs costs a request to the main process.
            { name: 'first', test: /renderer\/main\.ts$/, priority: 1 },
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
});
