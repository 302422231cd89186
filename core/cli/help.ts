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

/** The parts of a verb’s help, from which the terminal and the pages of `docs/cli` are made. */
export interface VerbParts {
  /** Such as `arcwarden runs show RUN`. */
  usage: string;
  about: readonly string[];
  /** Without an option, the text continues the previous one. The JSON document comes last. */
  options: readonly { option: string; text: string }[];
  examples: readonly string[];
}

/** Two spaces separate an option from its text. A line that begins with spaces continues a text. */
const OPTION_LINE = /^(?<option>-\S.*?|) {2,}(?<text>.*)$/u;
const EXAMPLE = '$ ';

/** Takes the verb apart. The options that several verbs share have their texts in `cli.option.<option>`. */
export function partsFromVerb(verb: Verb, translate: Translate): VerbParts {
  const { name, usage = '', options = [], help = name.join('-') } = verb;
  const key = `cli.help.${help}`;
  const text = isMessageKey(key) ? translate(key, { kind: name[0] ?? '' }) : '';
  const rest = options.every((option) => usage.includes(`--${option}`)) ? [] : ['[OPTION...]'];
  const shared = options.flatMap((option) => {
    const optionKey = `cli.option.${option}`;
    return isMessageKey(optionKey) && !text.includes(`--${option} `) ? translate(optionKey) : [];
  });
  const lines = text.split('\n');
  const isJson = (line: string): boolean => line.startsWith('--json  ');
  const described = [...lines.filter((line) => !isJson(line)), ...shared, ...lines.filter(isJson)];
  return {
    usage: ['arcwarden', ...name, ...(usage === '' ? [] : [usage]), ...rest].join(' '),
    about: lines.filter((line) => !OPTION_LINE.test(line) && !line.startsWith(EXAMPLE)),
    options: described.flatMap((line) => {
      const { option, text: about } = OPTION_LINE.exec(line)?.groups ?? {};
      return option === undefined || about === undefined ? [] : { option, text: about };
    }),
    examples: lines.flatMap((line) => (line.startsWith(EXAMPLE) ? line.slice(EXAMPLE.length) : [])),
  };
}

/** Returns the help of a verb, line by line. */
export function verbHelp(verb: Verb, translate: Translate): string[] {
  const { usage, about, options, examples } = partsFromVerb(verb, translate);
  const width = Math.max(...options.map(({ option }) => option.length));
  const lines = [...about, ...options.map(({ option, text }) => `${option.padEnd(width)}  ${text}`)];
  return [usage, ...[...lines, ...examples].map((line) => `    ${line}`)];
}
