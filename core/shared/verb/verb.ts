import type { AuditAction } from '../contract/audit-action.ts';
import { recorded, type ActionFor, type Effect } from '../contract/effect.ts';
import type { Invocation } from './invocation.ts';
import type { OptionName, ProgramArguments } from './options.ts';
import type { ExitCode } from './usage.ts';

/** One command. Its help is the text `cli.help.<words of its name>`. */
export interface Verb {
  name: readonly string[];
  /** How many words may follow; absent where none may. */
  words?: number | { least: number; most: number };
  /** The options that it takes beside the global ones. */
  options?: readonly OptionName[];
  /** Required, so that no verb changes or exports anything without a line in the audit trail. */
  effect: Effect<ProgramArguments>;
  /**
   * The options that take `-` for standard output; `default` where `--out -` is the same as no `--out`. Absent where what is
   * written is secret, has several files, or gets its format from the name.
   */
  standardOutput?: readonly OptionName[] | 'default';
  run: (invocation: Invocation) => Promise<ExitCode>;
}

/** Words without a limit, such as paths: the verb checks them itself. */
export const ANY = { least: 0, most: Infinity };

/** Changes what a data folder holds, so the folder has to be there. */
export const changes = (action: ActionFor<ProgramArguments>): Effect<ProgramArguments> => recorded('changes', action);

/** Changes a data folder, and makes one where there is none. */
export const starts = (action: ActionFor<ProgramArguments>): Effect<ProgramArguments> => ({
  ...recorded('changes', action),
  startsData: true,
});

/** Writes what the data folder holds to a file: always, or where one of these options names the file. */
export function exports(action: AuditAction, ...options: readonly OptionName[]): Effect<ProgramArguments> {
  const isGiven = ({ values }: ProgramArguments): boolean => options.some((option) => values[option] !== undefined);
  return recorded('exports', (line) => (options.length === 0 || isGiven(line) ? action : undefined));
}
