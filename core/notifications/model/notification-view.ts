import type { Channel, ChannelKind, ChannelStatus } from './channel.ts';
import type { SecretPlace } from './channel-type.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Silence } from './silence.ts';
import type { FleetSummary } from './notice.ts';

/** The place of a secret, as far as the window may know it. */
export type SecretView = { kind: 'vault' } | Exclude<SecretPlace, { kind: 'vault' }>;

type WithoutSecret<C> = C extends Channel ? Omit<C, 'secret'> : never;

/** A channel without its secret, and its status. */
export type ChannelView = WithoutSecret<Channel> & {
  secret?: SecretView;
  status: ChannelStatus;
  /** Messages on their way. */
  waiting: number;
  /** Whether this computer can use it. */
  available: boolean;
};

/** Who is notified, what is silenced, and whether notifications work. */
export interface WatchView {
  channels: ChannelView[];
  /** Those that have not ended. */
  marks: Silence[];
  findings: Finding[];
  /** Kinds that this computer can use. */
  kinds: ChannelKind[];
  /** Whether the system can start the console at login. */
  startsAtLogin: boolean;
  /** Whether the operating system can keep a secret that is entered. */
  keepsSecrets: boolean;
  lastCheckAt?: Instant;
  lastHeartbeatAt?: Instant;
  summary: FleetSummary;
}
