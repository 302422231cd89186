import { CHANNEL_TYPES, channelFault, isNeeded, type Channel } from './model/channel.ts';
import type { ChannelField, SecretPlace } from './model/channel-type.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { ChannelDraft, FileDraft, SecretDraft } from './contract.ts';
import { encodeBase64 } from '../formats/der/base64.ts';
import { parseHttpsUrl } from './model/https-url.ts';
import type { Ports } from '../shared/ports.ts';

type Values = Record<string, unknown>;

export type DraftPorts = Pick<Ports, 'clock' | 'ids' | 'keys' | 'tickets' | 'vault'>;

/**
 * Returns the channel that a draft describes; `former` is the one being changed. The operating system seals an entered
 * secret, which is used only for the server for which it was entered. Throws `channel.invalid`, `vault.not-available`
 * or `ticket.unknown`.
 */
export async function readChannel(
  ports: DraftPorts,
  draft: ChannelDraft,
  former: Channel | undefined,
): Promise<Channel> {
  const { name, enabled, settings } = draft;
  const type = CHANNEL_TYPES[settings.kind];
  const before: Values | undefined = former?.kind === settings.kind ? { ...former } : undefined;
  const channel: Values = {
    id: former?.id ?? ports.ids.next(),
    name: name.trim(),
    enabled,
    createdAt: former?.createdAt ?? ports.clock.now(),
    kind: settings.kind,
  };
  for (const [field, about] of Object.entries(type.fields)) {
    if (!isNeeded(about, channel)) continue;
    const isKept = about.type !== 'secret' || (before !== undefined && type.keepsSecret?.(channel, before) === true);
    const entered = getEntered(settings, field, about);
    const value = await readField(ports, about, entered, isKept ? before?.[field] : undefined);
    if (value !== undefined) channel[field] = value;
  }
  const read = channel as unknown as Channel;
  const fault = channelFault(read);
  if (fault !== undefined) throw new ConsoleError('channel.invalid', { ...fault });
  return read;
}

function getEntered(settings: Values, field: string, about: ChannelField): unknown {
  const { [field]: entered, secret } = settings;
  return 'isHostInSecret' in about ? findHost(entered as string, secret as SecretDraft) : entered;
}

/** Returns the server of an entered address. The rest of the address must not be stored in clear. */
function findHost(typed: string, secret: SecretDraft): string {
  const url = parseHttpsUrl(secret.kind === 'entered' ? secret.secret : `https://${typed.trim()}`);
  return (url ?? parseHttpsUrl(typed.trim()))?.host ?? '';
}

async function readField(ports: DraftPorts, field: ChannelField, entered: unknown, before: unknown): Promise<unknown> {
  const isOptional = field.isOptional === true;
  switch (field.type) {
    case 'text': {
      const text = (entered as string).trim();
      return text === '' && isOptional ? undefined : text;
    }
    case 'addresses':
      return (entered as string[]).map((address) => address.trim()).filter((address) => address !== '');
    case 'choice':
    case 'port':
      return entered;
    case 'file': {
      const draft = entered as FileDraft;
      if (draft.kind === 'chosen') return ports.tickets.take(draft.file, field.use);
      const kept = draft.kind === 'kept' ? before : undefined;
      return kept ?? (isOptional ? undefined : '');
    }
    case 'secret': {
      const secret = await findSecret(ports, entered as SecretDraft, before as SecretPlace | undefined);
      // An empty secret is reported as missing.
      return secret ?? (isOptional ? undefined : { kind: 'vault', guarded: '' });
    }
  }
}

/** Returns the channel without using up a ticket. Throws as `readChannel` does. */
export function previewChannel(ports: DraftPorts, draft: ChannelDraft, former: Channel | undefined): Promise<Channel> {
  const { tickets } = ports;
  const take: typeof tickets.take = (ticket, use) => {
    const path = tickets.peek(ticket, use);
    if (path === undefined) throw new ConsoleError('ticket.unknown', {});
    return path;
  };
  return readChannel({ ...ports, tickets: { ...tickets, take } }, draft, former);
}

async function findSecret(
  { vault, tickets, keys }: DraftPorts,
  draft: SecretDraft,
  before: SecretPlace | undefined,
): Promise<SecretPlace | undefined> {
  switch (draft.kind) {
    case 'kept':
      return before;
    case 'none':
      return undefined;
    case 'environment':
      return { kind: 'environment', name: draft.name.trim() };
    case 'file':
      return { kind: 'file', path: tickets.take(draft.source, 'read:channel') };
    case 'entered': {
      if (draft.secret === '') return undefined;
      const bytes = new TextEncoder().encode(draft.secret);
      try {
        return { kind: 'vault', guarded: encodeBase64(await vault.protect(bytes)) };
      } finally {
        keys.wipe(bytes);
      }
    }
  }
}
