import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import type { ChannelId } from '../../../core/shared/ids.ts';
import type { ExpiryState } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import { instant, MINUTE_MS, HOUR_MS } from '../../../core/shared/instant.ts';
import { isAlarm } from '../../../core/notifications/model/notice.ts';
import { pauseMs } from '../../../core/notifications/outbox.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { HOOK, MAIL, NotifierWorld } from './notifier-world.ts';

describe('a message', () => {
  test('is sent to every channel once, and not again after a restart', async () => {
    const world = await NotifierWorld.start([HOOK, MAIL]);
    await world.check({ a: 'urgent', b: 'fine' });
    await (await world.pass(1).restart()).check();
    expect(world.listReports()).toEqual(['a urgent']);
    expect(world.outside.mails).toHaveLength(1);
    expect(world.outside.mails[0]?.message).toMatchObject({
      subject: 'Urgent: a in retail-east (API server)',
      to: ['ops@contoso.example'],
    });
  });

  test('has a signature that another program can verify', async () => {
    const world = await NotifierWorld.start([HOOK]);
    await world.check({ a: 'urgent' });
    const [post] = world.outside.posts;
    const timestamp = String(Date.parse(TEST_NOW) / 1_000);
    const right = createHmac('sha256', 'of the hook')
      .update(`${timestamp}.${post?.body ?? ''}`)
      .digest('hex');
    expect(post?.headers).toMatchObject({
      'arcwarden-timestamp': timestamp,
      'arcwarden-signature': `v1=${right}`,
      'arcwarden-delivery': world.notices()[0]?.id,
    });
  });

  test('is split into three parts if it has 2,500 changes, and each change is in exactly one part', async () => {
    const world = await NotifierWorld.start([HOOK]);
    const names = Array.from({ length: 2_500 }, (_, at) => `c${at}`);
    const { writes } = world.ports.files;
    await world.check(Object.fromEntries(names.map((name) => [name, 'expired'])));
    expect(world.notices().map(({ changes }) => changes.length)).toEqual([1_000, 1_000, 500]);
    expect(new Set(world.listReports()).size).toBe(2_500);
    // The state file is large too, so it is written only once before and once after the messages are sent.
    expect(world.ports.files.writes - writes).toBe(2);
  });

  test('contains the state of the fleet and the number of files that could not be read', async () => {
    const world = await NotifierWorld.start([HOOK]);
    await world.check({ a: 'urgent', b: 'fine' });
    expect(world.notices()[0]?.summary).toMatchObject({
      credentials: 2,
      counts: { urgent: 1, fine: 1, expired: 0 },
      sources: 2,
      sourcesDown: 1,
      nextExpiry: { name: 'a', notAfter: '2026-11-24T13:30:00Z' },
    });
  });
});

describe('an unreachable server', () => {
  test('receives every message, which is retried after one minute, then after twice as long each time, up to six hours', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.fail();
    await world.check({ a: 'urgent' });
    const waits: string[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      const [entry] = world.store.watch().waiting;
      const minutes = (Date.parse(entry?.nextAt ?? '') - Date.parse(entry?.lastAt ?? '')) / MINUTE_MS;
      waits.push(String(minutes));
      await world.pass(minutes - 1).watcher.deliver();
      expect(world.store.watch().waiting[0]?.tries).toBe(tries + 1);
      await world.pass(1).watcher.deliver();
    }
    expect(waits).toEqual(['1', '2', '4', '8', '16', '32', '64', '128', '256', '360', '360', '360']);
    world.work();
    await world.pass(360).watcher.deliver();
    expect(world.listReports()).toEqual(['a urgent']);
    expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  });

  test('does not delay the other channels, which report its failure and its recovery', async () => {
    const world = await NotifierWorld.start([HOOK, MAIL]);
    world.outside.webFailure = new Error('a bug, not a failure that is known');
    await world.check({ a: 'urgent' });
    expect(world.outside.mails).toHaveLength(1);
    for (let minute = 0; minute < 20; minute += 1) await world.pass(1).check();
    const subjects = (): string[] => world.outside.mails.map(({ message }) => message.subject);
    expect(subjects().slice(1)).toEqual(['The channel monitor is failing']);
    world.outside.webFailure = undefined;
    await world.watcher.test(HOOK.id);
    await world.pass(1).check();
    expect(subjects().slice(2)).toEqual(['The channel monitor works again']);
    expect(world.listReports()).toEqual(['a urgent', 'monitor channel-failing', 'monitor channel-working']);
    expect(world.store.watch().failing).toEqual([]);
  });

  test('receives all queued messages, in order, as soon as a test message arrives', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.fail();
    await world.check({ a: 'urgent' });
    await world.pass(30).check({ a: 'expired' });
    await expect(world.watcher.test(HOOK.id)).rejects.toMatchObject({ code: 'delivery.failed' });
    world.work();
    await world.watcher.test(HOOK.id);
    expect(world.notices().map(({ purpose }) => purpose)).toEqual(['test', 'changes', 'changes']);
    expect(world.listReports()).toEqual(['a urgent', 'a expired']);
  });

  test('receives a few long messages instead of many short ones after a long outage, without losing a change', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.fail();
    for (let at = 0; at < 260; at += 1) await world.pass(60).check({ a: at % 2 ? 'urgent' : 'expired' });
    expect(world.store.watch().waiting.length).toBeLessThanOrEqual(100);
    world.work();
    await (await world.restart()).watcher.test(HOOK.id);
    const states = world.listReports().filter((line) => line.startsWith('a '));
    expect(states).toEqual(Array.from({ length: 260 }, (_, at) => `a ${at % 2 ? 'urgent' : 'expired'}`));
    expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  });

  test('receives nothing more once its channel is removed, and its queue is deleted', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.fail();
    await world.check({ a: 'urgent' });
    await world.store.saveChannels([]);
    await world.watcher.deliver();
    expect(world.store.watch()).toMatchObject({ waiting: [], notices: [] });
  });
});

test('the pause between attempts never exceeds six hours', () => {
  expect([1, 2, 9, 10, 1_000].map(pauseMs)).toEqual([
    MINUTE_MS,
    2 * MINUTE_MS,
    256 * MINUTE_MS,
    6 * HOUR_MS,
    6 * HOUR_MS,
  ]);
});

describe('restarts', () => {
  type Step = { states: Record<string, ExpiryState>; dead: boolean; restart: boolean; killed: boolean };
  const state = fc.constantFrom<ExpiryState>('fine', 'urgent', 'expired', 'renewal-overdue');
  const step: fc.Arbitrary<Step> = fc.record({
    states: fc.record({ a: state, b: state }),
    dead: fc.boolean(),
    restart: fc.boolean(),
    killed: fc.boolean(),
  });

  /** Returns every change that occurred, computed only from the states. */
  function listChanges(steps: readonly Step[]): string[] {
    const last: Record<string, ExpiryState> = {};
    return steps.flatMap(({ states }) =>
      Object.entries(states).flatMap(([name, now]) => {
        const before = last[name] ?? 'fine';
        last[name] = now;
        if (isAlarm(now)) return before === now ? [] : [`${name} ${now}`];
        return isAlarm(before) ? [`${name} recovered`] : [];
      }),
    );
  }

  test('at random moments neither lose nor repeat a report, and keep the order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = await NotifierWorld.start([HOOK]);
        for (const { states, dead, restart } of steps) {
          if (dead) world.fail();
          else world.work();
          await world.pass(7).check(states);
          if (restart) await world.restart();
        }
        world.work();
        await (await world.pass(7 * 60).restart()).watcher.deliver();
        const told = world.listReports().filter((line) => !line.startsWith('monitor'));
        expect(told).toEqual(listChanges(steps));
      }),
      { numRuns: 60 },
    );
  });

  test('repeat a message with the same id if the program stops between sending and recording', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        const world = await NotifierWorld.start([HOOK]);
        const { outside } = world;
        const { files } = world.ports;
        for (const { states, killed } of steps) {
          // The process is killed as soon as the server has responded, so nothing more is written.
          outside.afterPost = () => {
            files.isFull = killed;
          };
          await world
            .pass(7)
            .check(states)
            .catch(() => undefined);
          files.isFull = false;
          if (killed) await world.restart();
        }
        outside.afterPost = undefined;
        await (await world.pass(7 * 60).restart()).watcher.deliver();
        const once = new Map(world.notices().map((notice) => [notice.id, notice]));
        const told = [...once.values()].flatMap(({ changes }) =>
          changes.map((change) =>
            'credential' in change
              ? `${change.credential.name} ${change.kind === 'entered' ? change.to : change.kind}`
              : change.kind,
          ),
        );
        expect(told).toEqual(listChanges(steps));
      }),
      { numRuns: 40 },
    );
  });
});

describe('quiet hours', () => {
  test('also delay queued messages, unless something has expired', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.fail();
    await world.check({ a: 'urgent' });
    world.work();
    world.preferences = { quiet: { from: '12:00', to: '14:00' } };
    await world.pass(5).check({ a: 'urgent', b: 'urgent' });
    expect(world.listReports()).toEqual([]);
    await world.pass(5).check({ a: 'urgent', b: 'expired' });
    expect(world.listReports()).toEqual(['b expired']);
    await world.pass(110).check();
    expect(world.listReports()).toEqual(['b expired', 'a urgent']);
  });
});

describe('a heartbeat', () => {
  test('is sent at its interval despite restarts, but not in quiet hours, and only once after an outage', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.preferences = { heartbeatMs: 24 * HOUR_MS };
    const beats = (): number => world.notices().filter(({ purpose }) => purpose === 'heartbeat').length;
    await world.check({ a: 'fine' });
    expect(beats()).toBe(1);
    await (await world.pass(24 * 60 - 1).restart()).check();
    expect(beats()).toBe(1);
    await world.pass(1).check();
    expect(beats()).toBe(2);
    world.fail();
    for (let day = 0; day < 5; day += 1) await world.pass(24 * 60).check();
    world.work();
    await world.watcher.test(HOOK.id);
    expect(beats()).toBe(3);
    world.preferences = { heartbeatMs: 24 * HOUR_MS, quiet: { from: '11:00', to: '13:00' } };
    await world.pass(24 * 60).check();
    expect(beats()).toBe(3);
    await world.pass(61).check();
    expect(beats()).toBe(4);
  });
});

describe('a clock that goes back', () => {
  test('causes one message, and no more until the clock has advanced for an hour', async () => {
    const world = await NotifierWorld.start([HOOK]);
    await world.check({ a: 'fine' });
    world.ports.clock.moment = instant('2020-01-01T00:00:00Z');
    await world.check({ a: 'not-yet-valid' });
    await world.pass(30).check({ a: 'not-yet-valid' });
    expect(world.listReports()).toEqual(['clock-back']);
    world.ports.clock.moment = instant('2026-11-24T13:00:00Z');
    await world.check({ a: 'fine' });
    expect(world.listReports()).toEqual(['clock-back']);
  });

  test('does not delay queued messages', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.fail();
    await world.check({ a: 'urgent' });
    world.work();
    world.ports.clock.moment = instant('2026-11-24T06:00:00Z');
    await world.watcher.deliver();
    expect(world.listReports()).toEqual(['a urgent']);
  });
});

describe('a system notification', () => {
  const toast: Channel = {
    id: '00000000000000a3' as ChannelId,
    kind: 'toast',
    name: 'here',
    enabled: true,
    createdAt: TEST_NOW,
  };

  test('opens its credential if it is about one, and lists up to three credentials if it is about several', async () => {
    const world = await NotifierWorld.start([toast]);
    await world.check({ a: 'urgent' });
    await world.pass(1).check({ a: 'expired', b: 'urgent', c: 'urgent', d: 'urgent' });
    expect(world.toasts).toMatchObject([
      { title: 'Urgent: a in retail-east (API server)', opens: { clusterId: 'retail-east' } },
      { title: '1 expired, 3 urgent' },
    ]);
    expect(world.toasts[0]?.body).toMatch(/^Expires .*13:30 UTC\), in 1 h 30 min\.$/u);
    expect(world.toasts[1]?.body.split('\n')).toHaveLength(4);
    expect(world.toasts[1]?.opens).toBeUndefined();
  });
});

describe('the Windows event log', () => {
  const log: Channel = {
    id: '00000000000000a4' as ChannelId,
    kind: 'event-log',
    name: 'log',
    enabled: true,
    createdAt: TEST_NOW,
  };

  test('receives one entry per change through PowerShell, which reads ASCII JSON from standard input', async () => {
    const world = await NotifierWorld.start([log], { platform: 'win32' });
    await world.check({ 'あ$(id)"': 'expired', b: 'renewal-overdue' });
    const [run, ...more] = world.outside.runs;
    expect(more).toEqual([]);
    expect(run?.program).toBe('powershell.exe');
    expect(run?.args.join(' ')).not.toContain('id)');
    expect(run?.input).toMatch(/^[\x20-\x7e]+$/u);
    expect(JSON.parse(run?.input ?? '')).toMatchObject({
      log: 'Application',
      source: 'Arcwarden',
      events: [
        { id: 104, type: 'Error', message: expect.stringContaining('あ$(id)"') as string },
        { id: 101, type: 'Warning' },
      ],
    });
    const script = run?.args.at(-1) ?? '';
    expect(script).toContain('Write-EventLog -LogName $request.log');
    expect(script).not.toMatch(/["\n]/u);
  });

  test('causes a failure if an entry is rejected, and is not available on other systems', async () => {
    const world = await NotifierWorld.start([log], { platform: 'win32' });
    world.outside.result = { exitCode: 1, out: '', error: 'Requested registry access is not allowed.' };
    await expect(world.watcher.test(log.id)).rejects.toMatchObject({ code: 'program.failed' });
    const linux = await NotifierWorld.start([log]);
    await linux.check({ a: 'urgent' });
    expect(linux.store.watch().waiting).toEqual([]);
    await expect(linux.watcher.test(log.id)).rejects.toMatchObject({ code: 'channel.not-available' });
  });
});

describe('a channel', () => {
  test('has the time of its last success and of its last failure', async () => {
    const world = await NotifierWorld.start([HOOK]);
    await world.watcher.test(HOOK.id);
    world.pass(10).fail();
    await world.watcher.test(HOOK.id).catch(() => undefined);
    expect(world.store.watch().statuses[HOOK.id]).toEqual({
      lastSuccessAt: TEST_NOW,
      lastFailure: {
        at: '2026-11-24T12:10:00Z',
        code: 'delivery.failed',
        params: { reason: 'unreachable', target: 'monitor.example', detail: 'ECONNREFUSED' },
      },
      failures: 1,
    });
  });

  test('has its messages in the list of sent ones, each with its last attempt, and the list stays short', async () => {
    const world = await NotifierWorld.start([HOOK]);
    const list = () => world.store.watch().sent.map(({ at, subject, failure }) => [at, subject, failure?.code]);
    world.fail();
    await world.check({ a: 'urgent' });
    expect(list()).toEqual([[TEST_NOW, expect.stringContaining('a'), 'delivery.failed']]);
    world.work();
    await world.pass(1).watcher.deliver();
    expect(list()).toEqual([['2026-11-24T12:01:00Z', expect.stringContaining('a'), undefined]]);
    for (let each = 0; each < 120; each++) await world.watcher.test(HOOK.id);
    expect(list()).toHaveLength(100);
    const restarted = await world.restart();
    await restarted.store.recall();
    expect(restarted.store.watch().sent).toEqual(world.store.watch().sent);
    expect(JSON.stringify(restarted.store.watch().sent)).not.toContain('of the hook');
  });

  test('fails if its server responds with an error, and its secret is not in the data folder', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.outside.status = 503;
    await world.check({ a: 'urgent' });
    expect(world.store.watch().statuses[HOOK.id]?.lastFailure?.params).toMatchObject({
      reason: 'refused',
      detail: 503,
    });
    world.outside.status = 200;
    await world.pass(1).watcher.deliver();
    expect(world.store.watch().waiting).toEqual([]);
    for (const path of world.ports.files.paths()) {
      const text = new TextDecoder().decode(await world.ports.files.read(path, 1_000_000));
      expect(text, path).not.toContain('of the hook');
    }
    expect(JSON.stringify(world.ports.log.entries)).not.toContain('of the hook');
  });

  test.each<[string, Channel, string]>([
    [
      'with a variable name from an earlier version',
      { ...HOOK, secret: { kind: 'environment', name: 'ARCWARDEN_PASSPHRASE' } } as Channel,
      'environment',
    ],
    [
      'with a login in plain text',
      { ...MAIL, security: 'none', user: 'ops', secret: { kind: 'environment', name: 'ARCWARDEN_CHANNEL_HOOK' } },
      'security',
    ],
  ])('%s is reported with its fault; no secret is read and no message is lost', async (_what, channel, field) => {
    const world = await NotifierWorld.start([channel]);
    world.outside.variables['ARCWARDEN_PASSPHRASE'] = 'of the keys';
    const problem = { code: 'channel.invalid', params: { field } };
    await expect(world.watcher.test(channel.id)).rejects.toMatchObject(problem);
    await world.check({ a: 'urgent' });
    expect([world.outside.posts, world.outside.mails]).toEqual([[], []]);
    expect(world.store.watch().statuses[channel.id]?.lastFailure).toMatchObject(problem);
    expect(world.store.watch().waiting).toHaveLength(1);
    await world.store.saveChannels([channel.kind === 'webhook' ? HOOK : MAIL]);
    await world.pass(1).watcher.deliver();
    expect(world.store.watch().waiting).toEqual([]);
  });

  test('reports the missing variable or file if it has no secret', async () => {
    const world = await NotifierWorld.start([HOOK]);
    world.outside.variables = {};
    await expect(world.watcher.test(HOOK.id)).rejects.toMatchObject({
      code: 'channel.secret-missing',
      params: { place: 'environment', name: 'ARCWARDEN_CHANNEL_HOOK' },
    });
    if (HOOK.kind !== 'webhook') throw new Error('it is one');
    const file = { ...HOOK, secret: { kind: 'file' as const, path: '/secrets/hook' } };
    await world.store.saveChannels([file]);
    await expect(world.watcher.test(HOOK.id)).rejects.toMatchObject({ params: { place: 'file' } });
    world.ports.files.put('/secrets/hook', '\ufefffrom the file\r\nsecond line');
    await world.watcher.test(HOOK.id);
    const [post] = world.outside.posts;
    const right = createHmac('sha256', 'from the file')
      .update(`${post?.headers['arcwarden-timestamp'] ?? ''}.${post?.body ?? ''}`)
      .digest('hex');
    expect(post?.headers['arcwarden-signature']).toBe(`v1=${right}`);
  });
});
