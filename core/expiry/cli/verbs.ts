import { READS } from '../../shared/contract/effect.ts';
import { ANY, exports, type Verb } from '../../shared/verb/verb.ts';

export const EXPIRY_VERBS: readonly Verb[] = [
  {
    name: ['inspect'],
    effect: READS,
    words: ANY,
    options: ['passphrase-file'],
    run: async (invocation) => (await import('./inspect.ts')).inspect(invocation),
  },
  {
    name: ['inventory', 'list'],
    effect: exports('board.exported', 'out'),
    words: ANY,
    standardOutput: 'default',
    options: ['csv', 'html', 'out', 'search', 'state', 'layer', 'sort', 'descending', 'foreign'],
    run: async (invocation) => (await import('./list.ts')).inventoryList(invocation),
  },
];
