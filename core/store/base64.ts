const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NO_DIGIT = -1;
const ASCII_SIZE = 128;
/** Stays below the number of arguments that a call may have. */
const CHUNK_BYTES = 8_192;

const DIGITS = new Int8Array(ASCII_SIZE).fill(NO_DIGIT);
for (let digit = 0; digit < ALPHABET.length; digit += 1) DIGITS[ALPHABET.charCodeAt(digit)] = digit;

/** Base64 with padding (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  }
  return btoa(binary);
}

/**
 * The bytes of base64 with padding; `undefined` for anything that `encodeBase64` would not write. Of its own because a
 * store of 1,000 clusters decodes 40,000 texts when it is opened, and `atob` of Node 18 looks at each character twice.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = (text.length / 4) * 3 - padding;
  const bytes = new Uint8Array(length);
  const wholeGroups = text.length - (padding === 0 ? 0 : 4);
  let written = 0;
  for (let at = 0; at < wholeGroups; at += 4) {
    const group =
      (digitAt(text, at) << 18) |
      (digitAt(text, at + 1) << 12) |
      (digitAt(text, at + 2) << 6) |
      digitAt(text, at + 3);
    if (group < 0) return undefined;
    bytes[written] = group >> 16;
    bytes[written + 1] = (group >> 8) & 0xff;
    bytes[written + 2] = group & 0xff;
    written += 3;
  }
  return padding === 0 || readLastGroup(text, padding, bytes) ? bytes : undefined;
}

/** The value of a digit, negative for every other character and beyond the end. */
function digitAt(text: string, at: number): number {
  return DIGITS[text.charCodeAt(at)] ?? NO_DIGIT;
}

/** Reads the group with padding to the end of `bytes`; false when it is not one or holds bits that no byte takes. */
function readLastGroup(text: string, padding: number, bytes: Uint8Array): boolean {
  const at = text.length - 4;
  const third = padding === 2 ? 0 : digitAt(text, at + 2);
  const group = (digitAt(text, at) << 18) | (digitAt(text, at + 1) << 12) | (third << 6);
  const unused = padding === 2 ? 0xffff : 0xff;
  if (group < 0 || (group & unused) !== 0) return false;
  bytes[bytes.length - (3 - padding)] = group >> 16;
  if (padding === 1) bytes[bytes.length - 1] = (group >> 8) & 0xff;
  return true;
}
