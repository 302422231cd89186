import { READS } from '../../shared/contract/effect.ts';
import { ANY, exports, runIn, type Verb } from '../../shared/verb/verb.ts';

export const EXPIRY_VERBS: readonly Verb[] = [
  {
    name: ['inspect'],
    usage: 'PATH...',
    effect: READS,
    words: ANY,
    options: ['passphrase-file'],
    run: runIn(() => import('./inspect.ts'), 'inspect'),
  },
  {
    name: ['inventory', 'list'],
    usage: '[PATH...]',
    effect: exports('board.exported', 'out'),
    words: ANY,
    standardOutput: 'default',
    options: ['csv', 'html', 'out', 'search', 'state', 'layer', 'sort', 'descending', 'foreign'],
    run: runIn(() => import('./list.ts'), 'inventoryList'),
  },
];
