import { exports, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

/** The verbs that judge by time. */
export const EXPIRY_VERBS: readonly Verb[] = [
  {
    name: ['expiry', 'check'],
    effect: READS,
    options: ['cluster', 'fail-on', 'prometheus', 'notify', 'event-log'],
    standardOutput: ['prometheus'],
    run: async (invocation) => (await import('./check.ts')).expiryCheck(invocation),
  },
  {
    name: ['expiry', 'poweroff'],
    effect: READS,
    options: ['cluster', 'off-since', 'off-until'],
    run: async (invocation) => (await import('../../availability/cli.ts')).expiryPoweroff(invocation),
  },
  {
    name: ['expiry', 'forecast'],
    effect: READS,
    options: ['cluster', 'horizon', 'update-on', 'off', 'absent'],
    run: async (invocation) => (await import('../../forecast/cli.ts')).expiryForecast(invocation),
  },
  {
    name: ['expiry', 'plan'],
    effect: exports('plan.exported', 'ics', 'task-xml', 'script', 'register', 'markdown'),
    options: [
      ...(['cluster', 'zone', 'weekdays', 'hours', 'blackout', 'lead', 'horizon'] as const),
      ...(['no-updates', 'minutes', 'ics', 'task-xml', 'script', 'register', 'markdown'] as const),
      ...(['clustered', 'account', 'deployment'] as const),
    ],
    standardOutput: ['ics', 'task-xml', 'script', 'register', 'markdown'],
    run: async (invocation) => (await import('../../maintenance/cli.ts')).expiryPlan(invocation),
  },
  {
    name: ['expiry', 'report'],
    effect: exports('report.exported'),
    options: ['cluster', 'out'],
    standardOutput: ['out'],
    run: async (invocation) => (await import('./report.ts')).expiryReport(invocation),
  },
];
