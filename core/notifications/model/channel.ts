import type { ChannelId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import type {
  ChannelFault,
  ChannelField,
  ChannelServer,
  ChannelType,
  SecretPlace,
  StoredFields,
} from './channel-type.ts';
import { EVENT_LOG } from './channels/event-log.ts';
import { MAIL } from './channels/mail.ts';
import { PROMETHEUS } from './channels/prometheus.ts';
import { SLACK } from './channels/slack.ts';
import { TEAMS } from './channels/teams.ts';
import { TOAST } from './channels/toast.ts';
import { WEBHOOK } from './channels/webhook.ts';
import { parseHttpsUrl } from './https-url.ts';

const TYPES = [TOAST, TEAMS, SLACK, WEBHOOK, MAIL, EVENT_LOG, PROMETHEUS] as const;

export type AnyChannelType = (typeof TYPES)[number];
export type ChannelKind = AnyChannelType['kind'];
export const CHANNEL_KINDS: readonly ChannelKind[] = TYPES.map(({ kind }) => kind);
export const CHANNEL_TYPES = Object.fromEntries(TYPES.map((type) => [type.kind, type])) as Record<
  ChannelKind,
  ChannelType<ChannelKind>
>;

interface ChannelBase {
  id: ChannelId;
  name: string;
  enabled: boolean;
  createdAt: Instant;
}

type ChannelOf<Type> = Type extends { kind: infer Kind; fields: infer Fields }
  ? ChannelBase & { kind: Kind } & StoredFields<Fields>
  : never;
export type Channel = ChannelOf<AnyChannelType>;

export interface ChannelStatus {
  lastSuccessAt?: Instant;
  /** The latest failure, even if later attempts succeeded. */
  lastFailure?: { at: Instant; code: string; params: Record<string, string | number> };
  /** Failed attempts since the last success. */
  failures: number;
}

type ShownChannel = { kind: ChannelKind };

export function isAvailable(outside: Pick<Ports, 'processes' | 'host'>, { kind }: ShownChannel): boolean {
  return CHANNEL_TYPES[kind].isAvailable?.(outside) ?? true;
}

export function findServer(channel: ShownChannel): ChannelServer | undefined {
  return CHANNEL_TYPES[channel.kind].server?.(channel);
}

export function findMetricsFile(channel: ShownChannel): string | undefined {
  return CHANNEL_TYPES[channel.kind].metricsFile?.(channel);
}

export function findCaFile(channel: Channel): string | undefined {
  return 'caFile' in channel ? channel.caFile : undefined;
}

export function getTarget(channel: ShownChannel): string {
  return CHANNEL_TYPES[channel.kind].target?.(channel) ?? '';
}

/** Returns the place of a secret that is the address of the receiver, so that anybody who knows it can post. */
export function findSecretAddress(channel: Channel): SecretPlace | undefined {
  const isAddress = Object.values(CHANNEL_TYPES[channel.kind].fields).some((field) => 'isHostInSecret' in field);
  return isAddress && 'secret' in channel ? channel.secret : undefined;
}

/** Returns the destination for the audit trail: for a URL only the host, since the rest may contain a token. */
export function getRecordedTarget(channel: ShownChannel): string {
  const target = getTarget(channel);
  return parseHttpsUrl(target)?.host ?? target;
}

export function serverText({ scheme, host, port }: ChannelServer): string {
  return `${scheme}://${host}:${port}`;
}

export type NamedField = ChannelField & { name: string };

/** Lists the fields of a kind in the order of input: the port follows the choice that determines its usual value. */
export function listFormFields(kind: ChannelKind): NamedField[] {
  const fields = Object.entries(CHANNEL_TYPES[kind].fields).map(([name, field]) => ({ ...field, name }));
  const choices = new Map(fields.flatMap((field) => (field.type === 'port' ? [[field.usual.choice, field]] : [])));
  return fields.flatMap((field) => {
    if (field.type === 'port') return [];
    const port = choices.get(field.name);
    return port === undefined ? [field] : [field, port];
  });
}

/** Returns the value in `before`, or else the usual one, given the `values` of other fields. */
export function initialValue(
  field: NamedField,
  before: object | undefined,
  values: Readonly<Record<string, unknown>>,
): unknown {
  const { [field.name]: value }: Readonly<Record<string, unknown>> = { ...before };
  if (value !== undefined) return value;
  switch (field.type) {
    case 'choice':
      return field.choices[0];
    case 'port':
      return field.usual.ports[values[field.usual.choice] as string];
    case 'addresses':
      return [];
    default:
      return '';
  }
}

export function isNeeded({ needs }: ChannelField, values: object): boolean {
  const texts = values as Readonly<Record<string, string | undefined>>;
  return needs === undefined || (texts[needs] ?? '').trim() !== '';
}

export function channelFault(channel: Channel): ChannelFault | undefined {
  if (channel.name.trim() === '') return { field: 'name', reason: '' };
  const type = CHANNEL_TYPES[channel.kind];
  const fault = type.fault?.(channel);
  if (fault !== undefined) return fault;
  const values: Readonly<Record<string, unknown>> = { ...channel };
  for (const [name, field] of Object.entries(type.fields)) {
    const value = values[name];
    if (field.type === 'file' && field.isOptional !== true && value === '') return { field: 'file', reason: '' };
    if (field.type !== 'secret' || !isNeeded(field, channel)) continue;
    const wrong = secretFault(value as SecretPlace | undefined);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/**
 * Matches only variables for channels: whoever chooses a channel's variable must not be able to send another one, such
 * as the passphrase of the keys.
 */
const VARIABLE = /^ARCWARDEN_CHANNEL_[A-Za-z0-9_]{1,100}$/u;

function secretFault(secret: SecretPlace | undefined): ChannelFault | undefined {
  switch (secret?.kind) {
    case 'environment':
      return VARIABLE.test(secret.name) ? undefined : { field: 'environment', reason: secret.name };
    case 'file':
      return secret.path === '' ? { field: 'file', reason: '' } : undefined;
    case 'vault':
      return secret.guarded === '' ? { field: 'secret', reason: '' } : undefined;
    default:
      return { field: 'secret', reason: '' };
  }
}
