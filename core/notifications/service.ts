import type { ChannelDraft, NotificationsApi } from './contract.ts';
import { secretLineIn } from '../formats/text/secrets-in-text.ts';
import { fleetNeeds } from '../repair/model/needs.ts';
import { findAcknowledgement, listCauses } from './model/acknowledgement.ts';
import {
  CHANNEL_KINDS,
  findCaFile,
  findSecretAddress,
  findServer,
  getRecordedTarget,
  isAvailable,
  serverText,
  type Channel,
} from './model/channel.ts';
import type { ChannelServer } from './model/channel-type.ts';
import { parseHttpsUrl } from './model/https-url.ts';
import type { ChannelId, ClusterId, CredentialId } from '../shared/ids.ts';
import { HOUR_MS, epochMs, type Instant } from '../shared/instant.ts';
import { assess } from '../expiry/model/assess.ts';
import { excludeSamples, type ClusterFleet, type JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { sourcePaths } from '../inventory/model/source-paths.ts';
import { ConsoleError, refuseUnreadable, type Note, type Service } from '../shared/problem.ts';
import type { WatchSettings } from './model/notification-settings.ts';
import type { Ports } from '../shared/ports.ts';
import { translator, type Language, type Translate } from '../shared/text/text.ts';
import type { ChannelView, WatchView } from './model/notification-view.ts';
import type { NotificationStore } from './store/store.ts';
import { readChannel, type DraftPorts } from './channel-draft.ts';
import type { SendPorts } from './delivery/send.ts';
import { readTrust } from './delivery/trust.ts';
import type { FleetSummary } from './model/notice.ts';
import type { Silence } from './model/silence.ts';
import { watchFindings } from './notification-findings.ts';
import { takeSnapshot } from './fleet-snapshot.ts';
import { Notifier, type NotifierOptions, type NotifierPorts } from './notifier.ts';
import { noticeTexts } from './export/notice-text.ts';

interface NotifierContext extends Pick<
  NotifierOptions,
  'ports' | 'metrics' | 'auditHead' | 'extraChannels' | 'sentChanges'
> {
  store: NotificationStore;
  fleet: () => JudgedFleet;
  clusterFleet: () => ClusterFleet;
  settings: () => { watch: WatchSettings };
  language: () => Language;
}

export function createNotifier({ fleet, clusterFleet, settings, language, ...options }: NotifierContext): Notifier {
  return new Notifier({
    ...options,
    takeSnapshot: () => takeSnapshot(clusterFleet(), () => options.ports.scheduler.yield()),
    listAll: () => {
      const { now, classes, clusters, rows } = excludeSamples(fleet());
      return { assessments: assess(rows, { nowMs: epochMs(now), classes }), paths: sourcePaths(clusters) };
    },
    preferences: () => {
      const { quiet, heartbeatHours } = settings().watch;
      return { quiet, heartbeatMs: heartbeatHours && heartbeatHours * HOUR_MS };
    },
    texts: () => noticeTexts(translator(language()), language()),
  });
}

/** Adds the channel for system messages to a new data folder, if the system supports them. */
export async function addSystemChannel(
  { host, ids, clock }: Pick<Ports, 'host' | 'ids' | 'clock'>,
  store: NotificationStore,
  translate: Translate,
): Promise<void> {
  if (!store.isNew || host.toast === undefined) return;
  const id = ids.next() as ChannelId;
  const name = translate('watch.kind.toast');
  await store.saveChannels([{ kind: 'toast', id, name, enabled: true, createdAt: clock.now() }]);
}

interface NotificationsContext {
  ports: NotifierPorts & DraftPorts & Pick<Ports, 'crypto'>;
  store: NotificationStore;
  watcher: Notifier;
  fleet: () => JudgedFleet;
  check: () => Promise<unknown>;
  announce?: (view: WatchView) => void;
  /**
   * Asks a person, in a dialog that no page can answer, to accept a new receiver on this server. Absent on the command line, where the
   * user names the server.
   */
  consent?: (server: ChannelServer) => Promise<boolean>;
}

export function notificationsService({
  ports,
  store,
  watcher,
  fleet,
  check,
  announce,
  consent,
}: NotificationsContext): Service<NotificationsApi> {
  const view = async (): Promise<WatchView> => watchView(ports, store, await watcher.summary());
  /** Receivers of tests: whoever saves the channel after its test is not asked again. */
  const tested = new Set<string>();
  const announceChange = async (): Promise<WatchView> => {
    const now = await view();
    announce?.(now);
    return now;
  };

  return {
    watch: view,
    saveChannel: async (draft, note) => {
      const { channel, former, spendTickets } = await readConfirmed(draft, note);
      const caFile = findCaFile(channel);
      if (former === undefined || caFile !== findCaFile(former)) await readTrust(ports, caFile);
      spendTickets();
      const channels = store.channels();
      await store.saveChannels(
        former === undefined
          ? [...channels, channel]
          : channels.map((each) => (each.id === channel.id ? channel : each)),
      );
      note?.({ subject: channel.id });
      await watcher.deliver();
      return announceChange();
    },
    removeChannel: async ({ channelId }, note) => {
      const channel = store.channels().find(({ id }) => id === channelId);
      if (channel === undefined) throw new ConsoleError('channel.unknown', {});
      await store.saveChannels(store.channels().filter((each) => each !== channel));
      note?.({ subject: channelId, kind: channel.kind, name: channel.name });
      await watcher.deliver();
      return announceChange();
    },
    testChannel: async ({ channelId }) => {
      try {
        await watcher.test(channelId);
      } finally {
        await announceChange();
      }
      return view();
    },
    testDraft: async (draft, note) => {
      const { channel, receiver } = await readConfirmed(draft, note);
      if (receiver !== undefined) tested.add(receiver);
      await watcher.testUnsaved(channel);
      return view();
    },
    checkNow: async () => {
      await check();
      return view();
    },
    mark: async ({ clusterId, credentialId, kind, reason, until }, note) => {
      const found = getState(clusterId, credentialId);
      if (found === undefined) {
        refuseUnreadable(fleet().unreadable);
        throw new ConsoleError('credential.unknown', {});
      }
      const at = ports.clock.now();
      if (until <= at) throw new ConsoleError('mark.over', { until });
      const by = ports.host.user();
      const { state, name, cluster } = found;
      const mark = { clusterId, credentialId, kind, reason, until, at, by, state };
      await store.saveSilences([...othersThan(credentialId), mark]);
      note?.({ subject: credentialId, name, cluster, state, reason, until });
      return announceChange();
    },
    unmark: async ({ credentialId }, note) => {
      const mark = store.silences().find((each) => each.credentialId === credentialId);
      await store.saveSilences(othersThan(credentialId));
      if (mark !== undefined) {
        const found = getState(mark.clusterId, credentialId);
        const named: Record<string, string> = found === undefined ? {} : { name: found.name, cluster: found.cluster };
        note?.({ subject: credentialId, ...named, was: mark.kind });
      }
      return announceChange();
    },
    passOutage: async ({ clusterId, from, by, note: text = '' }, note) => {
      const known = fleet();
      const cluster = known.clusters.find(({ id }) => id === clusterId)?.name ?? clusterId;
      const need = fleetNeeds(known).find((each) => each.clusterId === clusterId);
      const causes = need === undefined ? [] : listCauses(need);
      const all = store.acknowledgements();
      const holder = need && findAcknowledgement(all, need)?.by;
      const taker = by === undefined ? undefined : checkText(by, LONGEST.name) || ports.host.user();
      // If the taker is the holder already, an earlier call has done this.
      if ((holder !== from && holder !== taker) || (taker !== undefined && causes.length === 0)) {
        refuseUnreadable(known.unreadable);
        const state = holder !== undefined ? 'held' : causes.length > 0 ? 'free' : 'fine';
        throw new ConsoleError('outage.changed', { cluster, by: holder ?? '', state });
      }
      const others = all.filter((each) => each.clusterId !== clusterId);
      const taken = { clusterId, by: taker ?? '', note: checkText(text, LONGEST.note), at: ports.clock.now(), causes };
      await store.saveAcknowledgements(taker === undefined ? others : [...others, taken]);
      note?.({ subject: clusterId, name: cluster, was: from, by: taker });
      return announceChange();
    },
  };

  /** Reads a draft. Throws `channel.not-confirmed` unless a person accepts a receiver that no channel has. */
  async function readConfirmed(draft: ChannelDraft, note: Note | undefined) {
    const former = store.channels().find(({ id }) => id === draft.channelId);
    if (draft.channelId !== undefined && former === undefined) throw new ConsoleError('channel.unknown', {});
    const read = await readChannel(ports, draft, former);
    const { channel } = read;
    note?.({ name: channel.name, to: getRecordedTarget(channel) });
    const server = findServer(channel);
    const receiver = hashReceiver(channel, draft.settings);
    if (server !== undefined && receiver !== undefined && consent !== undefined) {
      const isKnown = tested.has(receiver) || store.channels().some((each) => hashReceiver(each) === receiver);
      if (!isKnown && !(await consent(server)))
        throw new ConsoleError('channel.not-confirmed', { server: serverText(server) });
    }
    return { ...read, former, receiver };
  }

  /**
   * Identifies a receiver: the whole address, since strangers may share its server, or else the mail server and whether
   * the connection is encrypted. `settings` has an entered address, which is sealed differently each time.
   */
  function hashReceiver(channel: Channel, settings?: ChannelDraft['settings']): string | undefined {
    const server = findServer(channel);
    if (server === undefined) return undefined;
    const place = findSecretAddress(channel);
    const draft = settings !== undefined && 'secret' in settings ? settings.secret : undefined;
    const secret = place !== undefined && draft?.kind === 'entered' ? draft.secret.trim() : place;
    const address = 'url' in channel ? parseHttpsUrl(channel.url)?.href : secret;
    const parts = [serverText(server), server.security === 'none', address];
    return ports.crypto.sha256Hex(new TextEncoder().encode(JSON.stringify(parts)));
  }

  function getState(clusterId: ClusterId, credentialId: CredentialId) {
    const { rows, now, classes } = fleet();
    const own = rows.filter((row) => row.clusterId === clusterId);
    const found = assess(own, { nowMs: epochMs(now), classes }).find(({ row }) => row.id === credentialId);
    return found && { state: found.state, name: found.row.name, cluster: found.row.cluster };
  }

  /** Returns the other silences that have not ended; the audit trail keeps the ended ones. */
  function othersThan(credentialId: CredentialId) {
    const now = ports.clock.now();
    return store.silences().filter((each) => each.credentialId !== credentialId && each.until > now);
  }
}

const LONGEST = { name: 100, note: 500 };
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Returns the text without spaces around it. Throws `outage.invalid`. */
function checkText(given: string, longest: number): string {
  const text = given.trim();
  const isSecret = secretLineIn(text) !== undefined;
  const fault = isSecret ? 'secret' : HIDDEN.test(text) ? 'control' : text.length > longest ? 'long' : undefined;
  if (fault !== undefined) throw new ConsoleError('outage.invalid', { fault, longest });
  return text;
}

export async function watchView(
  ports: NotifierPorts,
  store: NotificationStore,
  summary: FleetSummary,
): Promise<WatchView> {
  const { lastCheckAt, lastHeartbeatAt } = store.watch();
  return {
    channels: listChannels(ports, store),
    sent: store.watch().sent,
    marks: listSilences(store, ports.clock.now()),
    acknowledgements: store.acknowledgements(),
    user: ports.host.user(),
    findings: watchFindings(store, (path) => ports.files.fileName(path)),
    kinds: CHANNEL_KINDS.filter((kind) => isAvailable(ports, { kind })),
    startsAtLogin: ports.processes.platform !== 'linux',
    keepsSecrets: await ports.vault.isAvailable(),
    lastCheckAt,
    lastHeartbeatAt,
    summary,
  };
}

export function listChannels(ports: SendPorts, store: NotificationStore): ChannelView[] {
  const { statuses, waiting } = store.watch();
  return store.channels().map((channel) => {
    const { secret, ...open } = { secret: undefined, ...channel };
    return {
      ...open,
      status: statuses[channel.id] ?? { failures: 0 },
      waiting: waiting.filter(({ channelId }) => channelId === channel.id).length,
      available: isAvailable(ports, channel),
      ...(secret !== undefined && { secret: secret.kind === 'vault' ? { kind: secret.kind } : secret }),
    };
  });
}

export function listSilences(store: Pick<NotificationStore, 'silences'>, now: Instant): Silence[] {
  return store.silences().filter(({ until }) => until > now);
}
