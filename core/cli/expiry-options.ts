/** Options of the verbs of `arcwarden expiry`. */
export const EXPIRY_OPTIONS = {
  cluster: { type: 'string', multiple: true },
  'fail-on': { type: 'string' },
  'off-since': { type: 'string' },
  'off-until': { type: 'string' },
  horizon: { type: 'string' },
  'update-on': { type: 'string' },
  off: { type: 'string' },
  absent: { type: 'string' },
} as const;
