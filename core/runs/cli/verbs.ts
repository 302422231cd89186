import type { OptionName } from '../../cli/options.ts';
import { exports, type Verb } from '../../cli/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

/** What was run, by whom, and how it ended. */
export const RUN_HISTORY_VERBS: readonly Verb[] = [
  {
    name: ['runs', 'list'],
    effect: READS,
    words: { least: 0, most: 0 },
    options: [],
    run: async (invocation) => (await import('./history.ts')).runsList(invocation),
  },
  {
    name: ['runs', 'show'],
    effect: READS,
    words: { least: 1, most: 1 },
    options: [],
    run: async (invocation) => (await import('./history.ts')).runsShow(invocation),
  },
  {
    name: ['runs', 'export'],
    effect: exports('run.exported'),
    words: { least: 1, most: 1 },
    options: ['out'],
    run: async (invocation) => (await import('./history.ts')).runsExport(invocation),
  },
];

/** Options of a run in addition to those of the plan. */
export const RUN_OPTION_NAMES = [
  ...(['target', 'yes', 'accept', 'skip', 'value', 'from', 'resume'] as const),
] satisfies readonly OptionName[];
