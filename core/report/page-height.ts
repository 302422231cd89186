/*
 * How much of a printed page something takes, estimated from above: a report has one page a cluster, and what repair needs
 * must not push the sources onto a second one. Millimetres.
 */

/** Height that Letter leaves between the margins of the report; A4 is taller. A little is kept back. */
export const PAGE_MM = 246;

/** A kind of text: how much of it goes on a line of 180 mm, and how high that line is. */
export interface TextKind {
  /** Latin letters; others, such as kanji, are twice as wide. */
  letters: number;
  lineMm: number;
}

/** 9.5 points, with lines of 1.4. */
export const BODY: TextKind = { letters: 104, lineMm: 4.7 };
/** 12 points, bold. */
export const LEAD: TextKind = { letters: 76, lineMm: 6 };
/** 8 points. */
export const SMALL: TextKind = { letters: 124, lineMm: 4 };
/** 8.5 points, every letter as wide as any other. */
export const COMMAND: TextKind = { letters: 96, lineMm: 4.3 };

/** Wide in the fonts of Japanese: everything from the CJK radicals on. */
const WIDE = /[\u2e80-\uffff]/gu;

/** `indentMm` is taken from the width of each line. */
export function heightOf(text: string, { letters, lineMm }: TextKind, indentMm = 0): number {
  const fitting = letters * (1 - indentMm / 180);
  const length = text.length + (text.match(WIDE)?.length ?? 0);
  return Math.max(1, Math.ceil(length / fitting)) * lineMm;
}
