import { commandFor } from '../../knowledge/model/cited-command.ts';
import { isClusterName } from '../../knowledge/model/cmdlets/command-values.ts';
import { isGenericName, nameCertainty, type NameEvidence } from './cluster-name.ts';
import type { Remedy } from '../../knowledge/model/credentials/roles-remedies.ts';
import type { CommandValues } from './command.ts';
import type { CommandWord } from './plan.ts';

/* The name of a cluster for people may say more than its name for commands: `edge (fb2b53bb)` is a second one of that name. */

/** A cluster by both of its names. */
export interface NamedCluster {
  /** For people. */
  name: string;
  /** As commands take it; absent: `name`, where that can be one. */
  commandName?: string;
  /** What `name` rests on; absent where an admin or a program stated it. */
  nameEvidence?: NameEvidence;
}

/** Something in a cluster, with the names of that. */
export interface InCluster extends Omit<NamedCluster, 'name'> {
  cluster: string;
}

/** The names alone of what is more than that. */
export function namesOfCluster({ name, commandName, nameEvidence }: NamedCluster): NamedCluster {
  return {
    name,
    ...(commandName !== undefined && { commandName }),
    ...(nameEvidence !== undefined && { nameEvidence }),
  };
}

/** The same of something that is in a cluster, which says so by `cluster`. */
export function namesInCluster({ cluster, commandName, nameEvidence }: InCluster): NamedCluster {
  return namesOfCluster({ name: cluster, commandName, nameEvidence });
}

/**
 * What commands call a cluster; `undefined` where that is not known: a guessed name is worse than a gap. What can be no
 * name of a cluster came from a file that somebody else may have made, and never gets into a command.
 */
export function findCommandName({ name, commandName, nameEvidence }: Partial<NamedCluster>): string | undefined {
  if (commandName !== undefined) return isClusterName(commandName) ? commandName : undefined;
  if (nameEvidence !== undefined && nameCertainty(nameEvidence) !== 'certain') return undefined;
  // Part of a fingerprint, which no cmdlet knows, tells a second cluster of the same name apart: it is no name of a cluster.
  return name === undefined || isGenericName(name) || !isClusterName(name) ? undefined : name;
}

/** A command of the catalogue for a cluster, as somebody types it; its placeholder stays where the name is not known. */
export function commandOf(remedy: Pick<Remedy, 'command'>, cluster: Partial<NamedCluster>): string {
  const name = findCommandName(cluster);
  return name === undefined ? remedy.command : commandFor(remedy, name);
}

/** The name of a cluster for commands that need nothing else; a name that is not known is asked for, cluster by cluster. */
export function clusterValues(cluster: NamedCluster): CommandValues {
  const value = findCommandName(cluster);
  return { values: value === undefined ? {} : { cluster: value }, openName: (name) => openNameOf(name, cluster.name) };
}

/** Same, as one word. */
export function clusterWord(cluster: NamedCluster): CommandWord {
  const value = findCommandName(cluster);
  return value === undefined ? { name: openClusterName(cluster) } : { name: 'cluster', value };
}

/** The name under which the script of a plan asks what commands call a cluster. */
export function openClusterName({ name }: NamedCluster): string {
  return openNameOf('cluster', name);
}

/** `cluster-edge-fb2b53bb`: lower-case words with hyphens, whatever a name contains. */
function openNameOf(placeholder: string, name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
  return words === '' ? placeholder : `${placeholder}-${words}`;
}
