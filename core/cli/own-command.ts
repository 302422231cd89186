import type { Invocation } from './invocation.ts';

/** Needs no quotes in Command Prompt, in PowerShell or in a POSIX shell. A backslash escapes in the last, where no drive is. */
const BARE = /^(?:[A-Z]:\\[\p{L}\p{N}_.\\-]*|[\p{L}\p{N}_./:][\p{L}\p{N}_./:@+-]*)$/iu;
/**
 * What one of the three replaces even within double quotes, or what ends them: PowerShell takes typographic quotation marks for
 * straight ones, and for a Windows program a backslash before the last mark makes it part of the text.
 */
const NEVER = /["“”„$`%!\p{C}\p{Zl}\p{Zp}]|.\\\\|\\$|^-/u;

/**
 * A word of a command that can be copied into any of those shells.
 *
 * @param placeholder stands for a text that no quotes keep in all of them
 */
export function shellWord(text: string, placeholder: string): string {
  if (BARE.test(text)) return text;
  return text === '' || NEVER.test(text) ? placeholder : `"${text}"`;
}

/** A command of this program that can be copied; it works on the data folder that was named. */
export function ownCommand(
  { line, dataFolder }: Pick<Invocation, 'line' | 'dataFolder'>,
  words: readonly string[],
): string {
  const data = line.dataFolder === undefined ? [] : ['--data', shellWord(dataFolder, 'DIR')];
  return ['arcwarden', ...words, ...data].join(' ');
}
