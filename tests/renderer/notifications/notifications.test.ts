import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, instantFromMs } from '../../../core/shared/instant.ts';
import type { Finding } from '../../../core/shared/finding.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { aChannel, aRow, FakeApi, NOW_MS } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

async function aConsole() {
  const fake = new FakeApi([aRow('a', 0.5)]);
  const surroundings = { language: 'en', dark: false, readClock: () => NOW_MS };
  const console = new ConsoleState(fake.api, surroundings);
  await console.inventory.load();
  await console.watch.load();
  return { fake, console, watch: console.watch, row: aRow('a', 0.5) };
}

const FAILING: Finding = {
  rule: 'watch.channel-failing',
  severity: 'error',
  place: {},
  params: { channel: 'monitor', failures: 1, waiting: 0 },
};

describe('the health of a channel', () => {
  test('is a word for each: off, never used, working since, failing with its reason', async () => {
    const { watch } = await aConsole();
    const at = (ms: number) => instantFromMs(NOW_MS - ms);
    expect(watch.healthOf(aChannel({ enabled: false }))).toEqual({ state: 'off', text: 'Switched off' });
    expect(watch.healthOf(aChannel({}))).toEqual({ state: 'unused', text: 'Never used' });
    const worked = (ms: number) => watch.healthOf(aChannel({ status: { failures: 0, lastSuccessAt: at(ms) } }));
    expect(worked(59_000).text).toBe('Worked just now');
    expect(worked(60_000).text).toBe('Worked 1 min ago');
    const failing = aChannel({
      status: { failures: 2, lastFailure: { at: at(0), code: 'delivery.failed', params: { detail: 503 } } },
    });
    expect(watch.healthOf(failing)).toEqual({ state: 'fails', text: 'Failing, 2 tries in a row' });
    expect(watch.problemOf(failing)).toEqual({ code: 'delivery.failed', params: { detail: 503 } });
    expect(watch.problemOf(aChannel({}))).toBeUndefined();
  });
});

describe('what keeps anybody from being told', () => {
  test('is shown until it is dismissed, and again when something else is found, not for one more try', async () => {
    const { fake, watch } = await aConsole();
    const tell = (...findings: Finding[]): void => fake.fire('watchChanged', { ...fake.watch, findings });
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
  test('that cannot be saved says why in the dialog, which stays open', async () => {
    const { fake, watch, console } = await aConsole();
    watch.open({ kind: 'channel', of: 'toast' });
    fake.problems.set('saveChannel', { code: 'channel.invalid', params: { field: 'name', reason: '' } });
    const draft = { name: '', enabled: true, settings: { kind: 'toast' as const } };
    await watch.save(draft);
    expect([watch.problem?.code, watch.dialog?.kind]).toEqual(['channel.invalid', 'channel']);
    fake.problems.clear();
    await watch.save({ ...draft, name: 'here' });
    expect([watch.dialog, watch.channels.length]).toEqual([undefined, 1]);
    expect(console.notices.list.at(-1)?.texts).toEqual([{ key: 'watch.saved', values: { name: 'here' } }]);
  });

  test('is tested once at a time, and a failure is told', async () => {
    const { fake, watch, console } = await aConsole();
    fake.problems.set('testChannel', { code: 'delivery.failed', params: {} });
    const channel = aChannel({});
    await Promise.all([watch.test(channel), watch.test(channel)]);
    expect(fake.argumentsOf('testChannel')).toEqual([{ channelId: channel.id }]);
    expect(console.notices.list.at(-1)?.problem?.code).toBe('delivery.failed');
  });
});

describe('a credential that is snoozed', () => {
  test('is marked for so many days from now, and no longer than that', async () => {
    const { fake, watch, row } = await aConsole();
    watch.open({ kind: 'mark', row });
    await watch.mark(row, { kind: 'snoozed', reason: 'planned', days: '7' });
    expect(fake.argumentsOf('mark')).toMatchObject([{ until: instantFromMs(NOW_MS + 7 * DAY_MS) }]);
    expect(watch.markOf(row.id)?.reason).toBe('planned');
    expect(watch.dialog).toBeUndefined();
    await watch.unmark(row.id, row.name);
    expect(watch.markOf(row.id)).toBeUndefined();
  });
});

test('a click on a message of the system opens its credential', async () => {
  const { fake, console, row } = await aConsole();
  console.go('settings');
  fake.fire('opened', { clusterId: row.clusterId, credentialId: row.id });
  expect(console.screen).toBe('expiry');
  await vi.waitFor(() => expect(console.details.shown?.id).toBe(row.id));
});

test('quiet hours and heartbeats are set and taken away without touching the rest', async () => {
  const { watch, console } = await aConsole();
  watch.quiet({ from: '22:00', to: '06:00' });
  watch.heartbeat(24);
  watch.change({ background: true });
  expect(console.settings.values.watch).toMatchObject({
    quiet: { from: '22:00' },
    heartbeatHours: 24,
    background: true,
  });
  watch.quiet(undefined);
  watch.heartbeat(undefined);
  expect(console.settings.values.watch).toEqual({
    readEveryMinutes: 60,
    tray: true,
    background: true,
    startAtLogin: false,
  });
});
