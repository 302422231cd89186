import { builtinRules } from 'eslint/use-at-your-own-risk';

/** ESLint's own implementation of the one rule that Oxlint lacks. */
export default {
  meta: { name: 'syntax' },
  rules: { 'no-restricted-syntax': builtinRules.get('no-restricted-syntax') },
};
