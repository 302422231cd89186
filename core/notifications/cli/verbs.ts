import type { Verb } from '../../cli/verb.ts';
import { CHANNEL_OPTIONS } from './options.ts';

const none = { least: 0, most: 0 };
const one = { least: 1, most: 1 };

/** Who is told, and of what nothing is told. */
export const NOTIFICATION_VERBS: readonly Verb[] = [
  {
    name: ['channel', 'list'],
    words: none,
    options: [],
    run: async (invocation) => (await import('./check.ts')).expiryChannels(invocation),
  },
  {
    name: ['channel', 'add'],
    words: one,
    options: ['kind', ...CHANNEL_OPTIONS],
    run: async (invocation) => (await import('./channels.ts')).channelAdd(invocation),
  },
  {
    name: ['channel', 'change'],
    words: one,
    options: ['name', ...CHANNEL_OPTIONS],
    run: async (invocation) => (await import('./channels.ts')).channelChange(invocation),
  },
  {
    name: ['channel', 'test'],
    words: one,
    options: [],
    run: async (invocation) => (await import('./check.ts')).expiryTest(invocation),
  },
  {
    name: ['channel', 'remove'],
    words: one,
    options: [],
    run: async (invocation) => (await import('./channels.ts')).channelRemove(invocation),
  },
  {
    name: ['silence', 'list'],
    words: none,
    options: [],
    run: async (invocation) => (await import('./silences.ts')).silenceList(invocation),
  },
  {
    name: ['silence', 'snooze'],
    words: one,
    options: ['until', 'reason'],
    run: async (invocation) => (await import('./silences.ts')).silenceAs('snoozed')(invocation),
  },
  {
    name: ['silence', 'acknowledge'],
    words: one,
    options: ['until', 'reason'],
    run: async (invocation) => (await import('./silences.ts')).silenceAs('acknowledged')(invocation),
  },
  {
    name: ['silence', 'remove'],
    words: one,
    options: [],
    run: async (invocation) => (await import('./silences.ts')).silenceRemove(invocation),
  },
];
