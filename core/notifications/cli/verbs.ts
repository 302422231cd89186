import { changes, exports, runIn, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';
import { CHANNEL_OPTIONS } from './options.ts';

const CHANNELS = () => import('./channels.ts');
const CHECK = () => import('./check.ts');
const SILENCES = () => import('./silences.ts');

export const NOTIFICATION_VERBS: readonly Verb[] = [
  ...Object.entries({ acknowledge: 'acknowledged', 'hand-over': 'handed-over', withdraw: 'withdrawn' } as const).map(
    ([act, done]): Verb => ({
      name: ['inventory', act],
      usage: 'CLUSTER',
      effect: changes(`outage.${done}`),
      words: 1,
      options: done === 'withdrawn' ? [] : ['by', 'note'],
      run: async (invocation) => (await import('./outages.ts')).passOutage(done)(invocation),
    }),
  ),
  { name: ['channel', 'list'], effect: READS, run: runIn(CHECK, 'channelList') },
  {
    name: ['channel', 'add'],
    usage: 'NAME --kind KIND',
    effect: starts('channel.added'),
    words: 1,
    options: ['kind', ...CHANNEL_OPTIONS],
    run: runIn(CHANNELS, 'channelAdd'),
  },
  {
    name: ['channel', 'change'],
    usage: 'CHANNEL',
    effect: changes('channel.changed'),
    words: 1,
    options: ['name', ...CHANNEL_OPTIONS],
    run: runIn(CHANNELS, 'channelChange'),
  },
  {
    name: ['channel', 'test'],
    usage: 'CHANNEL',
    effect: exports('channel.tested'),
    words: 1,
    run: runIn(CHECK, 'channelTest'),
  },
  {
    name: ['channel', 'remove'],
    usage: 'CHANNEL',
    effect: changes('channel.removed'),
    words: 1,
    run: runIn(CHANNELS, 'channelRemove'),
  },
  { name: ['silence', 'list'], effect: READS, run: runIn(SILENCES, 'silenceList') },
  ...Object.entries({ snooze: 'snoozed', acknowledge: 'acknowledged' } as const).map(([act, kind]): Verb => ({
    name: ['silence', act],
    usage: 'CREDENTIAL --until INSTANT --reason TEXT',
    effect: changes(`credential.${kind}`),
    words: 1,
    options: ['until', 'reason'],
    run: async (invocation) => (await import('./silences.ts')).silenceAs(kind)(invocation),
  })),
  {
    name: ['silence', 'remove'],
    usage: 'CREDENTIAL',
    effect: changes('credential.unmarked'),
    words: 1,
    run: runIn(SILENCES, 'silenceRemove'),
  },
];
