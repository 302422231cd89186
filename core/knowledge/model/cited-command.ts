import type { Remedy } from './credentials/credentials.ts';

/** A name that PowerShell takes as one word without quotes. */
const PLAIN_WORD = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;
/** PowerShell takes each of these as a single quote. Source: about_Quoting_Rules, and the language's specification. */
const SINGLE_QUOTES = /['‘’‚‛]/gu;
const IN_DOUBLE_QUOTES = /"([^"]*<cluster>[^"]*)"/gu;

/** A text as one literal argument of PowerShell. */
export function powerShellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : powerShellLiteral(text);
}

/** The same always in quotes, as an expression needs it. */
export function powerShellLiteral(text: string): string {
  return `'${text.replaceAll(SINGLE_QUOTES, (quote) => quote + quote)}'`;
}

/** The command of a remedy with the cluster's name in it, quoted for PowerShell where that is needed. */
export function commandFor({ command }: Pick<Remedy, 'command'>, cluster: string): string {
  if (PLAIN_WORD.test(cluster)) return command.replaceAll('<cluster>', cluster);
  return command
    .replaceAll(IN_DOUBLE_QUOTES, (_, text: string) => powerShellLiteral(text.replaceAll('<cluster>', () => cluster)))
    .replaceAll('<cluster>', () => powerShellWord(cluster));
}
