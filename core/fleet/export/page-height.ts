/*
 * Upper estimates, in millimetres, of heights on a printed page. The repair section must not push the sources onto a
 * second page.
 */

/** Height between the margins on US Letter, less a small reserve; A4 is taller. */
export const PAGE_MM = 246;

/** Characters per line of 180 mm, and the height of a line. */
interface TextKind {
  /** Number of Latin letters; another character, such as a kanji, counts as two. */
  letters: number;
  lineMm: number;
}

/** 9.5 points. */
export const BODY: TextKind = { letters: 104, lineMm: 4.7 };
/** 12 points, bold. */
export const LEAD: TextKind = { letters: 76, lineMm: 6 };
/** 8 points. */
export const SMALL: TextKind = { letters: 124, lineMm: 4 };
/** 8.5 points, monospaced. */
export const COMMAND: TextKind = { letters: 96, lineMm: 4.3 };

/** All characters from the CJK radicals onwards are wide in Japanese fonts. */
const WIDE = /[\u2e80-\uffff]/gu;

export function measureHeight(text: string, { letters, lineMm }: TextKind, indentMm = 0): number {
  const fitting = letters * (1 - indentMm / 180);
  const length = text.length + (text.match(WIDE)?.length ?? 0);
  return Math.max(1, Math.ceil(length / fitting)) * lineMm;
}
