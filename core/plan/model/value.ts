import {
  COMMAND_PLACEHOLDERS,
  type CommandPlaceholder,
  type PlaceholderKind,
} from '../../knowledge/model/command-placeholders.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import type { PlanStep } from './plan.ts';
import { ConsoleError } from '../../shared/problem.ts';

export const LONGEST_VALUE = 1_000;

export interface OpenValue {
  /** Name of the value in commands: `worker-ip`, or `worker-ip-retail-east` if there are several clusters. */
  name: string;
  placeholder?: CommandPlaceholder;
  of?: string;
}

/** The first use of a value as a parameter of a cmdlet. */
export interface OpenValueUse {
  cmdlet: string;
  parameter: string;
  cluster?: string;
  minor?: string;
}

export function openValueUses(
  steps: readonly Pick<PlanStep, 'command' | 'cluster' | 'title'>[],
): ReadonlyMap<string, OpenValueUse> {
  const uses = new Map<string, OpenValueUse>();
  for (const { command, cluster, title } of steps) {
    if (command?.kind !== 'cmdlet') continue;
    const minor = title.params?.['minor'];
    for (const { name: parameter, value } of command.parameters) {
      if (value === undefined || !('name' in value) || value.value !== undefined || uses.has(value.name)) continue;
      uses.set(value.name, { cmdlet: command.name, parameter, cluster, ...(typeof minor === 'string' && { minor }) });
    }
  }
  return uses;
}

/** Prefix of the names of versions that an update step leaves open. */
export const OPEN_VERSION = 'kubernetes_version';

const PLACEHOLDERS = (Object.keys(COMMAND_PLACEHOLDERS) as CommandPlaceholder[]).sort(
  (one, other) => other.length - one.length,
);

export function parseOpenValue(name: string): OpenValue {
  const placeholder = PLACEHOLDERS.find((each) =>
    // If the name ends with the name of a cluster, hyphens replace the backslashes of the placeholder.
    [each, each.replaceAll('\\', '-')].some((form) => name === form || name.startsWith(`${form}-`)),
  );
  if (placeholder === undefined) return { name };
  return { name, placeholder, of: name.slice(placeholder.length + 1) || undefined };
}

const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/u;
/** No value begins with a hyphen, because programs would read it as an option. */
const PATTERNS: Record<Exclude<PlaceholderKind, 'address'>, RegExp> = {
  name: /^[A-Za-z0-9][A-Za-z0-9._\\@-]*$/u,
  path: /^(?!-)[^\p{Cc}"<>|*?]+$/u,
  id: /^[A-Za-z0-9][A-Za-z0-9_-]*$/u,
  version: /^v?\d+(?:\.\d+){1,3}$/u,
  text: /^(?!-)\P{Cc}+$/u,
};

function valueKind({ name, placeholder }: Pick<OpenValue, 'name' | 'placeholder'>): PlaceholderKind {
  if (placeholder !== undefined) return COMMAND_PLACEHOLDERS[placeholder];
  return name.startsWith(`${OPEN_VERSION}_`) ? 'version' : 'text';
}

/**
 * Returns the kind that the value does not match, if any. An empty value is accepted and stays open. This check only
 * catches typing errors: no value can become code.
 */
export function valueFault({ name, placeholder }: OpenValue, value: string): PlaceholderKind | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  const kind = valueKind({ name, placeholder });
  if (text.length > LONGEST_VALUE) return kind;
  const isRight = kind === 'address' ? isAddress(text) : PATTERNS[kind].test(text);
  return isRight ? undefined : kind;
}

/**
 * Every address and DNS name consists of these characters. `valueFault`, or the IP parser of the host, checks the form.
 */
const ADDRESS_CHARACTERS = /^(?!-)[A-Za-z0-9.:-]+$/u;

/** Returns how a script on a host validates the value. The pattern is also valid in .NET. */
export function valuePattern(name: string): { pattern: string; isAddress: boolean } {
  const kind = valueKind(parseOpenValue(name));
  const isAddress = kind === 'address';
  return { pattern: (isAddress ? ADDRESS_CHARACTERS : PATTERNS[kind]).source, isAddress };
}

/** Returns values by name, without empty ones. Throws `argument.invalid` for a value of the wrong kind. */
export function parseValues(values: readonly { name: string; value: string }[]): ReadonlyMap<string, string> {
  const given = values.filter(({ value }) => value.trim() !== '');
  const wrong = given.find(({ name, value }) => valueFault(parseOpenValue(name), value) !== undefined);
  if (wrong !== undefined) throw new ConsoleError('argument.invalid', { reason: wrong.name });
  return new Map(given.map(({ name, value }) => [name, value.trim()]));
}

/** Returns whether the text is an IP address or a DNS name, which contains more than digits and dots. */
function isAddress(text: string): boolean {
  if (ipBytes(text) !== undefined) return true;
  return HOST.test(text) && !/^[\d.]+$/u.test(text);
}
