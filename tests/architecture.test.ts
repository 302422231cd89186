import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { describe, expect, test } from 'vitest';

import { importCircles, importViolations, packagesOf } from '../build/imports.mjs';
import { ROOT } from '../build/paths.mjs';

interface Allowed {
  runtime?: readonly string[];
  types?: readonly string[];
}

/** Folders of core, each for what an admin would call a feature. */
const FEATURES = [
  ...['audit', 'authorities', 'availability', 'expiry', 'forecast', 'inventory', 'knowledge', 'maintenance'],
  ...['notifications', 'repair', 'revocation', 'runs', 'sample', 'settings', 'update'],
];

/**
 * Features in their order: models, texts and contracts of each import only those before it. Those of one line do not know
 * each other.
 */
const ORDER = [
  ...[['shared'], ['formats'], ['knowledge'], ['plan', 'pki'], ['store'], ['audit'], ['inventory'], ['revocation']],
  ...[['expiry'], ['forecast'], ['availability'], ['repair'], ['maintenance'], ['update'], ['authorities'], ['sample']],
  ...[['runs'], ['notifications'], ['settings'], ['console'], ['cli']],
];
const before = (name: string): string[] =>
  ORDER.slice(
    0,
    ORDER.findIndex((at) => at.includes(name)),
  ).flat();
const having = (part: string): string[] => ORDER.flat().filter((name) => existsSync(join(ROOT, 'core', name, part)));

/** How a method is declared, and shapes that arguments and files have in common. */
const CONTRACT_KIT = 'core/shared/contract';
/** Shapes of values shared by arguments and files. */
const SCHEMAS = 'core/shared/contract/schemas';

/** Tools of `core/shared` that everybody may use: all but texts and what checks with zod. */
const TOOLS = readdirSync(join(ROOT, 'core/shared'))
  .filter((name) => !['text', 'contract'].includes(name))
  .map((name) => `core/shared/${name.replace(/\.ts$/u, '')}`)
  .concat(['audit-action', 'bridge', 'effect'].map((name) => `${CONTRACT_KIT}/${name}`));
const WITH_MODEL = having('model');
const modelsOf = (names: readonly string[]): string[] => [
  ...TOOLS,
  ...WITH_MODEL.filter((name) => names.includes(name)).map((name) => `core/${name}/model`),
];
/**
 * Types and rules without clock, input or output: the only parts of a feature that other features and the page may use.
 */
const MODELS = modelsOf(WITH_MODEL);
/** Sentences in every language: the runtime, the catalogues, and what turns values into sentences. */
const WITH_TEXT = having('text').filter((name) => name !== 'formats');
const textsOf = (names: readonly string[]): string[] =>
  WITH_TEXT.filter((name) => names.includes(name)).map((name) => `core/${name}/text`);
const TEXTS = textsOf(WITH_TEXT);
/** The texts of all features: only the fronts load them. */
const CATALOGUES = 'core/console/catalogues';

/** Folders of the page: its features and their shared parts. The shell imports all of them, and none imports the shell. */
const PAGES = [
  ...['audit', 'authorities', 'expiry', 'forecast', 'inventory', 'knowledge', 'maintenance'],
  ...['notifications', 'parts', 'plan', 'power-off', 'repair', 'revocation', 'runs', 'settings'],
  'update',
];
const PAGE_STATE = PAGES.map((name) => `renderer/${name}/**.ts`);
const PAGE_COMPONENTS = PAGES.map((name) => `renderer/${name}/**.svelte`);

/** Methods, events and the shapes passed to a front end, by feature. */
const WITH_CONTRACT = having('contract.ts');
const contractsOf = (names: readonly string[]): string[] =>
  WITH_CONTRACT.filter((name) => names.includes(name)).map((name) => `core/${name}/contract`);
const CONTRACTS = contractsOf(WITH_CONTRACT);

/** A setting has the same shape in a call and in the file. */
const SETTING_SCHEMAS = 'core/settings/schemas';
/** The board of a setting is that of a call. */
const BOARD_SCHEMAS = 'core/expiry/schemas';

/** What every feature may use besides itself. */
const FEATURE: Allowed = { runtime: [...MODELS, 'core/formats', 'core/store', SCHEMAS], types: CONTRACTS };

/** Features that may use more, each with the reason. */
const MORE: Record<string, readonly string[]> = {
  // The declarations of methods say what is recorded.
  audit: ['zod', 'core/shared/contract/method'],
  authorities: ['core/pki', 'zod'],
  // A forecast is the engine's simulation, starting from the imported data; it uses nothing else of the engine.
  forecast: ['core/pki/simulation'],
  notifications: ['zod'],
  // The effect of a revocation is what happens in the engine's copy of the cluster.
  revocation: ['core/pki/simulation', 'zod', ...TEXTS, 'core/revocation/export'],
  // The practice target is the engine's simulation, starting from the imported data.
  runs: ['core/pki/simulation', 'core/audit/store', 'zod', 'core/plan/export'],
  sample: ['core/authorities', 'core/pki', ...TEXTS],
  // A setting has one shape, in a call as in the file.
  settings: [SETTING_SCHEMAS, 'zod'],
};

const TERMINAL = ['node:os', 'node:path', 'node:process', 'node:util', 'string-width'];

/** What every verb may use: it parses arguments, calls the service of its feature, and prints. */
const VERB = [...MODELS, ...TEXTS, 'core/cli', ...TERMINAL];

/** Verbs that use the service of their feature, each with what else they use and why. */
const CLI_OF: Record<string, Allowed> = {
  'core/authorities/cli': {
    runtime: [
      ...[...VERB, 'core/authorities/service'],
      // Works on files alone, without an authority: not part of the service, since the window has none of it.
      ...['csr-objects', 'request-files', 'verify-files', 'bootstrap-files', 'login-file', 'creation'].map(
        (name) => `core/authorities/operations/${name}`,
      ),
      'core/authorities/create/apply',
      // Rules for typed words, and a certificate as a row or in PEM.
      ...['names', 'secret-line', 'view'].map((name) => `core/authorities/operations/${name}`),
      'core/authorities/create/validity',
    ],
    types: ['core/authorities'],
  },
  'core/inventory/cli': {
    runtime: [
      ...[...VERB, 'core/inventory/service', 'core/inventory/rows'],
      // Without a data folder: the content of files, and the known places.
      ...['core/inventory/read/inspect', 'core/inventory/places'],
      // Which files are closed is asked before the data folder is opened; a passphrase is read as that of an authority.
      ...['core/inventory/read/read-files', 'core/authorities/cli/secrets'],
      // An inventory is printed as the board.
      ...['core/expiry/export', 'core/expiry/cli'],
      // Citations in JSON are the same as those of plans.
      'core/runs/cli/plan-records',
    ],
    types: ['core/inventory', 'core/store'],
  },
  'core/revocation/cli': {
    runtime: [
      ...[...VERB, 'core/revocation/service', 'core/revocation/publish', 'core/revocation/documents'],
      ...['core/revocation/export', 'core/revocation/manifest/writer', 'core/revocation/file'],
      // A bundle is judged by itself, without an inventory.
      'core/revocation/bundle/verify',
      // Whether an object that was read is in force is recorded in the inventory.
      'core/inventory/service',
      // Options shared with other verbs.
      'core/authorities/cli/values',
    ],
    types: ['core/revocation', 'core/store'],
  },
};

/** What verbs of the other features use beside their own feature and `VERB`, each with the reason. */
const MORE_VERBS: Record<string, readonly string[]> = {
  // Several features have their verbs behind the word `expiry`, and what is silenced does not fail its check.
  expiry: ['core/forecast/cli', 'core/maintenance/cli', 'core/notifications/cli', 'core/availability/cli'],
  // A plan is printed, written and run in the same way, whatever it is for.
  repair: ['core/runs/cli'],
  update: ['core/runs/cli'],
  // A run in a terminal reads its inventory again by itself; the window has it done by the console.
  runs: ['core/inventory/fleet', 'core/inventory/import', 'core/sample/simulated-changes', 'core/store'],
};

/** The table of docs/architecture.md as data: what each layer may import besides itself. */
const IMPORTS: Record<string, Allowed> = {
  'core/shared': {},
  ...Object.fromEntries(WITH_MODEL.map((name) => [`core/${name}/model`, { runtime: modelsOf(before(name)) }])),
  ...Object.fromEntries(
    WITH_TEXT.map((name) => [
      `core/${name}/text`,
      { runtime: [...modelsOf([...before(name), name]), ...textsOf(before(name))] },
    ]),
  ),
  [CONTRACT_KIT]: { runtime: [...TOOLS, 'zod'] },
  'core/shared/text': { runtime: [...TOOLS, 'intl-messageformat'] },
  [CATALOGUES]: { runtime: TEXTS },
  ...Object.fromEntries(
    WITH_CONTRACT.map((name) => [
      `core/${name}/contract`,
      { runtime: [...MODELS, ...contractsOf(before(name)), `core/${name}/schemas`, CONTRACT_KIT, 'zod'] },
    ]),
  ),
  'core/contract': { runtime: [...MODELS, ...CONTRACTS, CONTRACT_KIT, 'zod'] },
  [BOARD_SCHEMAS]: { runtime: [...modelsOf([...before('expiry'), 'expiry']), SCHEMAS, 'zod'] },
  [SETTING_SCHEMAS]: { runtime: [...MODELS, SCHEMAS, BOARD_SCHEMAS, 'zod'] },
  'core/formats': {
    runtime: [...TOOLS, 'core/formats/pkcs', 'core/formats/yaml', 'core/formats/archive'],
    types: ['core/pki/model'],
  },
  'core/formats/yaml': { runtime: [...TOOLS, 'yaml'] },
  // Opening a PFX needs functions that only the crypto library has.
  'core/formats/pkcs': { runtime: [...TOOLS, 'core/formats', 'node-forge'] },
  // Compressed data is unpacked by a library.
  'core/formats/archive': { runtime: [...TOOLS, 'core/formats', 'fflate'] },
  'core/pki': { runtime: [...MODELS, 'core/formats', 'node-forge'] },
  'core/plan': {
    runtime: [...MODELS, ...TEXTS, 'core/formats', 'core/report'],
    types: ['core/contract', ...CONTRACTS],
  },
  'core/store': {
    runtime: [...MODELS, 'core/formats', SCHEMAS, 'lowdb', 'zod'],
    types: ['core/contract', ...CONTRACTS],
  },
  ...Object.fromEntries(
    FEATURES.map((name) => [
      `core/${name}`,
      { runtime: [...(FEATURE.runtime ?? []), ...(MORE[name] ?? [])], types: [...CONTRACTS, `core/${name}/service`] },
    ]),
  ),
  ...Object.fromEntries(
    FEATURES.map((name) => [
      `core/${name}/export`,
      { ...FEATURE, runtime: [...(FEATURE.runtime ?? []), ...TEXTS, `core/${name}`, 'core/plan', 'core/report'] },
    ]),
  ),
  // A service puts its feature together for both fronts: rules, what is kept, texts and files.
  ...Object.fromEntries(
    FEATURES.map((name) => [
      `core/${name}/service`,
      {
        ...FEATURE,
        runtime: [
          ...[...(FEATURE.runtime ?? []), ...(MORE[name] ?? []), ...TEXTS],
          ...[`core/${name}`, 'core/plan', 'core/report'],
        ],
      },
    ]),
  ),
  'core/report': { runtime: [...MODELS, ...TEXTS, 'core/formats'] },
  'core/node': { runtime: [...TOOLS, 'node:*', 'nodemailer'] },
  'core/console': {
    runtime: [
      ...MODELS,
      ...TEXTS,
      'core/formats',
      'core/plan',
      'core/store',
      // What each method does is declared there.
      'core/contract',
      CONTRACT_KIT,
      ...FEATURES.map((name) => `core/${name}`),
    ],
    types: ['core/contract', ...CONTRACTS],
  },
  // Verbs take argv and print: what they do is their feature's, on what core/cli has opened or read.
  ...Object.fromEntries(
    FEATURES.map((name) => [
      `core/${name}/cli`,
      CLI_OF[`core/${name}/cli`] ?? {
        runtime: [
          ...VERB,
          ...['core/formats', 'core/plan', 'core/report', `core/${name}`],
          ...(MORE_VERBS[name] ?? []),
        ],
      },
    ]),
  ),
  'core/cli': { runtime: ['core', ...TERMINAL] },
  'core/globals': {},
  'core/platform': {},

  electron: {
    runtime: [
      ...['core/console', 'core/node', 'core/contract', CONTRACT_KIT],
      ...[...MODELS, ...TEXTS, 'core/settings/store', 'electron', 'node:*', 'zod'],
    ],
  },
  'electron/preload': { runtime: ['electron/channels', 'electron'], types: ['core/shared/contract/bridge'] },
  // Shared with the preload, so it must stay free of everything.
  'electron/channels': {},

  // The page itself assembles everything.
  renderer: {
    runtime: [...MODELS, ...TEXTS, CATALOGUES, 'renderer', ...PAGE_STATE, ...PAGE_COMPONENTS, 'svelte'],
    types: ['core/contract', ...CONTRACTS],
  },
  // Long answers are read in slices.
  'renderer/api': { runtime: [...MODELS, 'renderer/parts/**.ts'], types: ['core/contract', ...CONTRACTS] },
  'renderer/format': { runtime: [...MODELS, ...TEXTS, 'renderer/i18n'], types: ['core/contract', ...CONTRACTS] },
  'renderer/i18n': { runtime: [...MODELS, ...TEXTS, 'renderer/format', 'svelte'] },
  // Only the types of the contract: its schemas stay in main.
  ...Object.fromEntries(
    PAGE_STATE.map((name) => [
      name,
      {
        runtime: [
          ...[...MODELS, ...TEXTS, ...PAGE_STATE],
          ...['renderer/api', 'renderer/format', 'renderer/i18n', 'renderer/ui/**.ts', 'svelte'],
        ],
        types: ['core/contract', ...CONTRACTS],
      },
    ]),
  ),
  // A component calls nothing in main: its state does. Icons and shortcuts come from the table of commands.
  ...Object.fromEntries(
    PAGE_COMPONENTS.map((name) => [
      name,
      {
        runtime: [
          ...[...PAGE_COMPONENTS, ...PAGE_STATE, 'core/shared/commands'],
          ...['renderer/ui', 'renderer/format', 'renderer/i18n', 'svelte'],
        ],
        types: [...MODELS, ...TEXTS, 'core/contract', ...CONTRACTS],
      },
    ]),
  ),
  // A library compares two texts.
  'renderer/shell/**.ts': {
    runtime: [...MODELS, ...TEXTS, ...PAGE_STATE, 'renderer/format', 'renderer/i18n', 'renderer/ui/**.ts', 'svelte'],
    types: ['renderer/api', 'core/contract', ...CONTRACTS],
  },
  'renderer/shell/**.svelte': {
    runtime: [
      ...[...PAGE_COMPONENTS, ...PAGE_STATE, 'renderer/shell/**.ts', 'core/shared/commands'],
      ...['renderer/ui', 'renderer/format', 'renderer/i18n', 'svelte'],
    ],
    types: [...MODELS, ...TEXTS, 'core/contract', ...CONTRACTS],
  },
  'renderer/parts/text/diff': { runtime: ['diff'] },
  'renderer/ui': { runtime: ['bits-ui', 'svelte', 'renderer/ui/yaml-editor/**.ts'], types: MODELS },
  // The editor's packages are used only in these files, which are loaded when an editor is shown.
  'renderer/ui/yaml-editor/**.ts': { runtime: ['@codemirror/*', '@lezer/highlight'], types: MODELS },
};

/** Folders that may contain more: `core` has one for each feature, plus the shared ones. */
const LARGER: Record<string, number> = { core: 31 };

const LAYERED = ['core', 'electron', 'renderer'];

function sources(): Map<string, string> {
  const paths = LAYERED.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(paths.map((path) => [relative(ROOT, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

test('no file imports what its layer may not import', () => {
  expect(importViolations(sources(), IMPORTS)).toEqual([]);
});

test('no files import each other, not even types', () => {
  expect(importCircles(sources())).toEqual([]);
});

// The schemas of the contract would be half of the preload, and are of no use where nothing is checked.
test.each(['renderer/main.ts', 'electron/preload.ts'])('%s and all that it imports contain no zod', (entry) => {
  const packages = packagesOf(sources(), entry);
  expect(packages).toContain(entry.startsWith('renderer') ? 'svelte' : 'electron');
  expect(packages).not.toContain('zod');
});

/** A folder with more entries than this is a heap: a noun is missing. */
const LARGEST_FOLDER = 25;

/** Exported names; catalogues are exported by default, since English and Japanese have the same parts. */
const EXPORTED =
  /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|interface|type|enum) (?<name>\w+)/gmu;
/** Takes the place of electron/page.ts in the bundle of `npm run dev`, so its exports have to be the same. */
const STAND_IN = 'electron/dev/page.ts';

test('no name is exported by two files', () => {
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

test.each(LAYERED)('no folder of %s holds more than a screen of entries', (layer) => {
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

describe('the checker itself', () => {
  const violations = (file: string, text: string): string[] => importViolations(new Map([[file, text]]), IMPORTS);

  test.each([
    ['a layer imports itself', 'core/shared/band.ts', `import { a } from './instant.ts';`],
    ['a feature imports the model of another', 'core/expiry/a.ts', `import { a } from '../repair/model/a.ts';`],
    ['types from a port', 'core/expiry/a.ts', `import type { Clock } from '../shared/ports.ts';`],
    ['a type in a position', 'core/expiry/a.ts', `let a: import('./contract.ts').Api;`],
    ['a part of a package', 'core/store/a.ts', `import { Low } from 'lowdb/node';`],
    ['a built-in of Node', 'core/node/files.ts', `import { open } from 'node:fs/promises';`],
    [
      'the state from a screen',
      'renderer/expiry/Board.svelte',
      `<script lang="ts">import { Board } from './expiry.svelte.ts';</script>`,
    ],
  ])('accepts %s', (_title, file, text) => {
    expect(violations(file, text)).toEqual([]);
  });

  test.each([
    ['the model of a later feature', 'core/expiry/model/a.ts', `import { a } from '../../repair/model/a.ts';`],
    ['a type of a later model', 'core/plan/model/a.ts', `import type { A } from '../../pki/model/a.ts';`],
    ['a feature that imports another', 'core/expiry/a.ts', `import '../inventory/a.ts';`],
    ['the contract at run time', 'core/expiry/a.ts', `import { RUN_METHODS } from '../runs/contract.ts';`],
    ['only its names marked as types', 'core/expiry/a.ts', `import { type C } from '../runs/contract.ts';`],
    ['Node in what is shared', 'core/shared/a.ts', `import { createHash } from 'node:crypto';`],
    ['the text of a later feature', 'core/expiry/text/a.ts', `import { a } from '../../repair/text/a.ts';`],
    ['the catalogues of all features in one', 'core/expiry/text/a.ts', `import '../../console/catalogues/en.ts';`],
    ['a text in a model', 'core/expiry/model/a.ts', `import type { A } from '../../shared/text/text.ts';`],
    ['the contract of a later feature', 'core/expiry/contract.ts', `import { A } from '../runs/contract.ts';`],
    ['a package in what is shared', 'core/shared/a.ts', `import { z } from 'zod';`],
    ['a type of a package in what is shared', 'core/shared/a.ts', `import type { ZodType } from 'zod';`],
    ['a dynamic import', 'core/shared/a.ts', `const a = await import('../node/files.ts');`],
    ['a re-export', 'core/shared/a.ts', `export { a } from '../formats/pem.ts';`],
    ['a re-export of everything', 'core/shared/a.ts', `export * from '../formats/pem.ts';`],
    ['a require', 'core/store/a.ts', `const fs = require('node:fs');`],
    ['a codec outside its file', 'core/formats/der/pem.ts', `import forge from 'node-forge';`],
    ['a package with a similar name', 'core/store/a.ts', `import { z } from 'zod-extras';`],
    ['the contract in the preload', 'electron/preload.ts', `import { callFault } from '../core/contract.ts';`],
    ['a schema in the page', 'renderer/runs/a.ts', `import { RUN_METHODS } from '../../core/runs/contract.ts';`],
    ['the whole core in the preload', 'electron/preload.ts', `import '../core/console/console.ts';`],
    ['a verb that judges by itself', 'core/revocation/cli/a.ts', `import { judgeText } from '../evaluate.ts';`],
    ['a verb that opens a store', 'core/authorities/cli/a.ts', `import { a } from '../store/store.ts';`],
    ['Electron in core', 'core/node/a.ts', `import { app } from 'electron';`],
    ['core in the page', 'renderer/App.svelte', `<script>import '../core/store/store.ts';</script>`],
    [
      'the component library in a screen',
      'renderer/expiry/Board.svelte',
      `<script module>let a;</script>\n<script lang="ts">import { Dialog } from 'bits-ui';</script>`,
    ],
    ['the shell in a feature', 'renderer/expiry/a.ts', `import { a } from '../shell/console.svelte.ts';`],
    ['a call to main in a component', 'renderer/expiry/A.svelte', `<script>import { api } from '../api.ts';</script>`],
  ])('refuses %s', (_title, file, text) => {
    expect(violations(file, text)).toHaveLength(1);
  });

  test('names the file, the import and what is allowed instead', () => {
    expect(violations('renderer/ui/a.ts', `import { api } from '../api.ts';`)).toEqual([
      'renderer/ui/a.ts imports renderer/api.ts. renderer/ui may import, beside itself: ' +
        `bits-ui, svelte, renderer/ui/yaml-editor/**.ts; as types only: ${MODELS.join(', ')}.`,
    ]);
  });

  test('refuses a file that belongs to no layer', () => {
    expect(violations('core/helpers/a.ts', '')[0]).toMatch(/^core\/helpers\/a\.ts belongs to no layer/);
  });
});
