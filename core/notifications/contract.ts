import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { clusterId, credentialId, instantField, name } from '../shared/contract/schemas.ts';
import type { CredentialRequest } from '../inventory/contract.ts';
import type { WatchView } from './model/notification-view.ts';
import { SILENCE_KINDS } from './model/silence.ts';
import { channelDraft, channelId, type fileDraft, type secretDraft } from './schemas.ts';

export type SecretDraft = z.infer<typeof secretDraft>;
export type FileDraft = z.infer<typeof fileDraft>;
export type ChannelDraft = z.infer<typeof channelDraft>;
export type ChannelSettings = ChannelDraft['settings'];

/** Secrets are accepted but never returned. */
export const NOTIFICATION_METHODS = {
  watch: method().reads().answers<WatchView>(),
  /** An entered secret requires a system that can protect it: see `keepsSecrets`. */
  saveChannel: method(channelDraft)
    .changes(
      ({ channelId: id }) => (id === undefined ? 'channel.added' : 'channel.changed'),
      ({ channelId: subject, name: channel, enabled, settings }) => ({
        subject,
        name: channel,
        kind: settings.kind,
        enabled,
      }),
    )
    .answers<WatchView>(),
  removeChannel: method({ channelId })
    .changes('channel.removed', ({ channelId: subject }) => ({ subject }))
    .answers<WatchView>(),
  /** Sends a test message immediately, and returns a failure as the problem. */
  testChannel: method({ channelId })
    .exports('channel.tested', ({ channelId: subject }) => ({ subject }))
    .answers<WatchView>(),
  /** Sends a test message through a channel that need not be saved; uses up no ticket. */
  testDraft: method(channelDraft)
    .exports('channel.tested', ({ channelId: subject = '', name: channel, settings }) => ({
      ...{ subject, name: channel, kind: settings.kind },
    }))
    .answers<WatchView>(),
  checkNow: method().reads().answers<WatchView>(),
  /** Replaces any earlier silence. */
  mark: method({ clusterId, credentialId, kind: z.enum(SILENCE_KINDS), reason: name, until: instantField })
    .changes(
      ({ kind }) => `credential.${kind}`,
      ({ credentialId: subject, reason, until }) => ({ subject, reason, until }),
    )
    .answers<WatchView>(),
  unmark: method({ credentialId })
    .changes('credential.unmarked', ({ credentialId: subject }) => ({ subject }))
    .answers<WatchView>(),
  /** Passes the work on a cluster from its holder to another; either may be absent, and an empty `by` is the user. */
  passOutage: method({ clusterId, from: name.optional(), by: name.optional(), note: name.optional() })
    .changes(
      ({ from, by }) =>
        by === undefined ? 'outage.withdrawn' : from === undefined ? 'outage.acknowledged' : 'outage.handed-over',
      ({ clusterId: subject, from: was, by, note: reason }) => ({ subject, was, by, reason }),
    )
    .answers<WatchView>(),
};

export type NotificationsApi = Calls<typeof NOTIFICATION_METHODS>;

export interface NotificationEvents {
  watchChanged: WatchView;
  /** Sent when somebody clicks a system message or an item in the icon's menu. */
  opened: CredentialRequest;
}
