import { describe, expect, test } from 'vitest';
import { serverText } from '../../../core/notifications/model/channel.ts';
import type { ChannelServer } from '../../../core/notifications/model/channel-type.ts';
import type { ChannelId, ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { HOUR_MS, instantFromMs, epochMs } from '../../../core/shared/instant.ts';
import { wrapServices, Recorder } from '../../../core/audit/recorder.ts';
import { ConsoleError, runForResult, type Result } from '../../../core/shared/problem.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type { WatchView } from '../../../core/notifications/model/notification-view.ts';
import {
  NOTIFICATION_METHODS,
  type ChannelDraft,
  type ChannelSettings,
  type NotificationsApi,
  type SecretDraft,
} from '../../../core/notifications/contract.ts';
import { judgeFleet } from '../../../core/expiry/fleet.ts';
import { serverQuestion } from '../../../core/notifications/text/consent.ts';
import { LANGUAGES, translator } from '../../../core/shared/text/text.ts';
import { notificationsService } from '../../../core/notifications/service.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { boardRow } from '../../support/board-rows.ts';
import type { Vault } from '../../../core/shared/ports.ts';
import { listDone } from '../../support/trail.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { serverIdentity } from '../../support/servers.ts';
import { NotifierWorld } from './notifier-world.ts';

const SECRET = 'correct horse';

/** Inverts every byte, which suffices to show that a secret was protected. */
const VAULT: Vault = {
  isAvailable: () => Promise.resolve(true),
  protect: (secret) => Promise.resolve(secret.map((byte) => byte ^ 0xff)),
  unprotect: (guarded) => Promise.resolve(guarded.map((byte) => byte ^ 0xff)),
};

async function startService(
  vault?: Vault,
  consent?: (server: ChannelServer) => Promise<boolean>,
  unreadable: readonly ConsoleError[] = [],
) {
  const world = await NotifierWorld.start([], vault === undefined ? {} : { vault });
  const views: WatchView[] = [];
  const used = new Set<FileTicket>();
  const ports = {
    ...world.ports,
    tickets: {
      issue: (path: string) => path as FileTicket,
      take: (ticket: FileTicket) => {
        used.add(ticket);
        return `/chosen/${ticket}`;
      },
      peek: (ticket: unknown) => (used.has(ticket as FileTicket) ? undefined : `/chosen/${String(ticket)}`),
    },
    host: world.host,
  };
  // A four-day certificate is urgent when four hours are left.
  const known = boardRow({
    id: 'known' as CredentialId,
    clusterId: 'retail' as ClusterId,
    cluster: 'retail',
    name: 'kube-apiserver',
    notBeforeMs: epochMs(TEST_NOW) - 92 * HOUR_MS,
    notAfterMs: epochMs(TEST_NOW) + 4 * HOUR_MS,
  });
  const notifications = notificationsService({
    ports,
    store: world.store,
    watcher: world.watcher,
    check: () => world.check(),
    fleet: () => ({
      ...judgeFleet({ clusters: [], unreadable }, DEFAULT_SETTINGS, world.ports.clock.now()),
      rows: [known],
    }),
    announce: (view) => views.push(view),
    ...(consent !== undefined && { consent }),
  });
  const { notifications: api } = wrapServices<{ notifications: NotificationsApi }>(
    { notifications: NOTIFICATION_METHODS },
    { notifications },
    { answer: (work) => runForResult(ports, work), recorder: new Recorder(ports, world.audit), tickets: ports.tickets },
  );
  return { world, api, views };
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

const entered: SecretDraft = { kind: 'entered', secret: SECRET };
const hook = (secret: SecretDraft, url = 'https://monitor.example/a'): ChannelSettings => ({
  kind: 'webhook',
  url,
  secret,
  caFile: { kind: 'none' },
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
  caFile: { kind: 'none' },
  ...change,
});
const draft = (settings: ChannelSettings, channelId?: ChannelId): ChannelDraft => ({
  name: ' monitor ',
  enabled: true,
  settings,
  channelId,
});

describe('a saved channel', () => {
  test('keeps a secret protected and usable, and neither the response nor any file contains the plain text', async () => {
    const { world, api, views } = await startService(VAULT);
    const view = unwrap(await api.saveChannel(draft(hook(entered))));
    expect(view.channels).toMatchObject([{ name: 'monitor', kind: 'webhook', secret: { kind: 'vault' } }]);
    expect(JSON.stringify([view, views])).not.toMatch(/guarded|horse/u);
    for (const path of world.ports.files.paths()) {
      const text = new TextDecoder().decode(await world.ports.files.read(path, 1_000_000));
      expect(text, path).not.toContain('horse');
    }
    const [channel] = view.channels;
    unwrap(await api.testChannel({ channelId: channel?.id ?? ('' as ChannelId) }));
    expect(world.outside.posts).toHaveLength(1);
    expect(listDone(await world.audit.list()).map(({ action, by, params }) => [action, by, params['to']])).toEqual([
      ['channel.added', 'CORP\\admin', 'monitor.example'],
      ['channel.tested', 'CORP\\admin', undefined],
    ]);
  });

  test('keeps a secret only while it sends to the same server', async () => {
    const { api } = await startService(VAULT);
    const [channel] = unwrap(await api.saveChannel(draft(mail()))).channels;
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
    const [hooked] = unwrap(await api.saveChannel(draft(hook(entered)))).channels.slice(1);
    expect(await api.saveChannel(draft(hook(kept, 'https://evil.example/'), hooked?.id))).toMatchObject({
      problem: { params: { field: 'secret' } },
    });
  });

  test('can use a variable or a file, but no entered secret, on a system that cannot protect secrets', async () => {
    const { api } = await startService();
    expect(unwrap(await api.watch()).keepsSecrets).toBe(false);
    expect(await api.saveChannel(draft(hook(entered)))).toMatchObject({ problem: { code: 'vault.not-available' } });
    const file: SecretDraft = { kind: 'file', source: 'ticket' as FileTicket };
    const view = unwrap(await api.saveChannel(draft(hook(file))));
    expect(view.channels[0]?.secret).toEqual({ kind: 'file', path: '/chosen/ticket' });
  });

  test('is refused if it cannot be used, and nothing is stored', async () => {
    const { world, api } = await startService(VAULT);
    expect(await api.saveChannel(draft(hook(entered, 'http://x.example')))).toMatchObject({
      problem: { code: 'channel.invalid', params: { field: 'url', reason: 'http://x.example' } },
    });
    expect(world.store.channels()).toEqual([]);
    const trail = await world.audit.list();
    expect(trail.map(({ params }) => [params['phase'], params['code']])).toEqual([
      ['begun', undefined],
      ['failed', 'channel.invalid'],
    ]);
  });

  test('is reported as unknown if it no longer exists', async () => {
    const { api } = await startService(VAULT);
    const gone = 'ffffffffffffffff' as ChannelId;
    for (const asked of [
      api.saveChannel(draft(hook(entered), gone)),
      api.removeChannel({ channelId: gone }),
      api.testChannel({ channelId: gone }),
    ])
      expect(await asked).toMatchObject({ problem: { code: 'channel.unknown' } });
  });
});

const SLACK_URL = 'https://hooks.slack.com/services/T0/B0/horse';
const slack = (host: string, secret: SecretDraft): ChannelSettings => ({
  ...{ kind: 'slack', host, secret, caFile: { kind: 'none' } },
});

describe('the address of a chat webhook', () => {
  test('is stored as a secret, with only its server in clear', async () => {
    const { world, api } = await startService(VAULT);
    const view = unwrap(await api.saveChannel(draft(slack('', { kind: 'entered', secret: SLACK_URL }))));
    expect(view.channels).toMatchObject([{ kind: 'slack', host: 'hooks.slack.com', secret: { kind: 'vault' } }]);
    unwrap(await api.testChannel({ channelId: view.channels[0]?.id ?? ('' as ChannelId) }));
    expect(world.outside.posts).toMatchObject([{ url: SLACK_URL }]);
    for (const path of world.ports.files.paths())
      expect(new TextDecoder().decode(await world.ports.files.read(path, 1_000_000)), path).not.toContain('horse');
  });

  test('is not stored in clear even if it is typed as the server', async () => {
    const { api } = await startService(VAULT);
    const named: SecretDraft = { kind: 'environment', name: 'ARCWARDEN_CHANNEL_HOOK' };
    const view = unwrap(await api.saveChannel(draft(slack(SLACK_URL, named))));
    expect(view.channels).toMatchObject([{ host: 'hooks.slack.com' }]);
    const refused = await api.saveChannel(draft(slack(SLACK_URL.replace('https', 'http'), named)));
    expect(refused).toMatchObject({ problem: { code: 'channel.invalid', params: { field: 'server', reason: '' } } });
  });

  test.each(['https://evil.example/services/horse', 'http://hooks.slack.com/services/horse', 'horse'])(
    'is not used if it is not an https address on the server of the channel: %s',
    async (url) => {
      const { world, api } = await startService(VAULT);
      world.outside.variables['ARCWARDEN_CHANNEL_HOOK'] = url;
      const tried = await api.testDraft(
        draft(slack('hooks.slack.com', { kind: 'environment', name: 'ARCWARDEN_CHANNEL_HOOK' })),
      );
      expect(tried).toMatchObject({ problem: { code: 'channel.invalid', params: { field: 'chat' } } });
      expect(JSON.stringify(tried)).not.toContain('horse');
      expect(world.outside.posts).toEqual([]);
    },
  );
});

test('an unsaved channel is tested without storing it or using up its files, and its server is confirmed once', async () => {
  const asked: string[] = [];
  const { world, api } = await startService(VAULT, async (server) => asked.push(serverText(server)) > 0);
  world.ports.files.put('/chosen/key', 'of the file\n');
  const settings = hook({ kind: 'file', source: 'key' as FileTicket });
  unwrap(await api.testDraft(draft(settings)));
  expect(world.outside.posts).toHaveLength(1);
  expect(world.store.channels()).toEqual([]);
  unwrap(await api.saveChannel(draft(settings)));
  expect(asked).toEqual(['https://monitor.example:443']);
  expect(listDone(await world.audit.list()).map(({ action, params }) => [action, params['to']])).toEqual([
    ['channel.tested', 'monitor.example'],
    ['channel.added', 'monitor.example'],
  ]);
});

test('a tested chat address is confirmed once, sealed once, and never again while the channel keeps it', async () => {
  let [asked, sealed] = [0, 0];
  const protect: Vault['protect'] = async (secret) => {
    sealed += 1;
    return new Uint8Array([sealed, ...(await VAULT.protect(secret))]);
  };
  const unprotect: Vault['unprotect'] = (guarded) => VAULT.unprotect(guarded.slice(1));
  const { api } = await startService({ ...VAULT, protect, unprotect }, async () => (asked += 1) > 0);
  const address: SecretDraft = { kind: 'entered', secret: ` ${SLACK_URL}\n` };
  unwrap(await api.testDraft(draft(slack('', address))));
  const [channel] = unwrap(await api.saveChannel(draft(slack('', address)))).channels;
  unwrap(await api.saveChannel(draft(slack('hooks.slack.com', { kind: 'kept' }), channel?.id)));
  expect([asked, sealed]).toEqual([1, 2]);
});

test('an unsaved channel sends nothing to a server that nobody has confirmed', async () => {
  const { world, api } = await startService(VAULT, async () => false);
  expect(await api.testDraft(draft(hook(entered)))).toMatchObject({ problem: { code: 'channel.not-confirmed' } });
  expect(world.outside.posts).toEqual([]);
});

test('a failed test is returned as a problem and is a finding in the next view', async () => {
  const { world, api, views } = await startService(VAULT);
  const [channel] = unwrap(await api.saveChannel(draft(hook(entered)))).channels;
  world.fail();
  const channelId = channel?.id ?? ('' as ChannelId);
  expect(await api.testChannel({ channelId })).toMatchObject({
    problem: { code: 'delivery.failed', params: { reason: 'unreachable' } },
  });
  expect(views.at(-1)?.findings).toMatchObject([
    { rule: 'watch.channel-failing', severity: 'error', params: { channel: 'monitor', failures: 1 } },
  ]);
});

describe('a silence', () => {
  const about = { clusterId: 'retail' as ClusterId, credentialId: 'known' as CredentialId };
  const until = instantFromMs(epochMs(TEST_NOW) + 3_600_000);

  test('is stored with author, times, reason and the current state, and recorded in the trail', async () => {
    const { world, api } = await startService();
    const request = { ...about, kind: 'acknowledged' as const, reason: 'ticket 42', until };
    const view = unwrap(await api.mark(request));
    expect(view.marks).toEqual([{ ...request, at: TEST_NOW, by: 'CORP\\admin', state: 'urgent' }]);
    unwrap(await api.unmark(about));
    const trail = listDone(await world.audit.list());
    expect(trail.map(({ action, subject }) => [action, subject])).toEqual([
      ['credential.acknowledged', 'known'],
      ['credential.unmarked', 'known'],
    ]);
    expect(trail[0]?.params).toMatchObject({ reason: 'ticket 42', until, state: 'urgent' });
  });

  test('replaces the previous silence and disappears from the view when it ends', async () => {
    const { world, api } = await startService();
    await api.mark({ ...about, kind: 'snoozed', reason: 'a', until });
    const view = unwrap(await api.mark({ ...about, kind: 'acknowledged', reason: 'b', until }));
    expect(view.marks.map(({ reason }) => reason)).toEqual(['b']);
    world.pass(60);
    expect(unwrap(await api.watch()).marks).toEqual([]);
  });

  test('is refused if it ends in the past or its credential does not exist', async () => {
    const { api } = await startService();
    const mark = { kind: 'snoozed' as const, reason: 'a' };
    expect(await api.mark({ ...about, ...mark, until: TEST_NOW })).toMatchObject({ problem: { code: 'mark.over' } });
    const other = { ...about, credentialId: 'other' as CredentialId };
    expect(await api.mark({ ...other, ...mark, until })).toMatchObject({ problem: { code: 'credential.unknown' } });
  });

  test('is refused, with the name of the unreadable file that may contain its credential', async () => {
    const params = { path: '/data/clusters/north.json' };
    const { api } = await startService(undefined, undefined, [new ConsoleError('file.not-readable', params)]);
    const other = { ...about, credentialId: 'other' as CredentialId };
    const marked = await api.mark({ ...other, kind: 'snoozed', reason: 'a', until });
    expect(marked).toMatchObject({ problem: { code: 'file.not-readable', params } });
  });
});

describe('a receiver that no channel has', () => {
  const none: SecretDraft = { kind: 'none' };
  const named: SecretDraft = { kind: 'environment', name: 'ARCWARDEN_CHANNEL_A' };
  const slackAddress = (path: string): SecretDraft => ({
    kind: 'entered',
    secret: `https://hooks.slack.com/services/${path}`,
  });
  const prepareSave = async (answer: () => boolean) => {
    const asked: string[] = [];
    const { api, world } = await startService(VAULT, async (server) => {
      asked.push(serverText(server));
      return answer();
    });
    const save = (settings: ChannelSettings, more: Partial<ChannelDraft> = {}) =>
      api.saveChannel({ name: 'a', enabled: true, settings, ...more });
    return { asked, save, world };
  };

  test('receives messages only after a person agrees; otherwise no channel is saved, and the trail records the failure', async () => {
    let agrees = false;
    const { asked, save, world } = await prepareSave(() => agrees);
    expect(await save(hook(named))).toMatchObject({
      ok: false,
      problem: { code: 'channel.not-confirmed', params: { server: 'https://monitor.example:443' } },
    });
    expect([world.store.channels(), (await world.audit.list()).map(({ params }) => params['phase'])]).toEqual([
      [],
      ['begun', 'failed'],
    ]);
    agrees = true;
    expect((await save(hook(named))).ok).toBe(true);
    expect(asked).toHaveLength(2);
  });

  test.each<[title: string, first: ChannelSettings, second: ChannelSettings, isAsked: boolean]>([
    ['another path on the same server', hook(named), hook(named, 'https://monitor.example/b?c'), true],
    [
      'the same address in capitals, with its usual port',
      hook(named),
      hook(named, 'https://MONITOR.example:443/a'),
      false,
    ],
    ['another port', hook(named), hook(named, 'https://monitor.example:8443/a'), true],
    ['another host', hook(named), hook(named, 'https://monitor.example.evil.example/a'), true],
    ['a host that looks alike', hook(named), hook(named, 'https://m\u043enitor.example/a'), true],
    ['mail to the same host', hook(named), mail({ host: 'monitor.example', port: 443, security: 'tls' }), true],
    ['the same mail server', mail(), mail({ to: ['c@x.example'] }), false],
    ['the same mail server in capitals', mail(), mail({ host: 'MAIL.example' }), false],
    ['the same mail server without encryption', mail(), mail({ security: 'none', user: '', secret: none }), true],
    ['another port of the same mail server', mail(), mail({ port: 465 }), true],
    ['another chat channel on the same server', slack('', slackAddress('a')), slack('', slackAddress('b')), true],
    ['a variable with another address there', slack('', slackAddress('a')), slack('hooks.slack.com', named), true],
    ['a channel that sends nothing', mail(), { kind: 'toast' }, false],
  ])('requires confirmation only if no channel has the same receiver: %s', async (_title, first, second, isAsked) => {
    const { asked, save } = await prepareSave(() => true);
    expect((await save(first)).ok).toBe(true);
    await save(second, { name: 'b' });
    expect(asked).toHaveLength(isAsked ? 2 : 1);
  });

  test('is confirmed when a channel changes to it, and again if a channel returns to it after no channel has used it', async () => {
    const { asked, save, world } = await prepareSave(() => true);
    const { channels } = unwrap(await save(hook(named)));
    const channelId = channels[0]?.id;
    await save(hook(named, 'https://other.example/a'), { channelId });
    await save(hook(named), { channelId });
    expect(asked).toEqual([1, 2, 3].map((at) => `https://${at === 2 ? 'other' : 'monitor'}.example:443`));
    expect(world.store.channels()).toHaveLength(1);
  });

  test('is confirmed only after everything else is valid, so that the chosen files can be used again after a refusal', async () => {
    let agrees = false;
    const { asked, save, world } = await prepareSave(() => agrees);
    expect(await save(mail({ to: ['nobody'] }))).toMatchObject({ problem: { code: 'channel.invalid' } });
    expect(asked).toEqual([]);
    const chosen: ChannelSettings = {
      ...(hook({ kind: 'file', source: 'key' as FileTicket }) as Extract<ChannelSettings, { kind: 'webhook' }>),
      caFile: { kind: 'chosen', file: 'ca' as FileTicket },
    };
    world.ports.files.put('/chosen/ca', (await serverIdentity()).ca);
    await save(chosen);
    agrees = true;
    await save(chosen);
    expect(await save(chosen)).toMatchObject({ problem: { code: 'ticket.unknown' } });
    expect(world.store.channels()).toMatchObject([
      { secret: { kind: 'file', path: '/chosen/key' }, caFile: '/chosen/ca' },
    ]);
  });

  test('is saved with a CA file only if the file contains a CA certificate', async () => {
    const { save, world } = await prepareSave(() => true);
    const { ca, cert, key } = await serverIdentity();
    const saveWith = (content: string): ReturnType<typeof save> => {
      const file = `ca${(number += 1)}` as FileTicket;
      world.ports.files.put(`/chosen/${file}`, content);
      return save({
        ...(hook(named) as Extract<ChannelSettings, { kind: 'webhook' }>),
        caFile: { kind: 'chosen', file },
      });
    };
    let number = 0;
    for (const content of ['', 'no certificate', key, cert, ca.slice(0, 200)]) {
      const params = { field: 'ca', reason: `/chosen/ca${number + 1}` };
      expect(await saveWith(content)).toMatchObject({ ok: false, problem: { code: 'channel.invalid', params } });
    }
    expect(world.store.channels()).toEqual([]);
    expect((await saveWith(`${cert}${key}${ca}`)).ok).toBe(true);
  });

  test('needs no confirmation if its address is invalid, since the address is refused', async () => {
    const { asked, save } = await prepareSave(() => true);
    expect(await save(hook(named, 'http://monitor.example/'))).toMatchObject({ problem: { code: 'channel.invalid' } });
    expect(asked).toEqual([]);
  });

  test.each(LANGUAGES)('is shown in the dialog in %s, without line breaks in its name', (language) => {
    const server: ChannelServer = { scheme: 'smtp', host: 'a\nAgree\u202e', port: 25, security: 'none' };
    const { message, detail, yes, no } = serverQuestion(server, translator(language));
    expect(message).toContain('smtp://a');
    expect(message).not.toMatch(/[\n\u202e]/u);
    expect(new Set([yes, no]).size).toBe(2);
    expect(detail.split('\n\n')).toHaveLength(2);
    expect(serverQuestion({ ...server, security: 'tls' }, translator(language)).detail).not.toContain('\n');
  });
});
