import { parseInstant, type Instant } from '../instant.ts';
import type { Invocation } from './invocation.ts';
import type { ListOption, TextOption } from './options.ts';
import { UsageError } from './usage.ts';

/* The readers of options throw a `UsageError` that names the option, and return `undefined` for a missing option. */

export type { TextOption };
type Line = { line: Pick<Invocation['line'], 'values'> };
type Place = Line & Pick<Invocation, 'world'>;

/** Stands for standard input in place of a file. */
export const STANDARD_INPUT = '-';
/** Stands for standard output in place of a file. */
export const STANDARD_OUTPUT = '-';

export function badValue(option: string, value: string, allowed: string): UsageError {
  return new UsageError('cli.usage.bad-value', { option, value, allowed });
}

/** Splits values: `--state expired --state urgent` and `--state expired,urgent` mean the same. */
export function splitList(values: readonly string[] | undefined): string[] {
  return (values ?? []).flatMap((value) => value.split(',')).filter((value) => value !== '');
}

export function requireOption({ line }: Line, option: TextOption): string {
  const value = line.values[option];
  if (value === undefined) throw new UsageError('cli.usage.option-needed', { option: `--${option}` });
  return value;
}

export function parseChoice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match === undefined) throw badValue(option, value, allowed.join(', '));
  return match;
}

function readOption<T>({ line }: Line, option: TextOption, read: (value: string, name: string) => T): T | undefined {
  const value = line.values[option];
  return value === undefined ? undefined : read(value, `--${option}`);
}

export function choice<T extends string>(invocation: Line, option: TextOption, allowed: readonly T[]): T | undefined {
  return readOption(invocation, option, (value, name) => parseChoice(name, value, allowed));
}

export function requireChoice<T extends string>(invocation: Line, option: TextOption, allowed: readonly T[]): T {
  return parseChoice(`--${option}`, requireOption(invocation, option), allowed);
}

export function choices<T extends string>({ line }: Line, option: ListOption, allowed: readonly T[]): T[] {
  return splitList(line.values[option]).map((value) => parseChoice(`--${option}`, value, allowed));
}

export function moment(invocation: Line, option: TextOption): Instant | undefined {
  return readOption(invocation, option, (value, name) => instantOption(name, value));
}

export function instantOption(option: string, value: string): Instant {
  const instant = parseInstant(value);
  if (instant === undefined) throw badValue(option, value, '2026-11-24T09:00:00Z');
  return instant;
}

/** Returns a number from 1 to 999,999,999. */
export function wholeNumber(invocation: Line, option: TextOption): number | undefined {
  return readOption(invocation, option, (value, name) => {
    if (!/^[1-9]\d{0,8}$/u.test(value)) throw new UsageError('cli.usage.bad-number', { option: name, value });
    return Number(value);
  });
}

/** Returns a number from 1 to `most`. */
export function numberUpTo(
  invocation: Line,
  option: TextOption,
  { most, allowed }: { most: number; allowed: string },
): number | undefined {
  return readOption(invocation, option, (value, name) => {
    const number = /^\d+$/u.test(value) ? Number(value) : 0;
    if (number < 1 || number > most) throw badValue(name, value, allowed);
    return number;
  });
}

export function path(invocation: Place, option: TextOption): string | undefined {
  return readOption(invocation, option, (value, name) => {
    if (value === '') throw new UsageError('cli.usage.bad-file', { option: name });
    return invocation.world.absolute(value);
  });
}

export function requirePath(invocation: Place, option: TextOption): string {
  requireOption(invocation, option);
  return path(invocation, option) ?? '';
}
