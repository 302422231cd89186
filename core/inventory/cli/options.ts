/** Options of the verbs that change what belongs to which cluster. */
export const INVENTORY_OPTIONS = {
  into: { type: 'string' },
  'new-cluster': { type: 'string' },
  foreign: { type: 'boolean' },
} as const;
