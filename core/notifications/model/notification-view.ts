import type { Channel, ChannelKind, ChannelStatus } from './channel.ts';
import type { SecretPlace } from './channel-type.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import type { Silence } from './silence.ts';
import type { FleetSummary } from './notice.ts';

export type SecretView = { kind: 'vault' } | Exclude<SecretPlace, { kind: 'vault' }>;

type WithoutSecret<C> = C extends Channel ? Omit<C, 'secret'> : never;

export type ChannelView = WithoutSecret<Channel> & {
  secret?: SecretView;
  status: ChannelStatus;
  waiting: number;
  available: boolean;
};

/** The last attempt to send a message through a channel. */
export interface SentNotice {
  noticeId: string;
  at: Instant;
  channel: Pick<Channel, 'id' | 'name' | 'kind'>;
  /** In the language in which the message was sent. */
  subject: string;
  /** Absent if the channel accepted the message. */
  failure?: Omit<NonNullable<ChannelStatus['lastFailure']>, 'at'> | undefined;
}

export interface WatchView {
  channels: ChannelView[];
  /** Newest first. */
  sent: SentNotice[];
  marks: Silence[];
  acknowledgements: Acknowledgement[];
  user: string;
  findings: Finding[];
  kinds: ChannelKind[];
  startsAtLogin: boolean;
  keepsSecrets: boolean;
  lastCheckAt?: Instant;
  lastHeartbeatAt?: Instant;
  summary: FleetSummary;
}
