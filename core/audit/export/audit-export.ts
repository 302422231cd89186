import type { SavedFile } from '../../shared/saved-file.ts';
import type { Instant } from '../../shared/instant.ts';
import { encodeBase64 } from '../../formats/der/base64.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import type { Ports } from '../../shared/ports.ts';
import type { CheckedTrail } from '../store/audit-lines.ts';
import type { CheckedLine } from '../store/audit.ts';
import { CSV_MARK, csvLine } from '../../formats/csv.ts';

export interface AuditExport {
  format: 'json' | 'csv';
  /** Every line with its faults, and finally the verdict about the whole trail. */
  lines: AsyncGenerator<CheckedLine, CheckedTrail>;
  /** Target file; replaced as a whole. */
  path: string;
}

/** Columns of the CSV form, in order; documented in `docs/data-formats.md`. */
const AUDIT_FIELDS = ['line', 'at', 'by', 'action', 'subject', 'params', 'previous', 'sha256', 'faults'];
/** Takes the place of an action in the last record of the CSV form. */
const VERDICT = 'audit.verdict';
/** Lines are written in batches. */
const LINES_AT_ONCE = 500;

/** Writes the whole trail with its faults, one batch at a time. `file.not-writable`. */
export async function exportAudit(
  ports: Pick<Ports, 'clock' | 'files' | 'crypto'>,
  { format, lines, path }: AuditExport,
): Promise<SavedFile> {
  const now = ports.clock.now();
  const text = format === 'json' ? auditJson(lines, now) : auditCsv(lines, now);
  const hash = ports.crypto.sha256OfPieces();
  let bytes = 0;
  await ports.files.replace(path, counted());
  return { name: ports.files.nameOf(path), bytes, sha256: encodeHex(hash.digest()) };

  async function* counted(): AsyncGenerator<string> {
    for await (const piece of gathered(text)) {
      hash.add(piece);
      bytes += new TextEncoder().encode(piece).length;
      yield piece;
    }
  }
}

async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting: string[] = [];
  for await (const piece of pieces) {
    waiting.push(piece);
    if (waiting.length < LINES_AT_ONCE) continue;
    yield waiting.join('');
    waiting = [];
  }
  yield waiting.join('');
}

/** One document: its date, every line as it is in the file with its SHA-256, and the verdict. */
async function* auditJson(lines: AuditExport['lines'], now: Instant): AsyncGenerator<string> {
  yield `{"generatedAt":${JSON.stringify(now)},"entries":[`;
  let before = '\n';
  const verdict = yield* streamPieces(lines, ({ line, hash, text, entry, faults, bytes }) => {
    const record = {
      line,
      sha256: hash,
      text: text ?? null,
      entry: entry ?? null,
      // Otherwise nobody could recompute its hash.
      ...(text === undefined && { base64: encodeBase64(bytes) }),
      faults: faults.map(({ rule }) => rule),
    };
    const piece = `${before}${JSON.stringify(record)}`;
    before = ',\n';
    return piece;
  });
  const { lines: count, head, faults } = verdict;
  const told = { lines: count, head, intact: faults.length === 0, faults };
  yield `\n],"verdict":${JSON.stringify(told)}}\n`;
}

async function* auditCsv(lines: AuditExport['lines'], now: Instant): AsyncGenerator<string> {
  yield `${CSV_MARK}${csvLine(AUDIT_FIELDS)}`;
  const verdict = yield* streamPieces(lines, ({ line, hash, text, entry, faults }) =>
    csvLine([
      line,
      ...(entry === undefined
        ? ['', '', '', '', text ?? '', '']
        : [entry.at, entry.by, entry.action, entry.subject, JSON.stringify(entry.params), entry.previous]),
      hash,
      faults.map(({ rule }) => rule).join(' '),
    ]),
  );
  const { lines: count, head, faults } = verdict;
  const result = faults.length === 0 ? 'intact' : 'not-intact';
  const all = faults.map(({ rule, line }) => `${line} ${rule}`).join('; ');
  yield csvLine(['', now, '', VERDICT, result, JSON.stringify({ lines: count }), '', head, all]);
}

/** Yields `piece` of each line, then returns the verdict. */
async function* streamPieces(
  lines: AuditExport['lines'],
  piece: (line: CheckedLine) => string,
): AsyncGenerator<string, CheckedTrail> {
  for (;;) {
    const { done, value } = await lines.next();
    if (done) return value;
    yield piece(value);
  }
}
