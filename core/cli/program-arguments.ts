import { parseArgs } from 'node:util';
import { LANGUAGES } from '../shared/text/text.ts';
import { OPTIONS, type ProgramArguments } from '../shared/verb/options.ts';
import { choice, moment } from '../shared/verb/values.ts';
import { UsageError } from '../shared/verb/usage.ts';

/** Reads the options of every verb. Throws a `UsageError` that names the option. */
export function readProgramArguments(argv: readonly string[]): ProgramArguments {
  const { values, positionals } = parseOptions(argv);
  const line = { words: positionals, values, json: values.json === true };
  return { ...line, now: moment({ line }, 'now'), language: choice({ line }, 'lang', LANGUAGES) };
}

function parseOptions(argv: readonly string[]): ReturnType<typeof parse> {
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
