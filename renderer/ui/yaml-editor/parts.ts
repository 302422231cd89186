import type { Severity } from '../../../core/shared/finding.ts';

export interface EditorFinding {
  /** 1-based, like `column`; a finding without a line is not drawn. */
  line?: number;
  column?: number;
  severity: Severity;
  message: string;
}

interface Suggestion {
  /** The displayed text, which is also compared with the input. */
  text: string;
  /** Default: `text`. */
  insert?: string;
  detail?: string;
}

export interface Suggestions {
  /** Offset at which the input begins. */
  from: number;
  options: readonly Suggestion[];
}

/** Returns suggestions at an offset; the lines of `text` end in line feeds. */
export type Suggest = (text: string, offset: number) => Suggestions | undefined;

interface TextChange {
  from: number;
  /** Exclusive. */
  to: number;
  removed: string;
  inserted: string;
}

/** Returns the smallest single change between two texts; `undefined` if they are equal. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let behind = 0;
  while (behind < shorter - from && before[before.length - 1 - behind] === after[after.length - 1 - behind])
    behind += 1;
  const to = before.length - behind;
  return { from, to, removed: before.slice(from, to), inserted: after.slice(from, after.length - behind) };
}

/** Returns CRLF only if all lines end in it, so that no other character is lost. */
export function getLineSeparator(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') && !/(?:^|[^\r])\n|\r(?!\n)/u.test(text) ? '\r\n' : '\n';
}
