import type { Invocation } from './invocation.ts';

type Context = Pick<Invocation, 'line' | 'dataFolder' | 'translate'>;

/**
 * Matches words that need no quotes in Command Prompt, PowerShell or a POSIX shell. Backslashes are allowed only after
 * a drive, since they escape in POSIX shells.
 */
const BARE = /^(?:[A-Z]:\\[\p{L}\p{N}_.\\-]*|[\p{L}\p{N}_./:][\p{L}\p{N}_./:@+-]*)$/iu;
/**
 * Matches texts that quotes cannot protect: characters that a shell replaces within double quotes, or that end them.
 * PowerShell treats typographic quotation marks as straight ones, and a Windows program reads a backslash and the
 * closing mark as text.
 */
const NEVER = /["“”„$`%!\p{C}\p{Zl}\p{Zp}]|.\\\\|\\$|^-/u;

/**
 * Quotes a word for Command Prompt, PowerShell and POSIX shells. Text that quotes cannot protect becomes `placeholder`.
 */
export function shellWord(text: string, placeholder: string): string {
  if (BARE.test(text)) return text;
  return text === '' || NEVER.test(text) ? placeholder : `"${text}"`;
}

/**
 * Returns a command of this program for the data folder of this call. `words` are inserted as they are: quote other
 * texts, such as paths, with `shellWord` first.
 */
export function ownCommand({ line, dataFolder, translate }: Context, words: readonly string[]): string {
  const command = ['arcwarden', ...words];
  if (line.values.data !== undefined)
    command.push('--data', shellWord(dataFolder, translate('cli.placeholder.folder')));
  return command.join(' ');
}

/** Returns the import command for these files, or for a placeholder if there are none. */
export function importCommand(context: Context, files: readonly string[] = []): string {
  const open = context.translate('cli.placeholder.path');
  const words = files.length === 0 ? [`${open}...`] : files.map((path) => shellWord(path, open));
  return ownCommand(context, ['inventory', 'import', ...words]);
}
