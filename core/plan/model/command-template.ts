import { powerShellLiteral, powerShellWord } from '../../knowledge/model/cited-command.ts';

/* Catalogue commands with placeholders in angle brackets, either as PowerShell that reads `$Values` or as typed. */

const PLACEHOLDER = /<([a-z][a-z\\-]*)>/gu;
const WHOLE_PLACEHOLDER = /^(['"]?)<([a-z][a-z\\-]*)>\1$/u;
const WORD = /"[^"]*"|'[^']*'|(?:<[a-z][a-z\\-]*>|[^\s"'`;{}()|<>])+/gu;
/** Paths that need no escaping between double quotes, in PowerShell and in a Unix shell. */
const PLAIN_PATH = /^[A-Za-z0-9/][A-Za-z0-9._/-]*$/u;
/** Options that some PowerShell parsers reject without quotes; quotes do not change their meaning. */
const OPTION_WITH_VALUE = /(?<= )--[a-z-]+=[A-Za-z0-9.]+(?= |$)/gu;
/** Lists of names such as `Name, Status`, which some PowerShell parsers also reject without quotes. */
const LIST_OF_NAMES = /(?<= )[A-Za-z]+(?:, [A-Za-z]+)+(?= |$)/gu;
const PLAIN_PART = /^[A-Za-z0-9._-]+$/u;

/** Returns the name of a value in a script: `controlPlaneIp` for `control-plane-ip`. */
export function valueKey(placeholder: string): string {
  return placeholder.replaceAll(/[\\-]([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}

/**
 * Returns the command as constant PowerShell that reads placeholders from `$Values`, so that no value can become code.
 */
export function getScript(template: string): string {
  const filledIn = eachWord(template, (word, isRemote) => {
    const [quote] = word;
    const only = WHOLE_PLACEHOLDER.exec(word)?.[2];
    if (only !== undefined) return `$Values.${valueKey(only)}`;
    if (quote === "'") throw new Error(`a placeholder among other words: ${word}`);
    const text = quote === '"' ? word.slice(1, -1) : word;
    const filled = text.replaceAll(PLACEHOLDER, (_, name: string) =>
      // In single quotes, the remote shell does not run the value as code. Single quotes in the value itself are
      // escaped.
      isRemote && quote === '"'
        ? `'$($Values.${valueKey(name)}.Replace("'", "'\\''"))'`
        : `$($Values.${valueKey(name)})`,
    );
    return `"${filled}"`;
  });
  return filledIn
    .replaceAll(OPTION_WITH_VALUE, "'$&'")
    .replaceAll(LIST_OF_NAMES, (names) => names.replaceAll(/[A-Za-z]+/gu, "'$&'"));
}

/** Returns the command as typed. A placeholder without a value stays as `<openName>`. */
export function formatCommand(
  template: string,
  valueOf: (placeholder: string) => { value: string } | { openName: string },
): string {
  return eachWord(template, (word, isRemote) => {
    const [quote] = word;
    const isQuoted = quote === '"' || quote === "'";
    const text = isQuoted ? word.slice(1, -1) : word;
    let isPlain = true;
    const filled = text.replaceAll(PLACEHOLDER, (_, name: string) => {
      const found = valueOf(name);
      if (!('value' in found)) return `<${found.openName}>`;
      const { value } = found;
      const isCode = isRemote && isQuoted;
      isPlain &&= (isCode ? PLAIN_PATH : PLAIN_PART).test(value);
      return isCode && !PLAIN_PATH.test(value) ? `'${value.replaceAll("'", "'\\''")}'` : value;
    });
    if (isPlain) return isQuoted ? `${quote}${filled}${quote}` : filled;
    return isQuoted ? powerShellLiteral(filled) : powerShellWord(filled);
  });
}

/** Rewrites words with placeholders. `isRemote`: a remote shell interprets the quoted text. */
function eachWord(template: string, rewritten: (word: string, isRemote: boolean) => string): string {
  const isRemote = template.startsWith('ssh ');
  return template.replaceAll(WORD, (word) => (word.search(PLACEHOLDER) < 0 ? word : rewritten(word, isRemote)));
}
