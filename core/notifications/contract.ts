import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import {
  clusterId,
  credentialId,
  fileTicket,
  instantField,
  name,
  names,
  passphrase,
  textLike,
  type SchemaFields,
} from '../shared/contract/schemas.ts';
import type { CredentialRequest } from '../inventory/contract.ts';
import { MAIL_SECURITIES, type ChannelId } from './model/channel.ts';
import type { ChannelDraft, ChannelSettings, FileDraft, SecretDraft, WatchView } from './model/notification-view.ts';
import { SILENCE_KINDS } from './model/silence.ts';

const channelId = textLike<ChannelId>(/^[0-9a-f]{16}$/u);
const secretDraft: z.ZodType<SecretDraft> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['kept', 'none']) }),
  z.strictObject({ kind: z.literal('entered'), secret: passphrase }),
  z.strictObject({ kind: z.literal('environment'), name }),
  z.strictObject({ kind: z.literal('file'), source: fileTicket }),
]);
const fileDraft: z.ZodType<FileDraft> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['kept', 'none']) }),
  z.strictObject({ kind: z.literal('chosen'), file: fileTicket }),
]);
const channelSettings: z.ZodType<ChannelSettings> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['toast', 'event-log']) }),
  z.strictObject({ kind: z.literal('prometheus'), file: fileDraft }),
  z.strictObject({ kind: z.literal('webhook'), url: name, secret: secretDraft, ca: fileDraft }),
  z.strictObject({
    kind: z.literal('mail'),
    host: name,
    port: z.int().min(1).max(65_535),
    security: z.enum(MAIL_SECURITIES),
    from: name,
    to: names,
    user: name,
    secret: secretDraft,
    ca: fileDraft,
  }),
]);
const channelDraft: z.ZodType<ChannelDraft> = z.strictObject({
  channelId: channelId.optional(),
  name,
  enabled: z.boolean(),
  settings: channelSettings,
} satisfies SchemaFields<ChannelDraft>);

/** Notifications: channels, what was reported, and what is silenced. Secrets come in and never go out. */
export const NOTIFICATION_METHODS = {
  watch: method().reads().answers<WatchView>(),
  /** Entering a secret requires a system that can keep it: `keepsSecrets`. */
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
  /** Including the messages waiting for it. */
  removeChannel: method({ channelId })
    .changes('channel.removed', ({ channelId: subject }) => ({ subject }))
    .answers<WatchView>(),
  /** Sends a test at once; its failure is the problem. */
  testChannel: method({ channelId })
    .exports('channel.tested', ({ channelId: subject }) => ({ subject }))
    .answers<WatchView>(),
  /** Reads all known files again, judges and notifies. */
  checkNow: method().reads().answers<WatchView>(),
  /** Snoozes or acknowledges a credential, replacing any mark that it has. */
  mark: method({ clusterId, credentialId, kind: z.enum(SILENCE_KINDS), reason: name, until: instantField })
    .changes(
      ({ kind }) => `credential.${kind}`,
      ({ credentialId: subject, reason, until }) => ({ subject, reason, until }),
    )
    .answers<WatchView>(),
  unmark: method({ credentialId })
    .changes('credential.unmarked', ({ credentialId: subject }) => ({ subject }))
    .answers<WatchView>(),
};

export type NotificationsApi = Calls<typeof NOTIFICATION_METHODS>;

export interface NotificationEvents {
  watchChanged: WatchView;
  /** Somebody clicked a system message or an item of the icon's menu. */
  opened: CredentialRequest;
}
