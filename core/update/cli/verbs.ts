import { ANY, exports, runIn, type Verb } from '../../shared/verb/verb.ts';

export const UPDATE_PLAN_OPTIONS = [
  ...(['inventory', 'cluster', 'deployment', 'to', 'operating-system', 'minutes'] as const),
];

export const UPDATE_VERBS: readonly Verb[] = [
  {
    name: ['update', 'plan'],
    usage: '[FILE...|-]',
    effect: exports('plan.exported', 'out', 'ics'),
    words: ANY,
    options: [...UPDATE_PLAN_OPTIONS, 'out', 'ics'],
    standardOutput: ['ics'],
    run: runIn(() => import('./plan.ts'), 'updatePlanVerb'),
  },
];
