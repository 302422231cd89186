import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { fleetSource } from '../../../core/inventory/fleet.ts';
import { judgeFleet } from '../../../core/expiry/fleet.ts';
import { foreignReasons } from '../../../core/inventory/findings/foreign-reasons.ts';
import { isWatched } from '../../../core/inventory/model/foreign.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { instant } from '../../../core/shared/instant.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import type { InventoryStore } from '../../../core/inventory/store/inventory-store.ts';
import { MemoryFiles, testPorts, TEST_NOW, type TestPorts } from '../../support/ports.ts';
import { Pki, type Pair } from './pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const PKI = '/backup/node-1/etc/kubernetes/pki';
const API = { usage: 'server', names: 'DNS:kubernetes,DNS:kubernetes.default.svc,DNS:node-1' } as const;
const ETCD_CLIENT = { subject: '/O=system:masters/CN=kube-apiserver-etcd-client' } as const;
let made: Record<
  | 'clusterCa'
  | 'etcdCa'
  | 'api'
  | 'etcdClient'
  | 'oldEtcdClient'
  | 'ingress'
  | 'mesh'
  | 'custom'
  | 'publicCa'
  | 'otherCa',
  Pair
>;

beforeAll(() => {
  const ca = (subject: string): Pair => pki.issue({ subject, days: [-100, 3000], usage: 'ca' });
  const [clusterCa, etcdCa] = [ca('/CN=kubernetes'), ca('/CN=etcd-ca')];
  made = {
    clusterCa,
    etcdCa,
    api: pki.issue({ subject: '/CN=kube-apiserver', issuer: clusterCa, days: [-1, 3], ...API }),
    etcdClient: pki.issue({ ...ETCD_CLIENT, issuer: etcdCa, days: [-1, 3] }),
    oldEtcdClient: pki.issue({ ...ETCD_CLIENT, issuer: etcdCa, days: [-60, -56] }),
    ingress: pki.issue({
      subject: '/CN=shop.contoso.example',
      days: [-90, -1],
      usage: 'server',
      names: 'DNS:shop.contoso.example',
    }),
    mesh: pki.issue({
      subject: '/O=mesh',
      days: [-1, 1],
      usage: 'both',
      names: 'URI:spiffe://cluster.local/ns/shop/sa/cart',
    }),
    custom: pki.issue({ subject: '/O=builders/CN=build-robot', issuer: clusterCa, days: [-10, 80] }),
    publicCa: ca('/O=Contoso Trust/CN=Contoso Root R1'),
    otherCa: ca('/O=Fabrikam/CN=Fabrikam Root'),
  };
});

interface World {
  ports: TestPorts;
  store: InventoryStore;
  run: () => ReturnType<typeof importPaths>;
}

function world(files: Record<string, string>): World {
  const memory = new MemoryFiles();
  for (const [path, content] of Object.entries(files)) memory.put(path, content);
  const ports = testPorts(memory);
  const store = memoryStore();
  return { ports, store, run: () => importPaths(ports, store, ['/']) };
}

function healthy(): Record<string, string> {
  return {
    [`${PKI}/ca.crt`]: made.clusterCa.crt,
    [`${PKI}/etcd/ca.crt`]: made.etcdCa.crt,
    [`${PKI}/apiserver.crt`]: made.api.crt,
    [`${PKI}/apiserver-etcd-client.crt`]: made.etcdClient.crt,
  };
}

function reasonsIn(store: InventoryStore): Record<string, string> {
  const foreign = store.foreign();
  if (foreign === undefined) return {};
  const reasons = foreignReasons(foreign, store.placements());
  return Object.fromEntries(foreign.credentials.map(({ id }) => [id, reasons.get(id) ?? '']));
}

/** Returns the commands of the repair plan. */
function commandsFor(store: InventoryStore): string[] {
  const fleet = judgeFleet(fleetSource(store), DEFAULT_SETTINGS, TEST_NOW);
  const choice = { clusters: [], failures: [], texts: [], answers: {} };
  return planRepair(fleet, choice).plan.steps.flatMap(({ command }) =>
    command === undefined ? [] : [JSON.stringify(command)],
  );
}

describe('beside a healthy control plane', () => {
  test.each([
    [
      'an expired certificate of an ingress',
      () => ({ '/backup/node-1/ingress/tls.crt': made.ingress.crt }),
      'unrelated',
    ],
    ['the same in kubeadm’s folder', () => ({ [`${PKI}/ingress.crt`]: made.ingress.crt }), 'unrelated'],
    [
      'an old copy of etcd’s client for Prometheus',
      () => ({ '/monitoring/etcd-certs/client.crt': made.oldEtcdClient.crt }),
      'copy',
    ],
    ['the identity of a workload in a service mesh', () => ({ '/mesh/cart.pem': made.mesh.crt }), 'service-mesh'],
  ])('%s does not belong to the cluster and is not repaired', async (_, extra, reason) => {
    const { store, run } = world({ ...healthy(), ...extra() });
    await run();
    expect(store.clusters().map(({ credentials }) => credentials.length)).toEqual([4]);
    expect(Object.values(reasonsIn(store))).toEqual([reason]);
    expect(commandsFor(store)).toEqual([]);
  });

  test('a certificate signed by the cluster’s own CA belongs to the cluster, whatever its use', async () => {
    const { store, run } = world({ ...healthy(), '/robots/build.crt': made.custom.crt });
    await run();
    expect(store.foreign()).toBeUndefined();
    expect(store.clusters()[0]?.credentials.map(({ id }) => id)).toContain(made.custom.id);
  });

  test('a copy belongs to the cluster until the original is renewed', async () => {
    const { store, run, ports } = world({ ...healthy(), '/monitoring/etcd-certs/client.crt': made.etcdClient.crt });
    await run();
    expect(store.foreign()).toBeUndefined();
    const renewed = pki.issue({ ...ETCD_CLIENT, issuer: made.etcdCa, days: [0, 4] });
    ports.files.put(`${PKI}/apiserver-etcd-client.crt`, renewed.crt);
    ports.clock.moment = instant('2026-11-25T00:00:00Z');
    await run();
    expect(reasonsIn(store)).toEqual({ [made.etcdClient.id]: 'copy' });
    expect(store.clusters()[0]?.credentials.map(({ id }) => id)).toContain(renewed.id);
  });

  test('importing everything again changes nothing', async () => {
    const { store, run } = world({
      ...healthy(),
      '/monitoring/etcd-certs/client.crt': made.oldEtcdClient.crt,
      '/web/tls.crt': made.ingress.crt,
    });
    await run();
    const before = [store.clusters(), store.foreign()];
    const report = await run();
    expect([report.added, report.renewed, report.superseded]).toEqual([[], [], []]);
    expect([store.clusters(), store.foreign()]).toEqual(before);
  });
});

test('a bundle of public CAs forms no cluster, and its certificates are not on the board', async () => {
  const { store, run } = world({ '/bundle/roots.pem': made.publicCa.crt + made.otherCa.crt });
  await run();
  expect(store.clusters()).toEqual([]);
  expect(Object.values(reasonsIn(store))).toEqual(['trust-bundle', 'trust-bundle']);
  expect(judgeFleet(fleetSource(store), DEFAULT_SETTINGS, TEST_NOW).rows).toEqual([]);
});

test('a certificate outside any cluster is on the board and is watched', async () => {
  const { store, run } = world({ '/web/tls.crt': made.ingress.crt });
  await run();
  const { rows, clusters } = judgeFleet(fleetSource(store), DEFAULT_SETTINGS, TEST_NOW);
  expect(rows.map(({ id, foreign }) => [id, foreign])).toEqual([[made.ingress.id, 'unrelated']]);
  expect(clusters).toEqual([]);
  expect(isWatched('unrelated')).toBe(true);
});

test('a certificate moves into the cluster of its CA once the CA is imported', async () => {
  const { store, run, ports } = world({ '/robots/build.crt': made.custom.crt });
  await run();
  expect(store.clusters()).toEqual([]);
  ports.files.put(`${PKI}/ca.crt`, made.clusterCa.crt);
  await run();
  expect(store.foreign()?.credentials ?? []).toEqual([]);
  expect(
    store
      .clusters()[0]
      ?.credentials.map(({ id }) => id)
      .sort(),
  ).toEqual([made.clusterCa.id, made.custom.id].sort());
});
