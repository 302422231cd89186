import type { Assessment } from '../expiry/model/assess.ts';
import { CHANNEL_TYPES, findMetricsFile, isAvailable, type Channel, type ChannelStatus } from './model/channel.ts';
import type { ChannelId } from '../shared/ids.ts';
import { MINUTE_MS, epochMs, SECOND_MS, type Instant } from '../shared/instant.ts';
import type { Change, FleetSummary, NotificationMessage, NoticeTexts } from './model/notice.ts';
import { append } from '../shared/lists.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { SentNotice } from './model/notification-view.ts';
import type { QuietHours } from './model/notification-settings.ts';
import type { Ports } from '../shared/ports.ts';
import { Queue } from '../store/document.ts';
import type { WatchFile } from './store/schemas.ts';
import type { NotificationStore } from './store/store.ts';
import type { SentChanges } from './sent-changes.ts';
import { RecipientsRefused, send, type SendPorts } from './delivery/send.ts';
import type { FleetSnapshot } from './fleet-snapshot.ts';
import { due, retryNow, retainChannels, enqueue, postpone, dropAccepted, type QueuedDelivery } from './outbox.ts';
import { changeId, changesSince, isHeartbeatDue, isQuiet, judgeClock } from './changes.ts';

/** After this many failed attempts in a row (about seven minutes), the other channels are notified. */
const FAILING_AFTER = 3;
/** No receiver could handle a message with more changes. */
const MOST_CHANGES = 1_000;
/** Messages in the list of those that were sent. */
const MOST_SENT = 100;
/** If the process is killed, anything sent within this time may be sent again. */
const SAVE_EVERY_MS = 2 * SECOND_MS;
/** Everybody may read the file: metrics contain no secrets, and the collector runs as its own user. */
const METRICS_MODE = 0o644;

export type NotifierPorts = SendPorts & Pick<Ports, 'ids' | 'log' | 'scheduler'>;

export interface NotifierOptions {
  ports: NotifierPorts;
  store: NotificationStore;
  takeSnapshot: () => Promise<FleetSnapshot>;
  /** Lists every credential and, without duplicates, the files from which they were read. */
  listAll: () => { assessments: readonly Assessment[]; paths: readonly string[] };
  /** Returns the end of the audit trail. Every message contains it, so that a copy exists elsewhere. */
  auditHead: () => NonNullable<NotificationMessage['audit']>;
  preferences: () => { quiet?: QuietHours; heartbeatMs?: number };
  texts: () => NoticeTexts;
  metrics: (facts: {
    assessments: readonly Assessment[];
    sources: { path: string; up: boolean }[];
    checkedAt: Instant;
  }) => string;
  /** IANA name; by default, the computer's zone applies. */
  timeZone?: string;
  extraChannels?: readonly Channel[];
  /** Present if several consoles report on the same inventory. */
  sentChanges?: SentChanges | undefined;
}

export interface Checked {
  summary: FleetSummary;
  changes: Change[];
  isTrusted: boolean;
}

/**
 * Judges the inventory, reports every change once, and retries until each channel has accepted it. Saves reports and
 * queue together before sending, so that nothing is lost; if the process ends between sending and recording, the
 * message is sent again under the same id. Operations run one at a time.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #queue = new Queue();
  /** Saves changes one after another, although attempts on several channels end independently. */
  readonly #changes = new Queue();
  /**
   * The state not saved yet. After a long outage, many messages are delivered within a short time, and each save writes
   * everything.
   */
  #unsaved: WatchFile | undefined;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /**
   * Judges the inventory and attempts delivery. If all files were read again, `read` lists those that failed. Throws
   * `store.not-writable`.
   */
  check(read: { down: readonly string[] } | undefined): Promise<Checked> {
    return this.#queue.run(async () => {
      const checked = await this.#check(read);
      await this.#deliver();
      return checked;
    });
  }

  /** Throws `store.not-writable`. */
  deliver(): Promise<void> {
    return this.#queue.run(async () => {
      await this.#options.store.recall();
      await this.#deliver();
    });
  }

  /** Sends a test message; after success, the channel's queued messages follow. */
  test(id: ChannelId): Promise<void> {
    return this.#queue.run(async () => {
      await this.#options.store.recall();
      const channel = this.#channels().find((each) => each.id === id);
      if (channel === undefined) throw new ConsoleError('channel.unknown', {});
      this.#requireAvailable(channel);
      const at = this.#options.ports.clock.now();
      const notice = await this.#createTest(at);
      try {
        await this.#sendTest(channel, notice);
      } catch (error) {
        await this.#change((watch) => this.#record(watch, channel, notice, recordFailure(error, at)));
        throw error;
      }
      await this.#change((watch) =>
        this.#record({ ...watch, ...retryNow(watch, id, at) }, channel, notice, recordSuccess(at)),
      );
      await this.#deliver();
    });
  }

  /** Sends a test message through a channel that need not be saved, and keeps no record of the outcome. */
  async testUnsaved(channel: Channel): Promise<void> {
    this.#requireAvailable(channel);
    await this.#sendTest(channel, await this.#createTest(this.#options.ports.clock.now()));
  }

  #requireAvailable(channel: Channel): void {
    if (!isAvailable(this.#options.ports, channel))
      throw new ConsoleError('channel.not-available', { channel: channel.kind.replace('-', '') });
  }

  async #createTest(at: Instant): Promise<NotificationMessage> {
    return this.#notice({ at, purpose: 'test', changes: [], summary: await this.summary() });
  }

  async #sendTest(channel: Channel, notice: NotificationMessage): Promise<void> {
    const file = findMetricsFile(channel);
    if (file !== undefined) await this.#writeMetrics(file, notice.at);
    else await this.#send(channel, notice);
  }

  async summary(): Promise<FleetSummary> {
    const snapshot = await this.#options.takeSnapshot();
    await this.#options.store.recall();
    return getSummary(snapshot, this.#options.store.watch());
  }

  async #check(read: { down: readonly string[] } | undefined): Promise<Checked> {
    const { ports, store, takeSnapshot, preferences, timeZone } = this.#options;
    const now = ports.clock.now();
    const nowMs = epochMs(now);
    const { quiet, heartbeatMs } = preferences();
    const isQuietNow = isQuiet(quiet, nowMs, timeZone);
    // For a large fleet, this takes seconds, with pauses; afterwards the page has its rows, and earlier reports have
    // been read.
    const snapshot = await takeSnapshot();
    await store.recall();
    const before = store.watch();
    const clock = judgeClock(before.clock, now);
    let next: WatchFile = {
      ...{ ...before, clock: clock.clock, lastCheckAt: now, sources: snapshot.sources },
      sourcesDown: read === undefined ? before.sourcesDown : [...read.down],
    };
    const changes: Change[] = clock.change === undefined ? [] : [clock.change];
    if (clock.isTrusted) {
      const rules = { marks: store.silences(), nowMs, quiet: isQuietNow };
      const found = changesSince(before.told, await snapshot.compare(before.told, rules), rules);
      append(changes, found.changes);
      next = { ...next, told: found.reported };
    }
    if (!isQuietNow) {
      const fared = this.#channelChanges(next, now);
      changes.push(...fared.changes);
      next = { ...next, failing: fared.failing };
    }
    const summary = getSummary(snapshot, next);
    const receivers = listIds(this.#receivers());
    for (let at = 0; at < changes.length; at += MOST_CHANGES) {
      const part = changes.slice(at, at + MOST_CHANGES);
      const notice = this.#notice({ at: now, purpose: 'changes', changes: part, summary });
      next = { ...next, ...enqueue(next, notice, receivers) };
    }
    const beats = !isQuietNow && isHeartbeatDue(heartbeatMs, before.lastHeartbeatAt, nowMs);
    if (beats) {
      const notice = this.#notice({ at: now, purpose: 'heartbeat', changes: [], summary });
      // A channel with queued messages is sent no heartbeat, which would add nothing.
      const waiting = new Set(before.waiting.map(({ channelId }) => channelId));
      const beating = this.#receivers().filter(
        ({ id, kind }) => CHANNEL_TYPES[kind].isTransient !== true && !waiting.has(id),
      );
      next = { ...next, lastHeartbeatAt: now, ...enqueue(next, notice, listIds(beating)) };
    }
    const isQuietCheck = changes.length === 0 && read === undefined && !beats && clock.isTrusted;
    if (!isQuietCheck || !isFresh(before.lastCheckAt, now)) await store.saveWatch(next);
    if (clock.isTrusted) await this.#writeAllMetrics(now);
    return { summary, changes, isTrusted: clock.isTrusted };
  }

  /** Finds channels that have begun or ceased to fail, unless already reported. */
  #channelChanges({ statuses, failing }: WatchFile, at: Instant): { changes: Change[]; failing: ChannelId[] } {
    const changes: Change[] = [];
    const still: ChannelId[] = [];
    for (const { id, name, kind, enabled } of this.#channels()) {
      const failures = enabled ? (statuses[id]?.failures ?? 0) : 0;
      const wasFailing = failing.includes(id);
      const isFailing = failures >= FAILING_AFTER || (wasFailing && failures > 0);
      if (isFailing) still.push(id);
      if (isFailing === wasFailing) continue;
      const what = isFailing ? 'channel-failing' : 'channel-working';
      changes.push({ kind: what, id: changeId(id, what, at), at, channel: { id, name, kind } });
    }
    return { changes, failing: still };
  }

  async #deliver(): Promise<void> {
    const { ports, store, preferences, timeZone } = this.#options;
    const enabled = this.#channels().filter((channel) => channel.enabled);
    const kept = retainChannels(store.watch(), listIds(enabled));
    if (kept.waiting.length !== store.watch().waiting.length) await this.#change((watch) => ({ ...watch, ...kept }));
    const reachable = new Map(this.#receivers().map((each) => [each.id, each]));
    let savedMs = epochMs(ports.clock.now());
    try {
      for (;;) {
        const nowMs = epochMs(ports.clock.now());
        if (nowMs - savedMs >= SAVE_EVERY_MS) {
          await this.#saveTries();
          savedMs = nowMs;
        }
        const isQuietNow = isQuiet(preferences().quiet, nowMs, timeZone);
        const may = ({ changes }: NotificationMessage) =>
          !isQuietNow || changes.some((change) => change.kind === 'entered' && change.to === 'expired');
        const tries = due(this.#watch(), nowMs, may).flatMap(({ waiting, notice }) => {
          const channel = reachable.get(waiting.channelId);
          return channel === undefined ? [] : this.#try(channel, waiting, notice);
        });
        if (tries.length === 0) return;
        await Promise.all(tries);
      }
    } finally {
      await this.#saveTries();
    }
  }

  #watch(): WatchFile {
    return this.#unsaved ?? this.#options.store.watch();
  }

  async #saveTries(): Promise<void> {
    const unsaved = this.#unsaved;
    this.#unsaved = undefined;
    if (unsaved !== undefined) await this.#change(() => unsaved);
  }

  async #try(channel: Channel, waiting: QueuedDelivery, notice: NotificationMessage): Promise<void> {
    const { ports, sentChanges } = this.#options;
    const { clock } = ports;
    const reserved = await sentChanges?.reserve(channel, notice.changes);
    if (reserved === 'busy' || reserved?.own.size === 0) {
      const watch = this.#watch();
      const nowMs = epochMs(clock.now());
      const outbox = reserved === 'busy' ? postpone(watch, waiting, { nowMs }) : dropAccepted(watch, waiting);
      this.#unsaved = { ...watch, ...outbox };
      return;
    }
    const changes = notice.changes.filter((change) => reserved?.own.has(change) ?? true);
    try {
      await this.#send(channel, { ...notice, changes }, waiting.accepted);
      await reserved?.end(true);
    } catch (error) {
      await reserved?.end(error instanceof RecipientsRefused && error.accepted.length > 0);
      const at = clock.now();
      const outcome = recordFailure(error, at);
      this.#log(channel, outcome);
      const watch = this.#watch();
      const accepted = error instanceof RecipientsRefused ? error.accepted : [];
      const outbox = postpone(watch, waiting, { nowMs: epochMs(at), accepted });
      this.#unsaved = this.#record({ ...watch, ...outbox }, channel, notice, outcome);
      return;
    }
    const at = clock.now();
    const watch = this.#watch();
    const outbox = retryNow(dropAccepted(watch, waiting), channel.id, at);
    this.#unsaved = this.#record({ ...watch, ...outbox }, channel, notice, recordSuccess(at));
  }

  async #send(channel: Channel, notice: NotificationMessage, accepted?: readonly string[]): Promise<void> {
    const { ports, texts } = this.#options;
    await send(ports, channel, { notice, texts: texts(), accepted });
  }

  async #writeAllMetrics(at: Instant): Promise<void> {
    for (const channel of this.#channels()) {
      const file = findMetricsFile(channel);
      if (file === undefined || !channel.enabled) continue;
      try {
        await this.#writeMetrics(file, at);
        await this.#note(channel.id, recordSuccess(at));
      } catch (error) {
        const outcome = recordFailure(error, at);
        this.#log(channel, outcome);
        await this.#note(channel.id, outcome);
      }
    }
  }

  async #writeMetrics(path: string, at: Instant): Promise<void> {
    const { ports, store, listAll, metrics } = this.#options;
    const { assessments, paths } = listAll();
    const down = new Set(store.watch().sourcesDown);
    const sources = [...paths].sort().map((each) => ({ path: each, up: !down.has(each) }));
    await ports.files.replace(path, metrics({ assessments, sources, checkedAt: at }), { mode: METRICS_MODE });
  }

  /** Logs codes and paths, but no secrets and no text from a server. */
  #log({ id, kind }: Channel, outcome: (before: ChannelStatus) => ChannelStatus): void {
    const code = outcome({ failures: 0 }).lastFailure?.code ?? '';
    this.#options.ports.log.write('warning', 'a channel failed', { channel: id, kind, code });
  }

  #notice(about: Omit<NotificationMessage, 'id'>): NotificationMessage {
    const { lines, hash } = this.#options.auditHead();
    return { id: this.#options.ports.ids.next(), ...about, ...(lines > 0 && { audit: { lines, hash } }) };
  }

  #channels(): readonly Channel[] {
    const { store, extraChannels = [] } = this.#options;
    return [...store.channels(), ...extraChannels];
  }

  #receivers(): Channel[] {
    return this.#channels().filter(
      (each) => each.enabled && findMetricsFile(each) === undefined && isAvailable(this.#options.ports, each),
    );
  }

  /** Records the outcome of an attempt; a later attempt with the same message replaces it in the list. */
  #record(
    watch: WatchFile,
    { id, name, kind }: Channel,
    notice: NotificationMessage,
    outcome: (before: ChannelStatus) => ChannelStatus,
  ): WatchFile {
    const { lastFailure, lastSuccessAt } = outcome({ failures: 0 });
    const sent: SentNotice = {
      noticeId: notice.id,
      at: lastFailure?.at ?? lastSuccessAt ?? notice.at,
      channel: { id, name, kind },
      subject: this.#options.texts().subject(notice),
      failure: lastFailure && { code: lastFailure.code, params: lastFailure.params },
    };
    const others = watch.sent.filter((each) => each.noticeId !== notice.id || each.channel.id !== id);
    return updateStatus({ ...watch, sent: [sent, ...others].slice(0, MOST_SENT) }, id, outcome);
  }

  async #note(id: ChannelId, outcome: (before: ChannelStatus) => ChannelStatus): Promise<void> {
    await this.#change((watch) => updateStatus(watch, id, outcome));
  }

  async #change(change: (watch: WatchFile) => WatchFile): Promise<void> {
    const { store } = this.#options;
    await this.#changes.run(() => store.saveWatch(change(store.watch())));
  }
}

/** Shortest interval between records of checks that found nothing. */
const NOTE_EVERY_MS = 10 * MINUTE_MS;

function isFresh(noted: Instant | undefined, now: Instant): boolean {
  return noted !== undefined && noted <= now && epochMs(now) - epochMs(noted) < NOTE_EVERY_MS;
}

function listIds(channels: readonly Channel[]): ChannelId[] {
  return channels.map(({ id }) => id);
}

function updateStatus(watch: WatchFile, id: ChannelId, outcome: (before: ChannelStatus) => ChannelStatus): WatchFile {
  const before = watch.statuses[id] ?? { failures: 0 };
  return { ...watch, statuses: { ...watch.statuses, [id]: outcome(before) } };
}

function recordSuccess(at: Instant) {
  return (before: ChannelStatus): ChannelStatus => ({ ...before, lastSuccessAt: at, failures: 0 });
}

/** Records a bug as `internal` and does not rethrow it. */
function recordFailure(error: unknown, at: Instant) {
  const { code, params } = error instanceof ConsoleError ? error : { code: 'internal' as const, params: { id: '' } };
  return (before: ChannelStatus): ChannelStatus => ({
    ...before,
    lastFailure: { at, code, params },
    failures: before.failures + 1,
  });
}

function getSummary({ summary }: FleetSnapshot, { sources, sourcesDown }: WatchFile): FleetSummary {
  return { ...summary, sources, sourcesDown: sourcesDown.length };
}
