import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditFacts } from '../../../core/shared/problem.ts';
import { fleetSource } from '../../../core/inventory/fleet.ts';
import { judgeFleet } from '../../../core/expiry/fleet.ts';
import { InventoryService } from '../../../core/inventory/service.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { planText } from '../../../core/plan/text/plan-text.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { MemoryFiles, testPorts, TEST_NOW } from '../../support/ports.ts';
import { Pki, type Pair } from './pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const NAMES = 'DNS:kubernetes,DNS:kubernetes.default.svc,DNS:';
let ca: Pair;
let secondCa: Pair;
let apis: Pair[];
let etcd: Pair[];

beforeAll(() => {
  const make = (subject: string): Pair => pki.issue({ subject, days: [-100, 3000], usage: 'ca' });
  [ca, secondCa] = [make('/CN=kubernetes'), make('/CN=kubernetes')];
  const etcdCa = make('/CN=etcd-ca');
  apis = ['cp-a', 'cp-b', 'cp-c'].map((node) =>
    pki.issue({ subject: '/CN=kube-apiserver', issuer: ca, days: [-5, -1], usage: 'server', names: NAMES + node }),
  );
  etcd = ['cp-a', 'cp-b', 'cp-c'].map((node) =>
    pki.issue({ subject: `/CN=${node}`, issuer: etcdCa, days: [-5, -1], usage: 'both', names: `DNS:${node}` }),
  );
});

function threeNodes(folder: string): Record<string, string> {
  return Object.fromEntries(
    ['cp-a', 'cp-b', 'cp-c'].flatMap((node, at) => [
      [`${folder}/${node}/etc/kubernetes/pki/ca.crt`, ca.crt],
      [`${folder}/${node}/etc/kubernetes/pki/apiserver.crt`, apis[at]?.crt ?? ''],
      [`${folder}/${node}/etc/kubernetes/pki/etcd/server.crt`, etcd[at]?.crt ?? ''],
    ]),
  );
}

function kubeconfig(cluster: string, authority: Pair): string {
  const data = Buffer.from(authority.crt).toString('base64');
  return `apiVersion: v1
kind: Config
clusters:
- name: ${cluster}
  cluster: { server: 'https://10.0.0.1:6443', certificate-authority-data: ${data} }
contexts:
- name: x
  context: { cluster: ${cluster}, user: y }
current-context: x
users:
- name: y
  user: {}
`;
}

function world(files: Record<string, string>) {
  const memory = new MemoryFiles();
  for (const [path, content] of Object.entries(files)) memory.put(path, content);
  const ports = { ...testPorts(memory), host: { user: () => 'CONTOSO\\admin' } };
  const store = memoryStore();
  const service = new InventoryService({ ports, store });
  const trail: AuditFacts[] = [];
  const audit = (facts: AuditFacts): void => void trail.push(facts);
  const expectOneCluster = (): Cluster => {
    expect(store.clusters()).toHaveLength(1);
    return store.clusters()[0] as Cluster;
  };
  return { memory, store, service, trail, audit, expectOneCluster, run: () => service.importFiles(['/']) };
}

function printPlan(store: Parameters<typeof fleetSource>[0]): string {
  const fleet = judgeFleet(fleetSource(store), DEFAULT_SETTINGS, TEST_NOW);
  const { plan } = planRepair(fleet, { clusters: [], failures: [], texts: [], answers: {} });
  return planText(plan, { translate: translator('en'), language: 'en', zone: 'utc' });
}

describe('the name of a cluster', () => {
  test('does not come from a node, and a name that only a folder suggests does not appear in commands', async () => {
    const { run, expectOneCluster, store } = world(threeNodes('/backup/edge'));
    const { questions } = await run();
    expect(expectOneCluster()).toMatchObject({ name: 'edge', nameEvidence: 'folder' });
    expect(questions).toMatchObject([{ cluster: 'edge', evidence: 'folder', suggestion: 'edge' }]);
    const plan = printPlan(store);
    expect(plan).toContain('Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials');
    expect(plan).not.toMatch(/-name (?:edge|cp-)/u);
  });

  test('appears in commands if a kubeconfig states it, and no confirmation is requested', async () => {
    const { run, expectOneCluster, store } = world({ ...threeNodes('/backup/x'), '/k': kubeconfig('edge', ca) });
    const { questions } = await run();
    expect(expectOneCluster()).toMatchObject({ name: 'edge', nameEvidence: 'kubeconfig' });
    expect(questions).toEqual([]);
    expect(printPlan(store)).toContain('-name edge -fixKubeletCredentials');
  });

  test('is only likely if it is the start of node names, so it does not appear in commands', async () => {
    const { run, expectOneCluster, store } = world({
      '/backup/retail/pki/ca.crt': ca.crt,
      '/backup/retail/pki/kubelet.crt': pki.issue({
        subject: '/O=system:nodes/CN=system:node:retail-control-plane-1',
        issuer: ca,
        days: [-5, -1],
      }).crt,
    });
    await run();
    expect(expectOneCluster()).toMatchObject({ name: 'retail', nameEvidence: 'node-names' });
    expect(printPlan(store)).not.toContain('-name retail');
  });

  test('appears in commands, is kept, and is recorded in the audit trail if an admin has set it', async () => {
    const { run, expectOneCluster, store, service, audit, trail, memory } = world(threeNodes('/backup/edge'));
    await run();
    await service.rename({ clusterId: expectOneCluster().id, name: ' plant7 ' }, audit);
    expect(printPlan(store)).toContain('-name plant7 -fixKubeletCredentials');
    expect(trail).toMatchObject([{ subject: expectOneCluster().id, from: 'edge', to: 'plant7' }]);
    memory.put('/k', kubeconfig('other', ca));
    const { questions } = await run();
    expect(expectOneCluster()).toMatchObject({ name: 'plant7', nameEvidence: 'admin' });
    expect(questions).toEqual([]);
  });

  test('gets a suffix for display if two clusters share it, but is unchanged in commands', async () => {
    const { run, store, service, audit } = world({ '/a': kubeconfig('edge', ca), '/b': kubeconfig('edge', secondCa) });
    const { questions } = await run();
    expect(store.clusters()).toHaveLength(2);
    const second = store.clusters().find(({ name }) => name !== 'edge') as Cluster;
    expect(questions).toMatchObject([{ clusterId: second.id, suggestion: 'edge' }]);
    await service.rename({ clusterId: second.id, name: 'edge' }, audit);
    const renamed = store.cluster(second.id);
    expect(renamed).toMatchObject({ commandName: 'edge', nameEvidence: 'admin' });
    expect(renamed?.name).toMatch(/^edge \([0-9a-f]{8}\)$/u);
    await run();
    expect(store.cluster(second.id)).toEqual(renamed);
  });

  test('returns to the name and evidence before when the renaming is undone, but not over a later name', async () => {
    const { run, expectOneCluster, store, service, audit } = world(threeNodes('/backup/edge'));
    await run();
    const found = expectOneCluster();
    await service.rename({ clusterId: found.id, name: 'plant7' }, audit);
    await service.undoRename(found.id, audit);
    expect(expectOneCluster()).toEqual(found);

    await service.rename({ clusterId: found.id, name: 'plant7' }, audit);
    await store.update({ ...expectOneCluster(), name: 'plant8' });
    await expect(service.undoRename(found.id, audit)).rejects.toMatchObject({
      code: 'cluster.renamed-since',
      params: { cluster: 'plant8' },
    });
    expect(expectOneCluster()).toMatchObject({ name: 'plant8' });
  });

  test('that another cluster got meanwhile is distinguished when the renaming is undone', async () => {
    const { run, store, service, audit } = world({ '/a': kubeconfig('edge', ca), '/b': kubeconfig('shop', secondCa) });
    await run();
    const [edge, shop] = ['edge', 'shop'].map((wanted) => store.clusters().find(({ name }) => name === wanted)?.id);
    await service.rename({ clusterId: edge as ClusterId, name: 'plant7' }, audit);
    await service.rename({ clusterId: shop as ClusterId, name: 'edge' }, audit);
    await service.undoRename(edge as ClusterId, audit);
    expect(store.cluster(edge as ClusterId)?.name).toMatch(/^edge \([0-9a-f]{8}\)$/u);
    expect(store.cluster(edge as ClusterId)).toMatchObject({ commandName: 'edge' });
  });

  test.each(['', '-edge', 'a b', 'edge;Remove-AksHci', 'エッジ'])('cannot be “%s”', async (name) => {
    const { run, expectOneCluster, service, audit, trail } = world(threeNodes('/backup/edge'));
    await run();
    const renaming = service.rename({ clusterId: expectOneCluster().id, name }, audit);
    await expect(renaming).rejects.toMatchObject({ code: 'cluster.name-invalid' });
    expect(trail).toEqual([]);
  });
});

describe('the cluster of a credential', () => {
  const sortIds = (cluster: Cluster | undefined): string[] => (cluster?.credentials ?? []).map(({ id }) => id).sort();

  test('an admin can merge two clusters, and later imports keep the merge', async () => {
    const { run, store, service, audit, trail } = world({
      '/a/east/pki/ca.crt': ca.crt,
      '/a/west/pki/apiserver.crt': pki.issue({
        subject: '/CN=kube-apiserver',
        issuer: secondCa,
        days: [-1, 3],
        usage: 'server',
        names: `${NAMES}w`,
      }).crt,
    });
    await run();
    const [east, west] = ['east', 'west'].map((name) => store.clusters().find((one) => one.name === name) as Cluster);
    await service.merge({ clusterId: (west as Cluster).id, into: (east as Cluster).id }, audit);
    expect(store.clusters()).toHaveLength(1);
    const merged = store.clusters()[0];
    expect(merged?.credentials).toHaveLength(2);
    await run();
    expect(store.clusters()).toHaveLength(1);
    expect(sortIds(store.clusters()[0])).toEqual(sortIds(merged));
    expect(trail).toMatchObject([{ subject: (east as Cluster).id }]);
  });

  test('a certificate that an admin has moved out of its cluster stays outside, and so do its successors', async () => {
    const { run, store, service, audit, memory, expectOneCluster, trail } = world(threeNodes('/backup/edge'));
    await run();
    const { id } = expectOneCluster();
    const old = apis[0] as Pair;
    const at = '/backup/edge/cp-a/etc/kubernetes/pki/apiserver.crt';
    await service.move({ clusterId: id, credentialIds: [old.id as CredentialId], to: { foreign: true } }, audit);
    expect(sortIds(store.foreign())).toEqual([old.id]);
    expect(sortIds(expectOneCluster())).not.toContain(old.id);
    await run();
    expect(sortIds(store.foreign())).toEqual([old.id]);
    const next = pki.issue({
      subject: '/CN=kube-apiserver',
      issuer: ca,
      days: [-1, 3],
      usage: 'server',
      names: `${NAMES}cp-a`,
    });
    memory.put(at, next.crt);
    await run();
    expect(sortIds(store.foreign())).toEqual([next.id]);
    expect(sortIds(expectOneCluster())).not.toContain(next.id);
    await service.move(
      { clusterId: 'foreign' as ClusterId, credentialIds: [next.id as CredentialId], to: { cluster: id } },
      audit,
    );
    await run();
    expect(store.foreign()?.credentials ?? []).toEqual([]);
    expect(sortIds(expectOneCluster())).toContain(next.id);
    expect(trail).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  test('an admin can split off a CA together with the certificates that it signed', async () => {
    const second = pki.issue({
      subject: '/CN=kube-apiserver',
      issuer: secondCa,
      days: [-1, 3],
      usage: 'server',
      names: `${NAMES}x`,
    });
    const { run, store, service, audit } = world({
      '/a/pki/ca.crt': ca.crt + secondCa.crt,
      '/a/pki/apiserver.crt': second.crt,
    });
    await run();
    const from = store
      .clusters()
      .find(({ credentials }) => credentials.some(({ id }) => id === secondCa.id)) as Cluster;
    expect(sortIds(from)).toContain(ca.id);
    await service.move(
      { clusterId: from.id, credentialIds: [secondCa.id, second.id] as CredentialId[], to: { newCluster: 'west' } },
      audit,
    );
    await run();
    const west = store.clusters().find(({ name }) => name === 'west');
    expect(sortIds(west)).toEqual([secondCa.id, second.id].sort());
    expect(west?.nameEvidence).toBe('admin');
    expect(sortIds(store.clusters().find(({ id }) => id === from.id))).toEqual([ca.id]);
  });

  test.each([
    ['into itself', (id: ClusterId) => ({ clusterId: id, into: id }), 'cluster.not-alike'],
    [
      'into an unknown one',
      (id: ClusterId) => ({ clusterId: id, into: 'gone-01234567' as ClusterId }),
      'cluster.unknown',
    ],
  ])('a cluster cannot be merged %s', async (_, request, code) => {
    const { run, expectOneCluster, service, audit } = world(threeNodes('/backup/edge'));
    await run();
    await expect(service.merge(request(expectOneCluster().id), audit)).rejects.toMatchObject({ code });
  });

  test('sample credentials cannot leave their sample, and real credentials cannot join a sample', async () => {
    const { run, store, service, audit, expectOneCluster } = world(threeNodes('/backup/edge'));
    await run();
    const real = expectOneCluster();
    const sample: Cluster = { ...real, id: 'demo-01234567' as ClusterId, name: 'demo', sample: true, history: [] };
    await store.update(sample);
    const [first] = sample.credentials;
    const credentialIds = [first?.id as CredentialId];
    const refused = { code: 'cluster.not-alike' };
    const apart = service.move({ clusterId: sample.id, credentialIds, to: { foreign: true } }, audit);
    await expect(apart).rejects.toMatchObject(refused);
    const mixed = service.move({ clusterId: real.id, credentialIds, to: { cluster: sample.id } }, audit);
    await expect(mixed).rejects.toMatchObject(refused);
    await service.move({ clusterId: real.id, credentialIds, to: { foreign: true } }, audit);
    const back = service.move({ clusterId: 'foreign' as ClusterId, credentialIds, to: { cluster: sample.id } }, audit);
    await expect(back).rejects.toMatchObject(refused);
  });
});
