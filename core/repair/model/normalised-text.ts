/*
 * The letters and digits of a text in lower case. Line breaks, JSON escapes, terminal colours and typographic quotes
 * that consoles, logs and clipboards add are removed.
 */

export interface NormalisedText {
  text: string;
  /** For each original line, the offset of its first remaining letter, or else of the next remaining letter. */
  lineStarts: readonly number[];
}

/** Prefixes of log lines. Each is tried at one position only, to avoid excessive backtracking. */
const PREFIXES: readonly RegExp[] = [
  /[ \t>|]+/y,
  /\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?:?/iy,
  /\[?\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\]?/y,
  /\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?=\s)/y,
  /[iwef]\d{4} \d\d:\d\d:\d\d\.\d{1,9} +\d{1,9} [\w.-]{1,60}:\d{1,6}\]/iy,
  /(?:stdout|stderr) [fp](?=\s)/iy,
  /[a-z]{3} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,60} [\w./-]{1,60}(?:\[\d{1,9}\])?:(?=\s)/iy,
  /(?:verbose|debug|information|warning):(?=\s)/iy,
];
/** A line may have several prefixes, such as the timestamps of a runtime and of a program. */
const MOST_PREFIXES = 8;

const ENTITY = /&(?:quot|apos|amp|lt|gt|nbsp|#39|#34|#x27|#x22);/iy;
const COLOUR = /(?:\[[\d;?]{0,40}[a-z]|\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)?)/iy;
const HEX = /[\da-f]{4}/iy;

const ESCAPE = 0x1b;
const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** After a backslash, these letters mean a line break or a tab. */
const WHITE_ESCAPES = 'nrt';

/** Runs in linear time. */
export function normaliseText(original: string): NormalisedText {
  const source = original.normalize('NFKC');
  // Each code unit of the NFKC text produces at most one letter.
  const kept = new Uint16Array(source.length);
  const lineStarts: number[] = [];
  let length = 0;
  let at = 0;
  while (at < source.length) {
    lineStarts.push(length);
    const end = findLineEnd(source, at);
    const isJson = isJsonLine(source, at, end);
    let wordStart = skipPrefixes(source, at, end);
    at = wordStart;
    let isPath = false;
    while (at < end) {
      let code = source.charCodeAt(at);
      if (code === BACKSLASH) {
        let behind = at;
        while (behind < end && source.charCodeAt(behind) === BACKSLASH) behind += 1;
        const run = behind - at;
        const isRoot = isDrive(source, at) || (at === wordStart && run > 1);
        isPath ||= isRoot && isLetter(source, behind);
        const isEscape = (isJson && run % 2 === 1) || !isPath;
        at = behind;
        if (!isEscape || at >= end) continue;
        const escape = source.charAt(at).toLowerCase();
        if (WHITE_ESCAPES.includes(escape)) {
          at += 1;
          wordStart = at;
          isPath = false;
        }
        const hex = escape === 'u' ? matchAt(HEX, source, at + 1) : undefined;
        if (hex === undefined) continue;
        code = Number.parseInt(source.slice(at + 1, hex), 16);
        at = code === ESCAPE ? (matchAt(COLOUR, source, hex) ?? hex) : hex;
      } else if (code === ESCAPE) at = matchAt(COLOUR, source, at + 1) ?? at + 1;
      else if (code === AMPERSAND) at = matchAt(ENTITY, source, at) ?? at + 1;
      else {
        at += 1;
        if (code <= 0x20) {
          wordStart = at;
          isPath = false;
        }
      }
      const letter = foldLetter(code);
      if (letter !== 0) kept[length++] = letter;
    }
    at = end + (source.charCodeAt(end) === RETURN && source.charCodeAt(end + 1) === NEWLINE ? 2 : 1);
  }
  return { text: new TextDecoder('utf-16le').decode(kept.subarray(0, length)), lineStarts };
}

function findLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN) return at;
  }
  return text.length;
}

export function lineAt({ lineStarts }: NormalisedText, offset: number): number {
  let [low, high] = [0, lineStarts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low) + 1;
}

export function choosePhrase(phrase: string): string {
  return [...phrase.normalize('NFKC').toLowerCase()]
    .filter((letter) => foldLetter(letter.charCodeAt(0)) !== 0)
    .join('');
}

/** Returns whether backslashes are JSON escapes: the line has escaped quotes or begins with a JSON value. */
function isJsonLine(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && text.charCodeAt(at) <= 0x20) at += 1;
  if (at < end && '"{'.includes(text.charAt(at))) return true;
  for (at = start; at + 1 < end; at++) {
    const [code, next] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
    if (next === 0x22 && (code === BACKSLASH || code === 0x7b || code === 0x5b)) return true;
  }
  return false;
}

function isLetter(text: string, at: number): boolean {
  return foldLetter(text.charCodeAt(at)) !== 0;
}

/** Returns whether a drive such as `C:` precedes the position. */
function isDrive(text: string, at: number): boolean {
  return text[at - 1] === ':' && isLetter(text, at - 2) && !isLetter(text, at - 3);
}

/** Returns the offset after the timestamps and similar prefixes of a log line. */
export function skipPrefixes(text: string, start = 0, end = text.length): number {
  let at = start;
  for (let count = 0; count < MOST_PREFIXES; count++) {
    const before = at;
    for (const prefix of PREFIXES) {
      const behind = matchAt(prefix, text, at);
      if (behind !== undefined && behind <= end) at = behind;
    }
    if (at === before) break;
  }
  return at;
}

function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Returns the letter or digit in lower case, or 0 for other characters. */
function foldLetter(code: number): number {
  if (code < 0x80) {
    if (code >= 0x61 && code <= 0x7a) return code;
    if (code >= 0x41 && code <= 0x5a) return code + 0x20;
    return code >= 0x30 && code <= 0x39 ? code : 0;
  }
  // Scripts in this range have no case, and the range contains few other characters.
  if (code >= 0x3041 && code <= 0xd7a3) return code;
  if (code >= 0x2000) return 0;
  const letter = String.fromCharCode(code);
  return /[\p{L}\p{N}]/u.test(letter) ? letter.toLowerCase().charCodeAt(0) : 0;
}
