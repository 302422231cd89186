import { isMessageKey, type Translate } from '../shared/text/text.ts';
import type { Verb } from '../shared/verb/verb.ts';

export function helpPage(verbs: readonly Verb[], translate: Translate): string {
  return joinParts([...verbs.map((verb) => verbHelp(verb, translate).join('\n')), translate('cli.help.global')]);
}

/** Gives the usage of each verb and the first line of its text. */
export function helpOverview(verbs: readonly Verb[], translate: Translate): string {
  const lines = verbs.map((verb) => verbHelp(verb, translate).slice(0, 2).join('\n'));
  return joinParts([
    ...[translate('cli.help.head'), ...lines],
    ...[translate('cli.help.more'), translate('cli.help.global')],
  ]);
}

function joinParts(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

/**
 * Returns the usage, such as `arcwarden runs show RUN`, the text of the verb, the shared texts of its options, and
 * finally a description of its JSON document.
 */
export function verbHelp(verb: Verb, translate: Translate): string[] {
  const { name, usage = '', options = [], help = name.join('-') } = verb;
  const key = `cli.help.${help}`;
  const text = isMessageKey(key) ? translate(key, { kind: name[0] ?? '' }) : '';
  const rest = options.every((option) => usage.includes(`--${option}`)) ? [] : ['[OPTION...]'];
  const shared = options.flatMap((option) => {
    const optionKey = `cli.option.${option}`;
    return isMessageKey(optionKey) && !text.includes(`--${option} `) ? translate(optionKey) : [];
  });
  const line = ['arcwarden', ...name, ...(usage === '' ? [] : [usage]), ...rest].join(' ');
  const lines = text.split('\n');
  const isJson = (each: string): boolean => each.startsWith('--json ') && !OPTION_LINE.test(each);
  const described = [...lines.filter((each) => !isJson(each)), ...shared, ...lines.filter(isJson)];
  return [line, ...alignOptions(described)];
}

/** Two spaces separate an option from its description. A line that begins with spaces continues a description. */
const OPTION_LINE = /^(?<option>-\S.*?|) {2,}(?<text>.*)$/u;

function alignOptions(lines: readonly string[]): string[] {
  const width = Math.max(...lines.map((line) => OPTION_LINE.exec(line)?.groups?.['option']?.length ?? 0));
  return lines.map((line) => {
    const { option, text } = OPTION_LINE.exec(line)?.groups ?? {};
    return `    ${option === undefined ? line : `${option.padEnd(width)}  ${text}`}`;
  });
}
