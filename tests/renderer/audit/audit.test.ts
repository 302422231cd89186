import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuditLine } from '../../../core/audit/contract.ts';
import { instantFromMs } from '../../../core/shared/instant.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { FakeApi, NOW_MS } from '../fake-api.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function aLine(line: number, change: Partial<AuditLine['entry']> = {}): AuditLine {
  return {
    line,
    hash: line.toString(16).padStart(64, '0'),
    entry: {
      at: instantFromMs(NOW_MS - (1_000 - line) * 60_000),
      by: 'admin',
      action: 'channel.added',
      subject: `channel-${line}`,
      params: {},
      ...change,
    },
  };
}

/** Newest first. */
const linesTo = (count: number): AuditLine[] => Array.from({ length: count }, (_, at) => aLine(count - at));

async function opened(lines: AuditLine[], language = 'en') {
  const fake = new FakeApi([]);
  fake.auditLines = lines;
  const surroundings = { language, dark: false, readClock: () => NOW_MS };
  const console = new ConsoleState(fake.api, surroundings);
  const { audit } = console;
  audit.open();
  await vi.advanceTimersByTimeAsync(1);
  const headline = (): string => console.text.t(audit.headline.key, audit.headline.values);
  return { fake, console, audit, headline, numbers: () => audit.rows.map(({ line }) => line) };
}

describe('the answer', () => {
  test('says how many entries there are since when, and that the chain is whole', async () => {
    const { audit, headline } = await opened(linesTo(12));
    expect(headline()).toMatch(/^12 entries since 2\d November; the chain is whole\.$/u);
    expect(audit.mark).toBe('fine');
  });

  test('says nothing of a chain that has not been looked at yet, and none of an empty trail', async () => {
    const { fake, audit, headline } = await opened([]);
    expect(headline()).toBe('Nothing has been recorded yet.');
    fake.auditLines = linesTo(1);
    audit.verdict = undefined;
    const reading = audit.refresh();
    expect(audit.checking).toBe(true);
    expect(audit.mark).toBe('unknown');
    await reading;
    expect(headline()).toContain('1 entry since');
  });

  test('says how much does not fit, the first of it, and marks its lines', async () => {
    const fake = new FakeApi([]);
    fake.auditLines = linesTo(30);
    fake.auditFaults = Array.from({ length: 12 }, (_, at) => ({ rule: 'audit.chain-broken', line: at + 2 }));
    const surroundings = { language: 'en', dark: false, readClock: () => NOW_MS };
    const { audit, text } = new ConsoleState(fake.api, surroundings);
    audit.open();
    await vi.advanceTimersByTimeAsync(1);
    expect(text.t(audit.headline.key, audit.headline.values)).toBe(
      'The audit trail is not what was written: 12 faults.',
    );
    expect([audit.mark, audit.faults.length, audit.moreFaults]).toEqual(['expired', 10, 2]);
    const marked = audit.rows.filter(({ faults }) => faults.length > 0).map(({ line }) => line);
    expect(marked).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    expect(audit.rows.at(-2)?.faults).toEqual(['Line 2 of the audit trail does not follow the line before it.']);
  });
});

describe('a row', () => {
  test('tells what was done in words, on what by name, and every detail', async () => {
    const params = { name: 'apiserver', cluster: 'east', state: 'urgent', until: '2026-12-01T00:00:00Z' };
    const line = aLine(1, { action: 'credential.snoozed', subject: 'ab'.repeat(32), params });
    const { audit } = await opened([line]);
    const [row] = audit.rows;
    expect(row).toMatchObject({ action: 'Snoozed a credential', subject: 'apiserver · east' });
    const facts = Object.fromEntries((row?.facts ?? []).map(({ name, value }) => [name, value]));
    expect(facts).toMatchObject({ State: 'Urgent', Cluster: 'east', Action: 'credential.snoozed' });
    expect(facts['UTC']).toContain('UTC');
    expect(facts['Until']).toMatch(/Dec 2026/u);
    expect(facts['SHA-256 of the line']).toBe(line.hash);
  });

  test('of a program that knows more words than this one shows its word', async () => {
    const { audit } = await opened([aLine(1, { action: 'x.invented', params: { odd: true, count: 1234 } })]);
    expect(audit.rows[0]?.action).toBe('x.invented');
    expect(audit.rows[0]?.facts.map(({ name, value }) => `${name} ${value}`)).toEqual(
      expect.arrayContaining(['odd yes', 'count 1,234']),
    );
  });

  test('that cannot be read says so and keeps its place', async () => {
    const { line, hash } = aLine(2);
    const { audit } = await opened([aLine(3), { line, hash }, aLine(1)]);
    expect(audit.rows.map(({ action }) => action)).toEqual([
      'Added a channel',
      'This line cannot be read',
      'Added a channel',
    ]);
  });
});

describe('the list', () => {
  test('comes by pages, each once', async () => {
    const { audit, numbers } = await opened(linesTo(250));
    expect([numbers().length, audit.hasMore]).toEqual([100, true]);
    await audit.more();
    await audit.more();
    expect([numbers().length, audit.hasMore]).toEqual([250, false]);
    expect(new Set(numbers()).size).toBe(250);
    await audit.more();
    expect(numbers().length).toBe(250);
  });

  test('keeps what is shown when a line is added, which comes above it', async () => {
    const { fake, audit, numbers } = await opened(linesTo(250));
    await audit.more();
    audit.moveBy('End');
    fake.auditLines = [aLine(251), ...fake.auditLines];
    fake.fire('appended', { lines: 251 });
    await vi.advanceTimersByTimeAsync(1);
    expect([numbers().length, numbers()[0], audit.active]).toEqual([201, 251, 51]);
  });

  test('is read anew when the file holds something else at its place', async () => {
    const { fake, audit } = await opened(linesTo(3));
    fake.auditLines = [aLine(3), { ...aLine(2), hash: 'f'.repeat(64) }, aLine(1)];
    audit.lookAgain();
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows[1]?.hash).toBe('f'.repeat(64));
    fake.auditLines = [aLine(1)];
    audit.lookAgain();
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows).toHaveLength(1);
  });

  test('reads nothing while its screen is not shown', async () => {
    const { fake, audit, numbers } = await opened(linesTo(2));
    audit.leave();
    fake.auditLines = linesTo(3);
    fake.fire('appended', { lines: 3 });
    await vi.advanceTimersByTimeAsync(1);
    expect(numbers()).toEqual([2, 1]);
  });

  test('goes to a line and back to the newest', async () => {
    const { audit, numbers } = await opened(linesTo(250));
    audit.showLine(40);
    await vi.advanceTimersByTimeAsync(1);
    expect(numbers().slice(0, 2)).toEqual([40, 39]);
    audit.showNewest();
    await vi.advanceTimersByTimeAsync(1);
    expect(numbers()[0]).toBe(250);
  });

  test('is searched when the typing stops, and of two searches the later one counts', async () => {
    const { fake, audit } = await opened(linesTo(3));
    const asked: (string | undefined)[] = [];
    const list = fake.api.audit.list.bind(fake.api.audit);
    const answers: (() => void)[] = [];
    fake.api.audit.list = async (request) => {
      asked.push(request.query);
      const answer = await list(request);
      await new Promise<void>((resolve) => answers.push(resolve));
      return answer;
    };
    for (const query of ['l', 'lo', 'lost']) audit.search(query);
    await vi.advanceTimersByTimeAsync(199);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual(['lost']);
    fake.auditLines = linesTo(1);
    audit.filterBy('channel.added');
    await vi.advanceTimersByTimeAsync(1);
    answers[1]?.();
    await vi.advanceTimersByTimeAsync(1);
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(1);
    expect(audit.rows.map(({ line }) => line)).toEqual([1]);
    expect(audit.loading).toBe(false);
  });

  test('of a search goes on through pages without a match', async () => {
    const { fake, audit } = await opened(linesTo(3));
    const pages = [{ next: 300 }, { next: 100 }, {}];
    let asked = 0;
    fake.api.audit.list = () => {
      const page = pages[asked] ?? {};
      asked += 1;
      const lines = asked === 2 ? [aLine(120)] : [];
      return Promise.resolve({ ok: true, value: { total: 500, lines, ...page } });
    };
    audit.filterBy('channel.removed');
    await vi.advanceTimersByTimeAsync(1);
    expect([asked, audit.rows.length, audit.hasMore]).toEqual([3, 1, false]);
  });

  test('is walked with the arrow keys, and nothing happens at its ends', async () => {
    const { audit } = await opened(linesTo(3));
    expect(audit.active).toBe(3);
    const walked = ['ArrowUp', 'ArrowDown', 'End', 'ArrowDown', 'Home'].map((key) => {
      audit.moveBy(key);
      return audit.active;
    });
    expect(walked).toEqual([3, 2, 1, 1, 3]);
    expect(audit.moveBy('x')).toBe(false);
  });
});

test('an export goes to the file that was chosen, and none is made without one', async () => {
  const { fake, audit, console } = await opened(linesTo(3));
  await audit.save('json');
  expect(console.notices.list.at(-1)).toMatchObject({
    tone: 'done',
    checksum: 'ab'.repeat(32),
    texts: [{ key: 'audit.saved', values: { name: 'audit.json' } }],
  });
  const { length } = console.notices.list;
  fake.target = null;
  await audit.save('csv');
  expect(console.notices.list).toHaveLength(length);
});
