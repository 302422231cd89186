import { isAddress, isHostName, isNodeName } from '../operations/names.ts';
import { isValidityInRange, parseValidity } from '../create/validity.ts';
import type { KnownNode } from '../../pki/model/approval.ts';
import { PROFILE_IDS, type ProfileId } from '../../pki/model/profile.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue, parseChoice, splitList, type TextOption } from '../../shared/verb/values.ts';
import { UsageError } from '../../shared/verb/usage.ts';

export function foreignOption(option: string, use: string): UsageError {
  return new UsageError('cli.usage.option-not-for', { option: `--${option}`, use });
}

export function profileWord(word: string): ProfileId {
  return parseChoice('PROFILE', word, PROFILE_IDS);
}

/** Converts `36h`, `4d` or `10y` to milliseconds. */
export function duration({ line }: Invocation, option: TextOption): number | undefined {
  const value = line.values[option];
  if (value === undefined) return undefined;
  if (!isValidityInRange(value)) throw new UsageError('cli.usage.bad-duration', { option: `--${option}`, value });
  return parseValidity(value);
}

/** Groups `--value key=text` options by key, which may repeat. */
export function readKeyedValues(invocation: Invocation): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { key, text } of pairs(invocation, 'value')) values.set(key, [...(values.get(key) ?? []), text]);
  return Object.fromEntries(values);
}

/** Reads `--node name=address,address`. Host names in the list are additional names of the node. */
export function parseNodes(invocation: Invocation): KnownNode[] {
  return pairs(invocation, 'node').map(({ key: name, text }) => {
    const names = splitList([text]);
    // A mistyped address would count as a name and match no request.
    const wrong = isNodeName(name) ? names.find((each) => !isAddress(each) && !isHostName(each)) : name;
    if (wrong !== undefined) throw badValue('--node', wrong, 'NAME=ADDRESS,…');
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
