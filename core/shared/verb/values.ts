import type { Instant } from '../instant.ts';
import type { Invocation } from './invocation.ts';
import { chosen, instantOption, splitList, type OptionName, type OptionValues } from './options.ts';
import { UsageError } from './usage.ts';

/** Options with a single text, and those with several. */
export type TextOption = { [O in OptionName]: OptionValues[O] extends string | undefined ? O : never }[OptionName];
type ListOption = { [O in OptionName]: OptionValues[O] extends string[] | undefined ? O : never }[OptionName];

/** An option that the verb requires. */
export function requireOption({ line }: Invocation, option: TextOption): string {
  const value = line.values[option];
  if (value === undefined) throw new UsageError('cli.usage.option-needed', { option: `--${option}` });
  return value;
}

/** An option with one of a list of values; `undefined` when it is not given. */
export function choice<T extends string>(
  { line }: Invocation,
  option: TextOption,
  allowed: readonly T[],
): T | undefined {
  const value = line.values[option];
  return value === undefined ? undefined : chosen(`--${option}`, [value], allowed)[0];
}

/** Same, where the option is required. */
export function neededChoice<T extends string>(invocation: Invocation, option: TextOption, allowed: readonly T[]): T {
  const value = choice(invocation, option, allowed);
  if (value === undefined) throw new UsageError('cli.usage.option-needed', { option: `--${option}` });
  return value;
}

/** An instant; `undefined` when it is not given. */
export function moment({ line }: Invocation, option: TextOption): Instant | undefined {
  const value = line.values[option];
  return value === undefined ? undefined : instantOption(`--${option}`, value);
}

/** A whole number greater than 0; `undefined` when it is not given. */
export function wholeNumber({ line }: Invocation, option: TextOption): number | undefined {
  const value = line.values[option];
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/u.test(value)) throw new UsageError('cli.usage.bad-number', { option: `--${option}`, value });
  return Number(value);
}

/** Values of an option that may be repeated or comma-separated. */
export function list({ line }: Invocation, option: ListOption): string[] {
  return splitList(line.values[option]);
}

/** The absolute path from an option that names a file; `undefined` when it is not given. */
export function path({ line, world }: Invocation, option: TextOption): string | undefined {
  const value = line.values[option];
  if (value === '') throw new UsageError('cli.usage.bad-file', { option: `--${option}` });
  return value === undefined ? undefined : world.absolute(value);
}

/** Same, where the option is required. */
export function neededPath(invocation: Invocation, option: TextOption): string {
  requireOption(invocation, option);
  return path(invocation, option) ?? '';
}
