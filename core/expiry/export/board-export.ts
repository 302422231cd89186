import type { ExportFormat, SavedExport } from '../contract.ts';
import type { CredentialRequest } from '../../inventory/contract.ts';
import { rowKey } from '../../inventory/model/board-row.ts';
import type { Assessment } from '../model/assess.ts';
import { BOARD_FIELDS } from '../model/board-columns.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { epochMs } from '../../shared/instant.ts';
import { jsonText } from '../../shared/terminal-text.ts';
import { writeSavedFile } from '../../shared/files/saved-file.ts';
import type { Ports } from '../../shared/ports.ts';
import { boardRecords, listBoard, type BoardSelection } from './board-records.ts';
import { boardHtml, type BoardText } from './board-html.ts';
import { csvText } from '../../formats/csv.ts';

interface BoardExport {
  format: ExportFormat;
  path: string;
  /** If absent, all rows that pass the filter. */
  only?: readonly CredentialRequest[];
}

/**
 * Writes the selected rows of the board to a file. Throws `export.nothing-to-write` if there are no rows, or
 * `file.not-writable`.
 */
export async function exportBoard(
  ports: Pick<Ports, 'clock' | 'files' | 'crypto'>,
  { format, path, only, ...selection }: Omit<BoardSelection, 'now'> & BoardExport,
): Promise<SavedExport> {
  const now = ports.clock.now();
  const wanted = only && new Set(only.map(({ clusterId, credentialId: id }) => rowKey({ clusterId, id })));
  const isWanted = ({ row }: Assessment): boolean => wanted?.has(rowKey(row)) !== false;
  // The states of a cluster's rows depend on each other, so rows are left out only after all were judged.
  const board = listBoard({ ...selection, now }).filter(isWanted);
  if (board.length === 0) throw new ConsoleError('export.nothing-to-write', {});
  const file = await writeSavedFile(ports, path, boardText(format, { ...selection, board, now }));
  return { ...file, rows: board.length };
}

export function boardText(format: ExportFormat, text: BoardText): string {
  switch (format) {
    case 'csv':
      return boardCsv(text);
    case 'json':
      return `${jsonText({ generatedAt: text.now, credentials: boardRecords(text.board, text.now) })}\n`;
    case 'html':
      return boardHtml(text);
  }
}

function boardCsv({ board, now }: BoardText): string {
  const nowMs = epochMs(now);
  const fields = BOARD_FIELDS.filter(({ isJsonOnly }) => !isJsonOnly);
  const lines = board.map((one) =>
    fields.map(({ value }) => {
      const cell = value(one, nowMs);
      return typeof cell === 'boolean' ? String(cell) : cell;
    }),
  );
  return csvText([fields.map(({ field }) => field), ...lines]);
}
