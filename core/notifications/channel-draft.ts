import { CHANNEL_TYPES, channelFault, isNeeded, type Channel } from './model/channel.ts';
import type { ChannelField, SecretPlace } from './model/channel-type.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { ChannelDraft, FileDraft, SecretDraft } from './contract.ts';
import { encodeBase64 } from '../formats/der/base64.ts';
import { parseHttpsUrl } from './model/https-url.ts';
import type { Ports } from '../shared/ports.ts';
import type { FileTicket, FileUse } from '../shared/ticket.ts';

type Values = Record<string, unknown>;

export type DraftPorts = Pick<Ports, 'clock' | 'ids' | 'keys' | 'tickets' | 'vault'>;
/** `peek` returns the path of a ticket, or throws `ticket.unknown`. */
type FieldPorts = DraftPorts & { peek: (ticket: FileTicket, use: FileUse) => string };

/**
 * Returns the channel that a draft describes, and a function that uses up the tickets of its files; `former` is the
 * channel being changed. The operating system seals an entered secret, which is used only for the server for which it
 * was entered. Throws `channel.invalid`, `vault.not-available` or `ticket.unknown`.
 */
export async function readChannel(
  ports: DraftPorts,
  draft: ChannelDraft,
  former: Channel | undefined,
): Promise<{ channel: Channel; spendTickets: () => void }> {
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
  const tickets: (() => void)[] = [];
  const peek = (ticket: FileTicket, use: FileUse): string => {
    const path = ports.tickets.peek(ticket, use);
    if (path === undefined) throw new ConsoleError('ticket.unknown', {});
    tickets.push(() => ports.tickets.take(ticket, use));
    return path;
  };
  for (const [field, about] of Object.entries(type.fields)) {
    if (!isNeeded(about, channel)) continue;
    const isKept = about.type !== 'secret' || (before !== undefined && type.keepsSecret?.(channel, before) === true);
    const entered = getEntered(settings, field, about);
    const value = await readField({ ...ports, peek }, about, entered, isKept ? before?.[field] : undefined);
    if (value !== undefined) channel[field] = value;
  }
  const read = channel as unknown as Channel;
  const fault = channelFault(read);
  if (fault !== undefined) throw new ConsoleError('channel.invalid', { ...fault });
  return { channel: read, spendTickets: () => tickets.forEach((spend) => spend()) };
}

function getEntered(settings: Values, field: string, about: ChannelField): unknown {
  const { [field]: entered, secret } = settings;
  return 'isHostInSecret' in about ? findHost(entered as string, secret as SecretDraft) : entered;
}

/** Returns the server of an entered address. The rest of the address must not be stored in clear. */
function findHost(typed: string, secret: SecretDraft): string {
  const url = parseHttpsUrl(secret.kind === 'entered' ? secret.secret : `https://${typed.trim()}`);
  return (url ?? parseHttpsUrl(typed))?.host ?? '';
}

async function readField(ports: FieldPorts, field: ChannelField, entered: unknown, before: unknown): Promise<unknown> {
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
      if (draft.kind === 'chosen') return ports.peek(draft.file, field.use);
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

async function findSecret(
  { vault, peek, keys }: FieldPorts,
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
      return { kind: 'file', path: peek(draft.source, 'read:channel') };
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
