import type { Verb } from '../../cli/verb.ts';
import { inventoryClusters } from './clusters.ts';
import { inventoryMerge, inventoryMove, inventoryRename } from './correct.ts';
import { inspect } from './inspect.ts';
import { inventoryForget, inventoryImport, inventoryList } from './inventory.ts';
import { inventoryPlaces } from './places.ts';

export const INVENTORY_VERBS: readonly Verb[] = [
  { name: ['inspect'], options: ['passphrase-file'], run: inspect },
  { name: ['inventory', 'import'], options: ['passphrase-file'], run: inventoryImport },
  {
    name: ['inventory', 'list'],
    options: ['csv', 'html', 'out', 'search', 'state', 'layer', 'sort', 'descending', 'foreign'],
    run: inventoryList,
  },
  { name: ['inventory', 'clusters'], words: { least: 0, most: 0 }, options: [], run: inventoryClusters },
  { name: ['inventory', 'rename'], words: { least: 2, most: 2 }, options: [], run: inventoryRename },
  { name: ['inventory', 'merge'], words: { least: 2, most: 2 }, options: [], run: inventoryMerge },
  {
    name: ['inventory', 'move'],
    words: { least: 1, most: 1000 },
    options: ['into', 'new-cluster', 'foreign'],
    run: inventoryMove,
  },
  { name: ['inventory', 'forget'], options: [], run: inventoryForget },
  { name: ['inventory', 'places'], words: { least: 0, most: 0 }, options: [], run: inventoryPlaces },
];
