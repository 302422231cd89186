import {
  COMMAND_PLACEHOLDERS,
  type CommandPlaceholder,
  type PlaceholderKind,
} from '../../knowledge/model/command-placeholders.ts';
import { ipBytes } from '../../shared/ip-address.ts';
import type { PlanStep } from './plan.ts';
import { ConsoleError } from '../../shared/problem.ts';

/** Longer than any path or name in use. */
export const LONGEST_VALUE = 1_000;

export interface OpenValue {
  /** The value's name in the commands: `worker-ip`, or with several clusters `worker-ip-retail-east`. */
  name: string;
  placeholder?: CommandPlaceholder;
  of?: string;
}

/** The parameter of a cmdlet that takes the value, in the first step that contains it. */
export interface OpenValueUse {
  cmdlet: string;
  parameter: string;
  cluster?: string;
  minor?: string;
}

/** Returns uses by value name; omits values that no cmdlet takes as a parameter. */
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

/** Prefix of version names that an update step leaves open. */
export const OPEN_VERSION = 'kubernetes_version';

const PLACEHOLDERS = (Object.keys(COMMAND_PLACEHOLDERS) as CommandPlaceholder[]).sort(
  (one, other) => other.length - one.length,
);

export function parseOpenValue(name: string): OpenValue {
  const placeholder = PLACEHOLDERS.find((each) =>
    // In a name that ends with a cluster's name, hyphens replace backslashes.
    [each, each.replaceAll('\\', '-')].some((form) => name === form || name.startsWith(`${form}-`)),
  );
  if (placeholder === undefined) return { name };
  return { name, placeholder, of: name.slice(placeholder.length + 1) || undefined };
}

const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/u;
/** No value begins with a hyphen, or a program would take it for an option, such as another kubeconfig. */
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
 * Returns the kind that a value does not match, if any; an empty value stays open. Values cannot become code: this only
 * catches typing errors.
 */
export function valueFault({ name, placeholder }: OpenValue, value: string): PlaceholderKind | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  const kind = valueKind({ name, placeholder });
  if (text.length > LONGEST_VALUE) return kind;
  const isRight = kind === 'address' ? isAddress(text) : PATTERNS[kind].test(text);
  return isRight ? undefined : kind;
}

/** Addresses and DNS names of any form have only these; `valueFault`, or a host's IP parser, decides. */
const ADDRESS_CHARACTERS = /^(?!-)[A-Za-z0-9.:-]+$/u;

/** Returns how a script on a host validates a value, with a pattern that .NET also accepts. */
export function valuePattern(name: string): { pattern: string; isAddress: boolean } {
  const kind = valueKind(parseOpenValue(name));
  const isAddress = kind === 'address';
  return { pattern: (isAddress ? ADDRESS_CHARACTERS : PATTERNS[kind]).source, isAddress };
}

/** Returns values by name, without empty ones, which stay open. `argument.invalid` for a value of the wrong kind. */
export function parseValues(values: readonly { name: string; value: string }[]): ReadonlyMap<string, string> {
  const given = values.filter(({ value }) => value.trim() !== '');
  const wrong = given.find(({ name, value }) => valueFault(parseOpenValue(name), value) !== undefined);
  if (wrong !== undefined) throw new ConsoleError('argument.invalid', { reason: wrong.name });
  return new Map(given.map(({ name, value }) => [name, value.trim()]));
}

/** Accepts an IP address, or a DNS name, which never consists only of digits and dots. */
function isAddress(text: string): boolean {
  if (ipBytes(text) !== undefined) return true;
  return HOST.test(text) && !/^[\d.]+$/u.test(text);
}
