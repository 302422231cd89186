import { READS } from '../../shared/contract/effect.ts';
import { ANY, runIn, type Verb } from '../../shared/verb/verb.ts';

export const FORECAST_VERBS: readonly Verb[] = [
  {
    name: ['expiry', 'forecast'],
    usage: '[PATH...]',
    effect: READS,
    words: ANY,
    options: ['cluster', 'horizon', 'update-on', 'off', 'absent'],
    run: runIn(() => import('./forecast.ts'), 'expiryForecast'),
  },
];
