/** Options of the verbs of `arcwarden update` that no other verb has. */
export const UPDATE_OPTIONS = {
  to: { type: 'string', multiple: true },
  'operating-system': { type: 'boolean' },
} as const;

type UpdateOptions = typeof UPDATE_OPTIONS;
declare module '../../shared/verb/options.ts' {
  interface OptionTable extends UpdateOptions {}
}
