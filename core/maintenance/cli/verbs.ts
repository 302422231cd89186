import { ANY, exports, type Verb } from '../../shared/verb/verb.ts';

export const MAINTENANCE_VERBS: readonly Verb[] = [
  {
    name: ['expiry', 'plan'],
    effect: exports('plan.exported', 'ics', 'task-xml', 'script', 'register', 'markdown'),
    words: ANY,
    options: [
      ...(['cluster', 'zone', 'weekdays', 'hours', 'blackout', 'lead', 'horizon'] as const),
      ...(['no-updates', 'minutes', 'ics', 'task-xml', 'script', 'register', 'markdown'] as const),
      ...(['clustered', 'account', 'deployment'] as const),
    ],
    standardOutput: ['ics', 'task-xml', 'script', 'register', 'markdown'],
    run: async (invocation) => (await import('./plan.ts')).expiryPlan(invocation),
  },
];
