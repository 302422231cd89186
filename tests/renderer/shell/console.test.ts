import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandId } from '../../../core/shared/commands.ts';
import { DAY_MS } from '../../../core/shared/instant.ts';
import { loadArticleSearch } from '../../../renderer/knowledge/article-search.svelte.ts';
import { findShortcutAction } from '../../../renderer/shell/commands.svelte.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { dataAge } from '../../../renderer/shell/data-age.ts';
import { openConsole, PROBLEM, type TestConsole } from '../../support/console.ts';
import { certificateFiles } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const FILES = await certificateFiles({ name: 'old', share: 1.2 }, { name: 'new', share: 0.2, cluster: 'tokyo' });

async function openWindow(files = FILES) {
  const console = await openConsole();
  if (files !== NONE) await console.import(files);
  const state = await console.open({ language: 'ja-JP', dark: true });
  return { state, console, later: (ms: number) => ((console.clockMs += ms), state.now.tick()) };
}

const NONE = {};

const press = (key: string, held: Partial<Parameters<typeof findShortcutAction>[0]> = {}) =>
  findShortcutAction({ key, ctrlKey: true, metaKey: false, shiftKey: false, altKey: false, ...held });

describe('settings', () => {
  test('follow the operating system until the admin chooses a language and a theme', async () => {
    const { state } = await openWindow();
    expect(state.settings).toMatchObject({ language: 'ja', theme: 'dark' });
    state.settings.systemThemeChanged(false);
    expect(state.settings.theme).toBe('light');
    state.settings.switchTheme();
    state.settings.switchLanguage();
    expect(state.settings).toMatchObject({ language: 'en', theme: 'dark' });
    expect(state.text.t('state.expired')).toBe('Expired');
  });

  test('reports settings that cannot be saved', async () => {
    const { state, console } = await openWindow();
    console.fail('settings', 'change');
    state.settings.switchTheme();
    await vi.advanceTimersByTimeAsync(400);
    expect(state.notices.list).toMatchObject([{ problem: PROBLEM }]);
  });

  test('keeps unsaved changes when another window changes other settings', async () => {
    const { state, console } = await openWindow();
    state.settings.change({ density: 'comfortable' });
    await console.api.settings.change({ theme: 'light' });
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
  ])('assigns %s to %s', (_, expected, action) => {
    expect(action).toBe(expected);
  });
});

describe('the palette', () => {
  test('finds actions, clusters and credentials, and runs or opens the chosen one', async () => {
    const { state, console } = await openWindow();
    state.run('palette.open');
    expect(state.dialog).toBe('palette');
    state.commands.query = 'tokyo';
    expect(state.commands.results.map(({ kind, text }) => [kind, text])).toEqual([
      ['cluster', 'tokyo'],
      ['credential', 'new'],
    ]);
    const chosen = state.commands.results[1];
    if (chosen !== undefined) state.commands.runResult(chosen);
    await vi.advanceTimersByTimeAsync(0);
    expect(state.dialog).toBeUndefined();
    expect(state.details.shown?.id).toBe(console.credentialId('new'));
  });

  test('lists a failure first if its number was typed, although a credential matches too', async () => {
    const { state } = await openWindow(await certificateFiles({ name: 'f07-client', share: 0.2 }));
    await loadArticleSearch();
    state.commands.query = 'F07';
    const kinds = state.commands.results.map(({ kind }) => kind);
    expect(kinds[0]).toBe('article');
    expect(kinds).toContain('credential');
  });

  test('does not offer an export of an empty board', async () => {
    const { state } = await openWindow(NONE);
    const keys = state.commands.results.map(({ key }) => key);
    expect(keys).toContain('action import.files');
    expect(keys).not.toContain('action export.csv');
  });

  test.each([
    ['power off', 'action view.power-off'],
    ['rename', 'setting clusters'],
    ['revoke', 'action revocation.create'],
    ['expiry', 'action view.credentials'],
    ['renew kubeconfig', 'action repair.open'],
    ['passphrase', 'action authority.open'],
    ['pasphrase', 'action authority.open'],
    ['threshold', 'setting thresholds'],
    ['teams', 'setting channels'],
    ['電源', 'action view.power-off'],
    ['名前', 'setting clusters'],
    ['失効', 'action revocation.open'],
    ['期限', 'action view.credentials'],
    ['しきい値', 'setting thresholds'],
    ['F07', 'article failure F07'],
    ['ｆ０７', 'article failure F07'],
  ])('finds for “%s” first %s, in whatever language the window is', async (query, key) => {
    const { state } = await openWindow();
    await loadArticleSearch();
    for (const language of ['en', 'ja'] as const) {
      state.settings.change({ language });
      state.commands.query = query;
      expect(state.commands.results[0]?.key).toBe(key);
    }
  });

  test.each([
    ['repair tok', 'Repair tokyo', 'repair'],
    ['tokyo 修復', 'Repair tokyo', 'repair'],
    ['tokyoを修復', 'Repair tokyo', 'repair'],
    ['update tokyo', 'Plan the update of tokyo', 'update'],
    ['open tokyo', 'Open tokyo', 'cluster'],
  ])('understands “%s” as “%s”', async (query, text, screen) => {
    const { state } = await openWindow();
    state.settings.change({ language: 'en' });
    state.commands.query = query;
    const [first] = state.commands.results;
    expect(first).toMatchObject({ kind: 'deed', text });
    if (first !== undefined) state.commands.runResult(first);
    expect(state.screen).toBe(screen);
  });

  test('begins a revocation of the certificate that was named', async () => {
    const { state } = await openWindow();
    state.commands.query = 'revoke new';
    const [first] = state.commands.results;
    expect(first).toMatchObject({ kind: 'deed', icon: 'revocation' });
    if (first !== undefined) state.commands.runResult(first);
    await vi.waitFor(() => expect(state).toMatchObject({ screen: 'revocation', revocation: { step: 'impact' } }));
    await vi.waitFor(() =>
      expect(state.revocation.judgement?.objects.flatMap(({ draft }) => draft.entries)).toHaveLength(1),
    );
  });

  test('lists what was used last first while nothing is typed, also after a restart', async () => {
    const { state, console } = await openWindow();
    const use = (query: string): void => {
      state.commands.query = query;
      const [first] = state.commands.results;
      if (first !== undefined) state.commands.runResult(first);
    };
    use('tokyo');
    use('audit');
    use('tokyo');
    await state.settings.save();
    const { commands } = await console.open();
    expect(commands.groups[0]).toMatchObject({ kind: 'recent' });
    expect(commands.groups[0]?.results.map(({ key }) => key)).toEqual([
      `cluster ${console.clusterId('tokyo')}`,
      'action audit.open',
    ]);
    const keys = commands.results.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the details', () => {
  const showOld = (state: ConsoleState, console: TestConsole): void =>
    state.showCredential({ clusterId: console.clusterId('retail-east'), credentialId: console.credentialId('old') });

  test('belong to the last of several rows that were selected', async () => {
    const { state, console } = await openWindow();
    showOld(state, console);
    state.board.moveBy('ArrowDown', 10);
    state.details.follow();
    await vi.advanceTimersByTimeAsync(200);
    expect(state.details.shown?.id).toBe(console.credentialId('new'));
    expect(console.calls('inventory', 'details')).toHaveLength(2);
  });

  test('state the verdict first, and are updated as time passes', async () => {
    const { state, console, later } = await openWindow();
    state.settings.change({ language: 'en' });
    showOld(state, console);
    await vi.advanceTimersByTimeAsync(0);
    expect(state.details.state).toBe('expired');
    expect(state.details.line.values?.['span']).toBe('19 h 12 min');
    later(2 * DAY_MS);
    expect(state.details.line.values?.['span']).toBe('2 d 19 h');
  });

  test('are closed when their cluster is removed', async () => {
    const { state, console } = await openWindow();
    showOld(state, console);
    await vi.advanceTimersByTimeAsync(0);
    await console.api.inventory.forget({ clusterId: console.clusterId('retail-east') });
    expect(state.details.open).toBe(false);
  });

  test('keep their size within limits and after a restart', async () => {
    const { state, console } = await openWindow();
    const { details } = state;
    details.resize(5);
    expect(details.size).toBe(details.limits.least);
    details.resizeBy(1_000);
    expect(details.size).toBe(details.limits.most);
    await state.settings.save();
    expect((await console.open()).details.size).toBe(details.limits.most);
  });
});

describe('export', () => {
  test('writes the content of the board and displays the checksum', async () => {
    const { state, console } = await openWindow();
    state.board.search('tokyo');
    state.run('export.csv');
    await vi.advanceTimersByTimeAsync(0);
    expect(console.calls('application', 'chooseTarget')).toEqual([
      { suggestedName: 'arcwarden-2026-11-24.csv', format: 'csv' },
    ]);
    expect(console.calls('export', 'board')).toMatchObject([{ format: 'csv', filter: { query: 'tokyo' } }]);
    expect(state.notices.list[0]?.checksum).toHaveLength(64);
  });

  test('writes nothing if the admin cancels the dialog', async () => {
    const { state, console } = await openWindow();
    console.target = null;
    state.run('export.html');
    await vi.advanceTimersByTimeAsync(0);
    expect(console.calls('export', 'board')).toEqual([]);
  });

  test('writes the management report to a file with its own suggested name', async () => {
    const { state, console } = await openWindow();
    state.run('export.report');
    await vi.advanceTimersByTimeAsync(0);
    expect(console.calls('application', 'chooseTarget')).toEqual([
      { suggestedName: 'arcwarden-report-2026-11-24.html', format: 'html' },
    ]);
    expect(new TextDecoder().decode(await console.files.read('/saved', Infinity))).toMatch(/^<!doctype html>/u);
    expect(state.notices.list[0]?.checksum).toHaveLength(64);
  });

  test('exports in the most recently chosen language', async () => {
    const { state, console } = await openWindow();
    state.settings.switchLanguage();
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    const methods = console.asked.map(({ method }) => method);
    expect(methods.indexOf('settings.change')).toBeGreaterThan(-1);
    expect(methods.indexOf('export.print')).toBeGreaterThan(methods.indexOf('settings.change'));
  });

  test('starts the export only after the chosen language has been saved', async () => {
    const { state, console } = await openWindow();
    const save = console.hold('settings', 'change');
    state.settings.switchLanguage();
    await vi.advanceTimersByTimeAsync(400);
    expect(console.calls('settings', 'change')).toHaveLength(1);
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect(console.calls('export', 'print')).toEqual([]);
    save(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(console.calls('export', 'print')).toHaveLength(1);
  });

  test('prints the report, and reports success or failure, but nothing if the dialog is cancelled', async () => {
    const { state, console } = await openWindow();
    console.isPrinted = false;
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect([console.calls('export', 'print').length, state.notices.list]).toEqual([1, []]);
    console.isPrinted = true;
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect(state.notices.list).toMatchObject([{ texts: [{ key: 'export.printed' }] }]);
    console.fail('export', 'print');
    state.run('export.print');
    await vi.advanceTimersByTimeAsync(0);
    expect(state.notices.list).toContainEqual(expect.objectContaining({ problem: PROBLEM }));
  });
});

describe('commands of the menu', () => {
  test('runs the commands of the menu in the page', async () => {
    const { state, console } = await openWindow();
    const screens: [CommandId, string][] = [
      ['report.open', 'report'],
      ['settings.open', 'settings'],
      ['search.focus', 'expiry'],
    ];
    for (const [command, screen] of screens) {
      console.emit('application', 'command', { command });
      expect(state.screen).toBe(screen);
    }
    console.emit('application', 'command', { command: 'about.open' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state).toMatchObject({ dialog: 'about', about: { facts: { version: '0.1.0' } } });
  });
});

test('treats data as old one day after its import', async () => {
  const { state, later } = await openWindow();
  const age = () => dataAge(state.inventory.lastImportAt ?? expect.unreachable(), state.now.current).kind;
  expect(age()).toBe('now');
  later(DAY_MS / 2);
  expect(age()).toBe('fresh');
  later(DAY_MS / 2);
  expect(age()).toBe('old');
});

test('confirms a copy briefly at its button, and announces it', async () => {
  const { state, console } = await openWindow();
  await state.clipboard.copy({ source: 'b1', text: 'abc', said: 'Copied' });
  expect(console.calls('application', 'copy')).toEqual([{ text: 'abc' }]);
  expect(state.clipboard.copied).toBe('b1');
  expect(state.notices.announcement).toBe('Copied');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(state.clipboard.copied).toBeUndefined();
});

test('removes a message after a while, but keeps a problem', async () => {
  const { notices } = (await openWindow()).state;
  notices.success([{ key: 'action.copied' }]);
  notices.problem(PROBLEM);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(notices.list.map(({ tone }) => tone)).toEqual(['problem']);
});

test('updates the clock every half minute, or every second while a short time span is in view, without calling main', async () => {
  const { state, console } = await openWindow();
  const asked = console.asked.length;
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
  expect(console.asked).toHaveLength(asked);
});

test('keeps a notice about a file that another program has open', async () => {
  const { state, console } = await openWindow(NONE);
  console.emit('application', 'waiting', { path: 'C:\\data\\index.json' });
  await vi.advanceTimersByTimeAsync(60_000);
  const [notice] = state.notices.list;
  const [text] = notice?.texts ?? [];
  expect(notice?.tone).toBe('remark');
  expect(text && state.text.t(text.key, text.values)).toContain('C:\\data\\index.json');
});
