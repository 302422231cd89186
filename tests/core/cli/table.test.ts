import { expect, test } from 'vitest';
import { tableLines, type TableColumn } from '../../../core/cli/table.ts';
import { costOf } from '../../support/cost.ts';

const COLUMNS: readonly TableColumn[] = [
  { head: 'name', align: 'left' },
  { head: 'left', align: 'right' },
  { head: '', align: 'left' },
];

test('columns stand under each other in terminal cells, of which a kanji takes two', () => {
  expect(
    tableLines(COLUMNS, [
      ['東京', '3 h', 'x'],
      ['osaka', '12 h'],
      ['👩‍👩‍👧', '1 h', 'y'],
    ]),
  ).toEqual(['name   left', '東京    3 h  x', 'osaka  12 h', '👩‍👩‍👧      1 h  y']);
});

test('a long cell is cut at a whole character, and the last column is not', () => {
  const [, line = ''] = tableLines(COLUMNS, [['京'.repeat(50), '1 h', 'z'.repeat(100)]]);
  expect(line).toBe(`${'京'.repeat(39)}…   1 h  ${'z'.repeat(100)}`);
});

test('what a terminal would obey is shown as an escape, and counted as it is shown', () => {
  expect(tableLines(COLUMNS, [['a\u001bb', '1 h', '']])[1]).toBe(String.raw`a\u{1b}b   1 h`);
});

test('a table of tens of thousands of rows takes little time: text that rows share is measured once', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => [
    '■ Expired',
    `${index} h`,
    `node-${index}.contoso.example`,
  ]);
  expect(costOf(() => tableLines(COLUMNS, rows))).toBeLessThan(1_500);
});
