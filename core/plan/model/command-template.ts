import { powerShellLiteral, powerShellWord } from '../../knowledge/model/cited-command.ts';

/*
 * Commands of the catalogue with words in angle brackets, for which somebody has a value: as PowerShell that takes its values
 * from `$Values`, and as somebody would type it.
 */

const PLACEHOLDER = /<([a-z][a-z\\-]*)>/gu;
/** A text in quotes, or a bare word with placeholders as they are. */
const WORD = /"[^"]*"|'[^']*'|(?:<[a-z][a-z\\-]*>|[^\s"'`;{}()|<>])+/gu;
/** Between double quotes they stand for themselves, and so they do in a shell of Unix. */
const PLAIN_PATH = /^[A-Za-z0-9/][A-Za-z0-9._/-]*$/u;
/** Means the same in quotes, and not every reader of PowerShell takes it without. */
const OPTION_WITH_VALUE = /(?<= )--[a-z-]+=[A-Za-z0-9.]+(?= |$)/gu;
/** The same: names in a row, as `Name, Status`. */
const LIST_OF_NAMES = /(?<= )[A-Za-z]+(?:, [A-Za-z]+)+(?= |$)/gu;
const PLAIN_PART = /^[A-Za-z0-9._-]+$/u;

/** A name under which a value of a script is found: `control-plane-ip` is `controlPlaneIp`. */
export function valueKey(placeholder: string): string {
  return placeholder.replaceAll(/[\\-]([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}

/** The command as constant PowerShell: each placeholder is read from `$Values`, and none can become code. */
export function scriptOf(template: string): string {
  const filledIn = eachWord(template, (word, isRemote) => {
    const [quote] = word;
    const value = (name: string): string => `$Values.${valueKey(name)}`;
    const only = onlyPlaceholder(word);
    if (only !== undefined) return value(only);
    if (quote === "'") throw new Error(`a placeholder among other words: ${word}`);
    const text = quote === '"' ? word.slice(1, -1) : word;
    const filled = text.replaceAll(PLACEHOLDER, (_, name: string) =>
      // The shell on the other side reads it as code but for single quotes, which it may hold itself.
      isRemote && quote === '"' ? `'$(${value(name)}.Replace("'", "'\\''"))'` : `$(${value(name)})`,
    );
    return `"${filled}"`;
  });
  return filledIn
    .replaceAll(OPTION_WITH_VALUE, "'$&'")
    .replaceAll(LIST_OF_NAMES, (names) => names.replaceAll(/[A-Za-z]+/gu, "'$&'"));
}

/** The command as one types it, with the values that are known; `undefined` leaves a placeholder under `openName`. */
export function typedCommand(
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

/** Rewrites the words that hold placeholders. `isRemote`: what stands in quotes is read by a shell on the other side. */
function eachWord(template: string, rewritten: (word: string, isRemote: boolean) => string): string {
  const isRemote = template.startsWith('ssh ');
  return template.replaceAll(WORD, (word) => (word.search(PLACEHOLDER) < 0 ? word : rewritten(word, isRemote)));
}

/** Of a word that is nothing but a placeholder, in quotes or without. */
function onlyPlaceholder(word: string): string | undefined {
  return /^(['"]?)<([a-z][a-z\\-]*)>\1$/u.exec(word)?.[2];
}
