import type { AuditAction } from '../contract/audit-action.ts';
import { declareAct, type ActionFor, type Effect } from '../contract/effect.ts';
import type { Invocation } from './invocation.ts';
import type { OptionName, ProgramArguments } from './options.ts';
import type { ExitCode } from './usage.ts';

/**
 * The help is the text `cli.help.<words of its name>`, with a line for each option. Options that several verbs share have
 * their lines in `cli.option.<option>`.
 */
export interface Verb {
  name: readonly string[];
  /** Everything after the name, such as `NAME ENTRY --out FILE`; nothing if absent. The help adds `[OPTION...]`. */
  usage?: string;
  /** Uses the text `cli.help.<help>` instead, shared by verbs that differ only in their first word, `{kind}`. */
  help?: string;
  /** Number of words that may follow: a number, one of several numbers, or a range; none if absent. */
  words?: number | readonly number[] | { least: number; most: number };
  options?: readonly OptionName[];
  /** Required, so that every verb that changes or exports something leaves a line in the audit trail. */
  effect: Effect<ProgramArguments>;
  /**
   * The options that take `-` for standard output; `default` if `--out -` is the same as no `--out`. Absent if the
   * output is secret, has several files, or gets its format from the name.
   */
  standardOutput?: readonly OptionName[] | 'default';
  run: (invocation: Invocation) => Promise<ExitCode>;
}

/** Accepts any number of words, such as paths: the verb checks them itself. */
export const ANY = { least: 0, most: Infinity };

export const changes = (action: ActionFor<ProgramArguments>): Effect<ProgramArguments> => declareAct('changes', action);

/** Declares a change that creates a missing data folder. */
export const starts = (action: ActionFor<ProgramArguments>): Effect<ProgramArguments> => ({
  ...declareAct('changes', action),
  startsData: true,
});

/** Declares an export of data, either always or only if one of `options` is given. */
export function exports(action: AuditAction, ...options: readonly OptionName[]): Effect<ProgramArguments> {
  const isGiven = ({ values }: ProgramArguments): boolean => options.some((option) => values[option] !== undefined);
  return declareAct('exports', (line) => (options.length === 0 || isGiven(line) ? action : undefined));
}

/** Loads a module only when its command runs. */
export function runIn<N extends string>(load: () => Promise<Record<N, Verb['run']>>, name: N): Verb['run'] {
  return async (invocation) => (await load())[name](invocation);
}
