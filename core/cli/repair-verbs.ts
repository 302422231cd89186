import { repairCheckCommand } from './repair-check-command.ts';
import { repairDiagnose } from './repair-diagnose.ts';
import { repairPlanVerb } from './repair-plan.ts';
import type { Verb } from './verb.ts';

/** The verbs that say what is wrong and what to do about it. */
export const REPAIR_VERBS: readonly Verb[] = [
  {
    name: ['repair', 'diagnose'],
    options: ['cluster', 'inventory', 'off-since', 'build', 'other-user'],
    run: repairDiagnose,
  },
  {
    name: ['repair', 'check-command'],
    words: { least: 1, most: 1 },
    options: ['build'],
    run: repairCheckCommand,
  },
  {
    name: ['repair', 'plan'],
    options: [
      ...(['inventory', 'cluster', 'deployment', 'failure', 'off-since'] as const),
      ...(['build', 'other-user', 'out'] as const),
    ],
    run: repairPlanVerb,
  },
];
