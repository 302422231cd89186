import { joinBytes } from '../../shared/lists.ts';
import { decodeUtf16, strictUtf8 } from '../text/text-encoding.ts';

/** Limit in bytes for an incomplete line. */
const MOST_WAITING = 64 * 1024;
const LINE_FEED = 0x0a;
/** Enough to recognise UTF-16, in which almost every second byte of program output is 0. */
const SAMPLE_BYTES = 64;
const LEAST_SAMPLE = 8;
const ZERO_SHARE = 0.4;
const NOT_TEXT = '\u{FFFD}';

type Encoding = 'bytes' | 'utf-16le' | 'utf-16be';

/**
 * Decodes the output of Windows programs: UTF-8, UTF-16 in either byte order, and code page 932 (Japanese) for lines
 * that are not UTF-8. Other bytes become U+FFFD. Chunks may end anywhere.
 */
export class OutputDecoder {
  #encoding: Encoding | undefined;
  #waiting: Uint8Array = new Uint8Array();

  take(chunk: Uint8Array): string {
    const bytes = this.#waiting.length === 0 ? chunk : joinBytes([this.#waiting, chunk]);
    if (this.#encoding === undefined && bytes.length < LEAST_SAMPLE) {
      this.#waiting = bytes.slice();
      return '';
    }
    this.#encoding ??= getEncoding(bytes);
    let end = this.#endOfLines(bytes);
    if (end === 0 && bytes.length > MOST_WAITING) end = bytes.length & ~1;
    // A copy, so that a few bytes do not keep a large chunk in memory.
    this.#waiting = bytes.slice(end);
    return this.#text(bytes.subarray(0, end));
  }

  end(): string {
    const rest = this.#waiting;
    this.#waiting = new Uint8Array();
    this.#encoding ??= getEncoding(rest);
    return this.#text(rest);
  }

  #endOfLines(bytes: Uint8Array): number {
    if (this.#encoding === 'bytes') return bytes.lastIndexOf(LINE_FEED) + 1;
    const [low, high] = this.#encoding === 'utf-16le' ? [0, 1] : [1, 0];
    for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2)
      if (bytes[at + low] === LINE_FEED && bytes[at + high] === 0) return at + 2;
    return 0;
  }

  #text(bytes: Uint8Array): string {
    if (bytes.length === 0) return '';
    if (this.#encoding !== undefined && this.#encoding !== 'bytes') return decodeUtf16(bytes, this.#encoding);
    try {
      return strictUtf8(bytes);
    } catch {
      return lineByLine(bytes);
    }
  }
}

function lineByLine(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    text += lineText(bytes.subarray(start, end));
    start = end;
  }
  return text;
}

function lineText(line: Uint8Array): string {
  try {
    return strictUtf8(line);
  } catch {
    const japanese = new TextDecoder('shift_jis').decode(line);
    return japanese.includes(NOT_TEXT) ? new TextDecoder().decode(line) : japanese;
  }
}

function getEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(bytes.length, SAMPLE_BYTES) >> 1;
  let [even, odd] = [0, 0];
  for (let at = 0; at < pairs; at += 1) {
    if (bytes[2 * at] === 0) even += 1;
    if (bytes[2 * at + 1] === 0) odd += 1;
  }
  if (pairs > 0 && odd / pairs > ZERO_SHARE && even === 0) return 'utf-16le';
  if (pairs > 0 && even / pairs > ZERO_SHARE && odd === 0) return 'utf-16be';
  return 'bytes';
}
