import { ANY, exports, runIn, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

export const REPAIR_PLAN_OPTIONS = [
  ...(['inventory', 'cluster', 'deployment', 'failure', 'off-since', 'build', 'found'] as const),
  'other-user',
] as const;

export const REPAIR_VERBS: readonly Verb[] = [
  {
    name: ['repair', 'diagnose'],
    usage: '[FILE]',
    effect: READS,
    words: ANY,
    options: ['cluster', 'inventory', 'off-since', 'build', 'found', 'other-user'],
    run: runIn(() => import('./diagnose.ts'), 'repairDiagnose'),
  },
  {
    name: ['repair', 'check-command'],
    usage: '"COMMAND"',
    effect: READS,
    words: 1,
    options: ['build', 'inventory'],
    run: runIn(() => import('./check-command.ts'), 'repairCheckCommand'),
  },
  {
    name: ['repair', 'plan'],
    usage: '[FILE...|-]',
    effect: exports('plan.exported', 'out'),
    words: ANY,
    options: [...REPAIR_PLAN_OPTIONS, 'out'],
    run: runIn(() => import('./plan.ts'), 'repairPlanVerb'),
  },
  {
    name: ['knowledge', 'search'],
    usage: '[WORD...|-]',
    effect: READS,
    words: ANY,
    options: ['kind'],
    run: runIn(() => import('./search.ts'), 'knowledgeSearch'),
  },
];
