import {
  SHOWN_COLUMNS,
  SHOWN_FACTS,
  type BoardColumn,
  type ShownColumn,
} from '../../../core/expiry/model/board-columns.ts';

const GIVEN_UP = SHOWN_COLUMNS.filter((column) => SHOWN_FACTS[column].givenUp !== undefined).sort(
  (one, other) => (SHOWN_FACTS[one].givenUp ?? 0) - (SHOWN_FACTS[other].givenUp ?? 0),
);

/** Returns columns in the order of the board, whatever the order in which they were chosen. */
export function tableColumns(chosen: readonly BoardColumn[]): ShownColumn[] {
  return SHOWN_COLUMNS.filter((column) => {
    const { beside = column } = SHOWN_FACTS[column];
    return chosen.some((each) => each === beside);
  });
}

/** Returns the width in pixels below which the columns would be cut off. */
export function leastWidth(columns: readonly ShownColumn[]): number {
  return columns.reduce((sum, column) => sum + SHOWN_FACTS[column].width.least, 0);
}

export function fitColumns(columns: readonly ShownColumn[], width: number): ShownColumn[] {
  let fitting = [...columns];
  for (const column of GIVEN_UP) {
    if (leastWidth(fitting) <= width) break;
    fitting = fitting.filter((kept) => kept !== column);
  }
  return fitting.length > 0 ? fitting : [...columns];
}

export function columnTemplate(columns: readonly ShownColumn[]): string {
  return columns
    .map((column) => {
      const { least, grows } = SHOWN_FACTS[column].width;
      return grows === 0 ? `${least}px` : `minmax(${least}px, ${grows}fr)`;
    })
    .join(' ');
}
