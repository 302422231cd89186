import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killLoop } from '../core/store/kill-loop.ts';

const DEFAULT_KILLS = 50;

/** Kills a writing store repeatedly; the first argument is how often. Exits with 1 when anything was lost. */
async function main(): Promise<void> {
  const kills = Number(process.argv[2] ?? DEFAULT_KILLS);
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-kill-'));
  try {
    const { updates, inFlightKept, failures, ...done } = await killLoop(kills, folder);
    for (const failure of failures) console.log(failure);
    console.log(
      `${done.kills} kills in ${updates} acknowledged or kept updates; ` +
        `${inFlightKept} times the update in flight was kept; ${failures.length} failures`,
    );
    process.exitCode = failures.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
