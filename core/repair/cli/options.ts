/** Options used only by the verbs of `arcwarden repair`. */
export const REPAIR_OPTIONS = {
  build: { type: 'string' },
  failure: { type: 'string', multiple: true },
  'other-user': { type: 'boolean' },
} as const;

type RepairOptions = typeof REPAIR_OPTIONS;
declare module '../../shared/verb/options.ts' {
  interface OptionTable extends RepairOptions {}
}
