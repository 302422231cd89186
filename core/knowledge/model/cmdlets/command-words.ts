export interface Word {
  /** Offset of its first character in the line. */
  at: number;
  raw: string;
  /** Without quotes and escapes. */
  value: string;
  /** Whether part of the word is quoted. */
  isQuoted: boolean;
  /** Whether it contains brackets or a variable, so that its value is unknown. */
  isExpression: boolean;
  /** `-name` or `-name:`; `null` if PowerShell reads the word as a value. */
  parameter: WrittenParameter | null;
  /** Whether a comma joins it to the previous word. */
  isListed: boolean;
}

export interface WrittenParameter {
  dash: string;
  name: string;
  /** Whether its value follows the colon. */
  hasColon: boolean;
}

export interface CommandWords {
  words: Word[];
  /** The file to which `>` redirects its output; `null` without redirection. */
  target: Word | null;
  /** Whether `&` precedes it, so that a quoted name or an expression is run rather than printed. */
  isCalled: boolean;
  /** The earlier commands in its pipeline, the nearest last. */
  piped: readonly CommandWords[];
}

export function splitNames(text: string): string[] {
  return text.trim().split(/\s+/u);
}
