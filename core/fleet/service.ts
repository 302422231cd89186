import type { Service } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { BoardRow } from '../inventory/model/board-row.ts';
import { printPage } from '../formats/print.ts';
import type { Translate } from '../shared/text/text.ts';
import type { ExportApi } from '../expiry/contract.ts';
import { exportBoard } from '../expiry/export/board-export.ts';
import { exportManagementReport, reportToPrint, type ManagementReport } from './export/management-report.ts';
import type { FleetInput } from './export/management-facts.ts';
import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';

interface ExportContext {
  ports: Pick<Ports, 'clock' | 'crypto' | 'files' | 'host' | 'tickets'>;
  fleet: () => JudgedFleet & Pick<FleetInput, 'needs'>;
  translate: () => Translate;
  /** Lists the credentials outside the platform. */
  listForeign?: () => readonly BoardRow[];
}

export function exportService({ ports, fleet, translate, listForeign }: ExportContext): Service<ExportApi> {
  const report = (): Omit<ManagementReport, 'nowMs'> => ({ ...fleet(), translate: translate() });
  return {
    board: ({ target, foreign = false, ...request }) =>
      exportBoard(ports, {
        ...fleet(),
        ...(foreign && listForeign && { rows: listForeign() }),
        ...request,
        path: ports.tickets.take(target, `write:${request.format}`),
        translate: translate(),
      }),
    report: ({ target }) =>
      exportManagementReport(ports, { ...report(), path: ports.tickets.take(target, 'write:html') }),
    print: () => printPage(ports, () => reportToPrint(ports, report())),
  };
}
