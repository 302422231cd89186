import type { Invocation } from '../../shared/verb/invocation.ts';
import { runWithNotifications } from './notifications.ts';
import { answer } from '../../shared/verb/answer.ts';
import { choice, requireChoice, numberUpTo, splitList, type TextOption } from '../../shared/verb/values.ts';
import type { OptionName } from '../../shared/verb/options.ts';
import { UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import {
  CHANNEL_KINDS,
  findServer,
  initialValue,
  listFormFields,
  serverText,
  type Channel,
  type ChannelKind,
  type NamedField,
} from '../model/channel.ts';
import { MOST_PORT } from '../model/channel-type.ts';
import type { ChannelId } from '../../shared/ids.ts';
import type { ChannelSettings, FileDraft, SecretDraft } from '../contract.ts';
import type { WatchView } from '../model/notification-view.ts';
import { channelNamed } from './check.ts';
import { CHANNEL_OPTIONS, listOptions } from './options.ts';

export function channelAdd(invocation: Invocation): Promise<ExitCode> {
  const { line, words, note } = invocation;
  const [name = ''] = words;
  const kind = requireChoice(invocation, 'kind', CHANNEL_KINDS);
  refuseOthers(invocation, kind);
  return runWithNotifications(invocation, async ({ service }) => {
    const before = new Set((await service.watch()).channels.map(({ id }) => id));
    const settings = getSettings(invocation, kind, undefined);
    const view = await service.saveChannel({ name, enabled: line.values.disable !== true, settings }, note);
    return tell(invocation, 'cli.channel.added', view, ({ id }) => !before.has(id));
  });
}

/** `arcwarden channel change CHANNEL`: fields without an option keep their values. */
export function channelChange(invocation: Invocation): Promise<ExitCode> {
  const { line, words } = invocation;
  return runWithNotifications(invocation, async ({ service, store }) => {
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

/** `arcwarden channel remove CHANNEL`: also removes its queued messages. */
export function channelRemove(invocation: Invocation): Promise<ExitCode> {
  const { translate, words, note } = invocation;
  return runWithNotifications(invocation, async ({ service, store }) => {
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
  const channel = channels.find(isMeant);
  const lines = [translate(key, { name: channel?.name ?? '', id: channel?.id ?? '' })];
  const server = channel && findServer(channel);
  if (server !== undefined) lines.push(translate('cli.channel.server', { server: serverText(server) }));
  return answer(invocation, { channel }, lines.join('\n'));
}

function refuseOthers({ line }: Invocation, kind: ChannelKind): void {
  const own = new Set<string>([...listOptions(kind), 'enable', 'disable']);
  const foreign = CHANNEL_OPTIONS.find((option) => line.values[option] !== undefined && !own.has(option));
  if (foreign !== undefined)
    throw new UsageError('cli.usage.option-not-for', { option: `--${foreign}`, use: `--kind ${kind}` });
}

function getSettings(invocation: Invocation, kind: ChannelKind, former: Channel | undefined): ChannelSettings {
  const settings: Record<string, unknown> = { kind };
  for (const field of listFormFields(kind))
    settings[field.name] = getField(invocation, field, former) ?? initialValue(field, former, settings);
  return settings as ChannelSettings;
}

function getField(invocation: Invocation, field: NamedField, former: Channel | undefined): unknown {
  if (field.type === 'secret') return getSecret(invocation, former);
  const option = field.option as TextOption;
  const given: unknown = invocation.line.values[option];
  switch (field.type) {
    case 'file':
      return getFile(invocation, field, former);
    case 'choice':
      return choice(invocation, option, field.choices);
    case 'port':
      return numberUpTo(invocation, option, { most: MOST_PORT, allowed: `1–${MOST_PORT}` });
    case 'addresses':
      return given === undefined ? undefined : splitList(given as string[]);
    case 'text':
      return given;
  }
}

/** Returns where the secret is. It is never an argument, which every process on the computer could read. */
function getSecret({ line, world, ports }: Invocation, former: Channel | undefined): SecretDraft {
  const { 'secret-env': name, 'secret-file': file, 'no-secret': none } = line.values;
  if (name !== undefined) return { kind: 'environment', name };
  if (file !== undefined) return { kind: 'file', source: ports.tickets.issue(world.absolute(file), 'read:channel') };
  return { kind: former === undefined || none === true ? 'none' : 'kept' };
}

function getFile(
  { line, world, ports }: Invocation,
  { option, use }: Extract<NamedField, { type: 'file' }>,
  former: Channel | undefined,
): FileDraft {
  const file = line.values[option as TextOption];
  if (file !== undefined) return { kind: 'chosen', file: ports.tickets.issue(world.absolute(file), use) };
  return { kind: former === undefined || line.values[`no-${option}` as OptionName] === true ? 'none' : 'kept' };
}
