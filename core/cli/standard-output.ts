import type { Translate } from '../shared/text/text.ts';
import type { OptionName, ProgramArguments } from '../shared/verb/options.ts';
import { UsageError } from '../shared/verb/usage.ts';
import type { Verb } from '../shared/verb/verb.ts';
import { STANDARD_OUTPUT } from '../shared/verb/values.ts';
import type { CliWorld } from '../shared/verb/world.ts';

const WRITTEN = ['out', 'ics', 'task-xml', 'script', 'register', 'markdown', 'prometheus'] as const;

export interface Output {
  line: ProgramArguments;
  world: CliWorld;
  standardOutput?: string;
}

/** Treats `-` as standard output where the verb writes a file. All other output then goes to standard error. */
export function redirectOutput({ line, world }: Output, verb: Verb, translate: Translate): Output {
  const [option, other] = WRITTEN.filter((each) => line.values[each] === STANDARD_OUTPUT);
  if (option === undefined) return { line, world };
  if (option === 'out' && verb.standardOutput === 'default') {
    const { out: _, ...values } = line.values;
    return { line: { ...line, values }, world };
  }
  const allowed: readonly OptionName[] = verb.standardOutput === 'default' ? [] : (verb.standardOutput ?? []);
  if (!allowed.includes(option))
    throw new UsageError('cli.usage.no-standard-output', { option: `--${option}`, verb: verb.name.join(' ') });
  if (other !== undefined || line.json)
    throw new UsageError('cli.usage.one-output', { option: `--${option}`, other: `--${other ?? 'json'}` });
  const standardOutput = translate('cli.standard-output');
  return {
    line,
    standardOutput,
    world: {
      ...world,
      out: (text) => world.notice(text.replace(/\n$/u, '')),
      absolute: (path) => (path === STANDARD_OUTPUT ? standardOutput : world.absolute(path)),
    },
  };
}
