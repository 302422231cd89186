export interface Word {
  /** Offset in the line. */
  at: number;
  raw: string;
  /** Without quotes and escapes. */
  value: string;
  /** Part of the word is quoted. */
  isQuoted: boolean;
  /** The word contains brackets or a variable, so its value is unknown. */
  isExpression: boolean;
  /** `-name` or `-name:`; `null` if PowerShell reads the word as a value. */
  parameter: { dash: string; name: string; hasColon: boolean } | null;
  /** A comma joins the word to the previous one. */
  isListed: boolean;
}

export interface CommandWords {
  words: Word[];
  /** The files to which `>` redirects its output, errors and other streams. */
  targets: Word[];
  /** `&` precedes the command, so a quoted name or an expression is run rather than printed. */
  isCalled: boolean;
  /** The earlier commands in its pipeline, the nearest last. */
  piped: readonly CommandWords[];
  /** Whether the command is in parentheses, so that its output is a value. */
  isNested: boolean;
  /** The offsets of the statement that contains the command. */
  from: number;
  to: number;
}

export function splitNames(text: string): string[] {
  return text.trim().split(/\s+/u);
}
