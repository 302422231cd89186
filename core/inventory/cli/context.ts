import type { Cluster } from '../model/credential.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import type { InventoryStore } from '../../store/inventory-store.ts';
import { InventoryService } from '../service.ts';

/** The service of the window over a store that a verb has opened; nobody listens to its events. */
export function inventoryOver(ports: Ports, store: InventoryStore): InventoryService {
  return new InventoryService({ ports, store, announce: () => undefined });
}

/** The cluster with a name or id. `cluster.unknown`. */
export function clusterNamed(clusters: readonly Cluster[], wanted: string): Cluster {
  const cluster = clusters.find(({ id, name }) => id === wanted || name === wanted);
  if (cluster === undefined) throw new ConsoleError('cluster.unknown', { cluster: wanted });
  return cluster;
}
