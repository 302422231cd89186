import type { Cluster } from '../domain/credential.ts';
import { ConsoleError } from '../domain/problem.ts';
import type { Invocation } from './invocation.ts';
import { listOf } from './options.ts';

/** Which clusters a command is about: those named by `--cluster`, by name or id, else all. `cluster.unknown`. */
export function wantedClusters(
  { line }: Pick<Invocation, 'line'>,
  clusters: readonly Cluster[],
): (cluster: { id: string; name: string }) => boolean {
  const wanted = listOf(line.values.cluster);
  for (const cluster of wanted)
    if (!clusters.some(({ id, name }) => id === cluster || name === cluster))
      throw new ConsoleError('cluster.unknown', { cluster });
  return ({ id, name }) => wanted.length === 0 || wanted.includes(id) || wanted.includes(name);
}
