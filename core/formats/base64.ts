const WHITESPACE = /[\s\u00a0\u200b\ufeff]+/gu;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const INVALID = 255;

const VALUES = new Uint8Array(128).fill(INVALID);
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value;
VALUES['-'.charCodeAt(0)] = VALUES['+'.charCodeAt(0)] ?? INVALID;
VALUES['_'.charCodeAt(0)] = VALUES['/'.charCodeAt(0)] ?? INVALID;

/**
 * Bytes of Base64 text in the usual or the URL alphabet, whatever white space is in it and whether padded or not;
 * `undefined` when a character or the length is impossible. Source: RFC 4648 sections 4 and 5.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(WHITESPACE, '');
  const end = compact.endsWith('==')
    ? compact.length - 2
    : compact.endsWith('=')
      ? compact.length - 1
      : compact.length;
  const padded = end !== compact.length;
  if (end % 4 === 1 || (padded && compact.length % 4 !== 0)) return undefined;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let length = 0;
  let bits = 0;
  let bitCount = 0;
  for (let index = 0; index < end; index++) {
    const code = compact.charCodeAt(index);
    const value = code < 128 ? (VALUES[code] ?? INVALID) : INVALID;
    if (value === INVALID) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[length++] = (bits >> bitCount) & 0xff;
    }
  }
  return bytes;
}

/** Base64 with padding, in lines of `lineLength` characters joined by `\n`; one line by default. */
export function encodeBase64(bytes: Uint8Array, lineLength = Infinity): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.subarray(index, index + 3);
    const triple = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += ALPHABET.charAt(triple >> 18) + ALPHABET.charAt((triple >> 12) & 63);
    text += second === undefined ? '=' : ALPHABET.charAt((triple >> 6) & 63);
    text += third === undefined ? '=' : ALPHABET.charAt(triple & 63);
  }
  if (text.length <= lineLength) return text;
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += lineLength) {
    lines.push(text.slice(start, start + lineLength));
  }
  return lines.join('\n');
}
