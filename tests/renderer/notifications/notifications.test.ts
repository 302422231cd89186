import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, instantFromMs } from '../../../core/shared/instant.ts';
import type { Finding } from '../../../core/shared/finding.ts';
import type { ChannelId } from '../../../core/shared/ids.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { ChannelView, WatchView } from '../../../core/notifications/model/notification-view.ts';
import { NOW_MS, openConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';
import { RecordingOutside, TEST_NOW } from '../../support/ports.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const FILES = await certificateFiles({ name: 'a' });

async function openWatch() {
  const outside = new RecordingOutside('win32');
  const console = await openConsole({ outside });
  await console.import(FILES);
  const state = await console.open();
  await state.watch.load();
  const [row] = state.inventory.rows;
  if (row === undefined) throw new Error('no row');
  return { console, outside, state, watch: state.watch, row };
}

/** Returns a webhook that has not been used yet. */
function aChannel(change: Partial<Extract<ChannelView, { kind: 'webhook' }>>): ChannelView {
  return {
    id: '00000000000000a1' as ChannelId,
    kind: 'webhook',
    name: 'monitor',
    enabled: true,
    createdAt: TEST_NOW,
    url: 'https://monitor.example',
    secret: { kind: 'vault' },
    status: { failures: 0 },
    waiting: 0,
    available: true,
    ...change,
  };
}

const FAILING: Finding = {
  rule: 'watch.channel-failing',
  severity: 'error',
  place: {},
  params: { channel: 'monitor', failures: 1, waiting: 0 },
};

describe('the health of a channel', () => {
  test('is one phrase: off, never used, the time since the last success, or the number of failures in a row', async () => {
    const { watch } = await openWatch();
    const instantAgo = (ms: number) => instantFromMs(NOW_MS - ms);
    expect(watch.channelHealth(aChannel({ enabled: false }))).toEqual({ state: 'off', text: 'Switched off' });
    expect(watch.channelHealth(aChannel({}))).toEqual({ state: 'unused', text: 'Never used' });
    const healthAfter = (ms: number) =>
      watch.channelHealth(aChannel({ status: { failures: 0, lastSuccessAt: instantAgo(ms) } }));
    expect(healthAfter(59_000).text).toBe('Worked just now');
    expect(healthAfter(60_000).text).toBe('Worked 1 min ago');
    const failing = aChannel({
      status: { failures: 2, lastFailure: { at: instantAgo(0), code: 'delivery.failed', params: { detail: 503 } } },
    });
    expect(watch.channelHealth(failing)).toEqual({ state: 'fails', text: 'Failing, 2 attempts in a row' });
    expect(watch.channelProblem(failing)).toEqual({ code: 'delivery.failed', params: { detail: 503 } });
    expect(watch.channelProblem(aChannel({}))).toBeUndefined();
  });
});

describe('the problems that prevent notifications', () => {
  test('are shown again after dismissal only if there is another problem, not after another attempt', async () => {
    const { console, watch } = await openWatch();
    const view = await console.api.notifications.watch();
    const tell = (...findings: Finding[]): void => {
      if (view.ok) console.emit('notifications', 'watchChanged', { ...view.value, findings });
    };
    tell(FAILING);
    expect(watch.findings).toEqual([FAILING]);
    expect(watch.otherFindings).toEqual([]);
    watch.dismissFindings();
    tell({ ...FAILING, params: { ...FAILING.params, failures: 2 } });
    expect(watch.findings).toEqual([]);
    tell(FAILING, { rule: 'watch.clock-back', severity: 'warning', place: {} });
    expect(watch.findings).toHaveLength(2);
  });
});

describe('a channel', () => {
  test('keeps the dialog open and shows the reason if a channel cannot be saved', async () => {
    const { watch, state } = await openWatch();
    watch.open({ kind: 'channel', of: 'toast' });
    const draft = { name: '', enabled: true, settings: { kind: 'toast' as const } };
    await watch.save(draft);
    expect([watch.problem?.code, watch.dialog?.kind]).toEqual(['channel.invalid', 'channel']);
    await watch.save({ ...draft, name: 'here' });
    expect([watch.dialog, watch.channels.length]).toEqual([undefined, 1]);
    expect(state.notices.list.at(-1)?.texts).toEqual([{ key: 'watch.saved', values: { name: 'here' } }]);
  });

  test('reports the result of a closed dialog as a notice, and not in the dialog of another channel', async () => {
    const { console, watch, state } = await openWatch();
    const draft = { name: 'first', enabled: true, settings: { kind: 'toast' as const } };
    const problem = { code: 'channel.invalid', params: {} } as const;
    const view = await console.api.notifications.watch();
    for (const answer of [{ ok: false, problem } as const, view]) {
      let reply!: (result: Result<WatchView>) => void;
      for (const call of ['testDraft', 'saveChannel'] as const)
        console.override('notifications', call, () => new Promise((resolve) => (reply = resolve)));
      for (const begin of [() => watch.tryOut(draft), () => watch.save(draft)]) {
        watch.open({ kind: 'channel', of: 'toast' });
        const running = begin();
        watch.close();
        watch.open({ kind: 'channel', of: 'slack' });
        expect([watch.trying, watch.saving]).toEqual([false, false]);
        reply(answer);
        await running;
        expect([watch.problem, watch.tried, watch.dialog?.kind]).toEqual([undefined, '', 'channel']);
        const { tone } = state.notices.list.at(-1) ?? {};
        expect(tone).toBe(answer.ok ? 'done' : 'problem');
      }
    }
  });

  test('runs one test of a channel at a time, and reports a failure', async () => {
    const { console, outside, watch, state } = await openWatch();
    outside.variables = { ARCWARDEN_CHANNEL_MONITOR: 'a secret of the monitor' };
    const secret = { kind: 'environment', name: 'ARCWARDEN_CHANNEL_MONITOR' } as const;
    const settings = { kind: 'webhook', url: 'https://monitor.example', secret, caFile: { kind: 'none' } } as const;
    await watch.save({ name: 'monitor', enabled: true, settings });
    outside.status = 503;
    const [channel] = watch.channels;
    if (channel === undefined) throw new Error('no channel');
    await Promise.all([watch.test(channel), watch.test(channel)]);
    expect(console.calls('notifications', 'testChannel')).toEqual([{ channelId: channel.id }]);
    expect(state.notices.list.at(-1)?.problem?.code).toBe('delivery.failed');
  });
});

describe('a credential', () => {
  test('is snoozed for the given number of days, or until the mark is removed', async () => {
    const { console, watch, row } = await openWatch();
    watch.open({ kind: 'mark', rows: [row] });
    await watch.mark([row], { kind: 'snoozed', reason: 'planned', days: '7' });
    expect(console.data.notifications.silences()).toMatchObject([{ until: instantFromMs(NOW_MS + 7 * DAY_MS) }]);
    expect(watch.findMark(row.id)?.reason).toBe('planned');
    expect(watch.dialog).toBeUndefined();
    await watch.unmark(row.id, row.name);
    expect(watch.findMark(row.id)).toBeUndefined();
  });
});

describe('an outage', () => {
  async function openOutage() {
    const console = await openConsole();
    await console.import(await certificateFiles({ cluster: 'dead', leftMs: -DAY_MS }));
    const state = await console.open();
    await state.watch.load();
    const need = state.powerOff.needByCluster(console.clusterId('dead'));
    if (need === undefined) throw new Error('nothing is needed');
    return { console, state, watch: state.watch, need };
  }

  test('is acknowledged in a dialog, handed over, and withdrawn', async () => {
    const { watch, state, need } = await openOutage();
    expect(watch.findHolder(need)).toBeUndefined();
    watch.open({ kind: 'outage', need });
    await watch.passOutage(need, { by: 'Sato', note: 'waiting' });
    expect(watch.dialog).toBeUndefined();
    expect(watch.findHolder(need)).toEqual({
      ...{ by: 'Sato', mark: 'Sato is on it' },
      text: expect.stringMatching(/^Acknowledged by Sato, .*: waiting$/u) as string,
    });
    await watch.passOutage(need, { from: 'Sato', by: 'Suzuki', note: '' });
    expect(watch.findHolder(need)?.text).toMatch(/^Acknowledged by Suzuki, [^:]*:[^:]*$/u);
    await watch.passOutage(need, { from: 'Suzuki' });
    expect(watch.findHolder(need)).toBeUndefined();
    expect(state.notices.list.at(-1)?.texts[0]?.key).toBe('outage.nobody');
  });

  test('shows a problem in the dialog, which stays open, or else as a notice', async () => {
    const { console, watch, state, need } = await openOutage();
    watch.open({ kind: 'outage', need });
    await watch.passOutage(need, { by: 'Sato', note: 'password=Tr0ub4dor&3' });
    expect([watch.dialog?.kind, watch.problem?.code]).toEqual(['outage', 'outage.invalid']);
    watch.close();
    await console.api.notifications.passOutage({ clusterId: need.clusterId, by: 'Sato' });
    await watch.passOutage(need, { from: 'Suzuki' });
    expect(state.notices.list.at(-1)?.problem?.code).toBe('outage.changed');
  });
});

test('opens the credential when a system notification is clicked', async () => {
  const { console, state, row } = await openWatch();
  state.go('settings');
  console.emit('notifications', 'opened', { clusterId: row.clusterId, credentialId: row.id });
  expect(state.screen).toBe('expiry');
  await vi.waitFor(() => expect(state.details.shown?.id).toBe(row.id), { timeout: 60_000 });
});

test('sets and removes quiet hours and heartbeats without affecting other settings', async () => {
  const { watch, state } = await openWatch();
  watch.change({ quiet: { from: '22:00', to: '06:00' } });
  watch.change({ heartbeatHours: 24 });
  watch.change({ background: true });
  expect(state.settings.values.watch).toMatchObject({ quiet: { from: '22:00' }, heartbeatHours: 24, background: true });
  watch.change({ quiet: undefined });
  watch.change({ heartbeatHours: undefined });
  expect(state.settings.values.watch).toEqual({
    readEveryMinutes: 60,
    tray: true,
    background: true,
    startAtLogin: false,
  });
});
