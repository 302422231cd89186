import type { Severity } from '../../../core/shared/finding.ts';

/** A message about a place in the text, in words. */
export interface EditorFinding {
  /** 1-based, as is `column`; a finding without a line belongs to no place and is not drawn. */
  line?: number;
  column?: number;
  severity: Severity;
  message: string;
}

interface Suggestion {
  /** The text shown, which is also compared with the input. */
  text: string;
  /** The text inserted; default: `text`. */
  insert?: string;
  /** Shown beside it. */
  detail?: string;
}

export interface Suggestions {
  /** Where the input begins, in characters from the start of the text. */
  from: number;
  options: readonly Suggestion[];
}

/** What may be written at a position, in characters from the start of a text with line feeds as line ends. */
export type Suggest = (text: string, offset: number) => Suggestions | undefined;

/** The one place in which two texts differ. */
interface TextChange {
  from: number;
  /** After the last character that is removed. */
  to: number;
  inserted: string;
}

/** The smallest change in one place that turns the first text into the second; `undefined` for equal texts. */
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

/** The line end of a text: CRLF only if all lines use it, so that no other character is lost. */
export function getLineSeparator(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') && !/(?:^|[^\r])\n|\r(?!\n)/u.test(text) ? '\r\n' : '\n';
}
