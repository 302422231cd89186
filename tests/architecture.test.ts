import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { describe, expect, test } from 'vitest';

import { importViolations } from '../build/imports.mjs';
import { ROOT } from '../build/paths.mjs';

interface Allowed {
  runtime?: readonly string[];
  types?: readonly string[];
}

const FEATURES = [
  ...['core/inventory', 'core/expiry', 'core/update', 'core/repair'],
  ...['core/revocation', 'core/export', 'core/authority', 'core/lab'],
];

/** What a feature may use; another feature is not among it. */
const FEATURE: Allowed = {
  runtime: ['core/domain', 'core/formats', 'core/store', 'core/execution'],
  types: ['core/ports', 'core/contract'],
};

/** The table of docs/architecture.md as data: what each layer may import beside itself. */
const IMPORTS: Record<string, Allowed> = {
  'core/domain': {},
  'core/ports': { types: ['core/domain'] },
  'core/contract': { types: ['core/domain'] },
  'core/contract-arguments': {
    // A setting has one shape, in a call as in the file.
    runtime: ['core/contract', 'core/domain', 'core/store/schemas', 'zod'],
  },
  'core/formats': { runtime: ['core/domain', 'yaml'] },
  // Opening a PFX takes what only the crypto library has.
  'core/formats/pkcs12*': {
    runtime: ['core/domain', 'core/formats', 'node-forge'],
    types: ['core/ports'],
  },
  // What a compressor made is unpacked by a library.
  'core/formats/zip': { runtime: ['core/domain', 'core/formats', 'fflate'] },
  'core/language': { runtime: ['core/domain', 'intl-messageformat'] },
  'core/store': {
    runtime: ['core/domain', 'core/formats', 'lowdb', 'zod'],
    types: ['core/ports', 'core/contract'],
  },
  // The target to practise on is the engine's simulation, begun with what was read; nothing else of the engine.
  'core/execution': {
    ...FEATURE,
    runtime: [...(FEATURE.runtime ?? []), 'core/authority/simulation'],
  },
  ...Object.fromEntries(FEATURES.map((feature) => [feature, FEATURE])),
  'core/export': {
    runtime: [...(FEATURE.runtime ?? []), 'core/language'],
    // A bundle is made of a manifest, which nobody but that feature can make; it calls nothing of it.
    types: [...(FEATURE.types ?? []), 'core/revocation'],
  },
  // A forecast is the engine's simulation, begun with what was read; nothing else of the engine.
  'core/expiry': { ...FEATURE, runtime: [...(FEATURE.runtime ?? []), 'core/authority/simulation'] },
  // What a revocation would do is what the engine's copy of the cluster does.
  'core/revocation': {
    ...FEATURE,
    runtime: [...(FEATURE.runtime ?? []), 'core/authority/simulation'],
  },
  'core/authority': { ...FEATURE, runtime: [...(FEATURE.runtime ?? []), 'node-forge', 'zod'] },
  'core/node': {
    runtime: ['core/domain', 'node:*', 'nodemailer', 'proper-lockfile'],
    types: ['core/ports'],
  },
  'core/console': {
    runtime: [
      ...['core/domain', 'core/formats', 'core/language', 'core/store', 'core/execution'],
      ...FEATURES,
    ],
    types: ['core/ports', 'core/contract'],
  },
  'core/cli': {
    runtime: [
      // Every part of core: verbs call features directly, and main.ts wires them to this computer.
      ...['core/console', 'core/node', 'core/contract', 'core/contract-arguments', 'core/domain'],
      ...['core/formats', 'core/language', 'core/store', 'core/execution', ...FEATURES],
      ...['node:os', 'node:path', 'node:process', 'node:util', 'string-width'],
    ],
    types: ['core/ports'],
  },
  'core/globals': {},
  'core/platform': {},

  electron: {
    runtime: [
      ...['core/console', 'core/node', 'core/contract', 'core/contract-arguments'],
      ...['core/domain', 'core/language', 'core/store', 'electron', 'node:*'],
    ],
    types: ['core/ports'],
  },
  'electron/preload': { runtime: ['core/contract', 'electron/channels', 'electron'] },
  // Shared with the preload, so it must stay free of everything.
  'electron/channels': { types: ['core/contract'] },

  renderer: {
    runtime: [
      ...['core/domain', 'core/language', 'renderer/api', 'renderer/state', 'renderer/screens'],
      ...['renderer/ui', 'renderer/format', 'renderer/i18n', 'svelte'],
    ],
    types: ['core/contract'],
  },
  'renderer/api': { types: ['core/contract'] },
  'renderer/format': {
    runtime: ['core/domain', 'core/language', 'renderer/i18n'],
    types: ['core/contract'],
  },
  'renderer/i18n': {
    runtime: ['core/language', 'renderer/format', 'svelte'],
    types: ['core/domain'],
  },
  'renderer/state': {
    // Of the contract the lists of commands and formats; never its implementation.
    runtime: [
      'core/contract',
      'core/domain',
      'core/language',
      'renderer/api',
      'renderer/i18n',
      'svelte',
    ],
  },
  'renderer/screens': {
    runtime: ['renderer/state', 'renderer/ui', 'renderer/format', 'renderer/i18n', 'svelte'],
    types: ['core/domain', 'core/language', 'core/contract'],
  },
  'renderer/ui': {
    runtime: ['bits-ui', 'svelte', 'renderer/ui/yaml-editor*'],
    types: ['core/domain'],
  },
  // The editor's packages are in these files alone, which are loaded when an editor is shown.
  'renderer/ui/yaml-editor*': {
    runtime: ['@codemirror/*', '@lezer/highlight'],
    types: ['core/domain'],
  },
};

const LAYERED = ['core', 'electron', 'renderer'];

function sources(): Map<string, string> {
  const paths = LAYERED.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(
    paths.map((path) => [relative(ROOT, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

test('no file imports what its layer may not import', () => {
  expect(importViolations(sources(), IMPORTS)).toEqual([]);
});

describe('the checker itself', () => {
  const violations = (file: string, text: string): string[] =>
    importViolations(new Map([[file, text]]), IMPORTS);

  test.each([
    ['a layer imports itself', 'core/domain/band.ts', `import { a } from './instant.ts';`],
    ['a feature imports the domain', 'core/expiry/a.ts', `import { a } from '../domain/a.ts';`],
    ['types from a port', 'core/expiry/a.ts', `import type { Clock } from '../ports.ts';`],
    ['a type in a position', 'core/expiry/a.ts', `let a: import('../ports.ts').Clock;`],
    ['a part of a package', 'core/store/a.ts', `import { Low } from 'lowdb/node';`],
    ['a built-in of Node', 'core/node/files.ts', `import { open } from 'node:fs/promises';`],
    [
      'the state from a screen',
      'renderer/screens/expiry/Board.svelte',
      `<script lang="ts">import { Board } from '../../state/expiry.svelte.ts';</script>`,
    ],
  ])('accepts %s', (_title, file, text) => {
    expect(violations(file, text)).toEqual([]);
  });

  test.each([
    ['a feature that imports another', 'core/expiry/a.ts', `import '../inventory/a.ts';`],
    ['a port at run time', 'core/expiry/a.ts', `import { Clock } from '../ports.ts';`],
    ['only its names marked as types', 'core/expiry/a.ts', `import { type C } from '../ports.ts';`],
    ['Node in the domain', 'core/domain/a.ts', `import { createHash } from 'node:crypto';`],
    ['a package in the domain', 'core/domain/a.ts', `import { z } from 'zod';`],
    [
      'a type of a package in the domain',
      'core/domain/a.ts',
      `import type { ZodType } from 'zod';`,
    ],
    ['a dynamic import', 'core/domain/a.ts', `const a = await import('../node/files.ts');`],
    ['a re-export', 'core/domain/a.ts', `export { a } from '../formats/pem.ts';`],
    ['a re-export of everything', 'core/domain/a.ts', `export * from '../formats/pem.ts';`],
    ['a require', 'core/store/a.ts', `const fs = require('node:fs');`],
    ['a codec outside its file', 'core/formats/pem.ts', `import forge from 'node-forge';`],
    ['a package with a similar name', 'core/store/a.ts', `import { z } from 'zod-extras';`],
    ['the whole core in the preload', 'electron/preload.ts', `import '../core/console.ts';`],
    ['Electron in core', 'core/node/a.ts', `import { app } from 'electron';`],
    [
      'core in the page',
      'renderer/App.svelte',
      `<script>import '../core/store/store.ts';</script>`,
    ],
    [
      'the component library in a screen',
      'renderer/screens/expiry/Board.svelte',
      `<script module>let a;</script>\n<script lang="ts">import { Dialog } from 'bits-ui';</script>`,
    ],
    ['a call to main in a screen', 'renderer/screens/a.ts', `import { api } from '../api.ts';`],
  ])('refuses %s', (_title, file, text) => {
    expect(violations(file, text)).toHaveLength(1);
  });

  test('names the file, the import and what is allowed instead', () => {
    expect(violations('renderer/ui/a.ts', `import { api } from '../api.ts';`)).toEqual([
      'renderer/ui/a.ts imports renderer/api.ts. renderer/ui may import, beside itself: ' +
        'bits-ui, svelte, renderer/ui/yaml-editor*; as types only: core/domain.',
    ]);
  });

  test('refuses a file that belongs to no layer', () => {
    expect(violations('core/helpers/a.ts', '')[0]).toMatch(
      /^core\/helpers\/a\.ts belongs to no layer/,
    );
  });
});
