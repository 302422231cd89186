import { ANY, exports, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

export const REPAIR_PLAN_OPTIONS = [
  ...(['inventory', 'cluster', 'deployment', 'failure', 'off-since', 'build', 'found'] as const),
  'other-user',
] as const;

export const REPAIR_VERBS: readonly Verb[] = [
  {
    name: ['repair', 'diagnose'],
    effect: READS,
    words: ANY,
    options: ['cluster', 'inventory', 'off-since', 'build', 'found', 'other-user'],
    run: async (invocation) => (await import('./diagnose.ts')).repairDiagnose(invocation),
  },
  {
    name: ['repair', 'check-command'],
    effect: READS,
    words: 1,
    options: ['build', 'inventory'],
    run: async (invocation) => (await import('./check-command.ts')).repairCheckCommand(invocation),
  },
  {
    name: ['repair', 'plan'],
    effect: exports('plan.exported', 'out'),
    words: ANY,
    options: [...REPAIR_PLAN_OPTIONS, 'out'],
    run: async (invocation) => (await import('./plan.ts')).repairPlanVerb(invocation),
  },
  {
    name: ['knowledge', 'search'],
    effect: READS,
    words: ANY,
    options: ['kind'],
    run: async (invocation) => (await import('./search.ts')).knowledgeSearch(invocation),
  },
];
