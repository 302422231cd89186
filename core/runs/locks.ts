import { listClaims } from '../plan/model/claims.ts';
import type { Plan } from '../plan/model/plan.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { ClaimFolder, FolderClaim, HeldFolder, Ports, Processes } from '../shared/ports.ts';
import { recordProcesses, findRunningCommand } from './claimed-command.ts';

export interface Claim extends FolderClaim {
  /** Starts programs under the claim, which lasts until they end, even if this process is killed. */
  processes: Processes;
}

const FOLDER = 'run-locks';
const NAME_DIGITS = 32;
/** In bytes; the claim file of an exported script is empty. */
const CLAIM_LIMIT_BYTES = 1024;

/**
 * Claims all clusters of a plan, and its hosts, for one run. On Windows, a claim is valid for all accounts and data
 * folders of the computer, and for exported scripts (`core/plan/export/power-shell/state.ps1`). The claims of a killed
 * process end soon unless one of its commands is still running. Throws `run.cluster-busy`, `run.hosts-busy`,
 * `run.command-runs` or `file.not-writable`.
 */
export async function claimClusters(
  { files, crypto, processes }: Pick<Ports, 'files' | 'crypto' | 'processes'>,
  { dataFolder, plan, claim }: { dataFolder: string; plan: Plan; claim: ClaimFolder },
): Promise<Claim> {
  const programData = processes.environment('ProgramData');
  const shared = programData === undefined ? undefined : files.join(programData, 'Arcwarden', 'claims');
  const claims: FolderClaim[] = [];
  const folders: string[] = [];
  const release = async (): Promise<void> => {
    for (const each of claims.reverse()) await each.release();
  };
  // All processes claim in the same order, to avoid deadlocks.
  for (const { key, cluster } of listClaims(plan)) {
    const hash = hashKey(key, crypto);
    const folder = hash.slice(0, NAME_DIGITS);
    const take = async (place: string): Promise<void> => {
      claims.push(await claim(place));
      const command = await findRunningCommand({ files, processes }, place);
      if (command !== undefined) throw new ConsoleError('run.command-runs', { pid: command.pid });
      folders.push(place);
    };
    try {
      await take(files.join(dataFolder, FOLDER, folder));
      if (shared === undefined) continue;
      await take(files.join(shared, folder));
      const path = files.join(shared, `${hash}.claim`);
      if (await isHeldByScript({ files }, path)) throw new ConsoleError('store.locked', { path });
    } catch (error) {
      await release();
      if (!(error instanceof ConsoleError) || error.code !== 'store.locked') throw error;
      if (cluster === undefined) throw new ConsoleError('run.hosts-busy', {}, { cause: error });
      throw new ConsoleError('run.cluster-busy', { cluster }, { cause: error });
    }
  }
  const check = (): void => {
    for (const each of claims) each.check();
  };
  return { check, release, processes: recordProcesses({ files: files.createFenced(check), processes }, folders) };
}

/** For display only. */
export async function isClaimed(
  { files, crypto }: Pick<Ports, 'files' | 'crypto'>,
  { dataFolder, plan, isHeld }: { dataFolder: string; plan: Plan; isHeld: HeldFolder },
): Promise<boolean> {
  const folders = listClaims(plan).map(({ key }) => hashKey(key, crypto).slice(0, NAME_DIGITS));
  const held = await Promise.all(folders.map((folder) => isHeld(files.join(dataFolder, FOLDER, folder))));
  return held.includes(true);
}

function hashKey(key: string, crypto: Ports['crypto']): string {
  return crypto.sha256Hex(new TextEncoder().encode(key));
}

async function isHeldByScript({ files }: Pick<Ports, 'files'>, path: string): Promise<boolean> {
  try {
    await files.read(path, CLAIM_LIMIT_BYTES);
    return false;
  } catch (error) {
    return error instanceof ConsoleError && error.code === 'file.not-readable';
  }
}
