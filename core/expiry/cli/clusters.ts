import type { Cluster } from '../../inventory/model/credential.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { listOf } from '../../cli/options.ts';

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
