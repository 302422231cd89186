import type { Invocation } from './invocation.ts';
import type { OptionName } from './options.ts';
import type { ExitCode } from './usage.ts';

/**
 * One command: its words, its arguments, and the options it takes in addition to the global ones. Help:
 * `cli.help.<words>`.
 */
export interface Verb {
  name: readonly string[];
  /** How many words may follow; absent where the verb checks them itself. */
  words?: { least: number; most: number };
  options: readonly OptionName[];
  run: (invocation: Invocation) => Promise<ExitCode>;
}
