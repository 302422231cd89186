import type { Channel, ChannelKind, ChannelStatus } from './channel.ts';
import type { SecretPlace } from './channel-type.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Silence } from './silence.ts';
import type { FleetSummary } from './notice.ts';

/** The place of a secret, as far as the window may know. */
export type SecretView = { kind: 'vault' } | Exclude<SecretPlace, { kind: 'vault' }>;

type WithoutSecret<C> = C extends Channel ? Omit<C, 'secret'> : never;

/** A channel without its secret, and its status. */
export type ChannelView = WithoutSecret<Channel> & {
  secret?: SecretView;
  status: ChannelStatus;
  /** Number of queued messages. */
  waiting: number;
  /** Whether this computer can use it. */
  available: boolean;
};

/** Channels, silences, and whether notifications work. */
export interface WatchView {
  channels: ChannelView[];
  /** Silences that have not ended. */
  marks: Silence[];
  findings: Finding[];
  /** Kinds that this computer can use. */
  kinds: ChannelKind[];
  /** Whether the system can start the console at login. */
  startsAtLogin: boolean;
  /** Whether the operating system can keep an entered secret. */
  keepsSecrets: boolean;
  lastCheckAt?: Instant;
  lastHeartbeatAt?: Instant;
  summary: FleetSummary;
}
