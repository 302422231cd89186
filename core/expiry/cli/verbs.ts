import type { Verb } from '../../cli/verb.ts';

/** The verbs that judge by time. */
export const EXPIRY_VERBS: readonly Verb[] = [
  {
    name: ['expiry', 'check'],
    options: ['cluster', 'fail-on', 'prometheus', 'notify', 'event-log'],
    run: async (invocation) => (await import('./check.ts')).expiryCheck(invocation),
  },
  {
    name: ['expiry', 'channels'],
    words: { least: 0, most: 0 },
    options: [],
    run: async (invocation) => (await import('../../notifications/cli/check.ts')).expiryChannels(invocation),
  },
  {
    name: ['expiry', 'test'],
    words: { least: 1, most: 1 },
    options: [],
    run: async (invocation) => (await import('../../notifications/cli/check.ts')).expiryTest(invocation),
  },
  {
    name: ['expiry', 'poweroff'],
    options: ['cluster', 'off-since', 'off-until'],
    run: async (invocation) => (await import('../../power-off/cli.ts')).expiryPoweroff(invocation),
  },
  {
    name: ['expiry', 'forecast'],
    options: ['cluster', 'horizon', 'update-on', 'off', 'absent'],
    run: async (invocation) => (await import('../../forecast/cli.ts')).expiryForecast(invocation),
  },
  {
    name: ['expiry', 'plan'],
    options: [
      ...(['cluster', 'zone', 'weekdays', 'hours', 'blackout', 'lead', 'horizon'] as const),
      ...(['no-updates', 'minutes', 'ics', 'task-xml', 'script', 'register', 'markdown'] as const),
      ...(['clustered', 'account', 'deployment'] as const),
    ],
    run: async (invocation) => (await import('../../maintenance/cli.ts')).expiryPlan(invocation),
  },
  {
    name: ['expiry', 'report'],
    options: ['cluster', 'out'],
    run: async (invocation) => (await import('./report.ts')).expiryReport(invocation),
  },
];
