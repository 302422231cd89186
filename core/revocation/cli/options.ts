/** Options that only the verbs of `arcwarden revocation` have. */
export const REVOCATION_OPTIONS = {
  'i-understand': { type: 'string' },
  serial: { type: 'string', multiple: true },
  credential: { type: 'string', multiple: true },
  'not-before': { type: 'string' },
  'serial-spelling': { type: 'string' },
  hours: { type: 'string' },
  'without-repair': { type: 'boolean' },
} as const;

type RevocationOptions = typeof REVOCATION_OPTIONS;
declare module '../../shared/verb/options.ts' {
  interface OptionTable extends RevocationOptions {}
}
