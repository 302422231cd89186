import { parseInstant, type Instant } from '../instant.ts';
import type { Language } from '../text/text.ts';
import { UsageError } from './usage.ts';

/** Options of every verb, and those that verbs of several features take. */
export const COMMON_OPTIONS = {
  data: { type: 'string' },
  now: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  html: { type: 'boolean' },
  out: { type: 'string' },
  search: { type: 'string' },
  state: { type: 'string', multiple: true },
  layer: { type: 'string', multiple: true },
  sort: { type: 'string' },
  descending: { type: 'boolean' },
  clusters: { type: 'string' },
  head: { type: 'string' },
  action: { type: 'string' },
  'passphrase-file': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type CommonOptions = typeof COMMON_OPTIONS;

/** The options of all verbs: each feature adds its own in its `cli/options.ts`. */
export interface OptionTable extends CommonOptions {}

export type OptionName = keyof OptionTable;

/** Every option that was given. */
export type OptionValues = { [Name in OptionName]?: OptionValue<OptionTable[Name]> | undefined };

type OptionValue<Option> = Option extends { type: 'boolean' }
  ? boolean
  : Option extends { multiple: true }
    ? string[]
    : string;

export const GLOBAL_OPTIONS = ['data', 'now', 'lang', 'json', 'help', 'version'] as const satisfies OptionName[];

/** A parsed command line: `words` are the arguments other than options, in order. */
export interface ProgramArguments {
  words: string[];
  given: ReadonlySet<OptionName>;
  dataFolder?: string;
  now?: Instant;
  language?: Language;
  json: boolean;
  csv: boolean;
  html: boolean;
  out?: string;
  search: string;
  states: string[];
  layers: string[];
  sort?: string;
  descending: boolean;
  help: boolean;
  version: boolean;
  /** Every option as given, for verbs that read their own. */
  values: OptionValues;
}

/** `--state expired --state urgent` and `--state expired,urgent` mean the same. */
export function splitList(values: readonly string[] | undefined): string[] {
  return (values ?? []).flatMap((value) => value.split(',')).filter((value) => value !== '');
}

/** An instant; throws a `UsageError` that names the option. */
export function instantOption(option: string, value: string): Instant {
  const moment = parseInstant(value);
  if (moment === undefined) {
    throw new UsageError('cli.usage.bad-value', { option, value, allowed: '2026-11-24T09:00:00Z' });
  }
  return moment;
}

/** Values that must each be in a list; throws a `UsageError` that names the option and the list. */
export function chosen<T extends string>(option: string, values: readonly string[], allowed: readonly T[]): T[] {
  return values.map((value) => {
    const match = allowed.find((candidate) => candidate === value);
    if (match === undefined)
      throw new UsageError('cli.usage.bad-value', { option, value, allowed: allowed.join(', ') });
    return match;
  });
}
