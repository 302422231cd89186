import { READS } from '../../shared/contract/effect.ts';
import { exports, type Verb } from '../../shared/verb/verb.ts';

/** The verbs that judge the whole fleet. */
export const FLEET_VERBS: readonly Verb[] = [
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
    run: async (invocation) => (await import('./power-off.ts')).expiryPoweroff(invocation),
  },
  {
    name: ['expiry', 'report'],
    effect: exports('report.exported'),
    options: ['cluster', 'out'],
    standardOutput: ['out'],
    run: async (invocation) => (await import('./report.ts')).expiryReport(invocation),
  },
];
