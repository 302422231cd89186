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
  const shown = rows.map((row) => columns.map((column, index) => cellText(row[index] ?? '', column, columns.at(-1))));
  const widths = columns.map(({ head }, index) =>
    shown.reduce((widest, row) => Math.max(widest, stringWidth(row[index] ?? '')), stringWidth(head)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? '';
        const gap = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell)));
        return align === 'left' ? cell + gap : gap + cell;
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ head }) => head)), ...shown.map(line)];
}

function cellText(text: string, column: TableColumn, last: TableColumn | undefined): string {
  const cell = terminalCell(text);
  if (column === last || column.isWhole === true || stringWidth(cell) <= MOST_CELLS) return cell;
  let kept = '';
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(cell)) {
    width += stringWidth(segment);
    if (width > MOST_CELLS - stringWidth(CUT)) break;
    kept += segment;
  }
  return kept + CUT;
}
