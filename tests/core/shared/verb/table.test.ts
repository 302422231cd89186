import { expect, test } from 'vitest';
import { tableLines, type TableColumn } from '../../../../core/shared/verb/table.ts';

const COLUMNS: readonly TableColumn[] = [
  { head: 'name', align: 'left' },
  { head: 'left', align: 'right' },
  { head: '', align: 'left' },
];

test('columns are aligned by the number of terminal cells, two for a kanji', () => {
  expect(
    tableLines(COLUMNS, [
      ['東京', '3 h', 'x'],
      ['osaka', '12 h'],
      ['👩‍👩‍👧', '1 h', 'y'],
    ]),
  ).toEqual(['name   left', '東京    3 h  x', 'osaka  12 h', '👩‍👩‍👧      1 h  y']);
});

test('a long cell is truncated between characters, except in the last column', () => {
  const [, line = ''] = tableLines(COLUMNS, [['京'.repeat(50), '1 h', 'z'.repeat(100)]]);
  expect(line).toBe(`${'京'.repeat(39)}…   1 h  ${'z'.repeat(100)}`);
});

test('terminal controls appear as escapes, which count towards the width', () => {
  expect(tableLines(COLUMNS, [['a\u001bb', '1 h', '']])[1]).toBe(String.raw`a\u{1b}b   1 h`);
});

test('no line ends in spaces, whatever its last cells contain', () => {
  const cells = ['', ' ', 'a', 'a ', '\t', ' b'];
  for (const first of cells)
    for (const second of cells)
      for (const third of cells) {
        const [, line = ''] = tableLines(COLUMNS, [[first, second, third]]);
        const wide = tableLines(COLUMNS, [[first, second, `${third}.`]])[1] ?? '';
        // The dot marks where the last cell ends, so that the expected line can be cut there and trimmed.
        expect(line).toBe(wide.slice(0, wide.lastIndexOf('.')).trimEnd());
      }
});
