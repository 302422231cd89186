import { commandFor } from '../../knowledge/model/cited-command.ts';
import { isClusterName } from '../../knowledge/model/cmdlets/command-values.ts';
import { isGenericName, nameCertainty, type NameEvidence } from './cluster-name.ts';
import type { Remedy } from '../../knowledge/model/credentials/roles-remedies.ts';
import type { CommandValues } from './command.ts';
import type { CommandWord } from './plan.ts';

/*
 * The name of a cluster for people may say more than that for commands: `edge (fb2b53bb)` is a second one of that name.
 */

/** A cluster by both of its names. */
export interface NamedCluster {
  name: string;
  /** The name for commands; absent: `name`, where that can be one. */
  commandName?: string;
  /** Evidence for `name`; absent where an admin or a program stated it. */
  nameEvidence?: NameEvidence;
}

/** Something in a cluster, with the names of that. */
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
 * The name for commands; `undefined` where it is not known, since a guessed name is worse than a gap. A text that no
 * cluster can be called came from a file that anybody may have made, and never gets into a command.
 */
export function findCommandName({ name, commandName, nameEvidence }: Partial<NamedCluster>): string | undefined {
  if (commandName !== undefined) return isClusterName(commandName) ? commandName : undefined;
  if (nameEvidence !== undefined && nameCertainty(nameEvidence) !== 'certain') return undefined;
  // The part of a fingerprint that tells a second cluster of one name apart is known to no cmdlet.
  return name === undefined || isGenericName(name) || !isClusterName(name) ? undefined : name;
}

/** A command of the catalogue as typed for a cluster; the placeholder stays where its name is not known. */
export function commandOf(remedy: Pick<Remedy, 'command'>, cluster: Partial<NamedCluster>): string {
  const name = findCommandName(cluster);
  return name === undefined ? remedy.command : commandFor(remedy, name);
}

/**
 * Values for commands that need the name of a cluster alone; one that is not known is asked for, cluster by cluster.
 */
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
