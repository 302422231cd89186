import { BOARD_COLUMNS, type BoardColumn } from '../../core/expiry/model/board-order.ts';

/** A column of the table: one of the board's, or the bar beside the time left. */
export type ShownColumn = BoardColumn | 'life';

/** Widths in pixels: the minimum for legible text, and the share of spare width that the column takes. */
const WIDTHS: Record<ShownColumn, { least: number; grows: number }> = {
  state: { least: 140, grows: 0 },
  cluster: { least: 96, grows: 1 },
  layer: { least: 108, grows: 0 },
  role: { least: 116, grows: 1.8 },
  name: { least: 120, grows: 2 },
  issuer: { least: 92, grows: 0.8 },
  expires: { least: 140, grows: 0 },
  left: { least: 96, grows: 0 },
  life: { least: 88, grows: 0.6 },
};

/** Dropped in this order when the table is too narrow for all; the details still show them. */
const GIVEN_UP: readonly ShownColumn[] = ['issuer', 'life', 'layer', 'expires'];

/**
 * Columns in the board's own order, regardless of the order in which they were chosen; the bar follows the time left.
 */
export function tableColumns(chosen: readonly BoardColumn[]): ShownColumn[] {
  return BOARD_COLUMNS.filter((column) => chosen.includes(column)).flatMap((column) =>
    column === 'left' ? (['left', 'life'] as const) : [column],
  );
}

/** Pixels below which the columns would be cut off. */
export function leastWidth(columns: readonly ShownColumn[]): number {
  return columns.reduce((sum, column) => sum + WIDTHS[column].least, 0);
}

/** The columns among `columns` that fit in `width` pixels. */
export function fittingColumns(columns: readonly ShownColumn[], width: number): ShownColumn[] {
  let fitting = [...columns];
  for (const column of GIVEN_UP) {
    if (leastWidth(fitting) <= width) break;
    fitting = fitting.filter((kept) => kept !== column);
  }
  return fitting.length > 0 ? fitting : [...columns];
}

/** Value of `grid-template-columns`. */
export function columnTemplate(columns: readonly ShownColumn[]): string {
  return columns
    .map((column) => {
      const { least, grows } = WIDTHS[column];
      return grows === 0 ? `${least}px` : `minmax(${least}px, ${grows}fr)`;
    })
    .join(' ');
}
