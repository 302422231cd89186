import { parseArgs } from 'node:util';
import type { Language } from '../shared/text/text.ts';
import { instantOption, OPTIONS, type ProgramArguments } from '../shared/verb/options.ts';
import { UsageError } from '../shared/verb/usage.ts';

/** Reads the options of every verb. Throws a `UsageError` that names the option. */
export function readProgramArguments(argv: readonly string[]): ProgramArguments {
  const { values, positionals } = parsed(argv);
  return {
    words: positionals,
    values,
    json: values.json === true,
    ...(values.now !== undefined && { now: instantOption('--now', values.now) }),
    ...(values.lang !== undefined && { language: languageOption(values.lang) }),
  };
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
