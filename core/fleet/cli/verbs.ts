import { READS } from '../../shared/contract/effect.ts';
import { ANY, exports, runIn, type Verb } from '../../shared/verb/verb.ts';

export const FLEET_VERBS: readonly Verb[] = [
  {
    name: ['expiry', 'check'],
    usage: '[PATH...]',
    effect: READS,
    words: ANY,
    options: ['cluster', 'fail-on', 'prometheus', 'notify', 'event-log'],
    standardOutput: ['prometheus'],
    run: runIn(() => import('./check.ts'), 'expiryCheck'),
  },
  {
    name: ['expiry', 'poweroff'],
    usage: '[PATH...]',
    effect: READS,
    words: ANY,
    options: ['cluster', 'off-since', 'off-until'],
    run: runIn(() => import('./power-off.ts'), 'expiryPoweroff'),
  },
  {
    name: ['expiry', 'report'],
    usage: '[PATH...] --out FILE',
    effect: exports('report.exported'),
    words: ANY,
    options: ['cluster', 'out'],
    standardOutput: ['out'],
    run: runIn(() => import('./report.ts'), 'expiryReport'),
  },
];
