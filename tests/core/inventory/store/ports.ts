import { instant } from '../../../../core/shared/instant.ts';
import { createFixedClock, nodeScheduler } from '../../../../core/node/clock.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { createFiles } from '../../../../core/node/files.ts';
import { nodeIds } from '../../../../core/node/ids.ts';
import type { Files } from '../../../../core/shared/ports.ts';
import type { StorePorts } from '../../../../core/inventory/store/store.ts';
import { rowColumns } from '../../../../core/inventory/store/rows.ts';
import type { ColumnSource } from '../../../../core/inventory/store/columns/column-index.ts';
import { RecordingLog } from '../../../support/ports.ts';

const NOW = instant('2026-11-24T23:00:00Z');

/** Returns ports with the real file system, a fixed clock and a recording log. */
export function storePorts(files: Files = createFiles()): StorePorts & { log: RecordingLog } {
  return { files, clock: createFixedClock(NOW), crypto: nodeCrypto(), ids: nodeIds(), log: new RecordingLog() };
}

/** Source of columns for a fleet of any size. */
export const COLUMNS: ColumnSource = {
  makeColumns: rowColumns,
  version: 'test',
  pause: () => nodeScheduler().yield(),
  leastCredentials: 0,
};
