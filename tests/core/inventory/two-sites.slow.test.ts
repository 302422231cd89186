import { afterAll, beforeAll, expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { foreignRows } from '../../../core/inventory/store/rows.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { findCommandName } from '../../../core/plan/model/command-name.ts';
import { listDeployments } from '../../../core/plan/model/deployment.ts';
import { MemoryFiles, testPorts } from '../../support/ports.ts';
import { cloudconfig, jwt, kubeconfig, loginFile, Pki } from './pki.ts';

/*
 * Two sites in one inventory, with certificates issued by openssl. Each site has a management cluster with the usual
 * name and a workload cluster named edge, with separate CAs.
 */

const SITES = ['lyon', 'kyoto'] as const;
type Site = (typeof SITES)[number];

/** File contents by path. */
type Contents = Record<string, string>;

const pki = new Pki();
const filesBySite = {} as Record<Site, { host: Contents; clusters: Contents }>;

beforeAll(() => {
  for (const site of SITES) {
    const cloudCa = pki.issue({ subject: `/CN=ca-${site}`, days: [-10, 355], usage: 'ca' });
    const nodeAgent = pki.issue({ subject: `/CN=hv-${site}-01`, issuer: cloudCa, days: [-10, 80] });
    const fqdn = `ca-${site}.${site}.contoso.example`;
    const clusters: Contents = {};
    for (const cluster of ['clustergroup-management', 'edge', `${site}pos`]) {
      const ca = pki.ca('/CN=kubernetes');
      const node = `/backup/${site}/${cluster}/${cluster}-cp-1`;
      clusters[`${node}/etc/kubernetes/pki/ca.crt`] = ca.crt;
      clusters[`${node}/etc/kubernetes/admin.conf`] = kubeconfig({ cluster, ca: ca.crt });
      clusters[`${node}/opt/wssd/k8s/cloudlogin.yaml`] = loginFile({
        name: `KMSPlugin-${cluster}-moc-kms-plugin`,
        token: jwt({ iss: 'wssdagentsvc', iat: 1_790_000_000, exp: 1_797_000_000, jti: `${site}-${cluster}` }),
        ca: cloudCa.crt,
        fqdn,
      });
    }
    const host = {
      [`/backup/${site}/host/cloudconfig`]: cloudconfig({
        ca: cloudCa.crt,
        client: nodeAgent,
        identity: `hv-${site}-01`,
      }),
      [`/backup/${site}/host/kvalogin.yaml`]: loginFile({
        name: `kvactl-${site}`,
        token: jwt({ iss: 'wssdagentsvc', iat: 1_790_000_000, exp: 1_797_000_000, jti: site }),
        ca: cloudCa.crt,
        fqdn,
      }),
    };
    filesBySite[site] = { host, clusters };
  }
});
afterAll(() => pki.remove());

/**
 * Imports the parts one after the other. Lists the deployments, with the site from which the files of each member come.
 */
async function importInTurn(...parts: Contents[]) {
  const files = new MemoryFiles();
  const ports = testPorts(files);
  const store = memoryStore();
  for (const part of parts) {
    for (const [path, content] of Object.entries(part)) files.put(path, content);
    await importPaths(ports, store, Object.keys(part));
  }
  const siteNames = new Map(
    store.clusters().map(({ id, credentials }) => {
      const paths = credentials.flatMap(({ sources }) => sources.map(({ path }) => path));
      return [id, [...new Set(paths.map((path) => path.split('/')[2] ?? ''))].sort().join('+')] as const;
    }),
  );
  return listDeployments(store.clusters(), {}).map(({ cloudAgent, clusters, inferred }) => ({
    agent: cloudAgent?.name,
    inferred,
    members: clusters
      .map(({ id, name }) => `${name.replace(/ \([0-9a-f]{8}\)$/u, '')} of ${siteNames.get(id) ?? ''}`)
      .sort(),
  }));
}

const describeSite = (site: Site) => ({
  agent: `ca-${site}.${site}.contoso.example`,
  inferred: false,
  members: ['clustergroup-management', 'edge', `${site}pos`].map((name) => `${name} of ${site}`).sort(),
});

test.each([
  [
    'all files at once',
    (all: Contents[]): Contents[] => [Object.fromEntries(all.flatMap((part) => Object.entries(part)))],
  ],
  ['the hosts first', (all: Contents[]) => all],
  ['the clusters first', (all: Contents[]) => all.toReversed()],
])('every cluster belongs to the cloud agent of its own site after an import of %s', async (_, order) => {
  const parts = [...SITES.map((site) => filesBySite[site].host), ...SITES.map((site) => filesBySite[site].clusters)];
  const found = await importInTurn(...order(parts));
  const sorted = found.toSorted((one, other) => (one.agent ?? '').localeCompare(other.agent ?? ''));
  expect(sorted).toEqual([describeSite('kyoto'), describeSite('lyon')]);
});

test.each([
  ['after', (live: Contents[], former: Contents[]) => [...live, ...former]],
  ['together with', (live: Contents[], former: Contents[]) => [Object.assign({}, ...live, ...former) as Contents]],
])('an old kubeconfig imported %s the rebuilt cluster does not give its name to commands', async (order, arrange) => {
  const before = pki.ca('/CN=kubernetes');
  const old = kubeconfig({ cluster: 'lyonpos', ca: before.crt, server: 'https://10.0.0.5:6443' });
  const files = new MemoryFiles();
  const store = memoryStore();
  for (const part of arrange(
    [filesBySite.lyon.host, filesBySite.lyon.clusters],
    [{ '/users/ana/lyonpos.yaml': old }],
  )) {
    for (const [path, content] of Object.entries(part)) files.put(path, content);
    await importPaths(testPorts(files), store, Object.keys(part));
  }
  const named = store.clusters().filter(({ name }) => name.startsWith('lyonpos'));
  const names = new Map(named.map((cluster) => [cluster.credentials.length > 1, findCommandName(cluster)]));
  expect([order, names.get(true), names.get(false)]).toEqual([order, 'lyonpos', undefined]);
});

test('both clusters of one name have this name in commands, also after an import without login files', async () => {
  const files = new MemoryFiles();
  const store = memoryStore();
  const all = Object.assign({}, ...SITES.map((site) => filesBySite[site].clusters)) as Contents;
  for (const [path, content] of Object.entries(all)) files.put(path, content);
  await importPaths(testPorts(files), store, Object.keys(all));
  const listNames = () =>
    store
      .clusters()
      .filter(({ name }) => name.startsWith('edge'))
      .map((cluster) => [cluster.name.replace(/[0-9a-f]{8}/u, 'digest'), findCommandName(cluster)]);
  const expected = [
    ['edge', 'edge'],
    ['edge (digest)', 'edge'],
  ];
  expect(listNames()).toEqual(expected);
  const rest = Object.keys(all).filter((path) => !path.endsWith('cloudlogin.yaml'));
  await importPaths(testPorts(files), store, rest);
  expect(listNames()).toEqual(expected);
});

test('a second cluster of one name without a login file of its own has no name in commands', async () => {
  const files = new MemoryFiles();
  const store = memoryStore();
  for (const [path, content] of Object.entries(filesBySite.lyon.clusters)) files.put(path, content);
  for (const [path, content] of Object.entries(filesBySite.kyoto.clusters))
    if (!path.endsWith('cloudlogin.yaml')) files.put(path, content);
  await importPaths(testPorts(files), store, ['/backup']);
  const named = store.clusters().filter(({ name }) => name.startsWith('edge'));
  expect(named.map((cluster) => findCommandName(cluster) ?? '')).toEqual(['edge', '']);
});

test('a cluster never belongs to the cloud agent of another site, even if no other cloud agent was imported', async () => {
  const found = await importInTurn(filesBySite.lyon.host, filesBySite.lyon.clusters, filesBySite.kyoto.clusters);
  const lyon = found.find(({ agent }) => agent?.startsWith('ca-lyon') === true);
  expect(lyon).toEqual(describeSite('lyon'));
});

test('a client certificate without an identity belongs to the cloud agent whose CA signed it', async () => {
  const ca = pki.issue({ subject: '/CN=ca-austin', days: [-10, 355], usage: 'ca' });
  const nodeAgent = pki.issue({ subject: '/CN=hv-aus-01', issuer: ca, days: [-10, 80] });
  const bare = pki.issue({ subject: '/CN=hv-aus-02', issuer: ca, days: [-10, 80] });
  const server = pki.issue({ subject: '/CN=hv-aus-03', issuer: ca, days: [-10, 80], usage: 'server' });
  const files = new MemoryFiles();
  files.put('/austin/cloudconfig', cloudconfig({ ca: ca.crt, client: nodeAgent, identity: 'hv-aus-01' }));
  files.put('/austin/hv-aus-02.crt', bare.crt);
  files.put('/austin/hv-aus-03.crt', server.crt);
  const store = memoryStore();
  for (let round = 0; round < 2; round += 1) await importPaths(testPorts(files), store, ['/austin']);
  const found = store.clusters().flatMap(({ credentials }) => credentials);
  expect(found.find(({ id }) => id === bare.id)).toMatchObject({ role: 'moc-client', layer: 'moc' });
  expect(found.find(({ id }) => id === server.id)).toMatchObject({ role: 'unknown' });
});

test('a certificate copied for monitoring is not watched, even if the original was not imported', async () => {
  const ca = pki.ca('/CN=kubernetes');
  const etcd = pki.ca('/CN=etcd-ca');
  const server = pki.issue({ subject: '/CN=kube-apiserver', issuer: ca, days: [-1, 3], usage: 'server' });
  const copy = pki.issue({ subject: '/CN=kube-etcd-healthcheck-client', issuer: etcd, days: [-80, -76] });
  const client = pki.issue({ subject: '/CN=kube-apiserver-etcd-client', issuer: etcd, days: [-4, -1] });
  const node = '/nodes/copyc-cp-1/etc/kubernetes/pki';
  const files = new MemoryFiles();
  files.put(`${node}/ca.crt`, ca.crt);
  files.put(`${node}/apiserver.crt`, server.crt);
  files.put(`${node}/etcd/ca.crt`, etcd.crt);
  files.put(`${node}/apiserver-etcd-client.crt`, client.crt);
  files.put('/monitoring/prometheus/etcd-client.crt', copy.crt);
  const store = memoryStore();
  await importPaths(testPorts(files), store, ['/nodes', '/monitoring']);
  const watched = store.clusters().flatMap(({ credentials }) => credentials.map(({ id }) => id));
  expect(watched).toContain(client.id);
  expect(watched).not.toContain(copy.id);
  expect(foreignRows(store.foreign()).map(({ id, foreign }) => [id, foreign])).toEqual([[copy.id, 'copy']]);
});

test.each([
  ['k3s', 'k3s-server-ca@1764000001', '/edge/server/tls'],
  ['RKE2', 'rke2-server-ca@1771329750', '/edge/tls'],
  ['minikube', 'minikubeCA', '/edge/certs'],
  ['OpenShift', 'kube-apiserver-lb-signer', '/edge/secrets'],
  ['MicroK8s, by its folder', '10.152.183.1', '/edge/var/snap/microk8s/current/certs'],
])('a cluster of %s is not a cluster of this product, so it is not in the inventory', async (_, cn, folder) => {
  const ca = pki.ca(`/CN=${cn}`);
  const names = 'DNS:kubernetes.default.svc';
  const server = pki.issue({ subject: '/CN=kube-apiserver', issuer: ca, days: [-400, -35], usage: 'server', names });
  const files = new MemoryFiles();
  files.put(`${folder}/server-ca.crt`, ca.crt);
  files.put(`${folder}/serving-kube-apiserver.crt`, server.crt);
  const store = memoryStore();
  await importPaths(testPorts(files), store, ['/edge']);
  expect(store.clusters()).toEqual([]);
  const reasons = foreignRows(store.foreign()).map(({ foreign }) => foreign);
  expect(reasons).toEqual(['other-distribution', 'other-distribution']);
});

test.each([
  ['AKS', 'shop', 'https://shop-dns-0a1b2c.hcp.westeurope.azmk8s.io:443', 'clusterUser_web_shop'],
  ['AKS, renamed', 'edge', 'https://shop-dns-0a1b2c.hcp.westeurope.azmk8s.io:443', 'me'],
  ['EKS', 'arn:aws:eks:eu-west-1:1:cluster/shop', 'https://0A1B.gr7.eu-west-1.eks.amazonaws.com', 'me'],
  ['GKE', 'gke_project_europe-west1_shop', 'https://192.0.2.7', 'me'],
])(
  'a kubeconfig entry of %s forms no cluster, even beside an entry of this product in the same file',
  async (_, cluster, server, user) => {
    const [cloud, own] = [pki.ca('/CN=kubernetes'), pki.ca('/CN=kubernetes')];
    const client = pki.issue({ subject: '/O=system:masters/CN=masterclient', issuer: cloud, days: [-400, 20] });
    const [other, ours] = [
      kubeconfig({ cluster, server, user, ca: cloud.crt, client }),
      kubeconfig({ cluster: 'pos', server: 'https://10.1.0.5:6443', ca: own.crt }),
    ].map((text) => JSON.parse(text) as { clusters: object[]; contexts: object[]; users: object[] });
    const both = {
      ...ours,
      clusters: [...ours!.clusters, ...other!.clusters],
      contexts: [...ours!.contexts, ...other!.contexts],
      users: [...ours!.users, ...other!.users],
    };
    const files = new MemoryFiles();
    files.put('/me/.kube/config', JSON.stringify(both));
    const store = memoryStore();
    for (let round = 0; round < 2; round += 1) {
      const { questions } = await importPaths(testPorts(files), store, ['/me']);
      expect([questions, store.clusters().map(({ name }) => name)]).toEqual([[], ['pos']]);
    }
    expect(
      store
        .foreign()
        ?.credentials.map(({ id }) => id)
        .sort(),
    ).toEqual([client.id, cloud.id].sort());
  },
);
