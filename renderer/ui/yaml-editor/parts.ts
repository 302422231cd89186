import type { Severity } from '../../../core/shared/finding.ts';

/** Something to be told at a place of the text, in words. */
export interface EditorFinding {
  /** 1-based, as `column`; a finding without a line is about no place and is not drawn. */
  line?: number;
  column?: number;
  severity: Severity;
  message: string;
}

interface Suggestion {
  /** What is shown, and compared with what is typed. */
  text: string;
  /** What is put in; default: `text`. */
  insert?: string;
  /** Told beside it. */
  detail?: string;
}

export interface Suggestions {
  /** Where what is typed already begins, in characters from the start of the text. */
  from: number;
  options: readonly Suggestion[];
}

/** What may be written at a place, in characters from the start of a text whose lines end in line feeds. */
export type Suggest = (text: string, offset: number) => Suggestions | undefined;

/** The one place in which two texts differ. */
interface TextChange {
  from: number;
  /** Behind the last character that goes away. */
  to: number;
  inserted: string;
}

/** What makes the second text of the first, in as few characters as one place allows; nothing for equal texts. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let behind = 0;
  while (behind < shorter - from && before[before.length - 1 - behind] === after[after.length - 1 - behind])
    behind += 1;
  return { from, to: before.length - behind, inserted: after.slice(from, after.length - behind) };
}

/** How the lines of a text end: as on Windows only if all of them do, so that no other character is lost. */
export function lineSeparatorOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') && !/(?:^|[^\r])\n|\r(?!\n)/u.test(text) ? '\r\n' : '\n';
}
