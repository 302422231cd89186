import type { ChannelKind } from '../model/channel.ts';

/** Options of the verbs of `arcwarden channel` and `arcwarden silence` that no other verb has. */
export const NOTIFICATION_OPTIONS = {
  url: { type: 'string' },
  'mail-server': { type: 'string' },
  port: { type: 'string' },
  security: { type: 'string' },
  user: { type: 'string' },
  'secret-env': { type: 'string' },
  'secret-file': { type: 'string' },
  'no-secret': { type: 'boolean' },
  'ca-file': { type: 'string' },
  'no-ca-file': { type: 'boolean' },
  enable: { type: 'boolean' },
  disable: { type: 'boolean' },
  until: { type: 'string' },
} as const;

type NotificationOptions = typeof NOTIFICATION_OPTIONS;
declare module '../../shared/verb/options.ts' {
  interface OptionTable extends NotificationOptions {}
}

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
} as const satisfies Record<ChannelKind, readonly string[]>;

export const CHANNEL_OPTIONS = [...new Set(Object.values(OPTIONS_OF).flat()), 'enable', 'disable'] as const;
