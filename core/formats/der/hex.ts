const HEX_CODES = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

export function hexByte(byte: number): string {
  return String.fromCharCode(HEX_CODES[byte >> 4] ?? 0, HEX_CODES[byte & 15] ?? 0);
}

/** Returns lower-case digits. */
export function encodeHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let at = start;
  // Converts four bytes per call: one call per byte would build long chains of string pieces.
  for (; at + 4 <= end; at += 4) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    text += String.fromCharCode(
      HEX_CODES[a >> 4] ?? 0,
      HEX_CODES[a & 15] ?? 0,
      HEX_CODES[b >> 4] ?? 0,
      HEX_CODES[b & 15] ?? 0,
      HEX_CODES[c >> 4] ?? 0,
      HEX_CODES[c & 15] ?? 0,
      HEX_CODES[d >> 4] ?? 0,
      HEX_CODES[d & 15] ?? 0,
    );
  }
  for (; at < end; at += 1) text += hexByte(bytes[at] ?? 0);
  return text;
}

/** Accepts either case; `undefined` for other characters or an odd number of digits. */
export function decodeHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/u.test(hex)) return undefined;
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}
