import type { AuditRecord } from '../audit/store/audit.ts';
import type { Ports } from '../shared/ports.ts';
import type { Result } from '../shared/problem.ts';
import type { InventoryApi } from './contract.ts';
import type { InventoryService } from './service.ts';

export interface InventoryApiContext {
  service: InventoryService;
  tickets: Ports['tickets'];
  audit: (record: AuditRecord) => Promise<unknown>;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** The methods of the window: tickets become paths, and what is thrown becomes a problem. */
export function inventoryApi({ service, tickets, audit, answer }: InventoryApiContext): InventoryApi {
  return {
    overview: () => answer(() => service.overview()),
    rows: ({ clusterIds }) => answer(() => service.rows(clusterIds)),
    details: (request) => answer(() => service.details(request)),
    places: () =>
      answer(async () =>
        (await service.places()).map((place) =>
          place.state === 'there' ? { ...place, ticket: tickets.issue(place.path) } : place,
        ),
      ),
    importFiles: (request) => answer(() => service.importFiles(request.tickets.map((ticket) => tickets.take(ticket)))),
    forget: ({ clusterId }) =>
      answer(async () => {
        const { name } = await service.forget(clusterId);
        return { clusterId, name };
      }),
    restore: ({ clusterId }) => answer(() => service.restore(clusterId)),
    liftRevocation: (request) => answer(() => service.liftRevocation(request, audit)),
  };
}
