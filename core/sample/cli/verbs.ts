import { changes, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

const none = { least: 0, most: 0 };

/** An invented fleet: as files, or in the inventory. */
export const SAMPLE_VERBS: readonly Verb[] = [
  {
    name: ['sample', 'open'],
    effect: starts('sample.opened'),
    words: none,
    options: [],
    run: async (invocation) => (await import('./sample.ts')).sampleOpen(invocation),
  },
  {
    name: ['sample', 'remove'],
    effect: changes('sample.removed'),
    words: none,
    options: [],
    run: async (invocation) => (await import('./sample.ts')).sampleRemove(invocation),
  },
  {
    name: ['sample'],
    effect: READS,
    words: none,
    options: ['out', 'clusters'],
    run: async (invocation) => (await import('./sample.ts')).sampleWrite(invocation),
  },
];
