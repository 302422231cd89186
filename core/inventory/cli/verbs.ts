import { ANY, changes, runIn, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

const CORRECT = () => import('./correct.ts');
const INVENTORY = () => import('./inventory.ts');

export const INVENTORY_VERBS: readonly Verb[] = [
  {
    name: ['inventory', 'import'],
    usage: 'PATH...',
    effect: starts('inventory.imported'),
    words: ANY,
    options: ['passphrase-file'],
    run: runIn(INVENTORY, 'inventoryImport'),
  },
  { name: ['inventory', 'clusters'], effect: READS, run: runIn(() => import('./clusters.ts'), 'inventoryClusters') },
  { name: ['inventory', 'decisions'], effect: READS, run: runIn(() => import('./decisions.ts'), 'inventoryDecisions') },
  {
    name: ['inventory', 'diff'],
    effect: READS,
    options: ['since', 'until', 'cluster'],
    run: runIn(() => import('./diff.ts'), 'inventoryDiff'),
  },
  {
    name: ['inventory', 'rename'],
    usage: 'CLUSTER NAME',
    effect: changes('cluster.renamed'),
    words: 2,
    run: runIn(CORRECT, 'inventoryRename'),
  },
  {
    name: ['inventory', 'merge'],
    usage: 'CLUSTER INTO',
    effect: changes('cluster.merged'),
    words: 2,
    run: runIn(CORRECT, 'inventoryMerge'),
  },
  {
    name: ['inventory', 'move'],
    usage: 'CREDENTIAL... (--into CLUSTER | --new-cluster NAME | --foreign)',
    effect: changes(({ values }) =>
      values.foreign === true
        ? 'credential.set-apart'
        : values['new-cluster'] === undefined
          ? 'credential.moved'
          : 'cluster.split',
    ),
    words: { least: 1, most: 1000 },
    options: ['into', 'new-cluster', 'foreign', 'from'],
    run: runIn(CORRECT, 'inventoryMove'),
  },
  {
    name: ['inventory', 'forget'],
    usage: 'CLUSTER',
    effect: changes('cluster.forgotten'),
    words: ANY,
    run: runIn(INVENTORY, 'inventoryForget'),
  },
  {
    name: ['inventory', 'restore'],
    usage: 'CLUSTER',
    effect: changes('cluster.restored'),
    words: 1,
    run: runIn(INVENTORY, 'inventoryRestore'),
  },
  { name: ['inventory', 'places'], effect: READS, run: runIn(() => import('./places.ts'), 'inventoryPlaces') },
];
