/** Options of runs of plans that no other verb has. */
export const RUN_OPTIONS = {
  target: { type: 'string' },
  accept: { type: 'string', multiple: true },
  skip: { type: 'string', multiple: true },
  from: { type: 'string' },
  resume: { type: 'string' },
} as const;

type RunOptions = typeof RUN_OPTIONS;
declare module '../../shared/verb/options.ts' {
  interface OptionTable extends RunOptions {}
}
