import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { clusterId, credentialId, fileTicket, MOST_ITEMS } from '../shared/contract/schemas.ts';
import type { Printed } from '../shared/ports.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
import { boardFilter, boardSort } from './schemas.ts';

const EXPORT_FORMATS = ['csv', 'json', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_METHODS = {
  board: method({
    ...{ format: z.enum(EXPORT_FORMATS), filter: boardFilter, sort: boardSort, target: fileTicket },
    /** Exports the credentials outside the platform instead. */
    foreign: z.boolean().optional(),
    /** If absent, all rows that pass the filter. */
    only: z.array(z.strictObject({ clusterId, credentialId })).max(MOST_ITEMS).optional(),
  })
    .exports('board.exported', ({ format }) => ({ format }))
    .answers<SavedExport>(),
  /** Writes the management report as one HTML file: the whole fleet, then one printed page per cluster. */
  report: method({ target: fileTicket }).exports('report.exported').answers<SavedFile>(),
  print: method().exports('report.printed').answers<Printed>(),
};

export type ExportApi = Calls<typeof EXPORT_METHODS>;

export interface SavedExport extends SavedFile {
  rows: number;
}
