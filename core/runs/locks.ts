import { listClaims } from '../plan/model/claims.ts';
import type { Plan } from '../plan/model/plan.ts';
import { ConsoleError } from '../shared/problem.ts';
import { encodeHex } from '../formats/der/hex.ts';
import type { Ports } from '../shared/ports.ts';

export interface Claim {
  release(): Promise<void>;
}

/** Makes this process the only one working in a folder, which is created. `store.locked` when another one has it. */
export type ClaimFolder = (folder: string) => Promise<Claim>;

const FOLDER = 'run-locks';
const NAME_DIGITS = 32;

/**
 * Claims every cluster of a plan, and its hosts, for one run; two runs never work on one cluster. The claims of a
 * killed process do not last long. `run.cluster-busy`, `file.not-writable`.
 */
export async function claimClusters(
  { files, crypto }: Pick<Ports, 'files' | 'crypto'>,
  { dataFolder, plan, claim }: { dataFolder: string; plan: Plan; claim: ClaimFolder },
): Promise<Claim> {
  const claims: Claim[] = [];
  const release = async (): Promise<void> => {
    for (const each of claims.reverse()) await each.release();
  };
  // In the same order for everybody, so that no two processes wait for each other.
  for (const name of listClaims(plan)) {
    const hash = encodeHex(crypto.sha256(new TextEncoder().encode(name))).slice(0, NAME_DIGITS);
    try {
      claims.push(await claim(files.join(dataFolder, FOLDER, hash)));
    } catch (error) {
      await release();
      if (!(error instanceof ConsoleError) || error.code !== 'store.locked') throw error;
      const cluster = plan.clusters.find(({ id }) => id === name)?.name ?? name;
      throw new ConsoleError('run.cluster-busy', { cluster }, { cause: error });
    }
  }
  return { release };
}
