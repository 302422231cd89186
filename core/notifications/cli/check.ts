import type { ChannelId } from '../../shared/ids.ts';
import type { Channel } from '../model/channel.ts';
import type { Finding } from '../../shared/finding.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { isSilenced, type Silence } from '../model/silence.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { watchFindings } from '../notification-findings.ts';
import type { Checked } from '../notifier.ts';
import type { NotificationStore } from '../store/store.ts';
import { openNotifications, runWithNotifications } from './notifications.ts';
import { listChannels, listSilences } from '../service.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

/** Id of the channel that `--event-log` adds for one run; no stored channel has it. */
const EVENT_LOG_ID = '00000000000e0109' as ChannelId;

/**
 * Reads the known files again, judges the credentials and sends notifications; `undefined` if an open console does so.
 */
export async function tellNow(invocation: Invocation): Promise<{ checked: Checked; findings: Finding[] } | undefined> {
  const { line, ports, world, translate, paths } = invocation;
  if (paths.length > 0) throw new UsageError('cli.usage.notify-paths');
  // First opens the folder for reading: a job must not create a data folder where a drive is not mounted.
  await world.openToRead(invocation, openNotifications);
  const eventLog = { id: EVENT_LOG_ID, kind: 'event-log', name: 'event-log', enabled: true } as const;
  const extraChannels = line.values['event-log'] === true ? [{ ...eventLog, createdAt: ports.clock.now() }] : [];
  try {
    return await runWithNotifications(
      invocation,
      async ({ check, store }) => ({
        checked: await check(),
        findings: watchFindings(store, (path) => ports.files.fileName(path)),
      }),
      extraChannels,
    );
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'store.locked') throw error;
    world.notice(translate('cli.notify.console-open'));
    return undefined;
  }
}

/** Lists what admins said about credentials and clusters in the data folder; nothing if paths are given. */
export async function readMarks(invocation: Invocation) {
  const { paths, world, ports } = invocation;
  if (paths.length > 0) return { marks: [], acknowledgements: [] };
  const store = await world.openToRead(invocation, openNotifications);
  return { marks: listSilences(store, ports.clock.now()), acknowledgements: store.acknowledgements() };
}

export function isSilencedNow(
  marks: readonly Silence[],
  { id, state }: { id: string; state: ExpiryState },
  now: Instant,
): boolean {
  return isSilenced(
    marks.find(({ credentialId }) => credentialId === id),
    state,
    epochMs(now),
  );
}

export async function channelList(invocation: Invocation): Promise<ExitCode> {
  const { ports, world, translate } = invocation;
  const notifications = await world.openToRead(invocation, openNotifications);
  const channels = listChannels(ports, notifications).map(({ id, kind, name, enabled, waiting, status }) => ({
    id,
    kind,
    name,
    enabled,
    waiting,
    failures: status.failures,
    lastSuccessAt: status.lastSuccessAt ?? null,
    lastFailure: status.lastFailure ?? null,
  }));
  const columns = (['name', 'kind', 'waiting', 'failures', 'last-success'] as const).map((column) => {
    const head = translate(`cli.channels.${column}`);
    return column === 'waiting' || column === 'failures' ? ({ head, align: 'right' } as const) : head;
  });
  const rows = channels.map((each) => [
    each.enabled ? each.name : `${each.name} (${translate('watch.status.off')})`,
    translate(`watch.kind.${each.kind}`),
    String(each.waiting),
    String(each.failures),
    each.lastSuccessAt ?? '–',
  ]);
  answer(invocation, { channels }, rows.length === 0 ? translate('watch.channels.none') : tabulate(columns, rows));
  const isFailing = channels.some(({ enabled, failures }) => enabled && failures > 0);
  return isFailing ? EXIT.attention : EXIT.fine;
}

/** `arcwarden channel test CHANNEL`, by name or id: exits with 1 if the test message does not arrive. */
export async function channelTest(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate, words } = invocation;
  return runWithNotifications(invocation, async ({ service, store }) => {
    const { id, name } = channelNamed(store, words[0] ?? '');
    try {
      await service.testChannel({ channelId: id });
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      const { code, params } = error;
      if (line.json) world.json({ id, name, arrived: false, code, params });
      world.notice(translate(`problem.${code}`, params));
      world.notice(translate(`problem.${code}.remedy`, params));
      return EXIT.attention;
    }
    return answer(invocation, { id, name, arrived: true }, translate('watch.test.done', { name }));
  });
}

/** Finds a channel by name or id, or throws a `UsageError`. */
export function channelNamed(store: Pick<NotificationStore, 'channels'>, wanted: string): Channel {
  const channel = store.channels().find(({ id, name }) => id === wanted || name === wanted);
  if (channel !== undefined) return channel;
  const known = store.channels().map(({ name }) => name);
  throw new UsageError('cli.usage.no-channel', { channel: wanted, known: known.join(', ') });
}
