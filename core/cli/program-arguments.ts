import { parseArgs } from 'node:util';
import { LANGUAGES } from '../shared/text/text.ts';
import { OPTIONS, type ProgramArguments } from '../shared/verb/options.ts';
import { choice, moment } from '../shared/verb/values.ts';
import { UsageError } from '../shared/verb/usage.ts';

/** Parses the command line. Throws a `UsageError` that names the invalid option. */
export function readProgramArguments(argv: readonly string[]): ProgramArguments {
  const { values, tokens } = parseOptions(argv);
  const words: string[] = [];
  let isInventory = false;
  for (const token of tokens) {
    if (token.kind !== 'positional') isInventory = token.kind === 'option' && token.name === 'inventory';
    // After the two words of a verb, all paths up to the next option belong to `--inventory`.
    else if (isInventory && words.length >= 2) values.inventory?.push(token.value);
    else words.push(token.value);
  }
  const line = { words, values, json: values.json === true };
  return { ...line, now: moment({ line }, 'now'), language: choice({ line }, 'lang', LANGUAGES) };
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, tokens: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const option = /'(-[^' ]+)/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageError('cli.usage.unknown-option', { option });
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw new UsageError('cli.usage.missing-value', { option });
    throw error;
  }
}
