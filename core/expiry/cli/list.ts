import type { BoardFilter } from '../model/board.ts';
import { BOARD_COLUMNS } from '../model/board-columns.ts';
import { DEFAULT_SORT, type BoardSort } from '../model/board-order.ts';
import { LAYERS } from '../../shared/ids.ts';
import { EXPIRY_STATES } from '../../knowledge/model/credentials/expiry-state.ts';
import { boardText } from '../export/board-export.ts';
import { listBoard } from '../export/board-records.ts';
import { boardTableParts } from './board-table.ts';
import { noticeFindings, inputFault } from '../../shared/verb/findings.ts';
import { choice, choices } from '../../shared/verb/values.ts';
import { decideExitCode } from './exit-code.ts';
import { readFleet, tellUnwatched } from './fleet.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

export async function inventoryList(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, translateFile, world } = invocation;
  const { csv, html, search, out, descending = false } = line.values;
  if ([line.json, csv, html].filter(Boolean).length > 1) throw new UsageError('cli.usage.one-format');
  const filter: BoardFilter = {
    query: search ?? '',
    states: choices(invocation, 'state', EXPIRY_STATES),
    layers: choices(invocation, 'layer', LAYERS),
  };
  const column = choice(invocation, 'sort', BOARD_COLUMNS) ?? DEFAULT_SORT.column;
  const sort: BoardSort = { column, descending };
  const { fleet, findings, foreign } = await readFleet(invocation);
  const { now, classes } = fleet;
  const shown = line.values.foreign ? foreign : fleet.rows;
  const format = line.json ? 'json' : csv ? 'csv' : html ? 'html' : undefined;
  const words = format === undefined ? translate : translateFile;
  const board = listBoard({ rows: shown, filter, sort, now, classes, translate: words });
  const parts =
    format === undefined
      ? boardTableParts(board, now, invocation)
      : [boardText(format, { board, now, filter, translate: words })];
  if (out === undefined) {
    for (const part of parts)
      if (format === undefined) world.out(part);
      else world.document(part);
  } else {
    const path = world.absolute(out);
    await ports.files.replace(path, parts.join(''));
    world.notice(translate('cli.written', { path, rows: board.length }));
  }
  noticeFindings(invocation, findings);
  if (shown !== foreign) tellUnwatched(invocation, foreign);
  if (inputFault(findings)) return EXIT.usage;
  return shown === foreign ? EXIT.fine : decideExitCode(board, findings);
}
