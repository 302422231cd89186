import { builtinRules } from 'eslint/use-at-your-own-risk';
import { configs } from 'typescript-eslint';

/** An async function without await may implement an interface. */
const NOT_TAKEN = '@typescript-eslint/require-await';

/**
 * Rules for all files, under ESLint's names, which Oxlint also understands. Overrides are in `.oxlint.config.mjs` and
 * `build/eslint.config.mjs`.
 *
 * @type {import('eslint').Linter.RulesRecord}
 */
export const RULES = {
  ...listRecommended(),
  'syntax/function-name': 'error',
  'syntax/name-end': 'error',
  'syntax/comment-start': 'error',
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

/** Returns typescript-eslint's recommended rules, except those that the compiler also checks. */
function listRecommended() {
  const rules = configs.recommendedTypeChecked.flatMap((config) => Object.entries(config.rules ?? {}));
  return Object.fromEntries(rules.filter(([name, level]) => level !== 'off' && name !== NOT_TAKEN));
}

const LOCATED =
  'Windows looks for a bare name in the current folder first: locate the program, and start it by its absolute path.';

/** Patterns for `no-restricted-syntax`: starting a program by its bare name or through a shell. */
export const BARE_PROGRAMS = [
  {
    selector: 'CallExpression[callee.name=/^(?:spawn|execFile)(?:Sync)?$/][arguments.0.type=/^(?:Template)?Literal$/]',
    message: LOCATED,
  },
  { selector: 'ImportSpecifier[imported.name=/^exec(?:Sync)?$/]', message: LOCATED },
];

export const OWN_PROGRAMS = [
  {
    selector: "ImportDeclaration[source.value='node:child_process']",
    message: 'Programs are a port: take it from Ports (core/shared/ports.ts).',
  },
];

const PORTS_HINT = 'is a port: take it from Ports (core/shared/ports.ts).';

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

/** First words of a name that are neither a verb nor a noun: prepositions, adverbs and irregular participles. */
const ODD_WORDS = `about above after among as at before behind below beside between by for from in into near of onto over per since
  through to under until with within without again already also always just never now often once only still then begun bound
  broken built chosen done drawn found given gone held hidden kept known left lost made said seen sent shown taken told written`;
/** Verbs and nouns that end like participles or adverbs. */
const NOT_ODD = `embed exceed feed need proceed seed speed succeed bring finding heading ping ring setting string thing warning
  wording apply comply imply multiply rely reply supply`;
const [oddWords = [], notOdd = []] = [ODD_WORDS, NOT_ODD].map((words) => words.split(/\s+/u));
/** Names that the language dictates: `now` replaces `Date.now`, `aborted` is a property of `AbortSignal`. */
const DICTATED = ['toString', 'toJSON', 'now', 'aborted'];

/**
 * @param {readonly string[]} types of the nodes
 * @param {(name: string, node: any) => string | undefined} complain
 * @returns {import('eslint').Rule.RuleModule}
 */
function nameRule(types, complain) {
  return {
    create(context) {
      const check = (/** @type {any} */ node) => {
        const named = node.id ?? node.key;
        const message = named?.name === undefined ? undefined : complain(named.name, node);
        if (message !== undefined) context.report({ node: named, message });
      };
      return Object.fromEntries(types.map((type) => [type, check]));
    },
  };
}

const FUNCTIONS = ['FunctionDeclaration', 'MethodDefinition', 'PropertyDefinition', 'VariableDeclarator'];
const TYPES = ['ClassDeclaration', 'TSInterfaceDeclaration', 'TSMethodSignature', 'TSPropertySignature'];

const functionName = nameRule(FUNCTIONS, (name, { init, value, type }) => {
  const isFunction = type === 'FunctionDeclaration' || /Function/u.test((init ?? value)?.type ?? '');
  const word = /^_*([a-z]+)/u.exec(name)?.[1] ?? '';
  const isOdd = oddWords.includes(word) || (/(?:ed|ing|ly)$/u.test(word) && !notOdd.includes(word));
  return isFunction && isOdd && !DICTATED.includes(name) ? `${name} does not begin with a verb or a noun.` : undefined;
});

const nameEnd = nameRule([...FUNCTIONS, ...TYPES], (name) =>
  name.endsWith('Of') ? `${name} ends before it says of what.` : undefined,
);

/** @type {import('eslint').Rule.RuleModule} */
const commentStart = {
  create: (context) => ({
    Program() {
      for (const { value, loc } of context.sourceCode.getAllComments())
        if (loc && /^[\s*]*(?:As|Of|What|Where)\b/u.test(value))
          context.report({ loc, message: 'A comment begins with its subject or its verb.' });
    },
  }),
};

/** A plugin for both linters: the one rule of ESLint that Oxlint lacks, and rules about wording. */
export default {
  meta: { name: 'syntax' },
  rules: {
    'no-restricted-syntax': /** @type {import('eslint').Rule.RuleModule} */ (builtinRules.get('no-restricted-syntax')),
    'function-name': functionName,
    'name-end': nameEnd,
    'comment-start': commentStart,
  },
};
