import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS } from '../../../core/shared/instant.ts';
import { actionOfKeys } from '../../../renderer/shell/commands.svelte.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { aRow, FakeApi, NOW_MS, PROBLEM } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

async function aConsole(api = new FakeApi([aRow('old', 1.2), aRow('new', 0.2, { cluster: 'tokyo' })])) {
  let nowMs = NOW_MS;
  const state = new ConsoleState(api.api, { language: 'ja-JP', dark: true, readClock: () => nowMs });
  await state.settings.load();
  await state.inventory.load();
  return { state, api, later: (ms: number) => ((nowMs += ms), state.now.tick()) };
}

const press = (key: string, held: Partial<Parameters<typeof actionOfKeys>[0]> = {}) =>
  actionOfKeys({ key, ctrlKey: true, metaKey: false, shiftKey: false, altKey: false, ...held });

describe('settings', () => {
  test('follow the system until something is chosen', async () => {
    const { state } = await aConsole();
    expect(state.settings).toMatchObject({ language: 'ja', theme: 'dark' });
    state.settings.systemThemeChanged(false);
    expect(state.settings.theme).toBe('light');
    state.settings.switchTheme();
    state.settings.switchLanguage();
    expect(state.settings).toMatchObject({ language: 'en', theme: 'dark' });
    expect(state.text.t('state.expired')).toBe('Expired');
  });

  test('that could not be saved are told', async () => {
    const { state, api } = await aConsole();
    api.failing.add('change');
    state.settings.switchTheme();
    await vi.advanceTimersByTimeAsync(400);
    expect(state.notices.list).toMatchObject([{ problem: PROBLEM }]);
  });

  test('changed by somebody else do not undo what is not saved yet', async () => {
    const { state, api } = await aConsole();
    state.settings.change({ density: 'comfortable' });
    api.fire('changed', { ...api.settings, theme: 'light' });
    expect(state.settings.values).toMatchObject({ density: 'comfortable', theme: 'light' });
  });
});

describe('shortcuts', () => {
  test.each([
    ['Ctrl+K', 'palette.open', press('k')],
    ['Ctrl+P', 'export.print', press('p')],
    ['Ctrl+F', 'search.focus', press('f')],
    ['Ctrl+Shift+O', 'import.folders', press('O', { shiftKey: true })],
    ['Cmd+,', 'settings.open', press(',', { ctrlKey: false, metaKey: true })],
    ['F1', 'shortcuts.open', press('F1', { ctrlKey: false })],
    ['a plain letter', undefined, press('k', { ctrlKey: false })],
    ['with Alt', undefined, press('k', { altKey: true })],
  ])('%s is %s', (_, expected, action) => {
    expect(action).toBe(expected);
  });
});

describe('the palette', () => {
  test('finds actions, clusters and credentials, and runs the chosen one', async () => {
    const { state } = await aConsole();
    state.run('palette.open');
    expect(state.dialog).toBe('palette');
    state.commands.search('tokyo');
    expect(state.commands.results.map(({ kind, text }) => [kind, text])).toEqual([
      ['cluster', 'tokyo'],
      ['credential', 'new'],
    ]);
    state.commands.moveBy('ArrowDown');
    const chosen = state.commands.results[state.commands.active];
    if (chosen !== undefined) state.commands.runResult(chosen);
    await vi.advanceTimersByTimeAsync(0);
    expect(state.dialog).toBeUndefined();
    expect(state.details.shown?.id).toBe('new');
  });

  test('goes round its ends', async () => {
    const { state } = await aConsole();
    state.commands.moveBy('ArrowUp');
    expect(state.commands.active).toBe(state.commands.results.length - 1);
    state.commands.moveBy('ArrowDown');
    expect(state.commands.active).toBe(0);
  });

  test('offers no export of an empty board', async () => {
    const { state } = await aConsole(new FakeApi());
    const ids = state.commands.results.map((result) => result.kind === 'action' && result.id);
    expect(ids).toContain('import.files');
    expect(ids).not.toContain('export.csv');
  });
});

describe('the details', () => {
  test('show the latest of several selected rows', async () => {
    const { state, api } = await aConsole();
    state.showMostUrgent();
    state.board.moveBy('ArrowDown', 10);
    state.details.follow();
    await vi.advanceTimersByTimeAsync(200);
    expect(state.details.shown?.id).toBe('new');
    expect(api.argumentsOf('details')).toHaveLength(2);
  });

  test('say the answer first, and anew as time goes by', async () => {
    const { state, later } = await aConsole();
    state.settings.change({ language: 'en' });
    state.showMostUrgent();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.details.state).toBe('expired');
    expect(state.details.line.values?.['span']).toBe('19 h 11 min');
    later(2 * DAY_MS);
    expect(state.details.line.values?.['span']).toBe('2 d 19 h');
  });

  test('close when their cluster is forgotten', async () => {
    const { state, api } = await aConsole();
    state.showMostUrgent();
    await vi.advanceTimersByTimeAsync(0);
    api.fire('clusterForgotten', { clusterId: 'retail-east' });
    expect(state.details.open).toBe(false);
  });

  test('keep their size within limits and over a restart', async () => {
    const { state, api } = await aConsole();
    const { details } = state;
    details.resize(5);
    expect(details.size).toBe(details.limits.least);
    details.resizeBy(1_000);
    expect(details.size).toBe(details.limits.most);
    await state.settings.save();
    expect((await aConsole(api)).state.details.size).toBe(details.limits.most);
  });
});

describe('export', () => {
  test('writes what the board shows and tells the checksum', async () => {
    const { state, api } = await aConsole();
    state.board.search('tokyo');
    state.run('export.csv');
    await vi.advanceTimersByTimeAsync(0);
    expect(api.argumentsOf('chooseTarget')).toEqual([{ suggestedName: 'arcwarden-2026-11-24.csv', format: 'csv' }]);
    expect(api.argumentsOf('board')).toMatchObject([{ format: 'csv', filter: { query: 'tokyo' } }]);
    expect(state.notices.list[0]?.checksum).toHaveLength(64);
  });

  test('that was cancelled writes nothing', async () => {
    const { state, api } = await aConsole();
    api.api.application.chooseTarget = () => Promise.resolve({ ok: true, value: null });
    state.run('export.html');
    await vi.advanceTimersByTimeAsync(0);
    expect(api.argumentsOf('board')).toEqual([]);
  });

  test('writes the report for management under a name of its own', async () => {
    const { state, api } = await aConsole();
    state.run('export.report');
    await vi.advanceTimersByTimeAsync(0);
    expect(api.argumentsOf('chooseTarget')).toEqual([
      { suggestedName: 'arcwarden-report-2026-11-24.html', format: 'html' },
    ]);
    expect(api.argumentsOf('report')).toEqual([{ target: 'target' }]);
    expect(state.notices.list[0]?.checksum).toHaveLength(64);
  });

  test('is made with the language that was chosen a moment ago', async () => {
    const { state, api } = await aConsole();
    state.settings.switchLanguage();
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    const methods = api.asked.map(({ method }) => method);
    expect(methods.indexOf('change')).toBeGreaterThan(-1);
    expect(methods.indexOf('print')).toBeGreaterThan(methods.indexOf('change'));
  });

  test('waits for a language that is being saved already', async () => {
    const { state, api } = await aConsole();
    let saved = (): void => undefined;
    api.held.set('change', new Promise((resolve) => (saved = resolve)));
    state.settings.switchLanguage();
    await vi.advanceTimersByTimeAsync(400);
    expect(api.argumentsOf('change')).toHaveLength(1);
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect(api.argumentsOf('print')).toEqual([]);
    saved();
    await vi.advanceTimersByTimeAsync(0);
    expect(api.argumentsOf('print')).toHaveLength(1);
  });

  test('prints the report, and says nothing of a dialog that was cancelled', async () => {
    const { state, api } = await aConsole();
    api.printed = false;
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect([api.argumentsOf('print').length, state.notices.list]).toEqual([1, []]);
    api.printed = true;
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect(state.notices.list).toMatchObject([{ texts: [{ key: 'export.printed' }] }]);
    api.failing.add('print');
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect(state.notices.list).toContainEqual(expect.objectContaining({ problem: PROBLEM }));
  });
});

describe('commands of the menu', () => {
  test('are carried out', async () => {
    const { state, api } = await aConsole();
    const screens: [string, string][] = [
      ['report.open', 'report'],
      ['settings.open', 'settings'],
      ['search.focus', 'expiry'],
    ];
    for (const [command, screen] of screens) {
      api.fire('command', { command });
      expect(state.screen).toBe(screen);
    }
    api.fire('command', { command: 'about.open' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state).toMatchObject({ dialog: 'about', about: { version: '0.1.0' } });
  });
});

test('the age of the data is told, and called old after a day', async () => {
  const { state, later } = await aConsole();
  expect(state.dataAge?.kind).toBe('now');
  later(DAY_MS / 2);
  expect(state.dataAge?.kind).toBe('fresh');
  later(DAY_MS / 2);
  expect(state.dataAge?.kind).toBe('old');
});

test('a copy is shown at its button for a moment, and read out', async () => {
  const { state, api } = await aConsole();
  await state.clipboard.copy({ source: 'b1', text: 'abc', said: 'Copied' });
  expect(api.argumentsOf('copy')).toEqual([{ text: 'abc' }]);
  expect(state.clipboard.copied).toBe('b1');
  expect(state.notices.announcement).toBe('Copied');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(state.clipboard.copied).toBeUndefined();
});

test('a message goes away by itself, a problem stays', async () => {
  const { notices } = (await aConsole()).state;
  notices.done([{ key: 'action.copied' }]);
  notices.problem(PROBLEM);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(notices.list.map(({ tone }) => tone)).toEqual(['problem']);
});

test('the clock ticks every half minute, every second while something short is in view, and asks main nothing', async () => {
  const { state, api } = await aConsole();
  const asked = api.asked.length;
  const ticks = vi.spyOn(state.now, 'tick');
  const stop = state.now.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ticks).toHaveBeenCalledTimes(2);
  state.now.watchClosely(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ticks).toHaveBeenCalledTimes(12);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ticks).toHaveBeenCalledTimes(12);
  expect(api.asked).toHaveLength(asked);
});
