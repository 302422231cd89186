import type { Ports } from '../shared/ports.ts';
import type { Service } from '../shared/problem.ts';
import type { ImportReport, InventoryApi } from './contract.ts';
import type { InventoryService } from './service.ts';
import type { FileUse } from '../shared/ticket.ts';

/** The most changes that a window shows at once. */
const MOST_CHANGES = 1_000;

/** Passes tickets to the window instead of paths. */
export function inventoryApi({
  service,
  tickets,
  host,
}: {
  service: InventoryService;
  tickets: Ports['tickets'];
  host: Pick<Ports['host'], 'showFolder'>;
}): Service<InventoryApi> {
  return {
    overview: () => service.overview(),
    rows: ({ clusterIds }) => service.rows(clusterIds),
    details: (request) => service.details(request),
    issuers: () => service.findIssuers(),
    showFolder: async (request) => {
      await host.showFolder?.(await service.findFolder(request));
      return null;
    },
    changes: async (request) => {
      const list = await service.changes(request);
      return { ...list, changes: list.changes.slice(0, MOST_CHANGES) };
    },
    places: async () =>
      (await service.places()).map((place) =>
        place.state === 'there' ? { ...place, ticket: tickets.issue(place.path, 'read:import') } : place,
      ),
    importFiles: async (request) => {
      const paths = request.tickets.map((ticket) => tickets.take(ticket, 'read:import'));
      const report = await service.importFiles(paths, { passphraseFor: () => request.passphrase });
      return addTickets(report, tickets);
    },
    examineFiles: async (request) => {
      const paths = request.tickets.map((ticket) => tickets.take(ticket, 'read:examine'));
      const found = await service.examineFiles(paths, { passphraseFor: () => request.passphrase });
      return addTickets(found, tickets, 'read:examine');
    },
    cancelImport: () => {
      service.cancelImports();
      return null;
    },
    forget: async ({ clusterId }, note) => {
      const { name } = await service.forget(clusterId, note);
      return { clusterId, name };
    },
    restore: ({ clusterId }, note) => service.restore(clusterId, note),
    rename: (request, note) => service.rename(request, note),
    undoRename: ({ clusterId }, note) => service.undoRename(clusterId, note),
    merge: (request, note) => service.merge(request, note),
    move: (request, note) => service.move(request, note),
    decisions: () => service.decisions(),
    decide: ({ id }, note) => service.decide(id, note),
    liftRevocation: (request, note) => service.liftRevocation(request, note),
  };
}

/** Adds tickets with which the window can read locked files again, with a passphrase. */
export function addTickets<Read extends Pick<ImportReport, 'locked'>>(
  read: Read,
  tickets: Ports['tickets'],
  use: FileUse = 'read:import',
): Read {
  return { ...read, locked: read.locked.map(({ path }) => ({ path, ticket: tickets.issue(path, use) })) };
}
