import { changes, exports, runIn, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';
import { CHANNEL_OPTIONS } from './options.ts';

const CHANNELS = () => import('./channels.ts');
const CHECK = () => import('./check.ts');
const SILENCES = () => import('./silences.ts');

export const NOTIFICATION_VERBS: readonly Verb[] = [
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
  {
    name: ['silence', 'snooze'],
    usage: 'CREDENTIAL --until INSTANT --reason TEXT',
    effect: changes('credential.snoozed'),
    words: 1,
    options: ['until', 'reason'],
    run: async (invocation) => (await import('./silences.ts')).silenceAs('snoozed')(invocation),
  },
  {
    name: ['silence', 'acknowledge'],
    usage: 'CREDENTIAL --until INSTANT --reason TEXT',
    effect: changes('credential.acknowledged'),
    words: 1,
    options: ['until', 'reason'],
    run: async (invocation) => (await import('./silences.ts')).silenceAs('acknowledged')(invocation),
  },
  {
    name: ['silence', 'remove'],
    usage: 'CREDENTIAL',
    effect: changes('credential.unmarked'),
    words: 1,
    run: runIn(SILENCES, 'silenceRemove'),
  },
];
