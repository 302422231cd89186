import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '../../../../core/shared/instant.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { credentialDetails } from '../../../../core/inventory/details.ts';
import { importPaths } from '../../../../core/inventory/import.ts';
import { inspectPaths } from '../../../../core/inventory/export/inspect.ts';
import { listRows } from '../../../../core/inventory/store/rows.ts';
import { clustersAndForeign, type InventoryStore } from '../../../../core/inventory/store/inventory-store.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { MemoryFiles, TEST_NOW, testPorts, type TestPorts } from '../../../support/ports.ts';
import { jwt, kubeconfig, loginFile, Pki, type Pair } from '../pki.ts';

const pki = new Pki();
let root: Pair;
let middle: Pair;
let leaf: Pair;
let expired: Pair;
let future: Pair;
let impostor: Pair;

beforeAll(() => {
  root = pki.ca('/CN=kubernetes');
  middle = pki.issue({ subject: '/O=Contoso/CN=middle', issuer: root, days: [-50, 500], usage: 'ca' });
  leaf = pki.issue({
    subject: '/O=system:masters/OU=ops/CN=kubernetes-admin',
    issuer: middle,
    days: [-1, 3],
    names: 'DNS:Node-1.Example.Test,IP:10.1.2.3,email:a@b.test,URI:spiffe://x/y',
    more: ['keyUsage=critical,digitalSignature'],
  });
  expired = pki.issue({ subject: '/CN=old', days: [-9, -1] });
  future = pki.issue({ subject: '/CN=early', days: [1, 9] });
  impostor = pki.issue({ subject: '/CN=kubernetes', days: [-5, 50], usage: 'ca' });
});
afterAll(() => pki.remove());

function portsWith(contents: Record<string, string>): TestPorts {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  return testPorts(files);
}

async function importFiles(
  contents: Record<string, string>,
): Promise<{ ports: TestPorts; store: InventoryStore; cluster: Cluster }> {
  const ports = portsWith(contents);
  const store = memoryStore();
  await importPaths(ports, store, ['/']);
  const [cluster] = store.clusters();
  if (cluster === undefined) throw new Error('nothing was imported');
  return { ports, store, cluster };
}

test('the record of a certificate has the same values as in Node', async () => {
  const oracle = new X509Certificate(leaf.crt);
  const { records } = await inspectPaths(
    portsWith({ '/b/east/pki/client.crt': leaf.crt, '/b/east/pki/ca.crt': root.crt + middle.crt }),
    ['/b'],
  );
  expect(records.find(({ id }) => id === leaf.id)).toEqual({
    id: createHash('sha256').update(oracle.raw).digest('hex'),
    kind: 'certificate',
    layer: 'workstation',
    role: 'admin-kubeconfig',
    cluster: 'east',
    sample: false,
    foreign: null,
    name: 'kubernetes-admin',
    source: { path: '/b/east/pki/client.crt', entry: '' },
    sources: [{ path: '/b/east/pki/client.crt', entry: '' }],
    subject: {
      cn: 'kubernetes-admin',
      o: ['system:masters'],
      ou: ['ops'],
      text: 'CN=kubernetes-admin,OU=ops,O=system:masters',
    },
    issuer: { cn: 'middle', o: ['Contoso'], ou: [], text: 'CN=middle,O=Contoso' },
    serialHex: oracle.serialNumber.toLowerCase(),
    notBefore: new Date(oracle.validFrom).toISOString().replace('.000Z', 'Z'),
    notAfter: new Date(oracle.validTo).toISOString().replace('.000Z', 'Z'),
    sans: {
      dns: ['Node-1.Example.Test'],
      ip: ['10.1.2.3'],
      email: ['a@b.test'],
      uri: ['spiffe://x/y'],
      directory: [],
      registeredId: [],
      other: [],
    },
    key: { algorithm: 'EC', curve: 'P-384' },
    usages: ['digitalSignature', 'clientAuth'],
    isCa: false,
    renewedBy: 'nobody',
    revocable: true,
    fingerprintSha256: leaf.id,
    keyMatch: 'absent',
    moc: null,
    assumed: false,
    endsWithIssuer: false,
    state: 'fine',
  });
});

test('the record of a token has the same fields as that of a certificate, and those that do not apply are empty', async () => {
  const token = jwt({ iss: 'wssdagentsvc', sub: 'a', iat: 1_790_000_000, exp: 1_797_000_000 });
  const { records } = await inspectPaths(portsWith({ '/l': loginFile({ name: 'a', token, fqdn: 'ca.example' }) }), [
    '/l',
  ]);
  const { records: others } = await inspectPaths(portsWith({ '/c': leaf.crt }), ['/c']);
  expect(Object.keys(records[0] ?? {}).sort()).toEqual(Object.keys(others[0] ?? {}).sort());
  expect(records[0]).toMatchObject({
    kind: 'token',
    serialHex: null,
    key: null,
    isCa: false,
    fingerprintSha256: null,
    issuer: { cn: 'wssdagentsvc', o: [] },
    subject: { cn: 'a' },
    source: { path: '/l', entry: 'token' },
  });
});

test('records are sorted by place and list each credential once, including replaced credentials', async () => {
  const newer = pki.issue({ subject: '/CN=system:node:n1/O=system:nodes', issuer: root, days: [-1, 3] });
  const older = pki.issue({ subject: '/CN=system:node:n1/O=system:nodes', issuer: root, days: [-4, 1] });
  const ports = portsWith({ '/z.crt': root.crt, '/a.crt': newer.crt, '/b.crt': older.crt, '/copy.crt': root.crt });
  const { records, clusters } = await inspectPaths(ports, ['/']);
  expect(records.map(({ id }) => id)).toEqual([newer.id, older.id, root.id]);
  expect(records[2]?.['sources']).toHaveLength(2);
  expect(clusters.flatMap(({ history }) => history)).toHaveLength(1);
});

test.each([
  ['one second before its end', '2026-11-23T11:59:59Z', []],
  ['at its end', '2026-11-23T12:00:00Z', []],
  ['one second after its end', '2026-11-23T12:00:01Z', ['certificate.expired']],
])('a certificate inspected %s is reported only if it has expired', async (_, now, rules) => {
  const ports = portsWith({ '/x': expired.crt });
  ports.clock.moment = instant(now);
  const { findings } = await inspectPaths(ports, ['/x']);
  expect(findings.map(({ rule }) => rule)).toEqual(rules);
});

test('a credential that is not yet valid, or whose expiry is missing or assumed, is reported with its place', async () => {
  const { findings } = await inspectPaths(
    portsWith({
      '/early.crt': future.crt,
      '/endless': kubeconfig({ cluster: 'c', token: jwt({ iat: 1_790_000_000 }) }),
      '/opaque': loginFile({ name: 'a', token: 'opaque', fqdn: 'ca.example' }),
    }),
    ['/'],
  );
  expect(findings).toMatchObject([
    {
      rule: 'certificate.not-yet-valid',
      severity: 'warning',
      place: { path: '/early.crt', entry: '' },
      params: { name: 'early' },
    },
    { rule: 'token.no-end', severity: 'notice', place: { path: '/endless', entry: 'users[admin].token' } },
    {
      rule: 'token.assumed',
      severity: 'notice',
      place: { path: '/opaque', entry: 'token' },
      params: { notAfter: '2027-01-30T08:00:00Z' },
    },
  ]);
});

test('a search for any name, place or number of a credential finds its row', async () => {
  const { cluster } = await importFiles({
    '/b/East/pki/client.crt': leaf.crt,
    '/b/East/pki/ca.crt': root.crt + middle.crt,
  });
  const row = listRows(cluster).find(({ id }) => id === leaf.id);
  const serial = new X509Certificate(leaf.crt).serialNumber.toLowerCase();
  for (const text of [
    'kubernetes-admin',
    'east',
    'cn=middle,o=contoso',
    'ou=ops',
    'node-1.example.test',
    '10.1.2.3',
    'a@b.test',
    'spiffe://x/y',
    serial,
    leaf.id,
    '/b/east/pki/client.crt',
    'admin-kubeconfig',
  ])
    expect(`${row?.search ?? ''}\n${row?.numbers ?? ''}`.split('\n')).toSatisfy((lines: string[]) =>
      lines.some((line) => line.includes(text)),
    );
  expect(row).toMatchObject({
    issuer: 'middle',
    cluster: 'East',
    assumed: false,
    notAfterMs: Date.parse(TEST_NOW) + 3 * 86_400_000,
  });
});

test('the details show the chain up to the root, with every signature checked', async () => {
  const { ports, store, cluster } = await importFiles({
    '/b/e/pki/client.crt': leaf.crt,
    '/b/e/pki/ca.crt': root.crt + middle.crt,
  });
  const details = await credentialDetails(ports, store, { clusterId: cluster.id, credentialId: leaf.id as never });
  expect(details.certificate?.chain).toMatchObject([
    { name: 'middle', credentialId: middle.id, clusterId: cluster.id, signature: 'verified' },
    { name: 'kubernetes', credentialId: root.id, signature: 'verified' },
  ]);
  expect(details.certificate).toMatchObject({
    pem: leaf.crt,
    fingerprintSha256: leaf.id,
    fingerprintSha1: new X509Certificate(leaf.crt).fingerprint.replaceAll(':', '').toLowerCase(),
    serial: { decimal: BigInt(`0x${new X509Certificate(leaf.crt).serialNumber}`).toString() },
  });
  expect(details.role.id).toBe('admin-kubeconfig');
});

test('the chain of a root contains only the root, and a missing issuer is named', async () => {
  const { ports, store, cluster } = await importFiles({ '/b/e/ca.crt': root.crt });
  const chain = async (store_: InventoryStore, clusterId: Cluster['id'], id: string): Promise<unknown> =>
    (await credentialDetails(ports, store_, { clusterId, credentialId: id as never })).certificate?.chain;
  expect(await chain(store, cluster.id, root.id)).toMatchObject([{ signature: 'self-signed', credentialId: root.id }]);
  const alone = await importFiles({ '/b/e/client.crt': leaf.crt });
  expect(await chain(alone.store, alone.cluster.id, leaf.id)).toEqual([
    { name: 'middle', signature: 'issuer-not-known' },
  ]);
});

test('a CA with the issuer’s name that did not sign the certificate is shown as not verified', async () => {
  const { ports, store } = await importFiles({ '/b/e/middle.crt': middle.crt, '/b/f/ca.crt': impostor.crt });
  const cluster = clustersAndForeign(store).find(({ credentials }) => credentials.some(({ id }) => id === middle.id));
  const details = await credentialDetails(ports, store, {
    clusterId: cluster?.id as never,
    credentialId: middle.id as never,
  });
  expect(details.certificate?.chain).toMatchObject([{ name: 'kubernetes', signature: 'failed' }]);
});

test('the details of a replaced credential and of its successor show the history', async () => {
  const issueAt = (from: number): Pair =>
    pki.issue({ subject: '/CN=kube-apiserver', issuer: root, days: [from, from + 4], usage: 'server', names: 'DNS:a' });
  const [first, second, third] = [issueAt(-9), issueAt(-5), issueAt(-1)] as [Pair, Pair, Pair];
  const ports = portsWith({ '/b/e/pki/ca.crt': root.crt });
  const store = memoryStore();
  for (const pair of [first, second, third]) {
    ports.files.put('/b/e/pki/apiserver.crt', pair.crt);
    await importPaths(ports, store, ['/']);
  }
  const clusterId = store.clusters()[0]?.id as Cluster['id'];
  const details = await credentialDetails(ports, store, { clusterId, credentialId: third.id as never });
  expect(details.history.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(details.history[0]).toMatchObject({ serialHex: new X509Certificate(second.crt).serialNumber.toLowerCase() });
  const before = await credentialDetails(ports, store, { clusterId, credentialId: second.id as never });
  expect(before.history.map(({ id }) => id)).toEqual([first.id]);
});

test('the error for a missing cluster differs from that for a missing credential', async () => {
  const { ports, store, cluster } = await importFiles({ '/a.crt': leaf.crt });
  const ask = (clusterId: string, credentialId: string) =>
    credentialDetails(ports, store, { clusterId: clusterId as never, credentialId: credentialId as never });
  await expect(ask('nowhere', leaf.id)).rejects.toMatchObject({ code: 'cluster.unknown' });
  await expect(ask(cluster.id, 'none')).rejects.toMatchObject({ code: 'credential.unknown' });
});
