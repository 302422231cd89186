import type { Verb } from '../../cli/verb.ts';
import { CHANNEL_OPTIONS, channelAdd, channelChange, channelRemove } from './channels.ts';
import { expiryChannels, expiryTest } from './check.ts';
import { silenceAs, silenceList, silenceRemove } from './silences.ts';

const none = { least: 0, most: 0 };
const one = { least: 1, most: 1 };

/** Who is told, and of what nothing is told. */
export const NOTIFICATION_VERBS: readonly Verb[] = [
  { name: ['channel', 'list'], words: none, options: [], run: expiryChannels },
  { name: ['channel', 'add'], words: one, options: ['kind', ...CHANNEL_OPTIONS], run: channelAdd },
  { name: ['channel', 'change'], words: one, options: ['name', ...CHANNEL_OPTIONS], run: channelChange },
  { name: ['channel', 'test'], words: one, options: [], run: expiryTest },
  { name: ['channel', 'remove'], words: one, options: [], run: channelRemove },
  { name: ['silence', 'list'], words: none, options: [], run: silenceList },
  { name: ['silence', 'snooze'], words: one, options: ['until', 'reason'], run: silenceAs('snoozed') },
  { name: ['silence', 'acknowledge'], words: one, options: ['until', 'reason'], run: silenceAs('acknowledged') },
  { name: ['silence', 'remove'], words: one, options: [], run: silenceRemove },
];
