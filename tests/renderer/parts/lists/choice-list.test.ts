import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem, Result } from '../../../../core/shared/problem.ts';
import { ChoiceList, MOST_CHOSEN } from '../../../../renderer/parts/lists/choice-list.svelte.ts';
import { PagedList } from '../../../../renderer/parts/lists/paged-list.svelte.ts';
import { PROBLEM } from '../../../support/console.ts';

interface Asked {
  query: string;
  offset: number;
  limit: number;
}

/** Creates a list with rows `row 0`, `row 1` and so on; a search finds those that contain the query. */
function aList(count: number) {
  const all = Array.from({ length: count }, (_, at) => `row ${String(at)}`);
  const asked: Asked[] = [];
  const problems: Problem[] = [];
  let failing: Problem | undefined;
  /** If set, answers are held back in this array. */
  let held: (() => void)[] | undefined;
  const list = new PagedList<string>(
    async (range): Promise<Result<{ total: number; rows: string[] }>> => {
      asked.push(range);
      await new Promise<void>((go) => (held === undefined ? go() : held.push(go)));
      if (failing !== undefined) return { ok: false, problem: failing };
      const found = all.filter((row) => row.includes(range.query));
      const rows = found.slice(range.offset, range.offset + range.limit);
      return { ok: true, value: { total: found.length, rows } };
    },
    { problem: (problem) => void problems.push(problem) },
  );
  return {
    list,
    asked,
    problems,
    choices: new ChoiceList(list, (row) => row),
    fail: () => (failing = PROBLEM),
    hold: () => (held = []),
    release: (place: number) => held?.[place]?.(),
  };
}

const waitForTasks = (): Promise<void> => new Promise((done) => setImmediate(done));

async function showList(count: number) {
  const all = aList(count);
  await all.list.reload();
  return all;
}

describe('a paged list', () => {
  test('requests only the pages in view, but knows the total of 100,000 rows', async () => {
    const { list, asked } = await showList(100_000);
    expect(list.total).toBe(100_000);
    list.showWindow(73_190, 30);
    await waitForTasks();
    expect(list.view.map(({ row }) => row)).toEqual(
      Array.from({ length: 30 }, (_, at) => `row ${String(73_190 + at)}`),
    );
    expect(asked.map(({ offset }) => offset)).toEqual([0, 73_000, 73_200]);
  });

  test('has no content for rows that are not yet loaded, and no rows beyond the end of the list', async () => {
    const { list, hold, release } = await showList(450);
    hold();
    list.showWindow(440, 30);
    expect(list.view).toHaveLength(10);
    expect(list.view[0]).toEqual({ index: 440, row: undefined });
    release(0);
    await waitForTasks();
    expect(list.view[9]).toEqual({ index: 449, row: 'row 449' });
  });

  test('drops the answer to an older search', async () => {
    const { list, hold, release } = await showList(300);
    hold();
    list.search('row 29');
    list.search('row 7');
    release(1);
    await waitForTasks();
    release(0);
    await waitForTasks();
    expect(list.total).toBe(11);
    expect(list.rowAt(0)).toBe('row 7');
  });

  test('keeps the old rows until the next answer', async () => {
    const { list, hold } = await showList(20);
    hold();
    list.search('row 1');
    expect(list.rowAt(5)).toBe('row 5');
  });

  test('reports a failure and keeps the old rows', async () => {
    const { list, fail, problems } = await showList(20);
    fail();
    await list.reload();
    expect(problems).toEqual([PROBLEM]);
    expect(list.total).toBe(20);
  });

  test('requests rows beyond the loaded pages in large blocks', async () => {
    const { list, asked } = await showList(3_000);
    asked.length = 0;
    expect(await list.rows(150, 2_400)).toHaveLength(2_250);
    expect(asked).toEqual([
      { query: '', offset: 200, limit: 1_000 },
      { query: '', offset: 1_200, limit: 1_000 },
      { query: '', offset: 2_200, limit: 200 },
    ]);
  });
});

describe('a choice of many rows', () => {
  const listChosen = ({ chosen }: ChoiceList<string>): string[] =>
    [...chosen.keys()].map((key) => key.replace('row ', ''));
  const press = (choices: ChoiceList<string>, key: string, shiftKey = false): boolean =>
    choices.press({ key, shiftKey }, 10);

  test('toggles the row reached by arrow keys with the space bar', async () => {
    const { choices } = await showList(30);
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', ' ']) expect(press(choices, key)).toBe(true);
    expect(listChosen(choices)).toEqual(['2']);
    press(choices, ' ');
    expect(listChosen(choices)).toEqual([]);
  });

  test('moves only within the list, and ignores unknown keys', async () => {
    const { choices } = await showList(12);
    for (const [key, at] of [
      ['Home', 0],
      ['ArrowUp', 0],
      ['PageDown', 10],
      ['PageDown', 11],
      ['End', 11],
      ['ArrowDown', 11],
      ['PageUp', 1],
    ] as const) {
      press(choices, key);
      expect(choices.current, key).toBe(at);
    }
    expect(press(choices, 'Enter')).toBe(false);
  });

  test('ignores keys in an empty list', async () => {
    const { choices } = await showList(0);
    expect(press(choices, 'ArrowDown')).toBe(false);
    expect(press(choices, ' ')).toBe(false);
  });

  test('extends a range with Shift and the arrow keys, and shrinks it in the opposite direction', async () => {
    const { choices } = await showList(30);
    choices.toggle(20);
    for (const key of ['Home', 'ArrowDown']) press(choices, key);
    for (let at = 0; at < 3; at += 1) press(choices, 'ArrowDown', true);
    await waitForTasks();
    expect(listChosen(choices)).toEqual(['20', '1', '2', '3', '4']);
    press(choices, 'ArrowUp', true);
    await waitForTasks();
    expect(listChosen(choices)).toEqual(['20', '1', '2', '3']);
  });

  test('extends a range over rows that were never in view', async () => {
    const { choices } = await showList(5_000);
    choices.toggle(10);
    await choices.extendTo(2_400);
    expect(choices.chosen.size).toBe(2_391);
    expect(choices.chosen.has('row 2400')).toBe(true);
    expect(choices.chosen.has('row 2401')).toBe(false);
  });

  test('keeps later actions when rows of a range arrive late', async () => {
    const { choices, hold, release } = await showList(5_000);
    choices.toggle(10);
    hold();
    const extended = choices.extendTo(2_000);
    choices.clear();
    for (const place of [0, 1]) {
      release(place);
      await waitForTasks();
    }
    await extended;
    expect(listChosen(choices)).toEqual([]);
  });

  test('chooses all rows that were found, and removes them from the choice the next time', async () => {
    const { choices, list } = await showList(300);
    choices.toggle(5);
    choices.search('row 29');
    await waitForTasks();
    await choices.toggleAll();
    expect(choices.chosen.size).toBe(12);
    await choices.toggleAll();
    expect(listChosen(choices)).toEqual(['5']);
    expect(list.total).toBe(11);
  });

  test('keeps chosen rows during a search', async () => {
    const { choices } = await showList(50);
    choices.toggle(7);
    choices.search('row 41');
    await waitForTasks();
    choices.toggle(0);
    expect(listChosen(choices)).toEqual(['7', '41']);
    choices.remove('row 7');
    expect(listChosen(choices)).toEqual(['41']);
  });

  test.each([
    [MOST_CHOSEN - 1, MOST_CHOSEN - 1, false],
    [MOST_CHOSEN, MOST_CHOSEN, false],
    [MOST_CHOSEN + 1, MOST_CHOSEN, true],
  ])('from a list of %i rows, chooses at most %i', async (count, chosen, isFull) => {
    const { choices } = await showList(count);
    await choices.toggleAll();
    expect(choices.chosen.size).toBe(chosen);
    expect(choices.isFull).toBe(isFull);
  });

  test('chooses the rows of a range in addition to those chosen before', async () => {
    const { choices } = await showList(60);
    const row = fc.integer({ min: 0, max: 59 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row), row, fc.array(row, { minLength: 1 }), async (before, from, ends) => {
        choices.clear();
        for (const each of before) choices.toggle(each);
        choices.toggle(from);
        const kept = [...choices.chosen.keys()];
        for (const end of ends) await choices.extendTo(end);
        const end = ends.at(-1) ?? from;
        const expected = new Set(kept);
        for (let at = Math.min(from, end); at <= Math.max(from, end); at += 1) expected.add(`row ${String(at)}`);
        expect(new Set(choices.chosen.keys())).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
