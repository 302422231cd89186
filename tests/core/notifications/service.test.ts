import { describe, expect, test } from 'vitest';
import type { ChannelId } from '../../../core/notifications/model/channel.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { HOUR_MS, instantFromMs, toMilliseconds } from '../../../core/shared/instant.ts';
import { answering, toResult, type Result } from '../../../core/shared/problem.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type {
  ChannelDraft,
  ChannelSettings,
  SecretDraft,
  WatchView,
} from '../../../core/notifications/model/notification-view.ts';
import type { NotificationsApi } from '../../../core/notifications/contract.ts';
import { judgeFleet } from '../../../core/inventory/fleet.ts';
import { notificationsService } from '../../../core/notifications/service.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { boardRow } from '../../support/board-rows.ts';
import type { Vault } from '../../../core/shared/ports.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { NotifierWorld } from './notifier-world.ts';

const SECRET = 'correct horse';

/** A vault that reverses its content, which is enough to see who opens what. */
const VAULT: Vault = {
  isAvailable: () => Promise.resolve(true),
  protect: (secret) => Promise.resolve(secret.map((byte) => byte ^ 0xff)),
  unprotect: (guarded) => Promise.resolve(guarded.map((byte) => byte ^ 0xff)),
};

async function started(vault?: Vault) {
  const world = await NotifierWorld.started([], vault === undefined ? {} : { vault });
  const views: WatchView[] = [];
  const ports = {
    ...world.ports,
    tickets: { issue: (path: string) => path as FileTicket, take: (ticket: FileTicket) => `/chosen/${ticket}` },
    host: world.host,
  };
  // Of a life of four days, four hours left are urgent.
  const known = boardRow({
    id: 'known' as CredentialId,
    clusterId: 'retail' as ClusterId,
    cluster: 'retail',
    name: 'kube-apiserver',
    notBeforeMs: toMilliseconds(TEST_NOW) - 92 * HOUR_MS,
    notAfterMs: toMilliseconds(TEST_NOW) + 4 * HOUR_MS,
  });
  const api = answering<NotificationsApi>(
    (work) => toResult(ports, work),
    notificationsService({
      ports,
      store: world.store,
      watcher: world.watcher,
      check: () => world.check(),
      fleet: () => ({ ...judgeFleet({ clusters: [] }, DEFAULT_SETTINGS, world.ports.clock.now()), rows: [known] }),
      announce: (view) => views.push(view),
    }),
  );
  return { world, api, views };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

const entered: SecretDraft = { kind: 'entered', secret: SECRET };
const hook = (secret: SecretDraft, url = 'https://monitor.example/a'): ChannelSettings => ({
  kind: 'webhook',
  url,
  secret,
  ca: { kind: 'none' },
});
const mail = (change: Partial<Extract<ChannelSettings, { kind: 'mail' }>> = {}): ChannelSettings => ({
  kind: 'mail',
  host: 'mail.example',
  port: 587,
  security: 'starttls',
  user: 'ops',
  from: 'a@x.example',
  to: ['b@x.example', ' '],
  secret: entered,
  ca: { kind: 'none' },
  ...change,
});
const draft = (settings: ChannelSettings, channelId?: ChannelId): ChannelDraft => ({
  name: ' monitor ',
  enabled: true,
  settings,
  channelId,
});

describe('a saved channel', () => {
  test('keeps what was entered sealed: it is neither in the answer nor in any file, and is used', async () => {
    const { world, api, views } = await started(VAULT);
    const view = valueOf(await api.saveChannel(draft(hook(entered))));
    expect(view.channels).toMatchObject([{ name: 'monitor', kind: 'webhook', secret: { kind: 'vault' } }]);
    expect(JSON.stringify([view, views])).not.toMatch(/guarded|horse/u);
    for (const path of world.ports.files.paths()) {
      const text = new TextDecoder().decode(await world.ports.files.read(path, 1_000_000));
      expect(text, path).not.toContain('horse');
    }
    const [channel] = view.channels;
    valueOf(await api.testChannel({ channelId: channel?.id ?? ('' as ChannelId) }));
    expect(world.outside.posts).toHaveLength(1);
    expect((await world.store.audit.list()).map(({ action, by, params }) => [action, by, params['to']])).toEqual([
      ['channel.added', 'CORP\\admin', 'monitor.example'],
    ]);
  });

  test('keeps a secret for the server for which it was entered, and for no other', async () => {
    const { api } = await started(VAULT);
    const [channel] = valueOf(await api.saveChannel(draft(mail()))).channels;
    const id = channel?.id;
    const kept: SecretDraft = { kind: 'kept' };
    expect(await api.saveChannel(draft(mail({ secret: kept, to: ['c@x.example'] }), id))).toMatchObject({ ok: true });
    for (const [field, change] of [
      ['secret', { host: 'evil.example' }],
      ['security', { security: 'none' as const }],
    ] as const)
      expect(await api.saveChannel(draft(mail({ secret: kept, ...change }), id))).toMatchObject({
        problem: { code: 'channel.invalid', params: { field } },
      });
    const [hooked] = valueOf(await api.saveChannel(draft(hook(entered)))).channels.slice(1);
    expect(await api.saveChannel(draft(hook(kept, 'https://evil.example/'), hooked?.id))).toMatchObject({
      problem: { params: { field: 'secret' } },
    });
  });

  test('on a system that protects no secrets accepts a variable or a file, and nothing entered', async () => {
    const { api } = await started();
    expect(valueOf(await api.watch()).keepsSecrets).toBe(false);
    expect(await api.saveChannel(draft(hook(entered)))).toMatchObject({ problem: { code: 'vault.not-available' } });
    const file: SecretDraft = { kind: 'file', source: 'ticket' as FileTicket };
    const view = valueOf(await api.saveChannel(draft(hook(file))));
    expect(view.channels[0]?.secret).toEqual({ kind: 'file', path: '/chosen/ticket' });
  });

  test('that cannot be used is refused, and nothing is stored or recorded', async () => {
    const { world, api } = await started(VAULT);
    expect(await api.saveChannel(draft(hook(entered, 'http://x.example')))).toMatchObject({
      problem: { code: 'channel.invalid', params: { field: 'url', reason: 'http://x.example' } },
    });
    expect(world.store.channels()).toEqual([]);
    expect(await world.store.audit.list()).toEqual([]);
  });

  test('that no longer exists is reported as such', async () => {
    const { api } = await started(VAULT);
    const gone = 'ffffffffffffffff' as ChannelId;
    for (const asked of [
      api.saveChannel(draft(hook(entered), gone)),
      api.removeChannel({ channelId: gone }),
      api.testChannel({ channelId: gone }),
    ])
      expect(await asked).toMatchObject({ problem: { code: 'channel.unknown' } });
  });
});

test('a test that fails is the problem, and the next view has the failure as a finding', async () => {
  const { world, api, views } = await started(VAULT);
  const [channel] = valueOf(await api.saveChannel(draft(hook(entered)))).channels;
  world.fail();
  const channelId = channel?.id ?? ('' as ChannelId);
  expect(await api.testChannel({ channelId })).toMatchObject({
    problem: { code: 'delivery.failed', params: { reason: 'unreachable' } },
  });
  expect(views.at(-1)?.findings).toMatchObject([
    { rule: 'watch.channel-failing', severity: 'error', params: { channel: 'monitor', failures: 1 } },
  ]);
});

describe('a mark', () => {
  const about = { clusterId: 'retail' as ClusterId, credentialId: 'known' as CredentialId };
  const until = instantFromMs(toMilliseconds(TEST_NOW) + 3_600_000);

  test('is stored with who, when, why, until and the state in which it was made, and is in the trail', async () => {
    const { world, api } = await started();
    const request = { ...about, kind: 'acknowledged' as const, reason: 'ticket 42', until };
    const view = valueOf(await api.mark(request));
    expect(view.marks).toEqual([{ ...request, at: TEST_NOW, by: 'CORP\\admin', state: 'urgent' }]);
    valueOf(await api.unmark(about));
    const trail = await world.store.audit.list();
    expect(trail.map(({ action, subject }) => [action, subject])).toEqual([
      ['credential.acknowledged', 'known'],
      ['credential.unmarked', 'known'],
    ]);
    expect(trail[0]?.params).toMatchObject({ reason: 'ticket 42', until, state: 'urgent' });
  });

  test('replaces the previous one, and one that has ended is not shown', async () => {
    const { world, api } = await started();
    await api.mark({ ...about, kind: 'snoozed', reason: 'a', until });
    const view = valueOf(await api.mark({ ...about, kind: 'acknowledged', reason: 'b', until }));
    expect(view.marks.map(({ reason }) => reason)).toEqual(['b']);
    world.pass(60);
    expect(valueOf(await api.watch()).marks).toEqual([]);
  });

  test('in the past, or for a credential that does not exist, is refused', async () => {
    const { api } = await started();
    const mark = { kind: 'snoozed' as const, reason: 'a' };
    expect(await api.mark({ ...about, ...mark, until: TEST_NOW })).toMatchObject({ problem: { code: 'mark.over' } });
    const other = { ...about, credentialId: 'other' as CredentialId };
    expect(await api.mark({ ...other, ...mark, until })).toMatchObject({ problem: { code: 'credential.unknown' } });
  });
});
