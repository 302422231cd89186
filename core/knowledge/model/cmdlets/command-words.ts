/* A line of PowerShell, split into commands and words. */

export interface Word {
  /** Offset of its first character in the line. */
  at: number;
  raw: string;
  /** Without quotes and escapes. */
  value: string;
  /** Part of it is quoted. */
  isQuoted: boolean;
  /** Contains brackets or a variable, so its value is unknown. */
  isExpression: boolean;
  /** `-name` or `-name:`; `null` where PowerShell reads the word as a value. */
  parameter: WrittenParameter | null;
  /** A comma joins it to the word before. */
  isListed: boolean;
}

/** A parameter as it is written. */
export interface WrittenParameter {
  dash: string;
  name: string;
  /** Its value follows the colon. */
  hasColon: boolean;
}

/** One command with its arguments. */
export interface CommandWords {
  words: Word[];
  /** The file to which `>` redirects its output; `null` without redirection. */
  target: Word | null;
  /** `&` precedes it, so a quoted name or an expression is run and not just a value. */
  isCalled: boolean;
  /** The commands before it in its pipeline, the nearest last. */
  piped: readonly CommandWords[];
}

export interface LineFault {
  code:
    | 'unbalanced-quote'
    | 'unbalanced-bracket'
    | 'placeholder'
    | 'typographic-quote'
    | 'input-redirection'
    | 'broken-continuation'
    | 'missing-side'
    | 'unexpected'
    | 'newer-syntax'
    | 'missing-file'
    | 'repeated-redirection';
  at: number;
  raw: string;
}

export interface ParsedCommands {
  /** In the order in which they begin. */
  commands: CommandWords[];
  faults: LineFault[];
}
