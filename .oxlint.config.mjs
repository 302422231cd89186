import { BARE_PROGRAMS, OUTSIDE_WORLD, OWN_PROGRAMS, RULES } from './build/lint-rules.mjs';

/** Files that may read the clock, random numbers and the environment. */
const AT_HOME_OUTSIDE = [
  'core/node/**',
  'electron/**',
  // They assemble the command line and the page.
  'core/cli/process-environment.ts',
  'renderer/main.ts',
];

const COMMAND_LINE = ['core/cli/**', 'core/*/cli/**', 'core/*/cli.ts'];
const TERMINAL = ['core/node/**', ...COMMAND_LINE, 'build/**', 'tests/{bench,fuzz}/**', 'tests/**/*.proof.test.ts'];

/** Globals of Node and of the DOM that core must not use, even if a package's types declare them. */
const NOT_IN_CORE = [
  ...['process', 'Buffer', 'require', '__dirname', '__filename', 'global', 'setImmediate'],
  ...['window', 'document', 'navigator', 'localStorage', 'fetch', 'setTimeout', 'setInterval'],
];

/**
 * Lints TypeScript and JavaScript. This file is not in `build`, because its patterns are relative to its folder.
 *
 * @type {import('oxlint').OxlintConfig}
 */
export default {
  plugins: ['typescript'],
  jsPlugins: ['eslint-plugin-svelte', './build/lint-rules.mjs'],
  // Only the rules listed here apply.
  categories: { correctness: 'off' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  // ESLint lints components: Oxlint would read their scripts without type information.
  ignorePatterns: ['**/*.svelte', 'tests/fixtures/**'],
  rules: RULES,
  overrides: [
    {
      files: ['renderer/**', 'tests/**'],
      rules: {
        'svelte/no-inspect': 'error',
        'svelte/no-store-async': 'error',
        'svelte/no-svelte-internal': 'error',
        'svelte/no-unnecessary-state-wrap': 'error',
        'svelte/prefer-writable-derived': 'error',
      },
    },
    {
      // A variable declared with let may hold a rune, as in components.
      files: ['**/*.svelte.ts'],
      rules: { 'prefer-const': 'off' },
    },
    {
      // Each feature adds its texts, settings or stores to a type that is declared before all features.
      files: [
        'core/console/catalogues/en.ts',
        ...['text/text', 'verb/world', 'settings'].map((name) => `core/shared/${name}.ts`),
      ],
      rules: { 'typescript/no-empty-object-type': ['error', { allowWithName: '^(?:Messages|DataStores|Settings)$' }] },
    },
    // If several overrides match, the last one applies, with all its patterns.
    {
      files: ['core/node/processes.ts', 'build/**', 'tests/rigs/**'],
      rules: { 'syntax/no-restricted-syntax': ['error', ...BARE_PROGRAMS] },
    },
    {
      files: ['core/**', 'electron/**'],
      excludeFiles: ['core/node/processes.ts'],
      rules: { 'syntax/no-restricted-syntax': ['error', ...BARE_PROGRAMS, ...OWN_PROGRAMS] },
    },
    {
      files: ['core/**', 'renderer/**'],
      excludeFiles: AT_HOME_OUTSIDE,
      rules: { 'syntax/no-restricted-syntax': ['error', ...OUTSIDE_WORLD, ...BARE_PROGRAMS, ...OWN_PROGRAMS] },
    },
    {
      files: ['core/**'],
      excludeFiles: ['core/node/**', ...COMMAND_LINE],
      rules: {
        'no-restricted-globals': [
          'error',
          ...NOT_IN_CORE.map((name) => ({ name, message: 'Core knows neither Node nor the DOM.' })),
        ],
      },
    },
    {
      files: ['tests/**/*.test.ts'],
      excludeFiles: ['tests/**/*.slow.test.ts'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              { group: ['**/support/cost.ts'], message: 'Costs are measured in slow tests (*.slow.test.ts).' },
            ],
          },
        ],
      },
    },
    // Globals can be declared only with var.
    { files: ['**/*.d.ts'], rules: { 'no-var': 'off' } },
    { files: TERMINAL, rules: { 'no-console': 'off' } },
    {
      // Results of JSON.parse and of untyped packages are checked where it matters.
      files: ['build/**/*.mjs', 'tests/rigs/**/*.mjs'],
      rules: {
        '@typescript-eslint/no-unsafe-argument': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-call': 'off',
        '@typescript-eslint/no-unsafe-member-access': 'off',
        '@typescript-eslint/no-unsafe-return': 'off',
      },
    },
  ],
};
