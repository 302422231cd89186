import { openJoinedStore } from '../inventory/store/joined-store.ts';
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

type SharedClaimPorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'host' | 'ids' | 'scheduler' | 'sharedStores'>;

/**
 * Claims the clusters of a plan in the shared store, if the data folder is a copy of one: no other console can run
 * anything on them meanwhile. Hosts are claimed only on their own computer, since a fleet has many of them. Without the
 * server the run goes on with the claims of this computer: an outage may concern the server as well. Throws
 * `shared.claimed`.
 */
export async function claimInSharedStore(
  ports: SharedClaimPorts,
  { dataFolder, plan }: { dataFolder: string; plan: Plan },
): Promise<FolderClaim | undefined> {
  const shared = await openSharedStore(ports, dataFolder);
  if (shared === undefined) return undefined;
  const names = [...new Set(listClaims(plan).flatMap(({ cluster }) => cluster ?? []))].sort();
  const owner = `${ports.host.user()} ${ports.ids.next().slice(0, 6)}`;
  const held = new Map<string, SharedClaim>();
  const ended = new Cancelling();
  let lost: ConsoleError | undefined;

  const renew = async (): Promise<void> => {
    for (const name of names) held.set(name, await shared.claim(`${RUN_CLAIM}${name}`, owner, LASTS_S));
  };
  const release = async (): Promise<void> => {
    ended.abort();
    for (const claim of held.values()) await shared.release(claim).catch(() => undefined);
    await shared.close();
  };
  const keep = async (): Promise<void> => {
    while (!ended.aborted) {
      await ports.scheduler.wait(RENEWED_EVERY_MS, ended);
      if (ended.aborted) return;
      await renew().catch((error: unknown) => {
        if (!isAway(error))
          lost = error instanceof ConsoleError ? error : new ConsoleError('shared.away', { detail: '' });
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
    throw new ConsoleError(
      'shared.claimed',
      { by, until, name: String(name).replace(RUN_CLAIM, '') },
      { cause: error },
    );
  }
  void keep();
  const check = (): void => {
    if (lost !== undefined) throw lost;
  };
  return { check, release };
}

async function openSharedStore(ports: SharedClaimPorts, dataFolder: string): Promise<SharedStore | undefined> {
  const { crypto, files, sharedStores } = ports;
  const path = files.join(dataFolder, JOINED_FILE);
  if (sharedStores === undefined || (await unlessAbsent(files.facts(path))) === undefined) return undefined;
  const context = {
    ports,
    migrations: MIGRATIONS,
    readOnly: true,
    sha256Hex: (bytes: Uint8Array) => crypto.sha256Hex(bytes),
  };
  const { value } = await openJoinedStore(context, path);
  return value === null ? undefined : sharedStores.open(value.address);
}

function isAway(error: unknown): boolean {
  return error instanceof ConsoleError && (error.code === 'shared.away' || error.code === 'shared.refused');
}
