import { isSameBytes } from '../../shared/lists.ts';

interface DecodedText {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Whether the text contains bytes that are invalid in that encoding, shown as U+FFFD. */
  damaged: boolean;
}

/** Enough to distinguish UTF-16 from UTF-8 without reading a large file twice. */
const SAMPLE_BYTES = 4096;
/** Base64, YAML and JSON are ASCII, so in UTF-16 almost every second byte is 0. */
const UTF16_ZERO_SHARE = 0.6;
/** UTF-8 text has no zero bytes. A few stray ones are tolerated; a binary file has more. */
const BINARY_ZERO_SHARE = 0.05;

/**
 * Decodes UTF-8 or UTF-16 in either byte order. Drops a byte order mark and keeps line endings. `undefined` for a
 * binary file. Windows PowerShell 5.1 writes UTF-16 LE with a mark for `>` and `Out-File`.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const encoding = findEncoding(bytes);
  if (encoding === undefined) return undefined;
  if (encoding !== 'utf-8') return { text: decodeUtf16(bytes, encoding), encoding, damaged: bytes.length % 2 === 1 };
  try {
    return { text: strictUtf8(bytes), encoding, damaged: false };
  } catch {
    // ASCII parts such as PEM remain readable.
    return { text: new TextDecoder().decode(bytes), encoding, damaged: true };
  }
}

function findEncoding(bytes: Uint8Array): DecodedText['encoding'] | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < sample; index += 2) {
    if (bytes[index] === 0) evenZeros += 1;
    if (bytes[index + 1] === 0) oddZeros += 1;
  }
  const pairs = Math.max(1, sample / 2);
  if (oddZeros / pairs > UTF16_ZERO_SHARE && evenZeros / pairs < BINARY_ZERO_SHARE) return 'utf-16le';
  if (evenZeros / pairs > UTF16_ZERO_SHARE && oddZeros / pairs < BINARY_ZERO_SHARE) return 'utf-16be';
  return (evenZeros + oddZeros) / (2 * pairs) > BINARY_ZERO_SHARE ? undefined : 'utf-8';
}

/**
 * Decodes bytes that are entirely UTF-8; throws a `TypeError` otherwise. Drops a byte order mark unless `mark` is
 * `kept`. Avoids the decoder's option `fatal`, which in Node 18 crashes on some damaged bytes and overlooks others
 * (docs/decisions/2026-11-25-tests-inside-electron.md).
 */
export function strictUtf8(bytes: Uint8Array, mark: 'left-out' | 'kept' = 'left-out'): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = mark === 'left-out' && hasMark ? bytes.subarray(3) : bytes;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  // The decoder writes U+FFFD for damaged bytes. Only text that really contains U+FFFD encodes to the original bytes.
  if (text.includes('\ufffd') && !isSameBytes(new TextEncoder().encode(text), content))
    throw new TypeError('These bytes are not UTF-8.');
  return text;
}

export function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  if (encoding === 'utf-16le') return new TextDecoder(encoding).decode(bytes);
  const turned = new Uint8Array(bytes.length & ~1);
  for (let index = 0; index < turned.length; index += 2) {
    turned[index] = bytes[index + 1] ?? 0;
    turned[index + 1] = bytes[index] ?? 0;
  }
  return new TextDecoder('utf-16le').decode(turned);
}
