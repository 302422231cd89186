import { PLAN_FILE_OPTIONS } from './options.ts';
import { ANY, exports, runIn, type Verb } from '../../shared/verb/verb.ts';

export const MAINTENANCE_VERBS: readonly Verb[] = [
  {
    name: ['expiry', 'plan'],
    usage: '[PATH...]',
    effect: exports('plan.exported', ...PLAN_FILE_OPTIONS),
    words: ANY,
    options: [
      ...(['cluster', 'zone', 'weekdays', 'hours', 'blackout', 'lead', 'horizon'] as const),
      ...(['no-updates', 'minutes', ...PLAN_FILE_OPTIONS, 'clustered', 'account', 'deployment'] as const),
    ],
    standardOutput: PLAN_FILE_OPTIONS,
    run: runIn(() => import('./plan.ts'), 'expiryPlan'),
  },
];
