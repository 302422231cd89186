import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_FILTER, filterRows, firstRows, lifeShares } from '../../../../core/expiry/model/board.ts';
import { BoardJudge } from '../../../../core/expiry/model/board-states.ts';
import { judgeRows } from '../../../support/judge-rows.ts';
import { BOARD_COLUMNS, type BoardColumn } from '../../../../core/expiry/model/board-columns.ts';
import { DEFAULT_SORT, sortRows } from '../../../../core/expiry/model/board-order.ts';
import { rowLabels, type RowLabels } from '../../../../core/expiry/model/board-search.ts';
import { columnWords } from '../../../../core/expiry/text/column-words.ts';
import { translator, type Language } from '../../../../core/shared/text/text.ts';
import '../../../support/languages.ts';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { packRows, unpackRows } from '../../../../core/inventory/model/row-columns.ts';
import { assess } from '../../../../core/expiry/model/assess.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../../../core/shared/instant.ts';
import { EXPIRY_STATES } from '../../../../core/knowledge/model/credentials/expiry-state.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const LABELS = rowLabels(columnWords(translator('en')));

function aRow(change: Partial<BoardRow> = {}): BoardRow {
  return boardRow({ notBeforeMs: NOW - DAY_MS, notAfterMs: NOW + 3 * DAY_MS, numbers: '4984580a\nc0ffee', ...change });
}

/** Makes a four-day certificate with this share of its lifetime used up. */
function makeAgedRow(share: number, change: Partial<BoardRow> = {}): BoardRow {
  const notBeforeMs = NOW - share * 4 * DAY_MS;
  return aRow({ notBeforeMs, notAfterMs: notBeforeMs + 4 * DAY_MS, ...change });
}

const EXPIRED = makeAgedRow(1.1, { name: 'expired' });
const URGENT = makeAgedRow(0.96, { name: 'urgent' });
const OVERDUE = makeAgedRow(0.9, { name: 'overdue' });
const DUE = makeAgedRow(0.77, { name: 'due' });
const FINE = makeAgedRow(0.5, { name: 'fine' });
const EARLY = makeAgedRow(-0.1, { name: 'early' });
const { notAfterMs: _, ...ENDLESS } = aRow({ name: 'endless' });

function orderNames(rows: readonly BoardRow[], order: readonly number[]): (string | undefined)[] {
  return order.map((index) => rows[index]?.name);
}

describe('a judgement of the board', () => {
  test('contains the state of every row, and counts the states', () => {
    const { states, counts } = judgeRows([FINE, EXPIRED, URGENT, ENDLESS, FINE], NOW);
    expect(states).toEqual(['fine', 'expired', 'urgent', 'unknown', 'fine']);
    expect(counts).toMatchObject({ fine: 2, expired: 1, urgent: 1, unknown: 1, 'renewal-due': 0 });
  });

  test('stays the same until the time of change that it states', () => {
    const rows = [FINE, DUE, EARLY];
    const judged = judgeRows(rows, NOW);
    expect(judgeRows(rows, judged.nextChangeMs - 1).states).toEqual(judged.states);
    expect(judgeRows(rows, judged.nextChangeMs).states).not.toEqual(judged.states);
  });

  test('states no time of change for rows that never change', () => {
    expect(judgeRows([EXPIRED, ENDLESS], NOW).nextChangeMs).toBe(Infinity);
  });
});

describe('a repeated judgement', () => {
  const roles = ['apiserver', 'cluster-ca', 'kubelet-server', 'cert-manager-token', 'kms-plugin-token'] as const;
  const anyRow = fc
    .record({
      cluster: fc.constantFrom('east', 'west', 'agent'),
      role: fc.constantFrom(...roles),
      share: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
      read: fc.constantFrom(undefined, NOW - HOUR_MS, NOW + DAY_MS),
      untilMs: fc.constantFrom(undefined, NOW + HOUR_MS),
      foreign: fc.constantFrom(undefined, 'unrelated' as const),
      isEndless: fc.boolean(),
    })
    .map(({ cluster, role, share, read: confirmedMs, untilMs, foreign, isEndless }) => {
      const refusal = {
        name: 'stop',
        namespace: 'kube-system',
        path: 'x',
        isAlone: true,
        kind: 'DNS',
        value: 'x',
      } as const;
      const change = { cluster, clusterId: cluster as ClusterId, role, foreign, confirmedMs, name: `${role}-west` };
      return {
        ...makeAgedRow(share, { ...change, layer: cluster === 'agent' ? 'moc' : 'kubernetes' }),
        ...(untilMs !== undefined && { refusals: [{ ...refusal, untilMs }] }),
        ...(isEndless && { notAfterMs: undefined }),
      };
    });

  test('has the same result as a new one at any time', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 20 }),
        fc.boolean(),
        fc.array(fc.integer({ min: -DAY_MS, max: 4 * DAY_MS }), { maxLength: 8 }),
        (made, isAdjacent, moments) => {
          const rows = isAdjacent ? made.toSorted((a, b) => (a.cluster < b.cluster ? -1 : 1)) : made;
          const judge = new BoardJudge(rows, LIFETIME_CLASSES);
          for (const ms of [...moments, ...moments.toSorted((a, b) => a - b)]) {
            const { states, counts } = judge.statesAt(NOW + ms);
            expect(judgeRows(rows, NOW + ms)).toMatchObject({ states, counts });
            expect(states).toEqual(
              assess(rows, { nowMs: NOW + ms, classes: LIFETIME_CLASSES }).map(({ state }) => state),
            );
          }
        },
      ),
    );
  });

  test('returns the same object while nothing changes', () => {
    const judge = new BoardJudge([FINE, DUE], LIFETIME_CLASSES);
    const judged = judge.statesAt(NOW);
    expect(judge.statesAt(judged.nextChangeMs - 1)).toBe(judged);
    expect(judge.statesAt(judged.nextChangeMs)).not.toBe(judged);
    expect(judge.statesAt(NOW).states).toEqual(judged.states);
  });
});

describe('the bar of a lifetime', () => {
  test('marks the present and the thresholds', () => {
    const shares = lifeShares(FINE, NOW);
    expect(shares?.now).toBeCloseTo(0.5, 4);
    expect(shares?.renewalDue).toBeCloseTo(0.75, 4);
    expect(shares?.urgent).toBeCloseTo(1 - 1 / 16, 4);
  });

  test('marks the present at one of its ends if the lifetime is over or has not begun', () => {
    expect(lifeShares(EXPIRED, NOW)?.now).toBe(1);
    expect(lifeShares(EARLY, NOW)?.now).toBe(0);
  });

  test('is absent if either end is unknown or the end is not after the start', () => {
    expect(lifeShares(ENDLESS, NOW)).toBeUndefined();
    expect(lifeShares(aRow({ notBeforeMs: NOW, notAfterMs: NOW }), NOW)).toBeUndefined();
  });
});

describe('the order of the board', () => {
  const rows = [FINE, ENDLESS, URGENT, EARLY, EXPIRED, DUE, OVERDUE];
  const { states } = judgeRows(rows, NOW);
  const sortNames = (column: BoardColumn, descending = false) =>
    orderNames(
      rows,
      sortRows(rows, states, { column, descending }, (role) => role),
    );

  test('begins with the most urgent rows if sorted by state', () => {
    expect(sortNames('state')).toEqual(['expired', 'urgent', 'overdue', 'early', 'due', 'endless', 'fine']);
  });

  test('puts unknown ends last if sorted by end of validity', () => {
    expect(sortNames('expires').at(-1)).toBe('endless');
    expect(sortNames('left', true).at(0)).toBe('endless');
  });

  test('ignores case if sorted by name', () => {
    const mixed = [aRow({ name: 'b' }), aRow({ name: 'A' }), aRow({ name: 'C' })];
    const order = sortRows(mixed, ['fine', 'fine', 'fine'], { column: 'name', descending: false }, String);
    expect(orderNames(mixed, order)).toEqual(['A', 'b', 'C']);
  });

  test('compares names by UTF-16 code units', () => {
    const unit = fc.constantFrom('a', 'b', '-', '\0', '認', '\u{1f511}', '\uffff');
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit, maxLength: 5 }), { maxLength: 60 }), (names) => {
        const list = names.map((name) => aRow({ name }));
        const states = names.map(() => 'fine' as const);
        const order = sortRows(list, states, { column: 'name', descending: false }, String);
        expect(orderNames(list, order)).toEqual(names.toSorted((left, right) => (left < right ? -1 : 1)));
      }),
    );
  });

  test('breaks ties by end, cluster and name in both directions', () => {
    const same = [
      aRow({ name: 'b', cluster: 'one' }),
      aRow({ name: 'a', cluster: 'two' }),
      aRow({ name: 'a', cluster: 'one' }),
      aRow({ name: 'z', cluster: 'zero', notAfterMs: NOW + HOUR_MS }),
    ];
    const states = same.map(() => 'fine' as const);
    for (const descending of [false, true]) {
      const order = sortRows(same, states, { column: 'layer', descending }, String);
      expect(order).toEqual([3, 2, 0, 1]);
    }
  });

  test('contains every row once, in whatever order rows are added', () => {
    const anyRow = fc.record({
      name: fc.constantFrom('a', 'B', 'c', '認証局'),
      cluster: fc.constantFrom('one', 'Two'),
      end: fc.integer({ min: -5, max: 5 }),
      role: fc.constantFrom('apiserver' as const, 'kms-plugin-token' as const),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRow, { selector: (row) => JSON.stringify(row), maxLength: 30 }),
        fc.constantFrom(...BOARD_COLUMNS),
        fc.boolean(),
        (made, column, descending) => {
          const list = made.map(({ end, ...change }) =>
            aRow({ ...change, id: JSON.stringify([change, end]) as CredentialId, notAfterMs: NOW + end * DAY_MS }),
          );
          const idsSorted = (rows: BoardRow[]) =>
            sortRows(rows, judgeRows(rows, NOW).states, { column, descending }, String).map((index) => rows[index]?.id);
          const forward = idsSorted(list);
          expect(new Set(forward).size).toBe(list.length);
          expect(idsSorted([...list].reverse())).toEqual(forward);
        },
      ),
    );
  });

  test('sorts every state by urgency', () => {
    const list = EXPIRY_STATES.map((state) => aRow({ name: state }));
    const order = sortRows(list, EXPIRY_STATES, { ...DEFAULT_SORT, descending: true }, String);
    expect(orderNames(list, order)).toEqual([...EXPIRY_STATES].reverse());
  });
});

describe('a filter', () => {
  const rows = [
    aRow({ name: 'kube-apiserver' }),
    aRow({ name: 'KMSPlugin', layer: 'moc', role: 'kms-plugin-token', cluster: 'tokyo' }),
    makeAgedRow(1.1, { name: 'old' }),
  ];
  const { states } = judgeRows(rows, NOW);
  const board = { rows, states, order: [2, 1, 0] };

  test.each<[string, Partial<typeof EMPTY_FILTER>, number[], Language?]>([
    ['an empty filter passes all rows in the given order', {}, [2, 1, 0]],
    ['a word in the search text', { query: 'kmsp' }, [1]],
    ['case and outer space do not matter', { query: '  TOKYO ' }, [1]],
    ['all words must occur', { query: 'retail old' }, [2]],
    ['words may stand in any order', { query: 'east kube-api' }, [0]],
    ['the role as the admin reads it', { query: 'plugin token' }, [1]],
    ['the role as commands call it', { query: 'kms-plugin-token' }, [1]],
    ['the layer as the admin reads it', { query: 'moc' }, [1]],
    ['no word matches across two rows', { query: 'eastkms' }, []],
    ['a fingerprint with colons and capitals', { query: '49:84:58:0A' }, [2, 1, 0]],
    ['part of a serial', { query: 'ffee' }, [2, 1, 0]],
    ['the number of a failure is not looked up in serial numbers', { query: 'fee' }, []],
    ['a word that is hex and one that is not', { query: 'ffee tokyo' }, [1]],
    ['the state as the admin reads it', { query: 'expired' }, [2]],
    ['the state as it is called in exports', { query: 'state:expired' }, [2]],
    ['the state by its Japanese title and a wide colon', { query: '状態：期限切れ' }, [2], 'ja'],
    ['the id of a state in Japanese', { query: 'STATE:Expired' }, [2], 'ja'],
    ['words in one column only', { query: 'name:kms' }, [1]],
    ['no row whose other columns have the word', { query: 'name:tokyo' }, []],
    ['columns together', { query: 'cluster:tokyo layer:moc' }, [1]],
    ['any of several values of a column', { query: 'name:old name:kms' }, [2, 1]],
    ['a value with a space', { query: 'role:"plugin token"' }, [1]],
    ['columns and words together', { query: 'state:fine plugin' }, [1]],
    ['a column without a value hides nothing', { query: 'state:' }, [2, 1, 0]],
    ['a colon after a word that is no column', { query: 'system:masters' }, []],
    ['a state', { states: ['expired'] as const }, [2]],
    ['two states', { states: ['expired', 'fine'] as const }, [2, 1, 0]],
    ['a layer', { layers: ['moc'] as const }, [1]],
    ['state and layer together', { states: ['expired'] as const, layers: ['moc'] as const }, []],
  ])('returns the expected rows: %s', (_, change, expected, language = 'en') => {
    const labels = rowLabels(columnWords(translator(language)));
    const filter = { ...EMPTY_FILTER, ...change };
    expect(filterRows(board, filter, labels)).toEqual(expected);
    expect(firstRows(board, filter, labels, 1)?.[0]).toBe(expected[0]);
  });

  test('finds the same rows if they were added in columns and some were removed', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 6 });
    const hex = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    const cluster = fc.array(fc.record({ search: text, hex, isLeftOut: fc.boolean() }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(cluster, { maxLength: 5 }), text, text, (clusters, typed, other) => {
        const made = clusters.map((rows) =>
          rows.map(({ search, hex: numbers }) => aRow({ search, id: 'c' as CredentialId, numbers: `c${numbers}` })),
        );
        const isIn = clusters.flatMap((rows) => rows.map(({ isLeftOut }) => !isLeftOut));
        const plain = made.flat().filter((_, at) => isIn[at]);
        const list = made
          .flatMap((rows) => unpackRows({ clusterId: 'c' as ClusterId, name: 'c', columns: packRows(rows) }))
          .filter((_, at) => isIn[at]);
        const all = [...list.keys()];
        const queries = [...typed].map((_, end) => typed.slice(0, end + 1));
        for (const query of [...queries, `${typed} ${other}`, ...queries.toReversed()]) {
          const words = query.split(' ').filter(Boolean);
          const board = { rows: list, states: list.map(() => 'fine' as const), order: all };
          expect(filterRows(board, { ...EMPTY_FILTER, query }, LABELS)).toEqual(
            all.filter((at) =>
              words.every(
                (word) =>
                  `${plain[at]?.search} api server apiserver kubernetes fine`.includes(word) ||
                  (word.length > 3 && `${plain[at]?.numbers}`.includes(word)),
              ),
            ),
          );
        }
      }),
    );
  });

  test('finds the same rows as a linear search', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 6 }), { maxLength: 20 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '-', ' '), maxLength: 6 }),
        (texts, typed) => {
          const list = texts.map((search) => aRow({ search, numbers: '' }));
          const all = [...list.keys()];
          const none: RowLabels = { states: new Map(), roles: new Map(), layers: new Map(), facets: new Map() };
          // Each search reuses the result of the previous one, so the test types the query letter by letter and deletes
          // it again.
          const longer = [...typed].map((_, end) => typed.slice(0, end + 1));
          for (const query of [...longer, ...longer.toReversed()]) {
            const words = query.split(' ').filter(Boolean);
            const board = { rows: list, states: list.map(() => 'fine' as const), order: all };
            expect(filterRows(board, { ...EMPTY_FILTER, query }, none)).toEqual(
              all.filter((index) => words.every((word) => texts[index]?.includes(word))),
            );
          }
        },
      ),
    );
  });
});

test('a certificate has expired one second after its end, not before', () => {
  const row = aRow({ notAfterMs: NOW });
  expect(judgeRows([row], NOW + SECOND_MS - 1).states).toEqual(['urgent']);
  expect(judgeRows([row], NOW + SECOND_MS).states).toEqual(['expired']);
});
