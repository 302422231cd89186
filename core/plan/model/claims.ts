import type { ClusterId } from '../../shared/ids.ts';
import type { Plan, PlanStep } from './plan.ts';

/** What two runs may never change at once: each cluster of the plan, and its hosts. */
export function listClaims({
  clusters,
  steps,
}: Pick<Plan, 'clusters'> & { steps: readonly Pick<PlanStep, 'cluster'>[] }): string[] {
  const names = new Set<string>();
  for (const { id, name } of clusters) names.add(id ?? name);
  const ids = new Map<string, ClusterId | undefined>(clusters.map(({ id, name }) => [name, id]));
  for (const { cluster } of steps) {
    if (cluster !== undefined) names.add(ids.get(cluster) ?? cluster);
    else names.add(HOSTS_CLAIM);
  }
  return [...names].sort();
}

/** For the hosts of all clusters: no cluster id in an inventory contains a space. */
export const HOSTS_CLAIM = 'the hosts';
