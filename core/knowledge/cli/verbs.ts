import type { Verb } from '../../cli/verb.ts';

/** What is known, without a data folder. */
export const KNOWLEDGE_VERBS: readonly Verb[] = [
  {
    name: ['knowledge', 'search'],
    options: ['kind'],
    run: async (invocation) => (await import('./search.ts')).knowledgeSearch(invocation),
  },
];
