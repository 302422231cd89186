import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { toRows } from '../../../core/inventory/rows.ts';
import type { Store } from '../../../core/store/inventory-store.ts';
import { openStore } from '../../../core/store/store.ts';
import { CLUSTERS, killCluster, killId } from './kill-clusters.ts';
import { COLUMNS, storePorts } from './ports.ts';

const WRITER = 'tests/core/store/kill-writer.ts';
/** Sometimes long enough only to start the writer; the rest falls into its loop. */
const LONGEST_BEFORE_OPEN_MS = 120;
const LONGEST_LOOP_MS = 100;

export interface KillReport {
  kills: number;
  updates: number;
  /** Updates that were on disk although the writer was killed before it could report them. */
  inFlightKept: number;
  /** Things that must never happen, in words. */
  failures: string[];
}

/**
 * Kills a writing process `kills` times at random instants, in `workFolder`, and checks after each what the store
 * contains. Expected: every acknowledged update, perhaps the one in flight, no other, no torn file, no finding.
 */
export async function killLoop(kills: number, workFolder: string): Promise<KillReport> {
  const writer = await bundleWriter(workFolder);
  const folder = join(workFolder, 'data');
  const report: KillReport = { kills: 0, updates: 0, inFlightKept: 0, failures: [] };
  let last = -1;
  for (; report.kills < kills && report.failures.length === 0; report.kills += 1) {
    const acknowledged = Math.max(last, await killOnce([writer, folder, String(last + 1)]));
    const { found, failures } = await inspect(folder, acknowledged);
    report.failures.push(...failures);
    if (found > acknowledged) report.inFlightKept += 1;
    last = Math.max(found, acknowledged);
  }
  report.updates = last + 1;
  return report;
}

async function bundleWriter(workFolder: string): Promise<string> {
  // Resolved at run time, because esbuild refuses to be bundled.
  const name = 'esbuild';
  const esbuild = (await import(name)) as typeof import('esbuild');
  const outfile = join(workFolder, 'kill-writer.cjs');
  mkdirSync(workFolder, { recursive: true });
  await esbuild.build({
    entryPoints: [join(process.cwd(), WRITER)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    logLevel: 'error',
  });
  return outfile;
}

/** The last number that the writer reported, -1 if none. */
async function killOnce(args: string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let acknowledged = -1;
  const opened = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'open') resolve();
      else acknowledged = Number(line);
    });
  });
  if (Math.random() < 0.15) {
    await pause(Math.random() * LONGEST_BEFORE_OPEN_MS);
  } else {
    await Promise.race([opened, ended]);
    await pause(Math.random() * LONGEST_LOOP_MS);
  }
  child.kill('SIGKILL');
  await ended;
  return acknowledged;
}

async function inspect(folder: string, acknowledged: number): Promise<{ found: number; failures: string[] }> {
  const torn = tornFiles(folder);
  const store = await openStore(storePorts(), folder, { columns: COLUMNS });
  const failures = [
    ...torn.map((name) => `${name} is torn`),
    ...store.findings().map(({ rule, place }) => `${rule} at ${place.path ?? '?'}`),
    ...store
      .clusters()
      .filter(isListedWrongly)
      .map(({ id }) => `${id} is listed with other rows than its file has`),
    ...leftOvers(folder).map((name) => `${name} was left over`),
  ];
  const clusters = await allClusters(store);
  const numbers = clusters.map(({ addresses }) => Number(addresses[0]?.replace('update ', '')));
  const found = Math.max(-1, ...numbers);
  if (found < acknowledged || found > acknowledged + 1) {
    failures.push(`update ${acknowledged} was acknowledged, update ${found} is there`);
  }
  for (let number = Math.max(0, found - CLUSTERS + 1); number <= found; number += 1) {
    const stored = clusters.find(({ id }) => id === killId(number));
    if (!isDeepStrictEqual(stored, killCluster(number))) {
      failures.push(`${killId(number)} is not as update ${number} wrote it`);
    }
  }
  await store.close();
  return { found, failures };
}

function isListedWrongly(cluster: Cluster): boolean {
  // A copy has read the file.
  const inFile = toRows({ ...cluster }).map((row) => ({ ...row }));
  return !isDeepStrictEqual(
    toRows(cluster).map((row) => ({ ...row })),
    inFile,
  );
}

/** Includes the cluster whose writer was killed between forgetting and restoring. */
async function allClusters(store: Store): Promise<Cluster[]> {
  for (let number = 0; number < CLUSTERS; number += 1) {
    await store.restore(killId(number)).catch(() => undefined);
  }
  return [...store.clusters()];
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map(String);
  } catch {
    return [];
  }
}

function tornFiles(folder: string): string[] {
  const whole = namesBelow(folder).filter((name) => /\.json(?:\.previous)?$/u.test(name));
  return whole.filter((name) => {
    try {
      JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return false;
    } catch {
      return true;
    }
  });
}

function leftOvers(folder: string): string[] {
  return namesBelow(folder).filter((name) => /\.tmp$|\.damaged-/u.test(name));
}
