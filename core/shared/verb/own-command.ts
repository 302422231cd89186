import type { Invocation } from './invocation.ts';

type Context = Pick<Invocation, 'line' | 'dataFolder' | 'translate'>;

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

/**
 * A command of this program that can be copied; it works on the data folder that was named.
 *
 * @param words as they are typed: what is not of this program, such as a path, comes from `shellWord`
 */
export function ownCommand({ line, dataFolder, translate }: Context, words: readonly string[]): string {
  const command = ['arcwarden', ...words];
  if (line.values.data !== undefined)
    command.push('--data', shellWord(dataFolder, translate('cli.placeholder.folder')));
  return command.join(' ');
}

/** The command that imports these files into the data folder; without any, a placeholder stands for them. */
export function importCommand(context: Context, files: readonly string[] = []): string {
  const open = context.translate('cli.placeholder.path');
  const words = files.length === 0 ? [`${open}...`] : files.map((path) => shellWord(path, open));
  return ownCommand(context, ['inventory', 'import', ...words]);
}
