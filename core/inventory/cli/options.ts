/** Options of the verbs that change what belongs to which cluster. */
export const INVENTORY_OPTIONS = {
  into: { type: 'string' },
  'new-cluster': { type: 'string' },
  foreign: { type: 'boolean' },
} as const;

type InventoryOptions = typeof INVENTORY_OPTIONS;
declare module '../../cli/options.ts' {
  interface OptionTable extends InventoryOptions {}
}
