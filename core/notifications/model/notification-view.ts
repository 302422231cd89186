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

export interface WatchView {
  channels: ChannelView[];
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
