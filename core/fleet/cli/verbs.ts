import { READS } from '../../shared/contract/effect.ts';
import { ANY, exports, type Verb } from '../../shared/verb/verb.ts';

export const FLEET_VERBS: readonly Verb[] = [
  {
    name: ['expiry', 'check'],
    effect: READS,
    words: ANY,
    options: ['cluster', 'fail-on', 'prometheus', 'notify', 'event-log'],
    standardOutput: ['prometheus'],
    run: async (invocation) => (await import('./check.ts')).expiryCheck(invocation),
  },
  {
    name: ['expiry', 'poweroff'],
    effect: READS,
    words: ANY,
    options: ['cluster', 'off-since', 'off-until'],
    run: async (invocation) => (await import('./power-off.ts')).expiryPoweroff(invocation),
  },
  {
    name: ['expiry', 'report'],
    effect: exports('report.exported'),
    words: ANY,
    options: ['cluster', 'out'],
    standardOutput: ['out'],
    run: async (invocation) => (await import('./report.ts')).expiryReport(invocation),
  },
];
