import stringWidth from 'string-width';
import { terminalCell } from '../shared/terminal-text.ts';

export interface TableColumn {
  head: string;
  align: 'left' | 'right';
  /** Never cut, because it is copied: paths. Numbers and ids are shorter than any cut. */
  isWhole?: boolean;
}

/** Longer than any name that somebody gave on purpose; a SHA-256 in hex has 64. */
const MOST_CELLS = 80;
const CUT = '…';

/**
 * Lines of text with aligned columns two spaces apart. Widths are counted in terminal cells: a kanji takes two. A long
 * cell is cut, since one alone would widen every row; but not in the last column, which pushes nothing aside.
 */
export function tableLines(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const heads = columns.map(({ head }) => ({ text: head, width: stringWidth(head) }));
  const widths = heads.map(({ width }) => width);
  const measure = measuring();
  const shown = rows.map((row) =>
    columns.map((column, index) => {
      const cell = toCell(row[index] ?? '', column === columns.at(-1) || column.isWhole === true, measure);
      widths[index] = Math.max(widths[index] ?? 0, cell.width);
      return cell;
    }),
  );
  const line = (cells: readonly Cell[]): string => {
    let text = '';
    for (const [index, cell] of cells.entries()) {
      const gap = ' '.repeat((widths[index] ?? 0) - cell.width);
      text += `${index === 0 ? '' : '  '}${columns[index]?.align === 'right' ? gap + cell.text : cell.text + gap}`;
    }
    return text.trimEnd();
  };
  return [line(heads), ...shown.map(line)];
}

interface Cell {
  text: string;
  width: number;
}

/** Everything in it takes one cell, and is shown as it is. */
const PLAIN = /^[ -~]*$/u;

/** Measures text; the same text, such as a state that thousands of rows have, once. */
function measuring(): (text: string) => Cell {
  const measured = new Map<string, Cell>();
  return (text) => {
    let cell = measured.get(text);
    if (cell === undefined) {
      const shown = terminalCell(text);
      measured.set(text, (cell = { text: shown, width: stringWidth(shown) }));
    }
    return cell;
  };
}

function toCell(text: string, isWhole: boolean, measure: (text: string) => Cell): Cell {
  const cell = PLAIN.test(text) ? { text, width: text.length } : measure(text);
  if (isWhole || cell.width <= MOST_CELLS) return cell;
  const shortened = shorten(cell.text);
  return { text: shortened, width: stringWidth(shortened) };
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
