import { builtinRules } from 'eslint/use-at-your-own-risk';

/** The one rule of ESLint that Oxlint lacks, for it to run as it is. */
export default {
  meta: { name: 'syntax' },
  rules: { 'no-restricted-syntax': builtinRules.get('no-restricted-syntax') },
};
