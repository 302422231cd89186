import { isAddress, isHostName, isNodeName } from '../operations/names.ts';
import { isValidityInRange, parseValidity } from '../create/validity.ts';
import type { KnownNode } from '../../pki/model/approval.ts';
import type { Instant } from '../../shared/instant.ts';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import { PROFILE_IDS, type ProfileId } from '../../pki/model/profile.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { chosen, instantOption, splitList, type OptionName, type OptionValues } from '../../cli/options.ts';
import { UsageError } from '../../cli/usage.ts';

/** Options with a single text, and those with several. */
type TextOption = { [O in OptionName]: OptionValues[O] extends string | undefined ? O : never }[OptionName];
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

export function keyAlgorithm(invocation: Invocation): { keyAlgorithm?: KeyAlgorithm } {
  const algorithm = choice(invocation, 'key-algorithm', KEY_ALGORITHMS);
  return algorithm === undefined ? {} : { keyAlgorithm: algorithm };
}

/** A word that must be the name of a profile. */
export function profileWord(word: string): ProfileId {
  const [profile] = chosen('PROFILE', [word], PROFILE_IDS);
  if (profile === undefined) throw new Error('a chosen value is one of the list');
  return profile;
}

/** An instant; `undefined` when it is not given. */
export function moment({ line }: Invocation, option: TextOption): Instant | undefined {
  const value = line.values[option];
  return value === undefined ? undefined : instantOption(`--${option}`, value);
}

/** Milliseconds for hours, days or years such as `36h`, `4d`, `10y`; `undefined` when it is not given. */
export function duration({ line }: Invocation, option: TextOption): number | undefined {
  const value = line.values[option];
  if (value === undefined) return undefined;
  if (!isValidityInRange(value)) throw new UsageError('cli.usage.bad-duration', { option: `--${option}`, value });
  return parseValidity(value);
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

/** `--value key=text`, by key; the same key may be repeated. */
export function keyedValues(invocation: Invocation): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { key, text } of pairs(invocation, 'value')) values.set(key, [...(values.get(key) ?? []), text]);
  return Object.fromEntries(values);
}

/** `--node name=address,address`; names listed with the addresses are further names of the node. */
export function knownNodes(invocation: Invocation): KnownNode[] {
  return pairs(invocation, 'node').map(({ key: name, text }) => {
    const names = splitList([text]);
    // A mistyped address would count as a name that no request has, and the verdict would be wrong.
    const wrong = isNodeName(name) ? names.find((each) => !isAddress(each) && !isHostName(each)) : name;
    if (wrong !== undefined)
      throw new UsageError('cli.usage.bad-value', { option: '--node', value: wrong, allowed: 'NAME=ADDRESS,…' });
    return { name, dnsNames: names.filter((each) => !isAddress(each)), addresses: names.filter(isAddress) };
  });
}

function pairs({ line }: Invocation, option: 'value' | 'node'): { key: string; text: string }[] {
  return (line.values[option] ?? []).map((value) => {
    const at = value.indexOf('=');
    if (at < 1) throw new UsageError('cli.usage.not-a-pair', { option: `--${option}`, value });
    return { key: value.slice(0, at), text: value.slice(at + 1) };
  });
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
