import { channelFault, type Channel, type ChannelId, type SecretPlace } from './model/channel.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { ChannelDraft, FileDraft, SecretDraft } from './model/notification-view.ts';
import { encodeBase64 } from '../formats/der/base64.ts';
import type { Ports } from '../shared/ports.ts';
import type { FileUse } from '../shared/ticket.ts';

export type DraftPorts = Pick<Ports, 'clock' | 'ids' | 'keys' | 'tickets' | 'vault'>;

/**
 * The channel that a draft describes; `former` is the one being changed. A secret that was entered is sealed here by
 * the operating system and goes no further; it is kept only for the server for which it was entered. `channel.invalid`,
 * `vault.not-available`, `ticket.unknown`.
 */
export async function readChannel(
  ports: DraftPorts,
  draft: ChannelDraft,
  former: Channel | undefined,
): Promise<Channel> {
  const { name, enabled, settings } = draft;
  const base = {
    id: former?.id ?? (ports.ids.next() as ChannelId),
    name: name.trim(),
    enabled,
    createdAt: former?.createdAt ?? ports.clock.now(),
  };
  const channel = await completed();
  const fault = channelFault(channel);
  if (fault !== undefined) throw new ConsoleError('channel.invalid', { ...fault });
  return channel;

  async function completed(): Promise<Channel> {
    switch (settings.kind) {
      case 'toast':
      case 'event-log':
        return { ...base, kind: settings.kind };
      case 'prometheus': {
        const before = former?.kind === 'prometheus' ? former.path : undefined;
        return {
          ...base,
          kind: 'prometheus',
          path: findFile(ports, settings.file, { before, use: 'write:prom' }) ?? '',
        };
      }
      case 'webhook': {
        const before = former?.kind === 'webhook' ? former : undefined;
        const url = settings.url.trim();
        const kept = before?.url === url ? before.secret : undefined;
        const secret = await findSecret(ports, settings.secret, kept);
        const caFile = findFile(ports, settings.ca, { before: before?.caFile, use: 'read:channel' });
        return {
          ...base,
          kind: 'webhook',
          url,
          // Empty, so that it is reported as missing.
          secret: secret ?? { kind: 'vault', guarded: '' },
          ...(caFile !== undefined && { caFile }),
        };
      }
      case 'mail': {
        const before = former?.kind === 'mail' ? former : undefined;
        const { port, security, from, to } = settings;
        const host = settings.host.trim();
        const user = settings.user.trim();
        const isSame = before?.host === host && (security !== 'none' || before.security === 'none');
        const kept = isSame ? before.secret : undefined;
        const secret = user === '' ? undefined : await findSecret(ports, settings.secret, kept);
        const caFile = findFile(ports, settings.ca, { before: before?.caFile, use: 'read:channel' });
        return {
          ...base,
          kind: 'mail',
          host,
          port,
          security,
          from: from.trim(),
          to: to.map((address) => address.trim()).filter((address) => address !== ''),
          ...(user !== '' && { user }),
          ...(secret !== undefined && { secret }),
          ...(caFile !== undefined && { caFile }),
        };
      }
    }
  }
}

/**
 * The same before anybody has agreed to it: no ticket is taken and no secret sealed, so that neither is used up by an answer
 * that is no. `channel.invalid`.
 */
export function previewChannel(ports: DraftPorts, draft: ChannelDraft, former: Channel | undefined): Promise<Channel> {
  const { tickets, vault } = ports;
  const chosen = 'chosen';
  const preview = {
    ...ports,
    tickets: { ...tickets, take: () => chosen },
    vault: { ...vault, protect: () => Promise.resolve(new TextEncoder().encode(chosen)) },
  };
  return readChannel(preview, draft, former);
}

function findFile(
  { tickets }: DraftPorts,
  draft: FileDraft,
  { before, use }: { before: string | undefined; use: FileUse },
): string | undefined {
  if (draft.kind === 'chosen') return tickets.take(draft.file, use);
  return draft.kind === 'kept' ? before : undefined;
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
