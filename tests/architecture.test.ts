import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { describe, expect, test } from 'vitest';

import { flattenMessages, type MessageTree } from '../core/shared/text/message-tree.ts';
import { importCircles, importViolations, programPackages } from './rigs/imports.mjs';
import { ROOT } from '../build/paths.mjs';

interface Allowed {
  runtime?: readonly string[];
  types?: readonly string[];
}

/**
 * The folders of core in order: models, texts, contracts, stores, services and verbs import only from earlier folders,
 * even for types. Folders on the same line are independent of each other.
 */
const ORDER = [
  ...[
    ['shared'],
    ['formats'],
    ['knowledge'],
    ['plan', 'pki'],
    ['store'],
    ['audit'],
    ['inventory'],
    ['simulation'],
    ['revocation'],
  ],
  ...[
    ['expiry'],
    ['forecast'],
    ['availability'],
    ['repair'],
    ['maintenance'],
    ['update'],
    ['authorities'],
    ['sample'],
    ['lab'],
  ],
  ...[['runs'], ['notifications'], ['fleet'], ['settings'], ['team'], ['console'], ['cli']],
];
const featuresBefore = (name: string): string[] =>
  ORDER.slice(
    0,
    ORDER.findIndex((at) => at.includes(name)),
  ).flat();
const featuresWith = (part: string): string[] =>
  ORDER.flat().filter((name) => existsSync(join(ROOT, 'core', name, part)));
/** Features: all folders except the front ends and `shared`. Every layer may use `shared`. */
const FEATURES = ORDER.flat().filter((name) => !['shared', 'console', 'cli'].includes(name));

/** Declarations of methods, and shapes common to arguments and files. */
const CONTRACT_KIT = 'core/shared/contract';
/** Declarations of command line verbs, and the input and output that all verbs share. */
const VERB_KIT = 'core/shared/verb';

/** The tools in `core/shared` that every layer may use: no texts, no verbs, and no code that checks with zod. */
const TOOLS = readdirSync(join(ROOT, 'core/shared'))
  .filter((name) => !['text', 'contract', 'verb'].includes(name))
  .map((name) => `core/shared/${name.replace(/\.ts$/u, '')}`)
  .concat(['audit-action', 'bridge', 'effect'].map((name) => `${CONTRACT_KIT}/${name}`));
const WITH_MODEL = featuresWith('model');
const modelFolders = (names: readonly string[]): string[] => [
  ...TOOLS,
  ...WITH_MODEL.filter((name) => names.includes(name)).map((name) => `core/${name}/model`),
];
/** Types and rules that use no clock, input or output. The page may use these, texts and the types of contracts. */
const MODELS = modelFolders(WITH_MODEL);
/** Features with texts in every language and functions that turn values into sentences. */
const WITH_TEXT = featuresWith('text').filter((name) => name !== 'formats');
const textFolders = (names: readonly string[]): string[] =>
  WITH_TEXT.filter((name) => names.includes(name)).map((name) => `core/${name}/text`);
const TEXTS = textFolders(WITH_TEXT);
/** Only the front ends load the texts of all features. */
const CATALOGUES = 'core/console/catalogues';

/** Features with a contract: methods, events and the shapes passed to a front end. */
const WITH_CONTRACT = featuresWith('contract.ts');
const contractFiles = (names: readonly string[]): string[] =>
  WITH_CONTRACT.filter((name) => names.includes(name)).map((name) => `core/${name}/contract`);
const CONTRACTS = contractFiles(WITH_CONTRACT);

/**
 * All other features build on these features: tools for bytes, facts, certificates, plans, files, the audit trail, and
 * the simulation.
 */
const BASE = [...featuresBefore('inventory').filter((name) => name !== 'shared'), 'simulation'];
/** The parts of a feature that later features may use, in addition to its contract. */
const OFFERED = ['model', 'text', 'schemas.ts', 'export', 'store', 'fleet.ts', 'service.ts'];
const featureParts = (name: string, isOffered: (entry: string) => boolean): string[] =>
  existsSync(join(ROOT, 'core', name))
    ? readdirSync(join(ROOT, 'core', name))
        .filter((entry) => isOffered(entry) && !['cli', 'cli.ts', 'contract.ts'].includes(entry))
        .map((entry) => `core/${name}/${entry.replace(/\.ts$/u, '')}`)
    : [];
/** Returns the parts of a feature without its verbs, and the parts that earlier features offer. */
const partsUpTo = (name: string): string[] => [
  ...[...TOOLS, 'core/shared/text', CONTRACT_KIT],
  ...featuresBefore(name).flatMap((each) =>
    featureParts(each, (entry) => BASE.includes(each) || OFFERED.includes(entry)),
  ),
  ...featureParts(name, () => true),
];

const verbsBefore = (name: string): string[] =>
  featuresBefore(name).flatMap((each) => [`core/${each}/cli`, `core/${each}/cli.ts`]);

const TERMINAL = ['node:os', 'node:path', 'node:process', 'node:util', 'string-width'];

/** The libraries that only one folder may use, by folder. */
const LIBRARIES: Record<string, readonly string[]> = {
  'core/formats/yaml': ['yaml'],
  // Opening a PFX requires this library.
  'core/formats/pkcs': ['node-forge'],
  'core/pki': ['node-forge'],
  'core/store': ['lowdb'],
};

/**
 * The page's folders in order: files import only from earlier folders, even for types. Folders on the same line are
 * independent of each other. A folder comes after those whose parts its screens contain.
 */
const PAGE_ORDER = [
  ...[['i18n', 'ui'], ['parts'], ['audit', 'inventory', 'knowledge', 'plan']],
  ...[['forecast', 'maintenance', 'notifications', 'power-off', 'revocation'], ['fleet'], ['expiry', 'runs']],
  ...[['authorities', 'repair', 'settings', 'update'], ['shell']],
];
/** The folders of the page without the design system, which has its own rules. */
const PAGES = PAGE_ORDER.flat().filter((name) => name !== 'ui');
const pagesUpTo = (name: string): string[] => {
  const line = PAGE_ORDER.findIndex((at) => at.includes(name));
  return [...PAGE_ORDER.slice(0, line).flat(), name];
};
const stateFiles = (names: readonly string[]): string[] => names.map((name) => `renderer/${name}/**.ts`);
const componentFiles = (names: readonly string[]): string[] => names.map((name) => `renderer/${name}/**.svelte`);

/** The imports that each folder may use, in addition to its own files; docs/architecture.md explains them. */
const IMPORTS: Record<string, Allowed> = {
  'core/shared': {},
  [CONTRACT_KIT]: { runtime: [...TOOLS, 'zod'] },
  [VERB_KIT]: { runtime: [...TOOLS, 'core/shared/text', 'string-width'] },
  ...Object.fromEntries(
    FEATURES.map((name) => [
      `core/${name}`,
      { runtime: [...partsUpTo(name), 'zod'], types: contractFiles([...featuresBefore(name), name]) },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(LIBRARIES).map(([folder, libraries]) => {
      const [, name = ''] = folder.split('/');
      return [folder, { runtime: [...partsUpTo(name), ...libraries] }];
    }),
  ),
  ...Object.fromEntries(
    WITH_MODEL.map((name) => [`core/${name}/model`, { runtime: modelFolders(featuresBefore(name)) }]),
  ),
  ...Object.fromEntries(
    WITH_TEXT.map((name) => [
      `core/${name}/text`,
      {
        runtime: [
          ...modelFolders([...featuresBefore(name), name]),
          'core/shared/text',
          ...textFolders(featuresBefore(name)),
        ],
      },
    ]),
  ),
  ...Object.fromEntries(
    WITH_CONTRACT.map((name) => [
      `core/${name}/contract`,
      {
        runtime: [
          ...[...modelFolders([...featuresBefore(name), name]), ...contractFiles(featuresBefore(name))],
          ...[`core/${name}/schemas`, CONTRACT_KIT, 'zod'],
        ],
      },
    ]),
  ),
  // Verbs parse `argv` and print; their feature does the work.
  ...Object.fromEntries(
    FEATURES.flatMap((name) =>
      [`core/${name}/cli`, `core/${name}/cli.ts`].map((verbs) => [
        verbs,
        { runtime: [`core/${name}`, VERB_KIT, ...partsUpTo(name), ...verbsBefore(name), ...TERMINAL] },
      ]),
    ),
  ),
  'core/shared/text': { runtime: [...TOOLS, 'intl-messageformat'] },
  [CATALOGUES]: { runtime: TEXTS },
  'core/contract': { runtime: [...MODELS, ...CONTRACTS, CONTRACT_KIT, 'zod'] },
  'core/node': { runtime: [...TOOLS, 'node:*', 'nodemailer'] },
  'core/node/postgres': { runtime: [...TOOLS, 'core/node', 'node:*', 'pg'] },
  'core/console': {
    runtime: [...partsUpTo('console'), ...FEATURES.flatMap((name) => featureParts(name, () => true)), 'core/contract'],
    types: CONTRACTS,
  },
  'core/cli': { runtime: ['core', ...TERMINAL] },
  'core/globals': {},
  'core/platform': {},

  electron: {
    runtime: [
      ...['core/console', 'core/node', 'core/contract', CONTRACT_KIT],
      ...[...MODELS, ...TEXTS, 'core/settings/store', 'core/inventory/store/data-store'],
      ...['electron', 'node:*', 'zod'],
    ],
  },
  'electron/preload': { runtime: ['electron/channels', 'electron'], types: ['core/shared/contract/bridge'] },
  // The preload also imports this file, so this file must import nothing.
  'electron/channels': {},

  // The page itself combines all parts.
  ...Object.fromEntries(
    ['renderer/main', 'renderer/App.svelte'].map((name) => [
      name,
      { runtime: [...TOOLS, ...TEXTS, CATALOGUES, 'renderer', 'svelte'] },
    ]),
  ),
  // Imports the parts that read long answers in slices.
  'renderer/connect': { runtime: [...TOOLS, 'renderer/parts/**.ts'], types: ['core/contract'] },
  // Only the types of the contract may be imported: its schemas stay in main.
  ...Object.fromEntries(
    PAGES.map((name) => [
      `renderer/${name}/**.ts`,
      {
        runtime: [...MODELS, ...TEXTS, ...stateFiles(pagesUpTo(name)), 'svelte'],
        types: ['core/contract', ...CONTRACTS],
      },
    ]),
  ),
  // Components do not call main; their state does. The table of commands provides icons and shortcuts.
  ...Object.fromEntries(
    PAGES.map((name) => [
      `renderer/${name}/**.svelte`,
      {
        runtime: [
          ...[...stateFiles(pagesUpTo(name)), ...componentFiles(pagesUpTo(name))],
          ...['core/shared/commands', 'svelte'],
        ],
        types: [...MODELS, ...TEXTS, 'core/contract', ...CONTRACTS],
      },
    ]),
  ),
  // Finds phrases of Japanese with a library.
  'renderer/i18n/phrases': { runtime: ['budoux'] },
  // Compares two texts with a library.
  'renderer/parts/text/diff': { runtime: ['diff'] },
  'renderer/ui': { runtime: ['bits-ui', 'svelte', 'renderer/ui/yaml-editor/**.ts'], types: MODELS },
  // The editor's packages are loaded when an editor opens.
  'renderer/ui/yaml-editor/**.ts': { runtime: ['@codemirror/*', '@lezer/highlight'], types: MODELS },
};

/**
 * Folders that may contain more than `LARGEST_FOLDER` entries: `core` has one for each feature, plus the shared
 * folders.
 */
const LARGER: Record<string, number> = { core: 32 };

const LAYERED = ['core', 'electron', 'renderer'];

function sources(): Map<string, string> {
  const paths = LAYERED.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(paths.map((path) => [relative(ROOT, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

test('every file imports only what its layer allows', () => {
  expect(importViolations(sources(), IMPORTS)).toEqual([]);
});

test('no files import each other in a circle, not even for types', () => {
  expect(importCircles(sources())).toEqual([]);
});

// The contract's schemas would make up half of the preload, which validates nothing.
test.each(['renderer/main.ts', 'electron/preload.ts'])('%s and the files it imports do not use zod', (entry) => {
  const packages = programPackages(sources(), entry);
  expect(packages).toContain(entry.startsWith('renderer') ? 'svelte' : 'electron');
  expect(packages).not.toContain('zod');
});

/** A folder with more entries than this needs subfolders, each named with a noun. */
const LARGEST_FOLDER = 25;

const EXPORTED =
  /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|interface|type|enum) (?<name>\w+)/gmu;
/** This file replaces electron/page.ts in the bundle of `npm run dev`, so it must have the same exports. */
const STAND_IN = 'electron/dev/page.ts';

test('no name is exported by more than one file', () => {
  const homes = new Map<string, Set<string>>();
  for (const [file, text] of sources()) {
    if (file === STAND_IN) continue;
    for (const { groups } of text.matchAll(EXPORTED)) {
      const name = groups?.['name'] ?? '';
      homes.set(name, (homes.get(name) ?? new Set()).add(file));
    }
  }
  expect(homes.size).toBeGreaterThan(1_000);
  const doubles = [...homes].filter(([, files]) => files.size > 1);
  expect(doubles.map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([]);
});

test.each(LAYERED)('no folder in %s has too many entries', (layer) => {
  const folders = new Map<string, Set<string>>();
  for (const entry of readdirSync(join(ROOT, layer), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const parts = relative(ROOT, join(entry.parentPath, entry.name)).split(sep);
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/');
      folders.set(folder, (folders.get(folder) ?? new Set()).add(parts[depth] ?? ''));
    }
  }
  const heaps = [...folders].filter(([folder, entries]) => entries.size > (LARGER[folder] ?? LARGEST_FOLDER));
  expect(heaps.map(([folder]) => folder)).toEqual([]);
});

const featureIndex = (file: string): number => ORDER.findIndex((at) => at.includes(file.split('/')[1] ?? ''));

/** Matches the members that a file adds to the types of the verb kit for use by later files. */
const ADDED_TO_KIT =
  /^declare module '[./]*\/shared\/verb\/[^']*' \{\n {2}interface \w+ \{\n(?<members>[^]*?)\n {2}\}\n\}/gmu;

test('no verb uses a member that a later feature adds to the verb kit', () => {
  const core = [...sources()].filter(([file]) => file.startsWith('core/'));
  const added = core.flatMap(([file, text]) =>
    [...text.matchAll(ADDED_TO_KIT)].flatMap(({ groups }) =>
      [...(groups?.['members'] ?? '').matchAll(/^ {4}(?<name>\w+)\??[:(<]/gmu)].map((member) => ({
        file,
        name: member.groups?.['name'] ?? '',
      })),
    ),
  );
  expect(added.map(({ name }) => name)).toContain('openStore');
  const early = added.flatMap(({ file, name }) =>
    core
      .filter(([user, text]) => featureIndex(user) < featureIndex(file) && new RegExp(`\\b${name}\\b`, 'u').test(text))
      .map(([user]) => `${user} uses ${name} of ${file}`),
  );
  expect(early).toEqual([]);
});

test('no feature uses the key of a text that belongs to a later feature', () => {
  const owners = new Map(
    featuresWith('text/en.json').flatMap((name) => {
      const file = `core/${name}/text/en.json`;
      const texts = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as MessageTree;
      return Object.keys(flattenMessages(texts)).map((key) => [key, file] as const);
    }),
  );
  const named = [...sources()]
    .filter(([file]) => file.startsWith('core/'))
    .flatMap(([file, text]) =>
      [...text.matchAll(/'(?<key>[\w.-]+)'/gu)].map(({ groups }): [string, string] => [file, groups!['key']!]),
    );
  expect(named.filter(([, key]) => owners.has(key)).length).toBeGreaterThan(1_000);
  expect(
    named.filter(
      ([file, key]) =>
        owners.has(key) && featureIndex(file) >= 0 && featureIndex(file) < featureIndex(owners.get(key)!),
    ),
  ).toEqual([]);
});

describe('the check of imports', () => {
  const violations = (file: string, text: string): string[] => importViolations(new Map([[file, text]]), IMPORTS);

  test.each([
    ['a layer that imports itself', 'core/shared/band.ts', `import { a } from './instant.ts';`],
    [
      'a feature that imports the model of an earlier feature',
      'core/repair/a.ts',
      `import { a } from '../expiry/model/a.ts';`,
    ],
    ['a type from the ports', 'core/expiry/a.ts', `import type { Clock } from '../shared/ports.ts';`],
    ['an import in a type position', 'core/expiry/a.ts', `let a: import('./contract.ts').Api;`],
    ['a part of a package', 'core/store/a.ts', `import { Low } from 'lowdb/node';`],
    ['a built-in of Node', 'core/node/files.ts', `import { open } from 'node:fs/promises';`],
    [
      'the state in a screen',
      'renderer/expiry/Board.svelte',
      `<script lang="ts">import { Board } from './expiry.svelte.ts';</script>`,
    ],
    [
      'a part of an earlier feature in a screen',
      'renderer/repair/A.svelte',
      `<script lang="ts">import RunPanel from '../runs/RunPanel.svelte';</script>`,
    ],
    ['the state of an earlier feature', 'renderer/expiry/a.ts', `import type { A } from '../inventory/a.svelte.ts';`],
    ['the whole page from its entry point', 'renderer/main.ts', `import { a } from './shell/console.svelte.ts';`],
  ])('accepts %s', (_title, file, text) => {
    expect(violations(file, text)).toEqual([]);
  });

  test.each([
    ['the model of a later feature', 'core/expiry/model/a.ts', `import { a } from '../../repair/model/a.ts';`],
    ['a type of a later model', 'core/plan/model/a.ts', `import type { A } from '../../pki/model/a.ts';`],
    ['a feature that imports another', 'core/expiry/a.ts', `import '../inventory/a.ts';`],
    ['the contract at run time', 'core/expiry/a.ts', `import { RUN_METHODS } from '../runs/contract.ts';`],
    ['an import of names marked as types', 'core/expiry/a.ts', `import { type C } from '../runs/contract.ts';`],
    ['Node in shared code', 'core/shared/a.ts', `import { createHash } from 'node:crypto';`],
    ['the text of a later feature', 'core/expiry/text/a.ts', `import { a } from '../../repair/text/a.ts';`],
    ['a catalogue of a later feature', 'core/expiry/text/a.ts', `import type a from '../../repair/text/en.json';`],
    [
      'the catalogues of all features in a single feature',
      'core/expiry/text/a.ts',
      `import '../../console/catalogues/en.ts';`,
    ],
    ['a text in a model', 'core/expiry/model/a.ts', `import type { A } from '../../shared/text/text.ts';`],
    ['the contract of a later feature', 'core/expiry/contract.ts', `import { A } from '../runs/contract.ts';`],
    ['a package in shared code', 'core/shared/a.ts', `import { z } from 'zod';`],
    ['a type of a package in shared code', 'core/shared/a.ts', `import type { ZodType } from 'zod';`],
    ['a dynamic import', 'core/shared/a.ts', `const a = await import('../node/files.ts');`],
    ['a re-export', 'core/shared/a.ts', `export { a } from '../formats/pem.ts';`],
    ['a re-export of everything', 'core/shared/a.ts', `export * from '../formats/pem.ts';`],
    ['a require', 'core/store/a.ts', `const fs = require('node:fs');`],
    ['a library outside its folder', 'core/formats/der/pem.ts', `import forge from 'node-forge';`],
    ['a package with a similar name', 'core/store/a.ts', `import { z } from 'zod-extras';`],
    ['the contract in the preload', 'electron/preload.ts', `import { callFault } from '../core/contract.ts';`],
    ['a schema in the page', 'renderer/runs/a.ts', `import { RUN_METHODS } from '../../core/runs/contract.ts';`],
    ['the whole core in the preload', 'electron/preload.ts', `import '../core/console/console.ts';`],
    ['the service of a later feature', 'core/inventory/service.ts', `import { a } from '../repair/service.ts';`],
    ['a type of a later store', 'core/expiry/store/a.ts', `import type { A } from '../../runs/store/store.ts';`],
    ['a verb of a later feature', 'core/expiry/cli/a.ts', `import { a } from '../../repair/cli/a.ts';`],
    ['Electron in core', 'core/node/a.ts', `import { app } from 'electron';`],
    ['core in the page', 'renderer/App.svelte', `<script>import '../core/inventory/store/store.ts';</script>`],
    [
      'the component library in a screen',
      'renderer/expiry/Board.svelte',
      `<script module>let a;</script>\n<script lang="ts">import { Dialog } from 'bits-ui';</script>`,
    ],
    ['the shell in a feature', 'renderer/expiry/a.ts', `import { a } from '../shell/console.svelte.ts';`],
    ['a later feature of the page', 'renderer/expiry/a.ts', `import { a } from '../repair/a.ts';`],
    ['a type of a later feature of the page', 'renderer/parts/a.ts', `import type { A } from '../inventory/a.ts';`],
    ['a feature on the same line of the order', 'renderer/runs/a.ts', `import type { A } from '../expiry/a.ts';`],
    ['a screen of a later feature', 'renderer/runs/A.svelte', `<script>import A from '../repair/A.svelte';</script>`],
    ['the page in the shell', 'renderer/shell/A.svelte', `<script>import App from '../App.svelte';</script>`],
    ['a call to main in a component', 'renderer/expiry/A.svelte', `<script>import '../connect.ts';</script>`],
    ['a connection to main in a state', 'renderer/expiry/a.ts', `import { connect } from '../connect.ts';`],
  ])('rejects %s', (_title, file, text) => {
    expect(violations(file, text)).toHaveLength(1);
  });

  test('names the file, the import and the allowed imports', () => {
    expect(violations('renderer/ui/a.ts', `import { connect } from '../connect.ts';`)).toEqual([
      'renderer/ui/a.ts imports renderer/connect.ts. renderer/ui may import, beside itself: ' +
        `bits-ui, svelte, renderer/ui/yaml-editor/**.ts; as types only: ${MODELS.join(', ')}.`,
    ]);
  });

  test.each(['core/helpers/a.ts', 'renderer/helpers/a.ts'])('rejects %s, which belongs to no layer', (file) => {
    expect(violations(file, '')[0]).toContain(`${file} belongs to no layer`);
  });
});
