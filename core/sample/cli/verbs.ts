import { changes, runIn, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

const SAMPLE = () => import('./sample.ts');

export const SAMPLE_VERBS: readonly Verb[] = [
  { name: ['sample', 'open'], effect: starts('sample.opened'), run: runIn(SAMPLE, 'sampleOpen') },
  { name: ['sample', 'remove'], effect: changes('sample.removed'), run: runIn(SAMPLE, 'sampleRemove') },
  {
    name: ['sample'],
    usage: '--out DIR',
    effect: READS,
    options: ['out', 'clusters'],
    run: runIn(SAMPLE, 'sampleWrite'),
  },
];
