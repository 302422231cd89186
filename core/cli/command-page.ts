import type { Translate } from '../shared/text/text.ts';
import type { Verb } from '../shared/verb/verb.ts';
import { partsFromVerb, type VerbParts } from './help.ts';

/** Returns the Markdown page of the commands that begin with `word`, for `docs/cli`. */
export function commandPage(word: string, verbs: readonly Verb[], translate: Translate): string {
  const sections = verbs.map((verb) => commandSection(verb.name.join(' '), partsFromVerb(verb, translate)));
  const origin = `This page has the output of \`arcwarden help ${word}\`. [The command line](../cli.md) has the rules for every command.`;
  return [`# \`arcwarden ${word}\``, `<!-- npm run docs writes this page. -->`, origin, ...sections, ''].join('\n\n');
}

function commandSection(name: string, { usage, about, options, examples }: VerbParts): string {
  const rows = options.reduce<string[]>(
    (all, { option, text }) =>
      option === ''
        ? [...all.slice(0, -1), `${all.at(-1) ?? ''} ${text}`]
        : [...all, `| \`${option.replaceAll('|', '\\|')}\` | ${text.replaceAll('|', '\\|')}`],
    [],
  );
  return [
    `## \`${name}\``,
    codeBlock([usage]),
    about.join(' ').replace(/ (?=Exit code)/u, '\n\n'),
    ['| option | meaning |', '| --- | --- |', ...rows.map((row) => `${row} |`)].join('\n'),
    ...(examples.length === 0 ? [] : [codeBlock(examples)]),
  ].join('\n\n');
}

function codeBlock(lines: readonly string[]): string {
  return ['```', ...lines, '```'].join('\n');
}
