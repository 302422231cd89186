/** Options of the verbs of `arcwarden repair` that no other verb has. */
export const REPAIR_OPTIONS = {
  build: { type: 'string' },
  failure: { type: 'string', multiple: true },
  'other-user': { type: 'boolean' },
} as const;
