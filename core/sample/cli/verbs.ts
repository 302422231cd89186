import { changes, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

export const SAMPLE_VERBS: readonly Verb[] = [
  {
    name: ['sample', 'open'],
    effect: starts('sample.opened'),
    run: async (invocation) => (await import('./sample.ts')).sampleOpen(invocation),
  },
  {
    name: ['sample', 'remove'],
    effect: changes('sample.removed'),
    run: async (invocation) => (await import('./sample.ts')).sampleRemove(invocation),
  },
  {
    name: ['sample'],
    usage: '--out DIR',
    effect: READS,
    options: ['out', 'clusters'],
    run: async (invocation) => (await import('./sample.ts')).sampleWrite(invocation),
  },
];
