import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { staticChecks } from '../../build/checks.mjs';
import { RULES } from '../../build/lint-rules.mjs';
import { ROOT } from '../../build/paths.mjs';
import { run } from '../../build/processes.mjs';

/** Each test starts a separate linter process, which loads TypeScript and Svelte. */
const LINTER_MS = 600_000;

/** For each rule that applies everywhere, code that breaks it. */
const PLANTED: Record<string, string> = {
  eqeqeq: `export const same = (one: string, other: string) => one == other;`,
  'no-console': `console.log('left behind');`,
  'no-duplicate-imports': `import { EOL } from 'node:os';\nimport { tmpdir } from 'node:os';\nexport const both = EOL + tmpdir();`,
  'no-var': `export function count() { var counted = 1; return counted; }`,
  'object-shorthand': `const name = 'a'; export const named = { name: name };`,
  'prefer-const': `export function two() { let fixed = 2; return fixed; }`,
  'prefer-rest-params': `export function all() { return arguments; }`,
  'prefer-spread': `export const most = (numbers: number[]) => Math.max.apply(Math, numbers);`,
  'await-thenable': `export async function wait(text: string) { return await text; }`,
  'ban-ts-comment': `// @ts-ignore\nexport const ignored = 1;`,
  'consistent-type-imports': `import { Instant } from '../domain/instant.ts';\nexport const at = (given: Instant) => String(given);`,
  'no-array-constructor': `export const pair = new Array(0, 1);`,
  'no-array-delete': `export const drop = (list: string[]) => { delete list[0]; };`,
  'no-base-to-string': `export const told = (thing: object) => 'it is ' + thing.toString();`,
  'no-duplicate-enum-values': `enum Twice { One = 1, Two = 1 }\nexport const twice = Twice.One;`,
  'no-duplicate-type-constituents': `export type Doubled = string | number | string;`,
  'no-empty-object-type': `export type Anything = {};`,
  'no-explicit-any': `export const given = (value: any) => void value;`,
  'no-extra-non-null-assertion': `export const size = (text?: string) => text!!.length;`,
  'no-floating-promises': `const later = async () => {};\nexport const forget = () => { later(); };`,
  'no-for-in-array': `export const each = (list: string[]) => { for (const at in list) void at; };`,
  'no-implied-eval': `export const soon = () => setTimeout('alert(1)', 1);`,
  'no-misused-new': `export interface Made { new (): Made }`,
  'no-misused-promises': `const ask = async () => true;\nexport const yes = () => { if (ask()) return 1; return 2; };`,
  'no-namespace': `namespace Old { export const old = 1; }\nexport const aged = Old.old;`,
  'no-non-null-asserted-optional-chain': `export const end = (a?: { b?: string }) => a?.b!;`,
  'no-redundant-type-constituents': `export type Wide = unknown | string;`,
  'no-require-imports': `const fs = require('node:fs') as object;\nexport const files = fs;`,
  'no-this-alias': `export class Held { me() { const self = this; return () => self; } }`,
  'no-unnecessary-type-assertion': `export const sure = (text: string) => text as string;`,
  'no-unnecessary-type-constraint': `export const same2 = <T extends unknown>(value: T) => value;`,
  'no-unsafe-argument': `declare const loose: any;\nconst take = (text: string) => text;\nexport const taken = take(loose);`,
  'no-unsafe-assignment': `export const read = (text: string) => { const value = JSON.parse(text); return String(value); };`,
  'no-unsafe-call': `declare const loose: any;\nexport const called = () => { loose(); };`,
  'no-unsafe-declaration-merging': `export interface Merged { a: string }\nexport class Merged {}`,
  'no-unsafe-enum-comparison': `enum Colour { Red, Blue }\nexport const isRed = (colour: Colour) => colour === 0;`,
  'no-unsafe-function-type': `export const run = (it: Function) => it;`,
  'no-unsafe-member-access': `declare const loose: any;\nexport const part = () => String(loose.part.of);`,
  'no-unsafe-return': `export function parsed(text: string) { return JSON.parse(text); }`,
  'no-unsafe-unary-minus': `export const less = (text: string) => -text;`,
  'no-unused-expressions': `export const idle = (on: boolean) => { on; };`,
  'no-unused-vars': `const forgotten = 1;\nexport {};`,
  'no-wrapper-object-types': `export const boxed = (text: String) => text;`,
  'only-throw-error': `export const fail = () => { throw 'a text'; };`,
  'prefer-as-const': `export const kind: 'leaf' = 'leaf';`,
  'prefer-namespace-keyword': `declare module Old { const old: number }\nexport const aged = Old.old;`,
  'prefer-promise-reject-errors': `export const refuse = () => Promise.reject('a text');`,
  'restrict-plus-operands': `export const sum = (text: string, more: { of: string }) => text + more;`,
  'restrict-template-expressions': `export const text = (of: object) => \`it is \${of}\`;`,
  'switch-exhaustiveness-check': `export function side(of: 'left' | 'right') { switch (of) { case 'left': return 1; } return 2; }`,
  'triple-slash-reference': `/// <reference path="./eqeqeq.ts" />\nexport const referred = 1;`,
  'comment-start': `/** What it says. */\nexport const sentence = 'a';`,
  'function-name': `export function sortedRows() {}`,
  'name-end': `export const sizeOf = new Map();`,
  'unbound-method': `class Bell { ring() { return this; } }\nexport const ring = new Bell().ring;`,
};

/** Code that breaks rules of a single layer, by file. */
const PLANTED_IN_LAYER: Record<string, { code: string; rule: string }> = {
  'core/shared/clock.ts': { code: `export const at = new Date();`, rule: 'no-restricted-syntax' },
  'core/shared/page.ts': { code: `export const page = document.title;`, rule: 'no-restricted-globals' },
  'core/node/processes.ts': {
    code: `declare function spawn(program: string, args: string[]): void;\nexport const start = () => spawn('kubectl', []);`,
    rule: 'no-restricted-syntax',
  },
  'electron/programs.ts': {
    code: `import * as programs from 'node:child_process';\nexport { programs };`,
    rule: 'no-restricted-syntax',
  },
  'renderer/expiry/chance.ts': { code: `export const chance = Math.random();`, rule: 'no-restricted-syntax' },
  'renderer/expiry/seen.svelte.ts': { code: `export const seen = 1;\n$inspect(seen);`, rule: 'no-inspect' },
  'renderer/expiry/store.ts': {
    code: `import { readable } from 'svelte/store';\nexport const store = readable(1, async (set) => { set(await Promise.resolve(2)); });`,
    rule: 'no-store-async',
  },
  'renderer/expiry/inside.ts': {
    code: `import * as inside from 'svelte/internal/client';\nexport { inside };`,
    rule: 'no-svelte-internal',
  },
  'renderer/expiry/wrapped.svelte.ts': {
    code: `import { SvelteMap } from 'svelte/reactivity';\nexport const wrapped = $state(new SvelteMap<string, string>());`,
    rule: 'no-unnecessary-state-wrap',
  },
  'renderer/expiry/effect.svelte.ts': {
    code: `export function follow(of: { size: number }) { let size = $state(0);\n$effect(() => { size = of.size; });\nreturn () => size; }`,
    rule: 'prefer-writable-derived',
  },
};

/** Code that breaks rules for components, in addition to the rules that apply everywhere. */
const PLANTED_IN_COMPONENT: typeof PLANTED_IN_LAYER = {
  'renderer/parts/Clock.svelte': {
    code: `<script lang="ts">const now = Date.now();</script>{now}`,
    rule: 'no-restricted-syntax',
  },
  'renderer/parts/List.svelte': { code: `{#each ['a'] as letter}{letter}{/each}`, rule: 'svelte/require-each-key' },
  'renderer/parts/Html.svelte': { code: `<p>{@html '<b>a</b>'}</p>`, rule: 'svelte/no-at-html-tags' },
  'renderer/parts/Props.svelte': {
    code: `<script lang="ts">let { used }: { used: string; unused: string } = $props();</script>{used}`,
    rule: 'svelte/no-unused-props',
  },
  'renderer/parts/Template.svelte': {
    code: `<script lang="ts">declare const loose: any;</script>{loose.part}`,
    rule: 'no-unsafe-member-access',
  },
};
const ASKED = `<script lang="ts">let { onask }: { onask: () => void } = $props();</script><button onclick={onask}>a</button>`;

/** A component with type errors that only a type checker for components can find. */
const MISTAKEN = `<script lang="ts">import Asked from './Asked.svelte';
import Missing from './Missing.svelte';
let { name }: { name?: string } = $props();</script>
<Asked onask={1} />
<Asked />
<Missing />
{name.length}
<img src="a.png" />
<style>.never { color: red; }</style>`;

/**
 * Rules that find nothing in components: `prefer-const` is off there, since components declare properties with `let`,
 * and their parser finds no triple-slash references.
 */
const NOT_IN_COMPONENTS = ['prefer-const', 'triple-slash-reference'];

/** A separate source tree with the same lint rules. */
const root = realpathSync(mkdtempSync(join(tmpdir(), 'arcwarden-lint-')));

beforeAll(() => {
  copyFileSync(join(ROOT, '.oxlint.config.mjs'), join(root, '.oxlint.config.mjs'));
  for (const folder of ['build', 'node_modules']) {
    symlinkSync(join(ROOT, folder), join(root, folder), 'junction');
  }
  for (const folder of ['core', 'electron', 'renderer', 'tests']) {
    plant(`${folder}/tsconfig.json`, JSON.stringify(tsconfig()));
    plant(`${folder}/quiet.ts`, 'export {};');
    plant(`${folder}/domain/instant.ts`, 'export type Instant = string;');
  }
  for (const [rule, code] of Object.entries(PLANTED)) {
    plant(`core/rules/${rule}.ts`, code);
    plant(`renderer/rules/${rule}.svelte`, `<script lang="ts">\n${code}\n</script>`);
  }
  for (const [file, { code }] of Object.entries(PLANTED_IN_LAYER)) plant(file, code);
  plant('renderer/parts/Asked.svelte', ASKED);
  for (const [file, { code }] of Object.entries(PLANTED_IN_COMPONENT)) plant(file, code);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function plant(file: string, code: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), `${code}\n`);
}

function tsconfig() {
  return {
    extends: join(ROOT, 'build/tsconfig.base.json'),
    compilerOptions: { lib: ['es2023', 'dom'], types: ['svelte'], incremental: false },
    include: ['**/*.ts', '**/*.svelte'],
  };
}

/** Runs one of the static checks on the tree with the planted faults, and returns its output. */
async function check(name: string, ...more: string[]): Promise<string> {
  const found = staticChecks(root).find((each) => each.name === name);
  if (!found) throw new Error(`There is no check "${name}".`);
  const args = [...found.args, ...more];
  const { code, output } = await run(process.execPath, args, { cwd: root, output: 'collect' });
  expect(code, output).toBe(1);
  return output;
}

const shortName = (rule: string) => rule.replace(/^(?:@typescript-eslint|syntax)\//u, '');

/** Lists the planted faults as `rule in file`, the form that `findings` returns. */
function listPlanted(folder: string, extension: string, others: typeof PLANTED_IN_LAYER): string[] {
  return [
    ...Object.keys(PLANTED).map((rule) => `${rule} in ${folder}/rules/${rule}${extension}`),
    ...Object.entries(others).map(([file, { rule }]) => `${rule} in ${file}`),
  ];
}

test('every rule that applies everywhere has a planted fault', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(Object.keys(RULES).map(shortName).sort());
});

test('the linter finds the faults planted in TypeScript', { timeout: LINTER_MS }, async () => {
  const report = JSON.parse(await check('lint', '--format', 'json')) as {
    diagnostics: { code: string; filename: string }[];
  };
  const found = report.diagnostics.map(({ code, filename }) => {
    const rule = /\((.*)\)/.exec(code)?.[1] ?? code;
    return `${rule} in ${filename.replaceAll('\\', '/')}`;
  });
  const missed = listPlanted('core', '.ts', PLANTED_IN_LAYER).filter((each) => !found.includes(each));
  expect(missed).toEqual([]);
});

test('the linter finds the faults planted in components', { timeout: LINTER_MS }, async () => {
  const file = join(root, 'report.json');
  await check('lint of components', '--format', 'json', '--output-file', file);
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    filePath: string;
    messages: { ruleId: string | null; message: string }[];
  }[];
  const found = report.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ ruleId, message }) => `${shortName(ruleId ?? message)} in ${relative(root, filePath).replaceAll('\\', '/')}`,
    ),
  );
  const missed = listPlanted('renderer', '.svelte', PLANTED_IN_COMPONENT).filter((each) => !found.includes(each));
  expect(missed).toEqual(NOT_IN_COMPONENTS.map((rule) => `${rule} in renderer/rules/${rule}.svelte`));
});

test('the type check finds errors in components', { timeout: LINTER_MS }, async () => {
  rmSync(join(root, 'renderer'), { recursive: true });
  plant('renderer/tsconfig.json', JSON.stringify(tsconfig()));
  plant('renderer/parts/Asked.svelte', ASKED);
  plant('renderer/parts/Mistaken.svelte', MISTAKEN);
  const output = await check('types of renderer', '--output', 'machine');
  for (const told of [
    `4:8 "Type 'number' is not assignable`,
    `5:2 "Property 'onask' is missing`,
    `2:21 "Cannot find module './Missing.svelte'`,
    `7:2 "'name' is possibly 'undefined'`,
    'a11y_missing_attribute',
    'css_unused_selector',
  ]) {
    expect(output).toContain(told);
  }
});
