import type { Remedy } from './credentials/roles-remedies.ts';

const PLAIN_WORD = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;
/** PowerShell treats each of these as a single quote. Source: about_Quoting_Rules, and the language specification. */
const SINGLE_QUOTES = /['‘’‚‛]/gu;
const IN_DOUBLE_QUOTES = /"([^"]*<cluster>[^"]*)"/gu;

/** Quotes text, if necessary, as one literal PowerShell argument. */
export function powerShellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : powerShellLiteral(text);
}

/** Always quotes text, as expressions require. */
export function powerShellLiteral(text: string): string {
  return `'${text.replaceAll(SINGLE_QUOTES, (quote) => quote + quote)}'`;
}

export function commandFor({ command }: Pick<Remedy, 'command'>, cluster: string): string {
  if (PLAIN_WORD.test(cluster)) return command.replaceAll('<cluster>', cluster);
  return command
    .replaceAll(IN_DOUBLE_QUOTES, (_, text: string) => powerShellLiteral(text.replaceAll('<cluster>', () => cluster)))
    .replaceAll('<cluster>', () => powerShellWord(cluster));
}
