import type english from './en.ts';
import cmdlets from './ja/cmdlets.ts';
import commandCheck from './ja/command-check.ts';
import contradictions from './ja/contradictions.ts';
import credentials from './ja/credentials.ts';
import failures from './ja/failures.ts';
import knowledge from './ja/knowledge.ts';
import sources from './ja/sources.ts';

export default {
  ...cmdlets,
  ...commandCheck,
  ...contradictions,
  ...credentials,
  ...failures,
  ...knowledge,
  ...sources,
} satisfies Record<keyof typeof english, string>;
