import { parseArgs } from 'node:util';
import type { Language } from '../shared/text/text.ts';
import { AUTHORITY_OPTIONS } from '../authorities/cli/options.ts';
import { EXPIRY_OPTIONS } from '../expiry/cli/options.ts';
import { INVENTORY_OPTIONS } from '../inventory/cli/options.ts';
import { REPAIR_OPTIONS } from '../repair/cli/options.ts';
import { NOTIFICATION_OPTIONS } from '../notifications/cli/options.ts';
import { REVOCATION_OPTIONS } from '../revocation/cli/options.ts';
import { RUN_OPTIONS } from '../runs/cli/options.ts';
import { UPDATE_OPTIONS } from '../update/cli/options.ts';
import {
  COMMON_OPTIONS,
  instantOption,
  splitList,
  type OptionName,
  type OptionTable,
  type ProgramArguments,
} from '../shared/verb/options.ts';
import { UsageError } from '../shared/verb/usage.ts';

const OPTIONS = {
  ...COMMON_OPTIONS,
  ...AUTHORITY_OPTIONS,
  ...EXPIRY_OPTIONS,
  ...INVENTORY_OPTIONS,
  ...REPAIR_OPTIONS,
  ...NOTIFICATION_OPTIONS,
  ...REVOCATION_OPTIONS,
  ...RUN_OPTIONS,
  ...UPDATE_OPTIONS,
} as const satisfies OptionTable;

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

function languageOption(value: string): Language {
  if (value === 'en' || value === 'ja') return value;
  throw new UsageError('cli.usage.bad-value', { option: '--lang', value, allowed: 'en, ja' });
}
