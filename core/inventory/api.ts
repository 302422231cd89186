import type { Ports } from '../shared/ports.ts';
import type { Service } from '../shared/problem.ts';
import type { InventoryApi } from './contract.ts';
import type { Audit, InventoryService } from './service.ts';

export interface InventoryApiContext {
  service: InventoryService;
  tickets: Ports['tickets'];
  audit: Audit;
}

/** The window's methods on the service: tickets become paths. */
export function inventoryApi({ service, tickets, audit }: InventoryApiContext): Service<InventoryApi> {
  return {
    overview: () => service.overview(),
    rows: ({ clusterIds }) => service.rows(clusterIds),
    details: (request) => service.details(request),
    places: async () =>
      (await service.places()).map((place) =>
        place.state === 'there' ? { ...place, ticket: tickets.issue(place.path) } : place,
      ),
    importFiles: (request) => service.importFiles(request.tickets.map((ticket) => tickets.take(ticket))),
    forget: async ({ clusterId }) => {
      const { name } = await service.forget(clusterId);
      return { clusterId, name };
    },
    restore: ({ clusterId }) => service.restore(clusterId),
    rename: (request) => service.rename(request, audit),
    merge: (request) => service.merge(request, audit),
    move: (request) => service.move(request, audit),
    liftRevocation: (request) => service.liftRevocation(request, audit),
  };
}
