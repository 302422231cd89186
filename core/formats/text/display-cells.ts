/* Windows PowerShell aligns columns on the screen by cells, not by characters. */

/**
 * Ranges of code points that take two cells: those of East Asian Width W and F that occur in names and messages, and
 * pictographs. Source: Unicode Standard Annex #11.
 */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1aff0, 0x1b2ff],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];
const FIRST_WIDE = 0x1100;

export function isWide(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return point >= FIRST_WIDE && WIDE.some(([first, last]) => point >= first && point <= last);
}
