import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgresStores } from '../../../core/node/postgres/shared-stores.ts';
import { createFiles } from '../../../core/node/files.ts';
import { nodeClock, nodeScheduler } from '../../../core/node/clock.ts';
import { nodeIds } from '../../../core/node/ids.ts';
import { claimInSharedStore } from '../../../core/runs/shared-claims.ts';
import type { FolderClaim } from '../../../core/shared/ports.ts';
import { findPostgres, PostgresServer } from '../../support/postgres.ts';
import { testPorts } from '../../support/ports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makePlan, step } from './plans.ts';

/* Runs of several consoles on the same clusters, kept apart by a real PostgreSQL. */

const PROGRAMS = findPostgres();
const sharing = test.skipIf(PROGRAMS === undefined);
let server!: PostgresServer;
let address = '';
beforeAll(async () => {
  if (PROGRAMS !== undefined) server = await PostgresServer.start(PROGRAMS);
});
afterAll(() => (server as PostgresServer | undefined)?.stop());
beforeEach(() => {
  if (PROGRAMS !== undefined) address = server.createDatabase();
});

/** `renewals` lets the test say when a claim is renewed. */
function begin(
  user: string,
  { renewals }: { renewals?: (renew: () => void) => void } = {},
): Promise<FolderClaim | undefined> {
  const dataFolder = temporaryFolder();
  writeFileSync(join(dataFolder, 'shared.json'), JSON.stringify({ schema: 1, address, revision: 0 }));
  const wait = (): Promise<void> => new Promise((resolve) => renewals?.(resolve));
  const ports = {
    ...testPorts(),
    clock: nodeClock(),
    files: createFiles(),
    ids: nodeIds(),
    scheduler: renewals === undefined ? nodeScheduler() : { ...nodeScheduler(), wait },
    host: { user: () => user } as never,
    sharedStores: postgresStores(),
  };
  return claimInSharedStore(ports, { dataFolder, plan: makePlan(step('one')) });
}

sharing('a second console is told who runs something on the cluster, until that run is over', async () => {
  const first = await begin('CORP\\anna');
  await expect(begin('CORP\\ben')).rejects.toMatchObject({
    code: 'shared.claimed',
    params: { name: 'one', by: expect.stringMatching(/^CORP\\anna [0-9a-f]{6}$/u) as unknown },
  });
  first?.check();
  await first?.release();
  const second = await begin('CORP\\ben');
  second?.check();
  await second?.release();
});

sharing('a run whose claim another console has taken over meanwhile stops', async () => {
  let renew: (() => void) | undefined;
  const first = await begin('anna', { renewals: (next) => (renew = next) });
  const database = address.slice(address.lastIndexOf('/') + 1);
  // The computer of the first run stood still until its claim ended.
  server.sql(database, `update arcwarden.claim set until = now() - interval '1 second'`);
  const second = await begin('ben');
  first?.check();
  renew?.();
  await expect
    .poll(() => {
      try {
        first?.check();
        return 'runs on';
      } catch (error) {
        return (error as { code: string }).code;
      }
    })
    .toBe('shared.claimed');
  second?.check();
  await first?.release();
  await second?.release();
});

sharing('without the server, a run goes on with the claims of its computer', async () => {
  await server.kill();
  expect(await begin('anna')).toBeUndefined();
  await server.begin();
});
