import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killImports, killLoop, type KillReport } from '../core/inventory/store/kill-loop.ts';

const DEFAULT_KILLS = 50;

/**
 * Kills a process that writes to a store, then one that imports, as often as the first argument says. Exits with 1 if
 * anything was lost.
 */
async function main(): Promise<void> {
  const kills = Number(process.argv[2] ?? DEFAULT_KILLS);
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-kill-'));
  try {
    const writing = await killLoop(kills, join(folder, 'writing'));
    printReport('updates', writing);
    const importing = await killImports(kills, join(folder, 'importing'));
    printReport('clusters of imports', importing);
    process.exitCode = writing.failures.length + importing.failures.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printReport(what: string, { kills, updates, inFlightKept, failures }: KillReport): void {
  for (const failure of failures) console.log(failure);
  console.log(
    `${kills} kills in ${updates} acknowledged or kept ${what}; ` +
      `${inFlightKept} in flight were kept; ${failures.length} failures`,
  );
}

void main();
