import { ANY, changes, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

export const INVENTORY_VERBS: readonly Verb[] = [
  {
    name: ['inventory', 'import'],
    effect: starts('inventory.imported'),
    words: ANY,
    options: ['passphrase-file'],
    run: async (invocation) => (await import('./inventory.ts')).inventoryImport(invocation),
  },
  {
    name: ['inventory', 'clusters'],
    effect: READS,
    run: async (invocation) => (await import('./clusters.ts')).inventoryClusters(invocation),
  },
  {
    name: ['inventory', 'rename'],
    effect: changes('cluster.renamed'),
    words: 2,
    run: async (invocation) => (await import('./correct.ts')).inventoryRename(invocation),
  },
  {
    name: ['inventory', 'merge'],
    effect: changes('cluster.merged'),
    words: 2,
    run: async (invocation) => (await import('./correct.ts')).inventoryMerge(invocation),
  },
  {
    name: ['inventory', 'move'],
    effect: changes(({ values }) =>
      values.foreign === true
        ? 'credential.set-apart'
        : values['new-cluster'] === undefined
          ? 'credential.moved'
          : 'cluster.split',
    ),
    words: { least: 1, most: 1000 },
    options: ['into', 'new-cluster', 'foreign', 'from'],
    run: async (invocation) => (await import('./correct.ts')).inventoryMove(invocation),
  },
  {
    name: ['inventory', 'forget'],
    effect: changes('cluster.forgotten'),
    words: ANY,
    run: async (invocation) => (await import('./inventory.ts')).inventoryForget(invocation),
  },
  {
    name: ['inventory', 'restore'],
    effect: changes('cluster.restored'),
    words: 1,
    run: async (invocation) => (await import('./inventory.ts')).inventoryRestore(invocation),
  },
  {
    name: ['inventory', 'places'],
    effect: READS,
    run: async (invocation) => (await import('./places.ts')).inventoryPlaces(invocation),
  },
];
