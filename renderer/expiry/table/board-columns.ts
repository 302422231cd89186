import {
  BOARD_COLUMNS,
  SHOWN_COLUMNS,
  SHOWN_FACTS,
  type BoardColumn,
  type ShownColumn,
} from '../../../core/expiry/model/board-columns.ts';
import type { ColumnWidths } from '../../../core/expiry/model/settings.ts';

const GIVEN_UP = SHOWN_COLUMNS.filter((column) => SHOWN_FACTS[column].givenUp !== undefined).sort(
  (one, other) => (SHOWN_FACTS[one].givenUp ?? 0) - (SHOWN_FACTS[other].givenUp ?? 0),
);

/** Adds the columns that are drawn beside others. */
export function tableColumns(chosen: readonly BoardColumn[]): ShownColumn[] {
  return chosen.flatMap((column) => [column, ...SHOWN_COLUMNS.filter((each) => SHOWN_FACTS[each].beside === column)]);
}

/** Adds a column before the first one that usually follows it. */
export function insertColumn(columns: readonly BoardColumn[], column: BoardColumn): BoardColumn[] {
  const usual = BOARD_COLUMNS.indexOf(column);
  const next = columns.findIndex((each) => BOARD_COLUMNS.indexOf(each) > usual);
  return columns.toSpliced(next === -1 ? columns.length : next, 0, column);
}

/** Moves a column to the place of another. */
export function placeColumn(columns: readonly BoardColumn[], column: BoardColumn, other: BoardColumn): BoardColumn[] {
  return columns.filter((each) => each !== column).toSpliced(columns.indexOf(other), 0, column);
}

/** Returns the width in pixels below which the columns would be cut off. */
export function leastWidth(columns: readonly ShownColumn[], widths: ColumnWidths = {}): number {
  return columns.reduce((sum, column) => sum + (widths[column] ?? SHOWN_FACTS[column].width.least), 0);
}

export function fitColumns(columns: readonly ShownColumn[], width: number, widths: ColumnWidths = {}): ShownColumn[] {
  let fitting = [...columns];
  for (const column of GIVEN_UP) {
    if (leastWidth(fitting, widths) <= width) break;
    fitting = fitting.filter((kept) => kept !== column);
  }
  return fitting.length > 0 ? fitting : [...columns];
}

export function columnTemplate(columns: readonly ShownColumn[], widths: ColumnWidths = {}): string {
  return columns
    .map((column) => {
      const { least, grows } = SHOWN_FACTS[column].width;
      const chosen = widths[column];
      return chosen !== undefined || grows === 0 ? `${chosen ?? least}px` : `minmax(${least}px, ${grows}fr)`;
    })
    .join(' ');
}
