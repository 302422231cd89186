import type { Statement } from '../../../shared/citation.ts';
import type { Command, Parameter, Syntax, ValueKind } from './cmdlet.ts';
import { splitNames } from './command-words.ts';
import { citeText, type Sources } from '../sources/sources.ts';
import { reference } from '../sources/sources-repair.ts';

/**
 * Reads parameters such as `name:cluster! force? count#|number`: `?` marks a switch, `#` a number, `|` an alias, and `!`
 * a mandatory one.
 */
export function readParameters<Kind extends string = ValueKind>(text: string, kind = 'text') {
  return splitNames(text).map((word) => {
    const [, name = '', mark, aliases, other] = /^([-\w]+)([?#]?)(?:\|([\w|]+))?(?::(\w+))?!?$/u.exec(word) ?? [];
    const value = mark === '?' ? 'switch' : mark === '#' ? 'number' : (other ?? kind);
    const mandatory: true | undefined = word.endsWith('!') || undefined;
    return { name, value: value as Kind, aliases: aliases?.split('|'), mandatory };
  });
}

/** A row of the catalogue, keyed by the name of a command; its texts are `cmdlet.<name>.<…>`. */
interface CommandRow extends Partial<Omit<Command, 'name' | 'syntaxes' | 'use' | 'notes' | 'takes'>> {
  /** Default citation: the page of the command in the reference. */
  syntaxes?: readonly (Partial<Omit<Syntax, 'parameters'>> & { parameters: string | readonly Parameter[] })[];
  /** Default: the page of the command in the reference. */
  use?: Sources;
  /** Sources for remarks about the command, by the last part of their keys, or by `any.<…>` for shared remarks. */
  notes?: Readonly<Record<string, Sources>>;
  takes?: Sources;
}

/** Builds commands in the order of the rows. By default, a command of AksHci changes a Kubernetes cluster. */
export function nameCommands(rows: Readonly<Record<string, CommandRow>>): Command[] {
  return Object.entries(rows).map(([name, { syntaxes = [], use, notes = {}, takes, ...facts }]): Command => {
    const page: Sources = [reference(name)];
    return {
      name,
      ...{ module: 'AksHci', layer: 'kubernetes', risk: 'changes' },
      isRepeatable: null,
      ...facts,
      syntaxes: syntaxes.map(({ parameters, ...each }) => ({
        ...{ citations: page, needsApiServer: null, ...each },
        parameters: typeof parameters === 'string' ? readParameters(parameters) : parameters,
      })),
      use: citeNote(name, 'use', ...(use ?? page)),
      notes: Object.entries(notes).map(([about, sources]) => citeNote(name, about, ...sources)),
      takes: takes && citeNote(name, 'takes', ...takes),
    };
  });
}

export function citeNote(name: string, about: string, ...citations: Sources): Statement {
  const key = about.startsWith('any.') ? about : `${name.replaceAll(' ', '-')}.${about}`;
  return citeText(`cmdlet.${key}`, ...citations);
}
