import { assess, type Assessment } from '../model/assess.ts';
import { filterRows, type BoardFilter } from '../model/board.ts';
import { BOARD_FIELDS, type FieldValue } from '../model/board-columns.ts';
import { sortRows, type BoardSort } from '../model/board-order.ts';
import { rowLabels } from '../model/board-search.ts';
import { columnWords } from '../text/column-words.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import type { Translate } from '../../shared/text/text.ts';

export interface BoardSelection {
  rows: readonly BoardRow[];
  filter: BoardFilter;
  sort: BoardSort;
  now: Instant;
  classes: LifetimeClasses;
  translate: Translate;
}

export function listBoard({ rows, filter, sort, now, classes, translate }: BoardSelection): Assessment[] {
  const assessed = assess(rows, { nowMs: epochMs(now), classes });
  const states = assessed.map(({ state }) => state);
  const order = sortRows(rows, states, sort, (role) => translate(`role.${role}`));
  const labels = rowLabels(columnWords(translate));
  return filterRows({ rows, states, order }, filter, labels).map((index) => assessed[index]!);
}

export function boardRecords(board: readonly Assessment[], now: Instant): Record<string, FieldValue>[] {
  const nowMs = epochMs(now);
  return board.map((one) => {
    const record: Record<string, FieldValue> = {};
    for (const { field, value } of BOARD_FIELDS) record[field] = value(one, nowMs);
    return record;
  });
}
