import type { ExportFormat, SavedExport } from '../contract.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { BoardFilter } from '../model/board.ts';
import type { BoardSort } from '../model/board-order.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Instant } from '../../shared/instant.ts';
import { jsonText } from '../../shared/terminal-text.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import type { Translate } from '../../shared/text/text.ts';
import type { Ports } from '../../shared/ports.ts';
import { boardRecords, type BoardRecord } from './board-records.ts';
import { boardHtml } from './board-html.ts';
import { csvText } from '../../formats/csv.ts';

export interface BoardExport {
  format: ExportFormat;
  rows: readonly BoardRow[];
  filter: BoardFilter;
  sort: BoardSort;
  /** Target file; replaced as a whole. */
  path: string;
  classes: LifetimeClasses;
  translate: Translate;
}

/** Columns of the CSV and JSON forms, in order. */
export const BOARD_FIELDS = [
  'state',
  'cluster',
  'layer',
  'role',
  'name',
  'issuer',
  'kind',
  'notBefore',
  'notAfter',
  'renewalDueAt',
  'secondsLeft',
  'assumed',
  'id',
  'sample',
  'clusterId',
  'confirmedAt',
  'obstacle',
] as const satisfies readonly (keyof BoardRecord)[];

/** The board as CSV with a header line. */
function boardCsv(records: readonly BoardRecord[]): string {
  const lines = records.map((record) =>
    BOARD_FIELDS.map((field) => {
      const value = record[field];
      return typeof value === 'boolean' ? String(value) : value;
    }),
  );
  return csvText([BOARD_FIELDS, ...lines]);
}

/** The board as one JSON document: its date and the records. */
function boardJson(records: readonly BoardRecord[], now: Instant): string {
  return `${jsonText({ generatedAt: now, credentials: records })}\n`;
}

/** Writes the filtered board. Throws `export.nothing-to-write` when there are no rows, `file.not-writable`. */
export async function exportBoard(
  ports: Pick<Ports, 'clock' | 'files' | 'crypto'>,
  { format, path, rows, filter, sort, classes, translate }: BoardExport,
): Promise<SavedExport> {
  const now = ports.clock.now();
  const records = boardRecords({ rows, filter, sort, now, classes, translate });
  if (records.length === 0) throw new ConsoleError('export.nothing-to-write', {});
  const bytes = new TextEncoder().encode(boardText(format, { records, now, filter, translate }));
  await ports.files.replace(path, bytes);
  const sha256 = encodeHex(ports.crypto.sha256(bytes));
  return { name: ports.files.nameOf(path), rows: records.length, bytes: bytes.length, sha256 };
}

export interface BoardText {
  records: readonly BoardRecord[];
  now: Instant;
  filter: BoardFilter;
  translate: Translate;
}

/** The text of an export in one of its formats. */
export function boardText(format: ExportFormat, { records, now, filter, translate }: BoardText): string {
  switch (format) {
    case 'csv':
      return boardCsv(records);
    case 'json':
      return boardJson(records, now);
    case 'html':
      return boardHtml({ records, now, filter, translate });
  }
}
