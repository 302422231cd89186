import { RUN_OPTION_NAMES } from '../../runs/cli/verbs.ts';
import { exports, starts, type Verb } from '../../cli/verb.ts';

const PLAN_OPTIONS = [...(['inventory', 'cluster', 'deployment', 'to', 'operating-system', 'minutes'] as const)];

/** The verbs that bring hosts and clusters up to date. */
export const UPDATE_VERBS: readonly Verb[] = [
  {
    name: ['update', 'plan'],
    effect: exports('plan.exported', 'out', 'ics'),
    options: [...PLAN_OPTIONS, 'out', 'ics'],
    standardOutput: ['ics'],
    run: async (invocation) => (await import('./plan.ts')).updatePlanVerb(invocation),
  },
  {
    name: ['update', 'run'],
    effect: starts('run.requested'),
    options: [...PLAN_OPTIONS, ...RUN_OPTION_NAMES],
    run: async (invocation) => (await import('./run.ts')).updateRunVerb(invocation),
  },
];
