import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { postgresStores } from '../../../core/node/postgres/shared-stores.ts';
import { createFiles } from '../../../core/node/files.ts';
import { nodeClock, nodeScheduler } from '../../../core/node/clock.ts';
import type { Plan } from '../../../core/plan/model/plan.ts';
import { claimInSharedStore } from '../../../core/runs/shared-claims.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { FolderClaim } from '../../../core/shared/ports.ts';
import { usePostgres } from '../../support/postgres-tests.ts';
import { testPorts } from '../../support/ports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makePlan, step } from './plans.ts';

/* Runs of several consoles on the same clusters, kept apart by a real PostgreSQL. */

const postgres = usePostgres();
const PLAN = makePlan(step('one'));

/** The claims of the run’s own computer, which another program has taken over once `isLost` is set. */
class OwnClaims {
  isLost = false;
  readonly check = (): void => {
    if (this.isLost) throw new Error('taken over');
  };
}

/** `renewals` lets the test say when a claim is renewed; `console` is what the data folder drew when it joined. */
function begin(
  user: string,
  {
    renewals,
    plan = PLAN,
    console = randomUUID(),
    own = new OwnClaims(),
  }: { renewals?: (renew: () => void) => void; plan?: Plan; console?: string; own?: OwnClaims } = {},
): Promise<FolderClaim | undefined> {
  const dataFolder = temporaryFolder();
  const joined = { schema: 1, address: postgres.address, console, revision: 0 };
  writeFileSync(join(dataFolder, 'shared.json'), JSON.stringify(joined));
  const wait = (): Promise<void> => new Promise((resolve) => renewals?.(resolve));
  const ports = {
    ...testPorts(),
    clock: nodeClock(),
    files: createFiles(),
    scheduler: renewals === undefined ? nodeScheduler() : { ...nodeScheduler(), wait },
    host: { user: () => user } as never,
    sharedStores: postgresStores(),
  };
  return claimInSharedStore(ports, { dataFolder, plan, own });
}

postgres.testOnDatabase(
  'a second console is told who runs something on the cluster, until that run is over',
  async () => {
    const first = await begin('CORP\\anna');
    await expect(begin('CORP\\ben')).rejects.toMatchObject({
      code: 'shared.claimed',
      params: { name: 'retail-east', by: expect.stringMatching(/^CORP\\anna \(.+\) [0-9a-f]{6}$/u) as unknown },
    });
    first?.check();
    await first?.release();
    const second = await begin('CORP\\ben');
    second?.check();
    await second?.release();
  },
);

postgres.testOnDatabase('a console that was killed gets its claims back as soon as it starts again', async () => {
  const console = randomUUID();
  const own = new OwnClaims();
  const killed = await begin('anna', { console, own });
  const again = await begin('anna', { console });
  again?.check();
  // Another folder of the same user on the same computer is another console.
  await expect(begin('anna')).rejects.toMatchObject({ code: 'shared.claimed' });
  // The first process lives after all, and ends its run: the claims belong to the second by now.
  own.isLost = true;
  await killed?.release();
  await expect(begin('ben')).rejects.toMatchObject({ code: 'shared.claimed' });
  await again?.release();
});

postgres.testOnDatabase('a run whose claim another console has taken over meanwhile stops', async () => {
  let renew: (() => void) | undefined;
  const first = await begin('anna', { renewals: (next) => (renew = next) });
  // The computer of the first run stood still until its claim ended.
  postgres.server.sql(postgres.database, `update arcwarden.claim set until = now() - interval '1 second'`);
  const second = await begin('ben');
  first?.check();
  renew?.();
  await expect
    .poll(
      () => {
        try {
          first?.check();
          return 'runs on';
        } catch (error) {
          return (error as { code: string }).code;
        }
      },
      { timeout: 30_000 },
    )
    .toBe('shared.claimed');
  second?.check();
  await first?.release();
  await second?.release();
});

postgres.testOnDatabase('without the server, a run goes on with the claims of its computer', async () => {
  await postgres.server.kill();
  expect(await begin('anna')).toBeUndefined();
  await postgres.server.begin();
});

postgres.testOnDatabase('clusters of two sites may have one name', async () => {
  const planFor = (id: string): Plan => ({
    ...makePlan(),
    clusters: [{ name: 'management', id: id as ClusterId, isHost: false }],
  });
  const first = await begin('anna', { plan: planFor('site-one') });
  const second = await begin('ben', { plan: planFor('site-two') });
  await expect(begin('carl', { plan: planFor('site-two') })).rejects.toMatchObject({
    code: 'shared.claimed',
    params: { name: 'management' },
  });
  await first?.release();
  await second?.release();
});
