import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeWorkstation, type Workstation } from '../support/workstation.ts';

const PLACE = 'ARCWARDEN_PREPARED';
const LOOK_AGAIN_MS = 100;

export const EXECUTABLE =
  process.env['ARCWARDEN_APP'] ?? join(import.meta.dirname, '../../dist/linux-unpacked/arcwarden');

/** The command line shipped with the desktop application. */
export const COMMAND_LINE = join(dirname(EXECUTABLE), 'resources/arcwarden.cjs');

/** Creates a folder for shared data before all tests, and returns a function that removes it afterwards. */
export default function openPlace(): () => void {
  const place = mkdtempSync(join(tmpdir(), 'arcwarden-prepared-'));
  process.env[PLACE] = place;
  return () => rmSync(place, { recursive: true, force: true });
}

/**
 * Creates the files of a demo fleet with the management cluster and this many workload clusters, once per run because
 * generating keys takes a long time.
 */
export function fleetFiles(clusters: number): Promise<string> {
  return createOnce(`fleet-${clusters}`, (folder) =>
    arcwarden('sample', '--out', folder, '--clusters', String(clusters)),
  );
}

/** Content of a data folder: the demo fleet, an import from a workstation, or nothing. */
export type Content = 'nothing' | 'fleet' | 'workstation';

/** Initial data for the tests of one worker, created on demand. Tests work on copies. */
export class Stock {
  readonly #folder = mkdtempSync(join(tmpdir(), 'arcwarden-stock-'));
  #workstation: Workstation | undefined;

  workstation(): Workstation {
    return (this.#workstation ??= makeWorkstation(join(this.#folder, 'workstation'), Date.now()));
  }

  async data(content: Content, clusters: number): Promise<string> {
    if (content === 'fleet') return fleetData(clusters);
    const folder = join(this.#folder, `data-${content}`);
    if (existsSync(folder)) return folder;
    if (content === 'nothing') mkdirSync(folder);
    else await arcwarden('inventory', 'import', this.workstation().folder, '--data', folder);
    return folder;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function fleetData(clusters: number): Promise<string> {
  const files = await fleetFiles(clusters);
  return createOnce(`data-${clusters}`, (folder) => arcwarden('inventory', 'import', files, '--data', folder));
}

async function arcwarden(...words: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [COMMAND_LINE, ...words]);
}

/** Returns the folder with this name. The first worker to ask creates the folder while the others wait. */
async function createOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(process.env[PLACE] ?? '', name);
  const claim = `${folder}.claim`;
  while (!isClaimed(claim)) {
    if (existsSync(folder)) return folder;
    await wait(LOOK_AGAIN_MS);
  }
  try {
    if (existsSync(folder)) return folder;
    const making = `${folder}.making`;
    await make(making);
    renameSync(making, folder);
    return folder;
  } finally {
    rmdirSync(claim);
  }
}

/** Returns whether this process has obtained the claim. */
function isClaimed(claim: string): boolean {
  try {
    mkdirSync(claim);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
