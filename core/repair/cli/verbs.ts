import { exports, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

/** The options from which a repair is planned. */
export const REPAIR_PLAN_OPTIONS = [
  ...(['inventory', 'cluster', 'deployment', 'failure', 'off-since', 'build'] as const),
  'other-user',
] as const;

/** The verbs that state what is wrong and what to do about it. */
export const REPAIR_VERBS: readonly Verb[] = [
  {
    name: ['repair', 'diagnose'],
    effect: READS,
    options: ['cluster', 'inventory', 'off-since', 'build', 'other-user'],
    run: async (invocation) => (await import('./diagnose.ts')).repairDiagnose(invocation),
  },
  {
    name: ['repair', 'check-command'],
    effect: READS,
    words: { least: 1, most: 1 },
    options: ['build'],
    run: async (invocation) => (await import('./check-command.ts')).repairCheckCommand(invocation),
  },
  {
    name: ['repair', 'plan'],
    effect: exports('plan.exported', 'out'),
    options: [...REPAIR_PLAN_OPTIONS, 'out'],
    run: async (invocation) => (await import('./plan.ts')).repairPlanVerb(invocation),
  },
  {
    name: ['knowledge', 'search'],
    effect: READS,
    options: ['kind'],
    run: async (invocation) => (await import('./search.ts')).knowledgeSearch(invocation),
  },
];
