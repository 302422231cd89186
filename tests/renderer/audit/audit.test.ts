import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createHash } from 'node:crypto';
import type { AuditAction } from '../../../core/shared/contract/audit-action.ts';
import { serializeEntry, NO_LINE, type AuditEntry } from '../../../core/audit/store/audit-lines.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { instantFromMs, type Instant } from '../../../core/shared/instant.ts';
import { SCHEMA_VERSION } from '../../../core/store/migrations.ts';
import { boardRow } from '../../support/board-rows.ts';
import { certificateFiles } from '../../support/fleet.ts';
import { DATA_FOLDER, NOW_MS, openConsole } from '../../support/console.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** Changes to a line of the trail, which by default records an added channel; a string replaces the whole line. */
type Change = Partial<Omit<AuditEntry, 'action'> & { action: AuditAction | 'x.invented' }> | string;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Returns the files of a trail with this many lines, one minute apart; `changes` modifies single lines by number. */
function trail(count: number, changes: Record<number, Change> = {}): Record<string, string> {
  let previous = NO_LINE.hash;
  const lines = Array.from({ length: count }, (_, at) => {
    const line = at + 1;
    const change = changes[line] ?? {};
    const instant = instantFromMs(NOW_MS - (1_000 - line) * 60_000);
    const usual = { line, at: instant, by: 'admin', action: 'channel.added', subject: `channel-${line}`, params: {} };
    const text = typeof change === 'string' ? change : serializeEntry({ ...usual, previous, ...change });
    previous = sha256(text);
    return `${text}\n`;
  });
  const head = JSON.stringify({ schema: SCHEMA_VERSION, lines: count, hash: previous });
  return { [`${DATA_FOLDER}/audit.jsonl`]: lines.join(''), [`${DATA_FOLDER}/audit-head.json`]: head };
}

async function openAudit(files: Record<string, string>) {
  const console = await openConsole({ files });
  const state = console.openWindow();
  const { audit } = state;
  audit.open();
  await vi.advanceTimersByTimeAsync(1);
  return {
    console,
    state,
    audit,
    headline: (): string => state.text.t(audit.headline.key, audit.headline.values),
    numbers: () => audit.rows.map(({ line }) => line),
    /** Appends another line, as an operation of the console does. */
    append: async (): Promise<void> => {
      const record = { by: 'admin', action: 'channel.removed', subject: 'one more' } as const;
      await console.data.audit.append(record);
      await vi.advanceTimersByTimeAsync(1);
    },
    /** Replaces the files, as another program would. */
    replace: (others: Record<string, string>): void => {
      for (const [path, text] of Object.entries(others)) console.files.put(path, text);
    },
  };
}

describe('the headline', () => {
  test('states the number of entries, the date of the first one, and that the chain is intact', async () => {
    const { audit, headline } = await openAudit(trail(12));
    expect(headline()).toMatch(/^12 lines since 2\d November; the chain is intact\.$/u);
    expect(audit.mark).toBe('fine');
  });

  test('does not claim that an unverified chain or an empty trail is intact', async () => {
    const { console, audit, headline } = await openAudit({});
    expect(headline()).toBe('Nothing has been recorded yet.');
    audit.leave();
    await console.data.audit.append({ by: 'admin', action: 'channel.added', subject: 'a' });
    audit.verdict = undefined;
    const reading = audit.refresh();
    expect(audit.checking).toBe(true);
    expect(audit.mark).toBe('unknown');
    await reading;
    expect(headline()).toContain('1 line since');
  });

  test('states the number of faults, describes the first ten, and marks every faulty line', async () => {
    const broken = Array.from({ length: 12 }, (_, at): [number, Change] => [at + 2, { previous: 'f'.repeat(64) }]);
    const { audit, headline } = await openAudit(trail(30, Object.fromEntries(broken)));
    expect(headline()).toBe('The audit trail was tampered with or damaged: 12 faults.');
    expect([audit.mark, audit.faults.length, audit.moreFaults]).toEqual(['expired', 10, 2]);
    const marked = audit.rows.filter(({ faults }) => faults.length > 0).map(({ line }) => line);
    expect(marked).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    expect(audit.rows.at(-2)?.faults).toEqual(['Line 2 of the audit trail does not follow the line before it.']);
  });
});

describe('a row', () => {
  test('describes the action and its object in words, and lists every detail', async () => {
    const params = { name: 'apiserver', cluster: 'east', state: 'urgent', until: '2026-12-01T00:00:00Z' };
    const files = trail(1, { 1: { action: 'credential.snoozed', subject: 'ab'.repeat(32), params } });
    const { audit } = await openAudit(files);
    const [row] = audit.rows;
    expect(row).toMatchObject({ action: 'Snooze a credential', subject: 'apiserver · east' });
    const facts = Object.fromEntries((row?.facts ?? []).map(({ name, values }) => [name, values[0]]));
    expect(facts).toMatchObject({ State: 'Urgent', Cluster: 'east', Action: 'credential.snoozed' });
    expect(facts['UTC']).toContain('UTC');
    expect(facts['Until']).toMatch(/Dec 2026/u);
    expect(facts['SHA-256 of the line']).toBe(sha256(files[`${DATA_FOLDER}/audit.jsonl`]?.trimEnd() ?? ''));
  });

  test('names the object of an id by its present name', async () => {
    const { console, state, audit } = await openAudit({});
    await console.import(await certificateFiles({ share: 0.5 }));
    await state.inventory.load();
    const [row] = state.inventory.rows;
    const { id = '', name, cluster } = row ?? {};
    await console.data.audit.append({ by: 'admin', action: 'credential.unmarked', subject: id });
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows[0]?.subject).toBe(`${name} · ${cluster}`);
  });

  test('names no cluster for a credential that several clusters have', async () => {
    const { state, audit } = await openAudit(
      trail(1, { 1: { action: 'credential.unmarked', subject: 'ab'.repeat(32) } }),
    );
    const shared = { id: 'ab'.repeat(32) as CredentialId, name: 'shared' };
    state.inventory.rows = ['east', 'west'].map((cluster) => boardRow({ ...shared, cluster }));
    expect(audit.rows[0]?.subject).toBe('shared');
  });

  test('says that a credential is no longer in the inventory only after the inventory has been read', async () => {
    const subject = 'ab'.repeat(32);
    const { state, audit } = await openAudit(trail(1, { 1: { action: 'credential.unmarked', subject } }));
    expect(audit.rows[0]?.subject).toBe('abababababab…');
    await state.inventory.load();
    expect(audit.rows[0]?.subject).toBe('abababababab… (no longer in the inventory)');
  });

  test.each<[AuditAction, string]>([
    ['run.ended', '0123456789abcdef'],
    ['channel.removed', '0123456789abcdef'],
    ['revocation.discarded', '0123456789abcdef'],
  ])('does not claim that the object of %s was ever in the inventory', async (action, subject) => {
    const { state, audit } = await openAudit(trail(1, { 1: { action, subject } }));
    await state.inventory.load();
    expect(audit.rows[0]?.subject).toBe(subject);
  });

  test('names changed settings by their titles', async () => {
    const subject = 'language, watch.quiet.from, invented';
    const { audit } = await openAudit(trail(1, { 1: { action: 'settings.changed', subject } }));
    expect(audit.rows[0]?.subject).toBe('Language, Notifications, invented');
  });

  test('is listed below its day, with its time only', async () => {
    const { audit, append } = await openAudit(trail(2, { 1: { at: '2026-11-20T12:00:00Z' as Instant } }));
    const keys = () => audit.days.map(({ day, key, rows }) => [day, key, rows.map(({ line, time }) => [line, time])]);
    const before = keys();
    expect(before).toEqual([
      ['23 November', '23 November 0', [[2, expect.stringMatching(/^\d\d:\d\d$/u)]]],
      ['20 November', '20 November 0', [[1, '12:00']]],
    ]);
    await append();
    expect(keys().map(([, key]) => key)).toEqual(['24 November 0', ...before.map(([, key]) => key)]);
  });

  test('names the object of an act and the numbers of both of its lines', async () => {
    const act = { action: 'inventory.imported', subject: '' } as const;
    const params = { act: 'a1', path: 'C:\\certs' };
    const other = { action: 'channel.added', subject: 'b', params: { act: 'b1', phase: 'begun' } } as const;
    const { audit } = await openAudit(
      trail(3, {
        1: { ...act, params: { ...params, phase: 'begun' } },
        2: other,
        3: { ...act, params: { ...params, phase: 'done' } },
      }),
    );
    expect(audit.rows.map(({ line, action, subject }) => [line, action, subject])).toEqual([
      [3, 'Import files: done', 'C:\\certs'],
      // The outcome of this act is unknown.
      [2, 'Add a channel: started', 'b'],
    ]);
    expect(audit.rows[0]?.facts).toContainEqual(expect.objectContaining({ name: 'Started' }));
    expect(audit.rows[0]?.facts.find(({ name }) => name === 'Started')?.values[0]).toMatch(/2026.*, line 1$/u);
    expect([audit.moveBy('ArrowDown'), audit.active]).toEqual([true, 2]);
  });

  test('shows a separate row for the line that began an act if that line has a fault', async () => {
    const { audit } = await openAudit(
      trail(3, {
        2: { params: { act: 'a1', phase: 'begun' }, previous: 'f'.repeat(64) },
        3: { params: { act: 'a1', phase: 'done' } },
      }),
    );
    expect(audit.rows.map(({ line, faults }) => [line, faults.length])).toEqual([
      [3, 0],
      [2, 1],
      [1, 0],
    ]);
    audit.showLine(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows.map(({ line }) => line)).toEqual([1]);
  });

  test('shows an unknown action as it was recorded', async () => {
    const { audit } = await openAudit(trail(1, { 1: { action: 'x.invented', params: { odd: true, count: 1234 } } }));
    expect(audit.rows[0]?.action).toBe('x.invented');
    expect(audit.rows[0]?.facts.map(({ name, values }) => `${name} ${values[0]}`)).toEqual(
      expect.arrayContaining(['odd yes', 'count 1,234']),
    );
  });

  test('keeps an unreadable line in its place and states that it cannot be read', async () => {
    const { audit } = await openAudit(trail(3, { 2: 'no line of a trail' }));
    expect(audit.rows.map(({ action }) => action)).toEqual([
      'Add a channel',
      'This line cannot be read',
      'Add a channel',
    ]);
  });
});

describe('the list', () => {
  test('loads pages on request, each page once', async () => {
    const { audit, numbers } = await openAudit(trail(250));
    expect([numbers().length, audit.hasMore]).toEqual([100, true]);
    await audit.more();
    await audit.more();
    expect([numbers().length, audit.hasMore]).toEqual([250, false]);
    expect(new Set(numbers()).size).toBe(250);
    await audit.more();
    expect(numbers().length).toBe(250);
  });

  test('keeps its lines in place when a new line appears above them', async () => {
    const { append, audit, numbers } = await openAudit(trail(250));
    await audit.more();
    audit.moveBy('End');
    await append();
    expect([numbers().length, numbers()[0], audit.active]).toEqual([201, 251, 51]);
  });

  test('reloads the list when the displayed part of the file changes', async () => {
    const { replace, audit } = await openAudit(trail(3));
    replace(trail(3, { 2: { subject: 'another' } }));
    audit.lookAgain();
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows[1]?.subject).toBe('another');
    replace(trail(1));
    audit.lookAgain();
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows).toHaveLength(1);
  });

  test('does not read the file while the screen is hidden', async () => {
    const { append, audit, numbers } = await openAudit(trail(2));
    audit.leave();
    await append();
    expect(numbers()).toEqual([2, 1]);
  });

  test('jumps to a line and back to the newest line', async () => {
    const { audit, numbers } = await openAudit(trail(250));
    audit.showLine(40);
    await vi.advanceTimersByTimeAsync(1);
    expect(numbers().slice(0, 2)).toEqual([40, 39]);
    audit.showNewest();
    await vi.advanceTimersByTimeAsync(1);
    expect(numbers()[0]).toBe(250);
  });

  test('runs a search after a pause in typing, and shows only the result of the later of two searches', async () => {
    const { console, audit } = await openAudit(trail(3, { 2: { action: 'channel.removed' } }));
    const answer = console.hold('audit', 'list');
    const queries = () =>
      console
        .calls('audit', 'list')
        .slice(1)
        .map(({ query }) => query);
    for (const query of ['c', 'ch', 'channel']) audit.search(query);
    await vi.advanceTimersByTimeAsync(199);
    expect(queries()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(queries()).toEqual(['channel']);
    audit.filterBy('channel.removed');
    await vi.advanceTimersByTimeAsync(1);
    answer(1);
    await vi.advanceTimersByTimeAsync(1);
    answer(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows.map(({ line }) => line)).toEqual([2]);
    expect(audit.loading).toBe(false);
  });

  test('continues a search through pages without a match', async () => {
    const { console, audit } = await openAudit(trail(3));
    // Main answers after it has examined 20,000 lines, even without a match.
    const pages = [{ next: 300 }, { next: 100 }, {}];
    const found = await console.api.audit.list({ limit: 1 });
    const match = found.ok ? found.value.lines : [];
    let asked = 0;
    console.override('audit', 'list', () => {
      const page = pages[asked] ?? {};
      asked += 1;
      return Promise.resolve({ ok: true, value: { total: 500, lines: asked === 2 ? match : [], ...page } });
    });
    audit.filterBy('channel.removed');
    await vi.advanceTimersByTimeAsync(1);
    expect([asked, audit.rows.length, audit.hasMore]).toEqual([3, 1, false]);
  });

  test('moves through the list with the arrow keys and stops at both ends', async () => {
    const { audit } = await openAudit(trail(3));
    expect(audit.active).toBe(3);
    const walked = ['ArrowUp', 'ArrowDown', 'End', 'ArrowDown', 'Home'].map((key) => {
      audit.moveBy(key);
      return audit.active;
    });
    expect(walked).toEqual([3, 2, 1, 1, 3]);
    expect(audit.moveBy('x')).toBe(false);
  });
});

test('exports to the chosen file; does nothing if no file is chosen', async () => {
  const { console, state, audit } = await openAudit(trail(3));
  console.target = '/audit.json';
  await audit.save('json');
  expect(state.notices.list.at(-1)).toMatchObject({
    tone: 'done',
    checksum: sha256(new TextDecoder().decode(await console.files.read('/audit.json', Infinity))),
    texts: [{ key: 'audit.saved', values: { name: 'audit.json' } }],
  });
  const { length } = state.notices.list;
  console.target = null;
  await audit.save('csv');
  expect(state.notices.list).toHaveLength(length);
});
