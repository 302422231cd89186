import { expect, test } from 'vitest';
import { packRows } from '../../../core/inventory/model/row-columns.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { RevocationService } from '../../../core/revocation/service.ts';
import { KeptContents, listCluster } from '../../../core/inventory/store/listed-cluster.ts';
import { boardRow } from '../../support/board-rows.ts';
import { testPorts } from '../../support/ports.ts';
import { sampleCluster } from '../inventory/store/sample-clusters.ts';

/** Makes a service whose inventory records in `read` which clusters were read. */
function createInventory(layers: Record<string, 'kubernetes' | 'workstation' | 'damaged'>) {
  const read: string[] = [];
  const kept = new KeptContents();
  const clusters = Object.entries(layers).map(([name, layer]): Cluster => {
    const { credentials, history, ...cluster } = sampleCluster(name, 1);
    const own = credentials.map((credential) => ({
      ...credential,
      layer: layer === 'damaged' ? ('workstation' as const) : layer,
      sources: [{ ...credential.sources[0]!, path: `/home/${name}/.kube/config` }],
    }));
    const columns = packRows(own.map(({ id, name: called, layer: of }) => boardRow({ id, name: called, layer: of })));
    return listCluster(
      { cluster, count: own.length, columns: () => (layer === 'damaged' ? undefined : columns) },
      () => {
        read.push(name);
        return { credentials: own, history };
      },
      kept,
    );
  });
  const inventory = { clusters, unplaced: [], facts: {}, serialSpelling: 'serialnumber' as const, findings: [] };
  let pauses = 0;
  const service = new RevocationService({
    ports: testPorts(),
    inventory: () => inventory,
    roleName: (role) => role,
    pause: () => Promise.resolve(void (pauses += 1)),
  });
  return { service, read, pauses: () => pauses };
}

test('no certificates are read for the list of objects if no object was imported', () => {
  const { service, read } = createInventory({ east: 'kubernetes', west: 'workstation' });
  expect(service.listRead()).toEqual([]);
  expect(read).toEqual([]);
});

test('only clusters that may have workstation files are searched for them', async () => {
  const { service, read } = createInventory({ east: 'kubernetes', west: 'workstation', south: 'damaged' });
  expect(await service.listKubeconfigs()).toEqual(['/home/south/.kube/config', '/home/west/.kube/config']);
  expect(read).toEqual(['west', 'south']);
});

test('other work can run while a large fleet is searched', async () => {
  const names = Array.from({ length: 250 }, (_, at) => [`cluster-${at}`, 'kubernetes'] as const);
  const { service, pauses } = createInventory(Object.fromEntries(names));
  expect(await service.listKubeconfigs()).toEqual([]);
  expect(pauses()).toBeGreaterThan(1);
});
