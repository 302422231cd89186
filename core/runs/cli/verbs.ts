import { ANY, exports, starts, type Verb } from '../../shared/verb/verb.ts';
import { REPAIR_PLAN_OPTIONS } from '../../repair/cli/verbs.ts';
import { READS } from '../../shared/contract/effect.ts';
import { UPDATE_PLAN_OPTIONS } from '../../update/cli/verbs.ts';

const RUN_OPTION_NAMES = ['target', 'yes', 'accept', 'skip', 'value', 'from', 'resume'] as const;

export const RUN_VERBS: readonly Verb[] = [
  {
    name: ['repair', 'run'],
    usage: '[FILE...|-] --target TARGET',
    help: 'plan-run',
    effect: starts('run.requested'),
    words: ANY,
    options: [...REPAIR_PLAN_OPTIONS, ...RUN_OPTION_NAMES],
    run: async (invocation) => (await import('./run.ts')).repairRunVerb(invocation),
  },
  {
    name: ['update', 'run'],
    usage: '[FILE...|-] --target TARGET',
    help: 'plan-run',
    effect: starts('run.requested'),
    words: ANY,
    options: [...UPDATE_PLAN_OPTIONS, ...RUN_OPTION_NAMES],
    run: async (invocation) => (await import('./run.ts')).updateRunVerb(invocation),
  },
  {
    name: ['runs', 'list'],
    effect: READS,
    run: async (invocation) => (await import('./history.ts')).runsList(invocation),
  },
  {
    name: ['runs', 'show'],
    usage: 'RUN',
    effect: READS,
    words: 1,
    run: async (invocation) => (await import('./history.ts')).runsShow(invocation),
  },
  {
    name: ['runs', 'export'],
    usage: 'RUN --out FILE',
    effect: exports('run.exported'),
    words: 1,
    options: ['out'],
    run: async (invocation) => (await import('./history.ts')).runsExport(invocation),
  },
];
