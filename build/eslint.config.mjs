import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { configs, parser } from 'typescript-eslint';

import { ROOT } from './paths.mjs';
import svelteConfig from './svelte.config.mjs';

/** Files in which a clock, a random source and the environment are at home. */
const OUTSIDE_WORLD = [
  'core/node/**',
  'electron/**',
  'build/**',
  'tests/**',
  // Where the command line and the page are put together.
  'core/cli/main.ts',
  'renderer/main.ts',
];

/** Programs that talk to a terminal. */
const TERMINAL = ['core/node/**', 'core/cli/**', 'build/**', 'tests/bench/**', 'tests/fuzz/**'];

/** Globals of Node and of the DOM that core must not see, even where a package's types bring them along. */
const NOT_IN_CORE = [
  ...['process', 'Buffer', 'require', '__dirname', '__filename', 'global', 'setImmediate'],
  ...['window', 'document', 'navigator', 'localStorage', 'fetch', 'setTimeout', 'setInterval'],
];

const PORTS_HINT = 'is a port: take it from Ports (core/ports.ts).';

export default [
  {
    ignores: [
      'out/**',
      'dist/**',
      'coverage/**',
      'test-results/**',
      '.cache/**',
      'tests/fixtures/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...[...configs.recommendedTypeChecked, ...svelte.configs.recommended].map((config) => ({
    files: ['**/*.{ts,mjs,svelte}'],
    ...config,
  })),
  {
    files: ['**/*.{ts,mjs,svelte}'],
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['electron/preload.ts'],
          defaultProject: 'electron/tsconfig.preload.json',
        },
        tsconfigRootDir: ROOT,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // An async function without await keeps the shape of an interface.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser, svelteConfig } },
    rules: {
      // A prop without a default is declared with let beside those that have one.
      'prefer-const': 'off',
      // Look-up tables that are built once and never changed need no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { files: ['renderer/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['core/**', 'electron/**', 'renderer/**'],
    ignores: OUTSIDE_WORLD,
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: `The clock ${PORTS_HINT}`,
        },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: `The clock ${PORTS_HINT}`,
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'The environment is read in core/node and electron only.',
        },
        {
          selector: "MemberExpression[property.name='randomUUID']",
          message: `An id ${PORTS_HINT}`,
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: `Chance ${PORTS_HINT}`,
        },
        {
          selector: "NewExpression[callee.name='TextDecoder'] Property[key.name='fatal']",
          message: 'Use strictUtf8 (core/formats/text-encoding.ts): it is safe in every runtime.',
        },
      ],
    },
  },
  {
    files: ['core/**'],
    ignores: ['core/node/**', 'core/cli/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...NOT_IN_CORE.map((name) => ({ name, message: 'Core knows neither Node nor the DOM.' })),
      ],
    },
  },
  // A global can only be declared with var.
  { files: ['**/*.d.ts'], rules: { 'no-var': 'off' } },
  { files: TERMINAL, rules: { 'no-console': 'off' } },
  {
    // Plain JavaScript: what JSON.parse and untyped packages hand out is checked where it matters.
    files: ['build/**/*.mjs'],
    languageOptions: { globals: globals.node },
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
];
