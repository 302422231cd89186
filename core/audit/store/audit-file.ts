import type { Files } from '../../shared/ports.ts';

const PIECE_BYTES = 1024 * 1024;
/** No genuine line is this long. Longer text is split, so a file without line endings does not fill the memory. */
const LONGEST_LINE_BYTES = 4 * 1024 * 1024;
export const LINE_END = 0x0a;

export interface FileLine {
  bytes: Uint8Array;
  /** Byte offset. */
  start: number;
  /** False for text without a line ending: the end of the file, or a piece of an overlong line. */
  isWhole: boolean;
}

/**
 * Yields the lines between two offsets in batches; `from` must be the start of a line. Splits overlong lines; only the
 * last piece counts as whole.
 */
export async function* linesOfFile(
  files: Pick<Files, 'readPart'>,
  path: string,
  { from, to }: { from: number; to: number },
  pieceBytes = PIECE_BYTES,
): AsyncGenerator<FileLine[]> {
  let kept = new Uint8Array();
  let start = from;
  for (let at = from; at < to; at += pieceBytes) {
    const read = await files.readPart(path, { from: at, to: Math.min(at + pieceBytes, to) });
    const piece = kept.length === 0 ? read : concatBytes(kept, read);
    const lines: FileLine[] = [];
    let begin = 0;
    for (let end = piece.indexOf(LINE_END); end !== -1; end = piece.indexOf(LINE_END, begin)) {
      lines.push({ bytes: piece.subarray(begin, end), start: start + begin, isWhole: true });
      begin = end + 1;
    }
    if (piece.length - begin > LONGEST_LINE_BYTES) {
      lines.push({ bytes: piece.subarray(begin), start: start + begin, isWhole: false });
      begin = piece.length;
    }
    kept = piece.slice(begin);
    start += begin;
    if (lines.length > 0) yield lines;
  }
  if (kept.length > 0) yield [{ bytes: kept, start, isWhole: false }];
}

/** Returns the offset after the last complete line; 0 if there is none. */
export async function endOfLastLine(files: Pick<Files, 'readPart'>, path: string, size: number): Promise<number> {
  for (let to = size; to > 0; to -= PIECE_BYTES) {
    const from = Math.max(0, to - PIECE_BYTES);
    const at = (await files.readPart(path, { from, to })).lastIndexOf(LINE_END);
    if (at !== -1) return from + at + 1;
  }
  return 0;
}

function concatBytes(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
