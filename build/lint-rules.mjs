import { builtinRules } from 'eslint/use-at-your-own-risk';
import { configs } from 'typescript-eslint';

/** An async function without await may implement an interface. */
const NOT_TAKEN = '@typescript-eslint/require-await';

/**
 * Rules for all files, by ESLint's names, which Oxlint also understands. Oxlint reads TypeScript and JavaScript, ESLint
 * the Svelte components; overrides are in `.oxlint.config.mjs` and `build/eslint.config.mjs`.
 *
 * @type {import('eslint').Linter.RulesRecord}
 */
export const RULES = {
  ...recommended(),
  eqeqeq: 'error',
  'no-console': 'error',
  'no-duplicate-imports': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

/** typescript-eslint's recommended rules, without those that it disables because the compiler knows better. */
function recommended() {
  const rules = configs.recommendedTypeChecked.flatMap((config) => Object.entries(config.rules ?? {}));
  return Object.fromEntries(rules.filter(([name, level]) => level !== 'off' && name !== NOT_TAKEN));
}

const LOCATED =
  'Windows looks for a bare name in the current folder first: locate the program, and start it by its absolute path.';

/** Starting a program by its name, or by a line for a shell, for `no-restricted-syntax`. */
export const BARE_PROGRAMS = [
  {
    selector: 'CallExpression[callee.name=/^(?:spawn|execFile)(?:Sync)?$/][arguments.0.type=/^(?:Template)?Literal$/]',
    message: LOCATED,
  },
  { selector: 'ImportSpecifier[imported.name=/^exec(?:Sync)?$/]', message: LOCATED },
];

/** Starting programs past the port. */
export const OWN_PROGRAMS = [
  {
    selector: "ImportDeclaration[source.value='node:child_process']",
    message: 'Programs are a port: take it from Ports (core/shared/ports.ts).',
  },
];

const PORTS_HINT = 'is a port: take it from Ports (core/shared/ports.ts).';

/** Access to the outside world that only a port may have, for `no-restricted-syntax`. */
export const OUTSIDE_WORLD = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: `The clock ${PORTS_HINT}` },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: `The clock ${PORTS_HINT}` },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'The environment is read in core/node and electron only.',
  },
  { selector: "MemberExpression[property.name='randomUUID']", message: `An id ${PORTS_HINT}` },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: `Chance ${PORTS_HINT}` },
  {
    selector: "NewExpression[callee.name='TextDecoder'] Property[key.name='fatal']",
    message: 'Use strictUtf8 (core/formats/text/text-encoding.ts): it is safe in every runtime.',
  },
];

/** A plugin for Oxlint, with ESLint's own implementation of the one rule that it lacks. */
export default {
  meta: { name: 'syntax' },
  rules: { 'no-restricted-syntax': builtinRules.get('no-restricted-syntax') },
};
