import stringWidth from 'string-width';
import { terminalCell } from '../terminal-text.ts';

/** A plain text is the header of a left-aligned column. */
export type TableColumn = string | ColumnOptions;

interface ColumnOptions {
  head: string;
  align?: 'left' | 'right';
  /** Whether cells stay whole, because people copy paths. Numbers and ids are never long enough to be cut. */
  isWhole?: boolean;
}

/** Longer than any name chosen on purpose; a SHA-256 in hex has 64 characters. */
const MOST_CELLS = 80;
const CUT = '…';

/**
 * Aligns columns two spaces apart, in terminal cells: a kanji takes two. Cuts a long cell, which would widen every row,
 * except in the last column.
 */
export function tableLines(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  return [...eachLine(columns, rows)];
}

export function tabulate(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  return tableLines(columns, rows).join('\n');
}

/** Yields the lines one at a time: nobody needs a hundred thousand lines together. */
export function* eachLine(
  given: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): Generator<string, void> {
  const columns = given.map((column): ColumnOptions => (typeof column === 'string' ? { head: column } : column));
  const heads = columns.map(({ head }) => head);
  const widest = heads.map((head) => stringWidth(head));
  const measure = createMeasurer();
  const last = columns.length - 1;
  const isWhole = columns.map((column, index) => index === last || column.isWhole === true);
  /** The widths of all cells, row by row: objects for a million cells would take longer than everything else. */
  const widths = new Uint32Array(rows.length * columns.length);
  const shown = rows.map((row, at) => {
    let changed: string[] | undefined;
    for (let index = 0; index < columns.length; index += 1) {
      const text = row[index] ?? '';
      const cell = PLAIN.test(text) && text.length <= MOST_CELLS ? undefined : measure(text, isWhole[index]!);
      const width = cell?.width ?? text.length;
      widths[at * columns.length + index] = width;
      if (width > widest[index]!) widest[index] = width;
      // Most rows appear unchanged, and a copy of each would be kept until the last row is measured.
      if (cell !== undefined && cell.text !== text) (changed ??= [...row])[index] = cell.text;
    }
    return changed ?? row;
  });
  const isRight = columns.map(({ align }) => align === 'right');
  const blanks = Array.from({ length: Math.max(0, ...widest) + 1 }, (_, width) => ' '.repeat(width));
  const line = (cells: readonly string[], widthOf: (index: number) => number): string => {
    // Trailing blanks are not written: removing them later would copy each line.
    let end = cells.length - 1;
    while (end >= 0 && cells[end]!.trimEnd() === '') end -= 1;
    let text = '';
    for (let index = 0; index <= end; index += 1) {
      const cell = cells[index]!;
      const gap = blanks[widest[index]! - widthOf(index)]!;
      if (index > 0) text += '  ';
      if (index === end) return text + (isRight[index] ? gap : '') + cell.trimEnd();
      text += isRight[index] ? gap + cell : cell + gap;
    }
    return text;
  };
  yield line(heads, (index) => stringWidth(heads[index]!));
  for (const [at, cells] of shown.entries()) yield line(cells, (index) => widths[at * columns.length + index]!);
}

interface Cell {
  text: string;
  width: number;
}

/** Matches text in which every character takes one cell and appears unchanged. */
const PLAIN = /^[ -~]*$/u;

/** Measures repeated text, such as a state, only once. */
function createMeasurer(): (text: string, isWhole: boolean) => Cell {
  const [wholes, others] = [new Map<string, Cell>(), new Map<string, Cell>()];
  return (text, isWhole) => {
    const measured = isWhole ? wholes : others;
    let cell = measured.get(text);
    if (cell === undefined) {
      const whole = terminalCell(text);
      const shown = isWhole || stringWidth(whole) <= MOST_CELLS ? whole : shorten(whole);
      measured.set(text, (cell = { text: shown, width: stringWidth(shown) }));
    }
    return cell;
  };
}

function shorten(cell: string): string {
  let kept = '';
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(cell)) {
    width += stringWidth(segment);
    if (width > MOST_CELLS - stringWidth(CUT)) break;
    kept += segment;
  }
  return kept + CUT;
}
