import { parseArgs } from 'node:util';
import { parseInstant, type Instant } from '../shared/instant.ts';
import type { Language } from '../shared/text/text.ts';
import { AUTHORITY_OPTIONS } from '../authorities/cli/options.ts';
import { EXPIRY_OPTIONS } from '../expiry/cli/options.ts';
import { INVENTORY_OPTIONS } from '../inventory/cli/options.ts';
import { REPAIR_OPTIONS } from '../repair/cli/options.ts';
import { NOTIFICATION_OPTIONS } from '../notifications/cli/options.ts';
import { REVOCATION_OPTIONS } from '../revocation/cli/options.ts';
import { RUN_OPTIONS } from '../runs/cli/options.ts';
import { UPDATE_OPTIONS } from '../update/cli/options.ts';
import { UsageError } from './usage.ts';

const OPTIONS = {
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
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  ...AUTHORITY_OPTIONS,
  ...EXPIRY_OPTIONS,
  ...INVENTORY_OPTIONS,
  ...REPAIR_OPTIONS,
  ...NOTIFICATION_OPTIONS,
  ...REVOCATION_OPTIONS,
  ...RUN_OPTIONS,
  ...UPDATE_OPTIONS,
} as const;

export type OptionName = keyof typeof OPTIONS;

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

export type OptionValues = ReturnType<typeof parse>['values'];

/** Reads the options of every verb. Throws a `UsageError` that names the option. */
export function readProgramArguments(argv: readonly string[]): ProgramArguments {
  const { values, positionals } = parsed(argv);
  const line: ProgramArguments = {
    words: positionals,
    given: new Set(Object.keys(values) as OptionName[]),
    json: values.json === true,
    csv: values.csv === true,
    html: values.html === true,
    search: values.search ?? '',
    states: splitList(values.state),
    layers: splitList(values.layer),
    descending: values.descending === true,
    help: values.help === true,
    version: values.version === true,
    values,
  };
  if (values.data !== undefined) line.dataFolder = values.data;
  if (values.out !== undefined) line.out = values.out;
  if (values.sort !== undefined) line.sort = values.sort;
  if (values.now !== undefined) line.now = instantOption('--now', values.now);
  if (values.lang !== undefined) line.language = languageOption(values.lang);
  return line;
}

function parsed(argv: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(argv);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const option = error instanceof Error ? (/'(-[^' ]+)/.exec(error.message)?.[1] ?? '') : '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageError('cli.usage.unknown-option', { option });
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw new UsageError('cli.usage.missing-value', { option });
    throw error;
  }
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
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

function languageOption(value: string): Language {
  if (value === 'en' || value === 'ja') return value;
  throw new UsageError('cli.usage.bad-value', { option: '--lang', value, allowed: 'en, ja' });
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
