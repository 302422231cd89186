/** Options that say which clusters are meant, and what belongs to which. */
export const INVENTORY_OPTIONS = {
  inventory: { type: 'string', multiple: true },
  cluster: { type: 'string', multiple: true },
  into: { type: 'string' },
  'new-cluster': { type: 'string' },
  foreign: { type: 'boolean' },
} as const;

type InventoryOptions = typeof INVENTORY_OPTIONS;
declare module '../../shared/verb/options.ts' {
  interface OptionTable extends InventoryOptions {}
}
