import { READS } from '../../shared/contract/effect.ts';
import { exports, runIn, starts, type Verb } from '../../shared/verb/verb.ts';

const STORE = () => import('./store.ts');

export const STORE_VERBS: readonly Verb[] = [
  {
    name: ['store', 'use'],
    usage: 'ADDRESS|folder',
    words: 1,
    effect: starts(({ words }) => (words[2] === 'folder' ? 'store.left' : 'store.joined')),
    run: runIn(STORE, 'storeUse'),
  },
  { name: ['store', 'status'], effect: READS, run: runIn(STORE, 'storeStatus') },
  {
    name: ['store', 'copy'],
    usage: 'FROM TO',
    words: 2,
    effect: exports('store.copied'),
    run: runIn(STORE, 'storeCopy'),
  },
  { name: ['store', 'schema'], effect: READS, run: runIn(STORE, 'storeSchema') },
];
