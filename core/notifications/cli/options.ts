import type { OptionName } from '../../shared/verb/options.ts';
import type { ChannelKind } from '../model/channel.ts';

/** The options that each kind of channel takes beside its name. */
export const OPTIONS_OF = {
  toast: [],
  'event-log': [],
  prometheus: ['file'],
  webhook: ['url', 'secret-env', 'secret-file', 'ca-file', 'no-ca-file'],
  mail: [
    ...(['mail-server', 'port', 'security', 'user', 'from', 'to'] as const),
    ...(['secret-env', 'secret-file', 'no-secret', 'ca-file', 'no-ca-file'] as const),
  ],
} as const satisfies Record<ChannelKind, readonly OptionName[]>;

export const CHANNEL_OPTIONS = [...new Set(Object.values(OPTIONS_OF).flat()), 'enable', 'disable'] as const;
