import { commandFor } from '../../knowledge/model/cited-command.ts';
import { isClusterName } from '../../knowledge/model/cmdlets/command-values.ts';
import { isGenericName, SURE_EVIDENCE, type NameEvidence } from './cluster-name.ts';
import type { Remedy } from '../../knowledge/model/credentials/roles-remedies.ts';
import type { CommandValues } from './command.ts';
import type { CommandWord } from './plan.ts';

/* The name shown may be more specific than the name in commands: `edge (fb2b53bb)` is the second `edge`. */

export interface NamedCluster {
  name: string;
  /** Name of the cluster in commands, if it differs from `name`. */
  commandName?: string;
  /** Evidence for `name`; absent if an admin or a program stated it. */
  nameEvidence?: NameEvidence;
}

export interface InCluster extends Omit<NamedCluster, 'name'> {
  cluster: string;
}

export function namesOfCluster({ name, commandName, nameEvidence }: NamedCluster): NamedCluster {
  return {
    name,
    ...(commandName !== undefined && { commandName }),
    ...(nameEvidence !== undefined && { nameEvidence }),
  };
}

export function namesInCluster({ cluster, commandName, nameEvidence }: InCluster): NamedCluster {
  return namesOfCluster({ name: cluster, commandName, nameEvidence });
}

/**
 * Returns the name for commands; `undefined` if it is unknown, because a gap is better than a guess. Text that is not a
 * valid cluster name may come from an untrusted file and never becomes part of a command.
 */
export function findCommandName({ name, commandName, nameEvidence }: Partial<NamedCluster>): string | undefined {
  if (commandName !== undefined) return isClusterName(commandName) ? commandName : undefined;
  if (nameEvidence !== undefined && !SURE_EVIDENCE.has(nameEvidence)) return undefined;
  // Cmdlets accept no names with an appended fingerprint.
  return name === undefined || isGenericName(name) || !isClusterName(name) ? undefined : name;
}

export function remedyCommand(remedy: Pick<Remedy, 'command'>, cluster: Partial<NamedCluster>): string {
  const name = findCommandName(cluster);
  return name === undefined ? remedy.command : commandFor(remedy, name);
}

export function clusterValues(cluster: NamedCluster): CommandValues {
  const value = findCommandName(cluster);
  return {
    values: value === undefined ? {} : { cluster: value },
    openName: (name) => openValueName(name, cluster.name),
  };
}

export function clusterWord(cluster: NamedCluster): CommandWord {
  const value = findCommandName(cluster);
  return value === undefined ? { name: openClusterName(cluster) } : { name: 'cluster', value };
}

export function openClusterName({ name }: NamedCluster): string {
  return openValueName('cluster', name);
}

/** Returns a name such as `cluster-edge-fb2b53bb`: lower-case words with hyphens, for any text. */
function openValueName(placeholder: string, name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
  return words === '' ? placeholder : `${placeholder}-${words}`;
}
