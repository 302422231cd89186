import { RUN_OPTION_NAMES } from '../../runs/cli/run.ts';
import { repairCheckCommand } from './check-command.ts';
import { repairDiagnose } from './diagnose.ts';
import { repairPlanVerb } from './plan.ts';
import { repairRunVerb } from './run.ts';
import type { Verb } from '../../cli/verb.ts';

const PLAN_OPTIONS = [
  ...(['inventory', 'cluster', 'deployment', 'failure', 'off-since', 'build'] as const),
  'other-user',
] as const;

/** The verbs that state what is wrong and what to do about it. */
export const REPAIR_VERBS: readonly Verb[] = [
  {
    name: ['repair', 'diagnose'],
    options: ['cluster', 'inventory', 'off-since', 'build', 'other-user'],
    run: repairDiagnose,
  },
  { name: ['repair', 'check-command'], words: { least: 1, most: 1 }, options: ['build'], run: repairCheckCommand },
  { name: ['repair', 'plan'], options: [...PLAN_OPTIONS, 'out'], run: repairPlanVerb },
  { name: ['repair', 'run'], options: [...PLAN_OPTIONS, ...RUN_OPTION_NAMES], run: repairRunVerb },
];
