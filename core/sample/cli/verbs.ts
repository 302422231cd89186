import type { Verb } from '../../cli/verb.ts';

const none = { least: 0, most: 0 };

/** An invented fleet: as files, or in the inventory. */
export const SAMPLE_VERBS: readonly Verb[] = [
  {
    name: ['sample', 'open'],
    words: none,
    options: [],
    run: async (invocation) => (await import('./sample.ts')).sampleOpen(invocation),
  },
  {
    name: ['sample', 'remove'],
    words: none,
    options: [],
    run: async (invocation) => (await import('./sample.ts')).sampleRemove(invocation),
  },
  {
    name: ['sample'],
    words: none,
    options: ['out', 'clusters'],
    run: async (invocation) => (await import('./sample.ts')).sampleWrite(invocation),
  },
];
