import type { Citation } from '../../../shared/citation.ts';
import type { Severity } from '../../../shared/finding.ts';
import type { CommandWords, Word } from './command-words.ts';

/*
 * Reports of the checker: `error` if a command fails, does something other than intended, or destroys something for
 * good; `warning` if it works but should not be run as written; `notice` for something worth knowing.
 */

export const COMMAND_PROBLEM_CODES = [
  'typo',
  'unknown-command',
  'not-known',
  'name-only',
  'not-judged',
  'other-product',
  'unknown-parameter',
  'undocumented-parameter',
  'abbreviated',
  'ambiguous',
  'split-name',
  'bad-name',
  'name-style',
  'repeated-parameter',
  'missing-value',
  'empty-value',
  'many-values',
  'wrong-value',
  'switch-value',
  'missing-parameter',
  'missing-choice',
  'no-choice',
  'stray-word',
  'exclusive',
  'wrong-layer',
  'deprecated',
  'not-available',
  'unknown-cluster',
  'bad-format',
  'removes',
  'shows',
  'copies-away',
  'switches-off',
  'all-at-once',
  'reboot',
  'downtime',
  'wrong-path',
  'command-prompt-variable',
  'windows-path',
  'windows-user',
  'expands-locally',
  'quoted-program',
  'typographic-dash',
  'typographic-quote',
  'unbalanced-quote',
  'unbalanced-bracket',
  'broken-continuation',
  'input-redirection',
  'missing-file',
  'repeated-redirection',
  'joined-redirection',
  'missing-side',
  'unexpected',
  'newer-syntax',
  'placeholder',
  'may-not-support',
  'remark',
  'utf-16-output',
  'ansi-output',
] as const;
export type CommandProblemCode = (typeof COMMAND_PROBLEM_CODES)[number];

export interface CommandProblem {
  code: CommandProblemCode;
  severity: Severity;
  /** Offset of the first character in the line. `length` is 0 if something is missing. */
  at: number;
  length: number;
  /** Catalogue key and the values for it. */
  text: string;
  params: Record<string, string>;
  /** Replacement for the characters; `null` if no text would be correct. */
  suggestion: string | null;
  citations: readonly Citation[];
}

export interface Part {
  at: number;
  raw: string;
}

/** A problem that depends on the effect of a command, not on its spelling. */
export interface Hazard {
  code: CommandProblemCode;
  severity: Severity;
  part: Part;
  /** Default: `command.problem.<code>`. */
  text?: string;
  params?: Record<string, string>;
  suggestion?: string;
  citations: readonly Citation[];
}

export interface NamedCommand {
  /** The name in the catalogue; for any other command, as it is written. */
  name: string;
  first: Word;
  rest: readonly Word[];
  /** All words, including those of the name. */
  words: readonly Word[];
  target: Word | null;
  piped: readonly CommandWords[];
  /** The statement before and after the first word of the command. */
  lead: string;
  tail: string;
  isValue: boolean;
  /** Whether the catalogue contains the command. */
  isKnown: boolean;
}
