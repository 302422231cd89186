import globals from 'globals';
import { parser, plugin } from 'typescript-eslint';

import syntax, { OUTSIDE_WORLD, RULES } from './lint-rules.mjs';
import { ROOT } from './paths.mjs';

/*
 * Lets TypeScript read all components together. Otherwise it would start over for each one, which takes more than twice
 * as long, and would accept any property on an imported component. The parser reads this variable when it is loaded.
 */
process.env['SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK'] = '1';
const { default: svelte } = await import('eslint-plugin-svelte');

const COMPONENTS = ['**/*.svelte'];

/** Lints only components; Oxlint, which is many times as fast, lints everything else. */
export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...svelte.configs.recommended.map((config) => ({ ...config, files: COMPONENTS })),
  {
    files: COMPONENTS,
    plugins: { '@typescript-eslint': plugin, syntax },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser, projectService: true, tsconfigRootDir: ROOT, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      ...RULES,
      'no-restricted-syntax': ['error', ...OUTSIDE_WORLD],
      // Props without a default are declared with let, beside those with a default.
      'prefer-const': 'off',
      // Look-up tables that never change need no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
];
