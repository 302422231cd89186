import { nameClaimOwner, openJoinedStore } from '../inventory/store/joined-store.ts';
import { listClaims } from '../plan/model/claims.ts';
import type { Plan } from '../plan/model/plan.ts';
import type { FolderClaim, Ports } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';
import { RUN_CLAIM } from './model/run-claim.ts';
import type { SharedClaim, SharedStore } from '../shared/shared-store.ts';
import { Cancelling } from '../shared/stepwise/cancelling.ts';
import { JOINED_FILE } from '../store/data-layout.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';
import { MIGRATIONS } from '../store/migrations.ts';

/** A claim that nobody renews ends after this time, for example when its computer loses its power. */
const LASTS_S = 60;
const RENEWED_EVERY_MS = 20_000;

type SharedClaimPorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'host' | 'scheduler' | 'sharedStores'>;

/**
 * Claims the clusters of a plan in the shared store, if the data folder is a copy of one: no other console can run
 * anything on them meanwhile. Hosts are claimed only on their own computer, since a fleet has many of them. Without the
 * server the run goes on with the claims of this computer: an outage may concern the server as well. `own` are these
 * claims: whoever has taken them over has the shared claims as well, which then stay. Throws `shared.claimed`.
 */
export async function claimInSharedStore(
  ports: SharedClaimPorts,
  { dataFolder, plan, own }: { dataFolder: string; plan: Plan; own: Pick<FolderClaim, 'check'> },
): Promise<FolderClaim | undefined> {
  const opened = await openSharedStore(ports, dataFolder);
  if (opened === undefined) return undefined;
  const { shared, owner } = opened;
  const names = listNames(plan);
  const held = new Map<string, SharedClaim>();
  const ended = new Cancelling();
  let lost: Error | undefined;

  const renew = async (): Promise<void> => {
    for (const name of names.keys()) held.set(name, await shared.claim(name, owner, LASTS_S));
  };
  const release = async (): Promise<void> => {
    ended.abort();
    for (const claim of isStillHeld(own) ? held.values() : []) await shared.release(claim).catch(() => undefined);
    await shared.close();
  };
  const keep = async (): Promise<void> => {
    while (!ended.aborted) {
      await ports.scheduler.wait(RENEWED_EVERY_MS, ended);
      if (ended.aborted) return;
      await renew().catch((error: unknown) => {
        if (!isAway(error)) lost = error as Error;
      });
    }
  };

  try {
    await renew();
  } catch (error) {
    await release();
    if (isAway(error)) return undefined;
    if (!(error instanceof ConsoleError) || error.code !== 'shared.claimed') throw error;
    const { by = '', until = '', name = '' } = error.params;
    throw new ConsoleError('shared.claimed', { by, until, name: names.get(String(name)) ?? name }, { cause: error });
  }
  void keep();
  const check = (): void => {
    if (lost !== undefined) throw lost;
  };
  return { check, release };
}

function isStillHeld(claim: Pick<FolderClaim, 'check'>): boolean {
  try {
    claim.check();
    return true;
  } catch {
    return false;
  }
}

/**
 * Lists the names of a plan’s claims, in an order that prevents deadlocks, and the cluster of each. A cluster of the
 * inventory is claimed by its id, since clusters of two sites may have one name.
 */
function listNames(plan: Plan): Map<string, string> {
  const ids = new Map(plan.clusters.map(({ name, id }) => [name, id]));
  const clusters = listClaims(plan).flatMap(({ cluster }) => cluster ?? []);
  return new Map(
    clusters.map((cluster): [string, string] => [`${RUN_CLAIM}${ids.get(cluster) ?? cluster}`, cluster]).sort(),
  );
}

async function openSharedStore(
  ports: SharedClaimPorts,
  dataFolder: string,
): Promise<{ shared: SharedStore; owner: string } | undefined> {
  const { crypto, files, host, sharedStores } = ports;
  const path = files.join(dataFolder, JOINED_FILE);
  if (sharedStores === undefined || (await unlessAbsent(files.facts(path))) === undefined) return undefined;
  const context = {
    ports,
    migrations: MIGRATIONS,
    readOnly: true,
    sha256Hex: (bytes: Uint8Array) => crypto.sha256Hex(bytes),
  };
  const { value } = await openJoinedStore(context, path);
  if (value === null) return undefined;
  const owner = nameClaimOwner({ host, sharedStores }, value);
  return { shared: sharedStores.open(value.address), owner };
}

function isAway(error: unknown): boolean {
  return error instanceof ConsoleError && (error.code === 'shared.away' || error.code === 'shared.refused');
}
