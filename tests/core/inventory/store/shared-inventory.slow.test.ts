import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { readKnownFiles } from '../../../../core/inventory/fleet.ts';
import { InventoryService } from '../../../../core/inventory/service.ts';
import type { Store } from '../../../../core/inventory/store/data-store.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { createFiles } from '../../../../core/node/files.ts';
import { postgresStores } from '../../../../core/node/postgres/shared-stores.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { usePostgres } from '../../../support/postgres-tests.ts';
import { SetClock, testPorts } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { makeWorkstation } from '../../../support/workstation.ts';
import { storePorts } from './ports.ts';
import { clusterId, sampleCluster } from './sample-clusters.ts';

/* Consoles with data folders of their own, which share an inventory in a real PostgreSQL. */

const postgres = usePostgres();

/** Longer than any machine needs; ends only a test that hangs. */
const SOON = { timeout: 30_000, interval: 20 };

const opened: Store[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

async function openAs(user: string, folder: string, computer = 'HOST1'): Promise<Store> {
  const ports = { ...storePorts(), sharedStores: { ...postgresStores(), computer }, host: { user: () => user } };
  const store = await openStore(ports, folder);
  opened.push(store);
  return store;
}

function joinFolder(folder = temporaryFolder()): string {
  writeFileSync(join(folder, 'shared.json'), JSON.stringify({ schema: 1, address: postgres.address, revision: 0 }));
  return folder;
}

const openNew = (user: string, computer?: string): Promise<Store> => openAs(user, joinFolder(), computer);
const listIds = (store: Store): string[] => store.clusters().map(({ id }) => id);
const refresh = (store: Store): Promise<void> | undefined => store.shared?.refresh();

postgres.testOnDatabase(
  'a cluster that one console stores is the same for another, now and after a restart',
  async () => {
    const [anna, folder] = [await openNew('anna'), joinFolder()];
    const ben = await openAs('ben', folder);
    const clusters = [sampleCluster('alpha', 3), sampleCluster('beta', 0), sampleCluster('gamma', 1)];
    await anna.updateAll(clusters);
    expect(listIds(ben)).toEqual([]);
    await refresh(ben);
    expect(ben.clusters()).toEqual(clusters);
    await ben.close();
    opened.splice(opened.indexOf(ben), 1);
    expect((await openAs('ben', folder)).clusters()).toEqual(clusters);
  },
);

postgres.testOnDatabase('a change reaches another console without being asked for', async () => {
  const [anna, ben] = [await openNew('anna'), await openNew('ben')];
  ben.shared?.watch(() => void refresh(ben));
  await anna.update(sampleCluster('alpha'));
  await expect.poll(() => listIds(ben), SOON).toEqual(['alpha']);
  await anna.update(sampleCluster('beta'));
  await expect.poll(() => listIds(ben), SOON).toEqual(['alpha', 'beta']);
});

postgres.testOnDatabase('a forgotten, restored or corrected cluster is so everywhere', async () => {
  const [anna, ben] = [await openNew('anna'), await openNew('ben')];
  await anna.updateAll([sampleCluster('alpha', 1), sampleCluster('beta', 2)]);
  await refresh(ben);
  await ben.forget(clusterId('alpha'));
  await refresh(anna);
  expect(listIds(anna)).toEqual(['beta']);
  expect(anna.forgotten().map(({ id }) => id)).toEqual(['alpha']);
  // A console that joins later can restore it as well.
  const carl = await openNew('carl');
  expect(await carl.restore(clusterId('alpha'))).toEqual(sampleCluster('alpha', 1));
  await refresh(anna);
  expect(anna.cluster(clusterId('alpha'))).toEqual(sampleCluster('alpha', 1));
  expect(anna.forgotten()).toEqual([]);

  const beta = sampleCluster('beta', 2);
  const credentialIds = [...beta.credentials, ...beta.history.map(({ credential }) => credential)].map(({ id }) => id);
  const into = { ...sampleCluster('alpha', 1), credentials: [...beta.credentials] };
  await anna.correct({ from: beta.id, into: into.id, credentialIds, merges: true }, into);
  await refresh(carl);
  expect(listIds(carl)).toEqual(['alpha']);
  expect(carl.cluster(into.id)).toEqual(into);
});

postgres.testOnDatabase('lists of the whole fleet are shared, and demo fleets are not', async () => {
  const [anna, ben] = [await openNew('anna'), await openNew('ben')];
  const sample = { ...sampleCluster('demo', 1), sample: true as const };
  await anna.updateAll([sample, sampleCluster('alpha', 1)]);
  const placement = { credentialId: sampleCluster('alpha').credentials[0]!.id, path: '/a', entry: '' };
  const placements = [sample.id, clusterId('alpha')].map((id) => ({ ...placement, clusterId: id }));
  await anna.keepPlacements(placements);
  const link = { path: '/kva.yaml', cloudAgent: 'ca-1', management: 'mgmt' };
  await anna.keepLinks([link]);
  await refresh(ben);
  expect(listIds(ben)).toEqual(['alpha']);
  expect(ben.placements()).toEqual([placements[1]]);
  expect(ben.links()).toEqual([link]);
  await ben.keepPlacements([]);
  await refresh(anna);
  expect(anna.placements()).toEqual([placements[0]]);
  expect(listIds(anna)).toEqual(['demo', 'alpha']);
  expect(
    postgres.server.sql(postgres.database, `select count(*) from arcwarden.object where value like '%demo%'`).out,
  ).toBe('0');
});

postgres.testOnDatabase('settings of the fleet are shared, and those of a person are not', async () => {
  const [anna, ben] = [await openNew('anna'), await openNew('ben')];
  const sample = { ...sampleCluster('demo', 1), sample: true as const };
  await anna.updateAll([sample, sampleCluster('alpha', 1)]);
  await ben.changeSettings({ theme: 'dark' });
  const fact = { lastUpdatedAt: instant('2026-11-01T00:00:00Z') };
  await anna.changeSettings({
    theme: 'light',
    serialSpelling: 'SerialNumber',
    clusterFacts: { [clusterId('alpha')]: fact, [sample.id]: fact },
  });
  await refresh(ben);
  expect(ben.settings()).toMatchObject({
    theme: 'dark',
    serialSpelling: 'SerialNumber',
    clusterFacts: { alpha: fact },
  });
  expect(ben.settings().clusterFacts).not.toHaveProperty('demo');
  await ben.changeSettings({ clusterFacts: {} });
  await refresh(anna);
  expect(anna.settings()).toMatchObject({ theme: 'light', clusterFacts: { demo: fact } });
  expect(anna.settings().clusterFacts).not.toHaveProperty('alpha');
  const before = anna.shared?.state().revision;
  await anna.changeSettings({ density: 'comfortable' });
  await refresh(anna);
  expect(anna.shared?.state().revision).toBe(before);
  // Settings of a newer program change nothing.
  postgres.server.sql(
    postgres.database,
    `update arcwarden.object set value = '{"thresholds":7}' where kind = 'settings'`,
  );
  expect((await openNew('carl')).settings()).toMatchObject({ serialSpelling: 'serialnumber' });
});

postgres.testOnDatabase(
  'who is slower is told who was faster, and a service repeats the work on the new state',
  async () => {
    const [anna, ben] = [await openNew('anna'), await openNew('ben')];
    await anna.update(sampleCluster('alpha', 1));
    await refresh(ben);
    await anna.update(sampleCluster('alpha', 1, 1));
    await expect(ben.update(sampleCluster('alpha', 1, 2))).rejects.toMatchObject({
      code: 'shared.conflict',
      params: { cluster: 'Cluster alpha', by: 'anna' },
    });
    // Nothing was written, neither there nor here.
    expect(ben.cluster(clusterId('alpha'))).toEqual(sampleCluster('alpha', 1));

    const announced: unknown[] = [];
    const service = new InventoryService({
      ports: testPorts(),
      store: ben,
      announce: (...event) => announced.push(event),
    });
    await service.rename({ clusterId: clusterId('alpha'), name: 'finance', fixes: true } as never);
    await refresh(anna);
    const renamed = anna.cluster(clusterId('alpha'));
    expect(renamed?.addresses).toEqual(sampleCluster('alpha', 1, 1).addresses);
    expect(renamed?.commandName ?? renamed?.name).toBe('finance');
    expect(JSON.stringify(announced)).toContain('finance');
  },
);

postgres.testOnDatabase(
  'without the server, the copy is read, changes are refused, and everything goes on when it is back',
  async () => {
    const folder = joinFolder();
    const anna = await openAs('anna', folder);
    await anna.update(sampleCluster('alpha', 1));
    await refresh(anna);
    await postgres.server.kill();
    // The console sees that its idle connection is gone, so it sends nothing whose outcome it could not know.
    await expect.poll(() => refresh(anna)?.catch((error: { code: string }) => error.code), SOON).toBe('shared.away');
    await expect(anna.update(sampleCluster('beta', 1))).rejects.toMatchObject({ code: 'shared.away' });
    expect(listIds(anna)).toEqual(['alpha']);
    expect(anna.shared?.state()).toMatchObject({ problem: { code: 'shared.away' }, currentAt: '2026-11-24T23:00:00Z' });
    await anna.close();
    opened.splice(0);

    const restarted = await openAs('anna', folder);
    expect(listIds(restarted)).toEqual(['alpha']);
    expect(restarted.shared?.state().problem?.code).toBe('shared.away');
    await postgres.server.begin();
    await restarted.update(sampleCluster('beta', 1));
    await refresh(restarted);
    expect(restarted.shared?.state()).not.toHaveProperty('problem');
    expect(listIds(await openNew('ben'))).toEqual(['alpha', 'beta']);
  },
  60_000,
);

postgres.testOnDatabase(
  'a computer reads only its own files again, and reading them unchanged changes nothing for others',
  async () => {
    const files = makeWorkstation(join(temporaryFolder(), 'files'), Date.parse('2026-11-24T12:00:00Z')).folder;
    const [anna, ben] = [await openNew('anna', 'HOST1'), await openNew('ben', 'HOST2')];
    const real = { ...testPorts(), ...storePorts(), files: createFiles(), crypto: nodeCrypto(), tls: testPorts().tls };
    await new InventoryService({ ports: real, store: anna }).importFiles([files]);
    await refresh(anna);
    await refresh(ben);
    const computers = ben
      .clusters()
      .flatMap(({ credentials }) => credentials.flatMap(({ sources }) => sources.map((each) => each.computer)));
    expect(new Set(computers)).toEqual(new Set(['HOST1']));
    const { revision } = anna.shared?.state() ?? {};

    // The files are gone, which only HOST1 can say.
    const later = { ...real, clock: new SetClock(instant('2026-11-25T12:00:00Z')) };
    expect(await readKnownFiles(later, anna)).toEqual({ down: [] });
    rmSync(files, { recursive: true });
    expect(await readKnownFiles(later, ben)).toEqual({ down: [] });
    expect((await readKnownFiles(later, anna)).down.length).toBeGreaterThan(0);
    await refresh(ben);
    expect(ben.shared?.state().revision).toBe(revision);
  },
);

postgres.testOnDatabase(
  'an address that leads to another store, or to an older state, changes neither side',
  async () => {
    const folder = joinFolder();
    const anna = await openAs('anna', folder);
    await anna.update(sampleCluster('alpha', 1));
    await refresh(anna);
    postgres.server.sql(postgres.database, 'update arcwarden.head set revision = 0');
    await expect(refresh(anna)).rejects.toMatchObject({ code: 'shared.refused', params: { fault: 'behind' } });
    postgres.server.sql(postgres.database, 'update arcwarden.head set revision = 1, id = gen_random_uuid()');
    await expect(refresh(anna)).rejects.toMatchObject({ code: 'shared.refused', params: { fault: 'other' } });
    expect(listIds(anna)).toEqual(['alpha']);
  },
);

postgres.testOnDatabase('an object that this program cannot read hides no other', async () => {
  const anna = await openNew('anna');
  await anna.updateAll([sampleCluster('alpha', 1), sampleCluster('beta', 1)]);
  postgres.server.sql(
    postgres.database,
    `update arcwarden.object set value = '{"schema":99}' where cluster_id = 'alpha'`,
  );
  postgres.server.sql(postgres.database, `update arcwarden.object set value = 'nonsense' where kind = 'links'`);
  expect(listIds(await openNew('ben'))).toEqual(['beta']);
});

postgres.testOnDatabase('every change is in the trail with its author, and an import is one line', async () => {
  const anna = await openNew('CORP\\anna');
  await anna.updateAll([sampleCluster('alpha', 1), sampleCluster('beta', 1), sampleCluster('gamma', 1)]);
  await anna.forget(clusterId('beta'));
  const lines = postgres.server
    .sql(postgres.database, 'select text from arcwarden.audit_line order by line')
    .out.split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({
      line: 1,
      by: 'CORP\\anna',
      action: 'store.changed',
      params: expect.objectContaining({ count: 3, clusters: 'Cluster alpha, Cluster beta, Cluster gamma' }) as unknown,
    }),
    expect.objectContaining({ line: 2, action: 'cluster.forgotten', subject: 'beta' }),
  ]);
});

postgres.testOnDatabase('two people change different settings at the same time, and both changes count', async () => {
  const [anna, ben] = [await openNew('anna'), await openNew('ben')];
  await anna.changeSettings({ serialSpelling: 'SerialNumber' });
  const fact = { lastUpdatedAt: instant('2026-11-01T00:00:00Z') };
  const changed = await ben.changeSettings({ clusterFacts: { [clusterId('alpha')]: fact } });
  expect(changed).toMatchObject({ serialSpelling: 'SerialNumber', clusterFacts: { alpha: fact } });
  await refresh(anna);
  expect(anna.settings()).toMatchObject({ serialSpelling: 'SerialNumber', clusterFacts: { alpha: fact } });
});

postgres.testOnDatabase('a list that stays as it is changes nothing in the shared store', async () => {
  const anna = await openNew('anna');
  const link = { path: '/kva.yaml', cloudAgent: 'ca-1', management: 'mgmt' };
  await anna.keepLinks([link]);
  await anna.keepLinks([{ ...link }]);
  await anna.keepPlacements([]);
  expect(postgres.server.sql(postgres.database, 'select revision from arcwarden.head').out).toBe('1');
});

postgres.testOnDatabase('a cluster file of a newer program keeps back that cluster alone', async () => {
  const [anna, folder] = [await openNew('anna'), joinFolder()];
  await anna.updateAll([sampleCluster('alpha', 1), sampleCluster('beta', 1)]);
  const ben = await openAs('ben', folder);
  await ben.close();
  opened.splice(opened.indexOf(ben), 1);
  const path = join(folder, 'clusters', 'alpha.json');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace('"schema":1', '"schema":99').replace('"schema": 1', '"schema": 99'),
  );
  await anna.updateAll([sampleCluster('alpha', 1, 1), sampleCluster('beta', 1, 1)]);
  expect((await openAs('ben', folder)).clusters()).toEqual([sampleCluster('beta', 1, 1)]);
  expect(readFileSync(path, 'utf8')).toMatch(/"schema": ?99/u);
});
