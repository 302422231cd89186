import type { Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

/** What is known, without a data folder. */
export const KNOWLEDGE_VERBS: readonly Verb[] = [
  {
    name: ['knowledge', 'search'],
    effect: READS,
    options: ['kind'],
    run: async (invocation) => (await import('./search.ts')).knowledgeSearch(invocation),
  },
];
