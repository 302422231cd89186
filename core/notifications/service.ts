import type { NotificationsApi } from './contract.ts';
import type { AuditAction } from '../audit/model/audit.ts';
import { CHANNEL_KINDS, type Channel, type SecretPlace } from './model/channel.ts';
import type { ClusterId, CredentialId } from '../shared/ids.ts';
import { msOf } from '../shared/instant.ts';
import type { ExpiryState } from '../expiry/model/lifetime.ts';
import { ConsoleError, type Result } from '../shared/problem.ts';
import type { ChannelView, SecretView, WatchView } from './model/notification-view.ts';
import type { NotificationStore } from './store/store.ts';
import { channelOf, type DraftPorts } from './channel-draft.ts';
import { isAvailable } from './channels/send.ts';
import { watchFindings } from './notification-findings.ts';
import type { Watcher, WatcherPorts } from './notifier.ts';

export interface NotificationsApiContext {
  ports: WatcherPorts & DraftPorts;
  store: NotificationStore;
  watcher: Watcher;
  /** Reads all known files again, judges and tells. */
  check: () => Promise<void>;
  /** State and name of a credential now; `undefined` when it is not in the inventory. */
  stateOf: (
    clusterId: ClusterId,
    credentialId: CredentialId,
  ) => { state: ExpiryState; name: string; cluster: string } | undefined;
  announce: (view: WatchView) => void;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** Being told, as the window has it. Every change goes into the audit trail, without secrets. */
export function notificationsApi(context: NotificationsApiContext): NotificationsApi {
  const { ports, store, watcher, check, stateOf, announce, answer } = context;
  const view = (): Promise<WatchView> => watchView(ports, store, watcher);
  const changed = async (): Promise<WatchView> => {
    const now = await view();
    announce(now);
    return now;
  };
  const audit = (action: AuditAction, subject: string, params: Readonly<Record<string, string | number | boolean>>) =>
    store.audit.append({ by: ports.host.user(), action, subject, params });

  return {
    watch: () => answer(view),
    saveChannel: (draft) =>
      answer(async () => {
        const former = store.channels().find(({ id }) => id === draft.channelId);
        if (draft.channelId !== undefined && former === undefined) throw new ConsoleError('channel.unknown', {});
        const channel = await channelOf(ports, draft, former);
        const channels = store.channels();
        await store.saveChannels(
          former === undefined
            ? [...channels, channel]
            : channels.map((each) => (each.id === channel.id ? channel : each)),
        );
        const { id, kind, name, enabled } = channel;
        const action = former === undefined ? 'channel.added' : 'channel.changed';
        await audit(action, id, { kind, name, enabled, to: targetOf(channel) });
        await watcher.deliver();
        return changed();
      }),
    removeChannel: ({ channelId }) =>
      answer(async () => {
        const channel = store.channels().find(({ id }) => id === channelId);
        if (channel === undefined) throw new ConsoleError('channel.unknown', {});
        await store.saveChannels(store.channels().filter((each) => each !== channel));
        await audit('channel.removed', channelId, { kind: channel.kind, name: channel.name });
        await watcher.deliver();
        return changed();
      }),
    testChannel: ({ channelId }) =>
      answer(async () => {
        try {
          await watcher.test(channelId);
        } finally {
          await changed();
        }
        return view();
      }),
    checkNow: () =>
      answer(async () => {
        await check();
        return view();
      }),
    mark: ({ clusterId, credentialId, kind, reason, until }) =>
      answer(async () => {
        const found = stateOf(clusterId, credentialId);
        if (found === undefined) throw new ConsoleError('credential.unknown', {});
        const at = ports.clock.now();
        if (until <= at) throw new ConsoleError('mark.over', { until });
        const by = ports.host.user();
        const { state, name, cluster } = found;
        const mark = { clusterId, credentialId, kind, reason, until, at, by, state };
        await store.saveMarks([...othersThan(credentialId), mark]);
        const params = { name, cluster, state, reason, until };
        await audit(`credential.${kind}`, credentialId, params);
        return changed();
      }),
    unmark: ({ credentialId }) =>
      answer(async () => {
        const mark = store.marks().find((each) => each.credentialId === credentialId);
        await store.saveMarks(othersThan(credentialId));
        if (mark !== undefined) {
          const found = stateOf(mark.clusterId, credentialId);
          const named: Record<string, string> = found === undefined ? {} : { name: found.name, cluster: found.cluster };
          await audit('credential.unmarked', credentialId, { ...named, was: mark.kind });
        }
        return changed();
      }),
  };

  /** Without those that have ended: the trail keeps them. */
  function othersThan(credentialId: CredentialId) {
    const now = ports.clock.now();
    return store.marks().filter((each) => each.credentialId !== credentialId && each.until > now);
  }
}

/** What the window is told. */
export async function watchView(ports: WatcherPorts, store: NotificationStore, watcher: Watcher): Promise<WatchView> {
  const nowMs = msOf(ports.clock.now());
  const { lastCheckAt, lastHeartbeatAt } = store.watch();
  return {
    channels: store.channels().map((channel) => channelView(ports, store, channel)),
    marks: store.marks().filter(({ until }) => msOf(until) > nowMs),
    findings: watchFindings(store, (path) => ports.files.nameOf(path)),
    kinds: CHANNEL_KINDS.filter((kind) => isAvailable(ports, { kind })),
    startsAtLogin: ports.processes.platform !== 'linux',
    keepsSecrets: await ports.vault.isAvailable(),
    lastCheckAt,
    lastHeartbeatAt,
    summary: watcher.summary(),
  };
}

function channelView(ports: WatcherPorts, store: NotificationStore, channel: Channel): ChannelView {
  const { statuses, waiting } = store.watch();
  const about = {
    status: statuses[channel.id] ?? { failures: 0 },
    waiting: waiting.filter(({ channelId }) => channelId === channel.id).length,
    available: isAvailable(ports, channel),
  };
  if (channel.kind !== 'webhook' && channel.kind !== 'mail') return { ...channel, ...about };
  const { secret, ...open } = channel;
  return { ...open, ...about, ...(secret !== undefined && { secret: secretView(secret) }) };
}

function secretView(secret: SecretPlace): SecretView {
  return secret.kind === 'vault' ? { kind: 'vault' } : secret;
}

/** Where a channel leads, for the trail. */
function targetOf(channel: Channel): string {
  switch (channel.kind) {
    case 'webhook':
      return new URL(channel.url).host;
    case 'mail':
      return channel.to.join(', ');
    case 'prometheus':
      return channel.path;
    default:
      return '';
  }
}
