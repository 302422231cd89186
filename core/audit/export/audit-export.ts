import type { SavedFile } from '../../shared/files/saved-file.ts';
import type { Instant } from '../../shared/instant.ts';
import { encodeBase64 } from '../../formats/der/base64.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import type { Ports } from '../../shared/ports.ts';
import type { CheckedTrail } from '../store/audit-lines.ts';
import type { CheckedLine } from '../store/audit.ts';
import { CSV_MARK, csvLine } from '../../formats/csv.ts';

export interface AuditExport {
  format: 'json' | 'csv';
  lines: AsyncGenerator<CheckedLine, CheckedTrail>;
  path: string;
}

/** CSV columns; documented in `docs/data-formats.md`. */
const AUDIT_FIELDS = ['line', 'at', 'by', 'action', 'subject', 'params', 'previous', 'sha256', 'faults'];
const VERDICT = 'audit.verdict';
const LINES_AT_ONCE = 500;

/** Throws `file.not-writable`. */
export async function exportAudit(
  ports: Pick<Ports, 'clock' | 'files' | 'crypto'>,
  { format, lines, path }: AuditExport,
): Promise<SavedFile> {
  const now = ports.clock.now();
  const form = format === 'json' ? jsonForm(now) : csvForm(now);
  const hash = ports.crypto.sha256OfPieces();
  let bytes = 0;
  const countPiece = (piece: string): string => {
    hash.add(piece);
    bytes += new TextEncoder().encode(piece).length;
    return piece;
  };
  await ports.files.replace(path, pieces());
  return { name: ports.files.fileName(path), bytes, sha256: encodeHex(hash.digest()) };

  async function* pieces(): AsyncGenerator<string> {
    let waiting = [form.head];
    let next = await lines.next();
    for (; next.done !== true; next = await lines.next()) {
      waiting.push(form.record(next.value));
      if (waiting.length < LINES_AT_ONCE) continue;
      yield countPiece(waiting.join(''));
      waiting = [];
    }
    yield countPiece(`${waiting.join('')}${form.verdict(next.value)}`);
  }
}

interface Form {
  head: string;
  record: (line: CheckedLine) => string;
  verdict: (trail: CheckedTrail) => string;
}

function jsonForm(now: Instant): Form {
  let before = '\n';
  return {
    head: `{"generatedAt":${JSON.stringify(now)},"entries":[`,
    record: ({ line, hash, text, entry, faults, bytes }) => {
      const record = {
        line,
        sha256: hash,
        text: text ?? null,
        entry: entry ?? null,
        // The hash can be recomputed only from these bytes.
        ...(text === undefined && { base64: encodeBase64(bytes) }),
        faults: faults.map(({ rule }) => rule),
      };
      const piece = `${before}${JSON.stringify(record)}`;
      before = ',\n';
      return piece;
    },
    verdict: ({ lines, head, faults }) =>
      `\n],"verdict":${JSON.stringify({ lines, head, intact: faults.length === 0, faults })}}\n`,
  };
}

function csvForm(now: Instant): Form {
  return {
    head: `${CSV_MARK}${csvLine(AUDIT_FIELDS)}`,
    record: ({ line, hash, text, entry, faults }) =>
      csvLine([
        line,
        ...(entry === undefined
          ? ['', '', '', '', text ?? '', '']
          : [entry.at, entry.by, entry.action, entry.subject, JSON.stringify(entry.params), entry.previous]),
        hash,
        faults.map(({ rule }) => rule).join(' '),
      ]),
    verdict: ({ lines, head, faults }) => {
      const result = faults.length === 0 ? 'intact' : 'not-intact';
      const all = faults.map(({ rule, line }) => `${line} ${rule}`).join('; ');
      return csvLine(['', now, '', VERDICT, result, JSON.stringify({ lines }), '', head, all]);
    },
  };
}
