/** Options of the verbs of `arcwarden update` and of runs of plans that no other verb has. */
export const UPDATE_OPTIONS = {
  to: { type: 'string', multiple: true },
  'operating-system': { type: 'boolean' },
  target: { type: 'string' },
  accept: { type: 'string', multiple: true },
  skip: { type: 'string', multiple: true },
  from: { type: 'string' },
  resume: { type: 'string' },
} as const;
