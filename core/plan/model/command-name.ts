import { commandFor } from '../../knowledge/model/cited-command.ts';
import { isClusterName } from '../../knowledge/model/cmdlets/command-values.ts';
import { isGenericName, SURE_EVIDENCE, type NameEvidence } from './cluster-name.ts';
import type { Remedy } from '../../knowledge/model/credentials/roles-remedies.ts';
import type { CommandValues } from './command.ts';
import type { CommandWord } from './plan.ts';

/* People may see a more specific name than commands need: `edge (fb2b53bb)` is the second cluster called `edge`. */

export interface NamedCluster {
  name: string;
  /** The name for commands, if it differs from `name`. */
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
 * Returns the name for commands; `undefined` if it is unknown, since a gap is better than a guess. A text that cannot
 * be a cluster's name may come from a file that anybody made, and never gets into a command.
 */
export function findCommandName({ name, commandName, nameEvidence }: Partial<NamedCluster>): string | undefined {
  if (commandName !== undefined) return isClusterName(commandName) ? commandName : undefined;
  if (nameEvidence !== undefined && !SURE_EVIDENCE.has(nameEvidence)) return undefined;
  // No cmdlet knows the part of a fingerprint that distinguishes clusters of the same name.
  return name === undefined || isGenericName(name) || !isClusterName(name) ? undefined : name;
}

export function remedyCommand(remedy: Pick<Remedy, 'command'>, cluster: Partial<NamedCluster>): string {
  const name = findCommandName(cluster);
  return name === undefined ? remedy.command : commandFor(remedy, name);
}

/** Returns values for commands that need only a cluster's name. A script asks for each unknown name separately. */
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

/** Makes a name such as `cluster-edge-fb2b53bb`: lower-case words with hyphens, whatever the name contains. */
function openValueName(placeholder: string, name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
  return words === '' ? placeholder : `${placeholder}-${words}`;
}
