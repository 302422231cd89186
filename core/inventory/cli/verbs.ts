import type { Verb } from '../../cli/verb.ts';

export const INVENTORY_VERBS: readonly Verb[] = [
  {
    name: ['inspect'],
    options: ['passphrase-file'],
    run: async (invocation) => (await import('./inspect.ts')).inspect(invocation),
  },
  {
    name: ['inventory', 'import'],
    options: ['passphrase-file'],
    run: async (invocation) => (await import('./inventory.ts')).inventoryImport(invocation),
  },
  {
    name: ['inventory', 'list'],
    options: ['csv', 'html', 'out', 'search', 'state', 'layer', 'sort', 'descending', 'foreign'],
    run: async (invocation) => (await import('./list.ts')).inventoryList(invocation),
  },
  {
    name: ['inventory', 'clusters'],
    words: { least: 0, most: 0 },
    options: [],
    run: async (invocation) => (await import('./clusters.ts')).inventoryClusters(invocation),
  },
  {
    name: ['inventory', 'rename'],
    words: { least: 2, most: 2 },
    options: [],
    run: async (invocation) => (await import('./correct.ts')).inventoryRename(invocation),
  },
  {
    name: ['inventory', 'merge'],
    words: { least: 2, most: 2 },
    options: [],
    run: async (invocation) => (await import('./correct.ts')).inventoryMerge(invocation),
  },
  {
    name: ['inventory', 'move'],
    words: { least: 1, most: 1000 },
    options: ['into', 'new-cluster', 'foreign'],
    run: async (invocation) => (await import('./correct.ts')).inventoryMove(invocation),
  },
  {
    name: ['inventory', 'forget'],
    options: [],
    run: async (invocation) => (await import('./inventory.ts')).inventoryForget(invocation),
  },
  {
    name: ['inventory', 'places'],
    words: { least: 0, most: 0 },
    options: [],
    run: async (invocation) => (await import('./places.ts')).inventoryPlaces(invocation),
  },
];
