import { instant } from '../../../core/domain/instant.ts';
import { fixedClock } from '../../../core/node/clock.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { nodeFiles } from '../../../core/node/files.ts';
import { nodeIds } from '../../../core/node/ids.ts';
import type { Files, Log } from '../../../core/ports.ts';
import type { StorePorts } from '../../../core/store/store.ts';

export const NOW = instant('2026-11-24T23:00:00Z');

export interface LogEntry {
  level: string;
  message: string;
}

export class ListLog implements Log {
  readonly entries: LogEntry[] = [];

  write(level: 'info' | 'warning' | 'error', message: string): void {
    this.entries.push({ level, message });
  }
}

/** The real file system, a clock that stands still and a log that can be looked at. */
export function storePorts(files: Files = nodeFiles()): StorePorts & { log: ListLog } {
  return {
    files,
    clock: fixedClock(NOW),
    crypto: nodeCrypto(),
    ids: nodeIds(),
    log: new ListLog(),
  };
}
