import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { listRows } from '../../../../core/inventory/store/rows.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import type { Store } from '../../../../core/inventory/store/data-store.ts';
import { CLUSTERS, killCluster, killId } from './kill-clusters.ts';
import { bundleProgram } from '../../../support/bundle-program.ts';
import { SignedFleet } from '../../../support/signed-fleet.ts';
import { COLUMNS, storePorts } from './ports.ts';
import { plainRow } from '../../../support/board-rows.ts';

const WRITER = 'tests/core/inventory/store/kill-writer.ts';
const IMPORT_WRITER = 'tests/core/inventory/store/kill-import-writer.ts';
const FLEET_CLUSTERS = 24;
/** Approximate duration of an import of the fleet. */
const LONGEST_IMPORT_MS = 400;
const LONGEST_LOOP_MS = 100;

export interface KillReport {
  kills: number;
  updates: number;
  /** Number of updates that were on disk although the writer was killed before it could report them. */
  inFlightKept: number;
  /** Descriptions of failures; there must be none. */
  failures: string[];
}

/**
 * Kills a writing process `kills` times at random moments, and checks the store in `workFolder` each time. The store
 * must contain every acknowledged update, possibly the update in progress, and nothing else. It must contain no
 * incomplete file and have no finding.
 */
export async function killLoop(kills: number, workFolder: string): Promise<KillReport> {
  const writer = await bundleProgram(workFolder, WRITER);
  const folder = join(workFolder, 'data');
  const report: KillReport = { kills: 0, updates: 0, inFlightKept: 0, failures: [] };
  let last = -1;
  for (; report.kills < kills && report.failures.length === 0; report.kills += 1) {
    const acknowledged = Math.max(last, await killOnce([writer, folder, String(last + 1)], chooseMoment(report.kills)));
    const { found, failures } = await inspect(folder, acknowledged);
    report.failures.push(...failures);
    if (found > acknowledged) report.inFlightKept += 1;
    last = Math.max(found, acknowledged);
  }
  report.updates = last + 1;
  return report;
}

/** Kills imports of a fleet `kills` times at random moments. Each import is repeated until the fleet is complete. */
export async function killImports(kills: number, workFolder: string): Promise<KillReport> {
  const writer = await bundleProgram(workFolder, IMPORT_WRITER);
  const fleet = join(workFolder, 'fleet');
  const signed = new SignedFleet({ workers: 2, rsaKeys: 0 });
  for (let number = 0; number < FLEET_CLUSTERS; number += 1) {
    await signed.writeCluster(join(fleet, `cluster-${number}`), number);
  }
  await runWholeImport([writer, join(workFolder, 'whole'), fleet]);
  const whole = await readContents(join(workFolder, 'whole'));
  const report: KillReport = { kills: 0, updates: 0, inFlightKept: 0, failures: [] };
  let saved = new Set<ClusterId>();
  for (let data = 0; report.kills < kills && report.failures.length === 0; report.kills += 1) {
    const folder = join(workFolder, `data-${data}`);
    const acknowledged = await killImportOnce([writer, folder, fleet], chooseMoment(report.kills));
    for (const id of acknowledged) saved.add(id as ClusterId);
    report.updates += acknowledged.size;
    const failures = await wrongIn(folder);
    const found = await readContents(folder);
    const ids = new Set(found.map(({ id }) => id));
    for (const id of saved) if (!ids.has(id)) failures.push(`${id} was acknowledged and is not there`);
    for (const { name, credentials } of found) {
      const expected = whole.find((each) => each.name === name);
      if (!isDeepStrictEqual(credentials, expected?.credentials)) failures.push(`${name} is not whole`);
    }
    report.failures.push(...failures);
    report.inFlightKept += found.filter(({ id }) => !saved.has(id)).length;
    if (found.length < whole.length) continue;
    data += 1;
    saved = new Set();
  }
  return report;
}

async function readContents(folder: string): Promise<{ id: ClusterId; name: string; credentials: Set<string> }[]> {
  const store = await openStore(storePorts(), folder, { readOnly: true });
  return store
    .clusters()
    .map(({ id, name, credentials }) => ({
      ...{ id, name },
      credentials: new Set(credentials.map((each) => each.id)),
    }));
}

async function runWholeImport(args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`an import that nobody killed ended with ${String(code)}`);
}

/** The moment from which the kill is timed: the start, the opening of the store, or the first report. */
type Moment = 'started' | 'open' | 'reported';

const MOMENTS: readonly Moment[] = ['reported', 'open', 'reported', 'open', 'reported', 'started'];

const chooseMoment = (kill: number): Moment => MOMENTS[kill % MOMENTS.length] ?? 'open';

/**
 * Kills a writer up to `longestMs` after the given moment; returns the lines that the writer reported, except `open`.
 */
async function killAt(args: string[], moment: Moment, longestMs: number): Promise<string[]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const reported: string[] = [];
  const reached = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line !== 'open') reported.push(line);
      if (moment === 'open' || reported.length > 0) resolve();
    });
  });
  if (moment !== 'started') await Promise.race([reached, ended]);
  await pause(Math.random() * longestMs);
  child.kill('SIGKILL');
  await ended;
  return reported;
}

/** Kills the writer of numbered updates; returns the last reported number, or -1 if there is none. */
async function killOnce(args: string[], moment: Moment): Promise<number> {
  return Number((await killAt(args, moment, LONGEST_LOOP_MS)).at(-1) ?? -1);
}

/** Kills an import; returns the ids of the clusters that the import reported. */
async function killImportOnce(args: string[], moment: Moment): Promise<Set<string>> {
  return new Set((await killAt(args, moment, LONGEST_IMPORT_MS)).filter((line) => line !== 'done'));
}

async function inspect(folder: string, acknowledged: number): Promise<{ found: number; failures: string[] }> {
  const failures = await wrongIn(folder);
  const store = await openStore(storePorts(), folder, { columns: COLUMNS });
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

/** Returns descriptions of everything in a data folder that must never be there. */
async function wrongIn(folder: string): Promise<string[]> {
  const torn = tornFiles(folder);
  const store = await openStore(storePorts(), folder, { columns: COLUMNS });
  const wrong = [
    ...torn.map((name) => `${name} is torn`),
    ...store.findings().map(({ rule, place }) => `${rule} at ${place.path ?? '?'}`),
    ...store
      .clusters()
      .filter(isListedWrongly)
      .map(({ id }) => `${id} is listed with other rows than its file has`),
    ...listLeftovers(folder).map((name) => `${name} was left over`),
  ];
  await store.close();
  return wrong;
}

function isListedWrongly(cluster: Cluster): boolean {
  // Copying the cluster reads its file.
  const inFile = listRows({ ...cluster }).map(plainRow);
  return !isDeepStrictEqual(listRows(cluster).map(plainRow), inFile);
}

/** Returns all clusters, including one whose writer was killed between forgetting and restoring. */
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

function listLeftovers(folder: string): string[] {
  return namesBelow(folder).filter((name) => /\.tmp$|\.damaged-/u.test(name));
}
