import type { Invocation } from '../../shared/verb/invocation.ts';
import { withNotifications } from './notifications.ts';
import { answer } from '../../shared/verb/answer.ts';
import { choice, neededChoice, numberUpTo, splitList } from '../../shared/verb/values.ts';
import { UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import {
  CHANNEL_KINDS,
  MAIL_SECURITIES,
  serverText,
  type Channel,
  type ChannelId,
  type ChannelKind,
} from '../model/channel.ts';
import { findServer } from '../channel-server.ts';
import type { ChannelSettings, ChannelView, FileDraft, SecretDraft, WatchView } from '../model/notification-view.ts';
import { channelNamed } from './check.ts';
import { OPTIONS_OF } from './options.ts';

/** The port at which servers take mail from programs. Source: RFC 6409 section 3.1; RFC 8314 section 3.3 for `tls`. */
const MAIL_PORTS = { starttls: 587, tls: 465, none: 25 };

const PORTS = { most: 65_535, allowed: '1–65535' };

/** `arcwarden channel add NAME --kind KIND`. */
export function channelAdd(invocation: Invocation): Promise<ExitCode> {
  const { line, words, note } = invocation;
  const [name = ''] = words;
  const kind = neededChoice(invocation, 'kind', CHANNEL_KINDS);
  refuseOthers(invocation, kind);
  return withNotifications(invocation, async ({ service }) => {
    const before = new Set((await service.watch()).channels.map(({ id }) => id));
    const settings = getSettings(invocation, kind, undefined);
    const view = await service.saveChannel({ name, enabled: line.values.disable !== true, settings }, note);
    return tell(invocation, 'cli.channel.added', view, ({ id }) => !before.has(id));
  });
}

/** `arcwarden channel change CHANNEL`: what is not named stays as it is. */
export function channelChange(invocation: Invocation): Promise<ExitCode> {
  const { line, words } = invocation;
  return withNotifications(invocation, async ({ service, store }) => {
    const former = channelNamed(store, words[0] ?? '');
    refuseOthers(invocation, former.kind);
    const view = await service.saveChannel(
      {
        channelId: former.id,
        name: line.values.name ?? former.name,
        enabled: line.values.enable === true || (former.enabled && line.values.disable !== true),
        settings: getSettings(invocation, former.kind, former),
      },
      invocation.note,
    );
    return tell(invocation, 'cli.channel.changed', view, ({ id }) => id === former.id);
  });
}

/** `arcwarden channel remove CHANNEL`, with what waits for it. */
export function channelRemove(invocation: Invocation): Promise<ExitCode> {
  const { translate, words, note } = invocation;
  return withNotifications(invocation, async ({ service, store }) => {
    const { id, name } = channelNamed(store, words[0] ?? '');
    await service.removeChannel({ channelId: id }, note);
    return answer(invocation, { removed: { id, name } }, translate('cli.channel.removed', { name }));
  });
}

function tell(
  invocation: Invocation,
  key: 'cli.channel.added' | 'cli.channel.changed',
  { channels }: WatchView,
  isMeant: (channel: { id: ChannelId }) => boolean,
): ExitCode {
  const { translate } = invocation;
  const channel: ChannelView | undefined = channels.find(isMeant);
  const lines = [translate(key, { name: channel?.name ?? '', id: channel?.id ?? '' })];
  const server = channel === undefined ? undefined : findServer(channel);
  if (server !== undefined) lines.push(translate('cli.channel.server', { server: serverText(server) }));
  return answer(invocation, { channel }, lines.join('\n'));
}

function refuseOthers({ line }: Invocation, kind: ChannelKind): void {
  const others = Object.values(OPTIONS_OF).flat();
  const own: readonly string[] = OPTIONS_OF[kind];
  const foreign = others.find((option) => line.values[option] !== undefined && !own.includes(option));
  if (foreign !== undefined)
    throw new UsageError('cli.usage.option-not-for', { option: `--${foreign}`, use: `--kind ${kind}` });
}

function getSettings(invocation: Invocation, kind: ChannelKind, former: Channel | undefined): ChannelSettings {
  const { values } = invocation.line;
  switch (kind) {
    case 'toast':
    case 'event-log':
      return { kind };
    case 'prometheus':
      return { kind, file: getFile(invocation, 'file', former) };
    case 'webhook': {
      const before = former?.kind === 'webhook' ? former : undefined;
      return {
        kind,
        url: values.url ?? before?.url ?? '',
        secret: getSecret(invocation, former),
        ca: getFile(invocation, 'ca-file', former),
      };
    }
    case 'mail': {
      const before = former?.kind === 'mail' ? former : undefined;
      const security = choice(invocation, 'security', MAIL_SECURITIES) ?? before?.security ?? 'starttls';
      return {
        kind,
        host: values['mail-server'] ?? before?.host ?? '',
        port: numberUpTo(invocation, 'port', PORTS) ?? before?.port ?? MAIL_PORTS[security],
        security,
        user: values.user ?? before?.user ?? '',
        from: values.from ?? before?.from ?? '',
        to: values.to === undefined ? (before?.to ?? []) : splitList(values.to),
        secret: getSecret(invocation, former),
        ca: getFile(invocation, 'ca-file', former),
      };
    }
  }
}

/** Where the secret is, never the secret: every process on the computer can read an argument. */
function getSecret({ line, world, ports }: Invocation, former: Channel | undefined): SecretDraft {
  const { 'secret-env': name, 'secret-file': file, 'no-secret': none } = line.values;
  if (name !== undefined) return { kind: 'environment', name };
  if (file !== undefined) return { kind: 'file', source: ports.tickets.issue(world.absolute(file), 'read:channel') };
  return { kind: former === undefined || none === true ? 'none' : 'kept' };
}

function getFile(
  { line, world, ports }: Invocation,
  option: 'file' | 'ca-file',
  former: Channel | undefined,
): FileDraft {
  const file = line.values[option];
  const use = option === 'file' ? 'write:prom' : 'read:channel';
  if (file !== undefined) return { kind: 'chosen', file: ports.tickets.issue(world.absolute(file), use) };
  return { kind: former === undefined || line.values['no-ca-file'] === true ? 'none' : 'kept' };
}
