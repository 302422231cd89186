import { afterAll, describe, expect, test } from 'vitest';
import { importPaths } from '../../../../core/inventory/import.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { foreignRows } from '../../../../core/inventory/store/rows.ts';
import type { InventoryStore } from '../../../../core/inventory/store/inventory-store.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { ClusterQuestion } from '../../../../core/inventory/contract.ts';
import { moveCredentials, renameCluster } from '../../../../core/inventory/correct.ts';
import { findStaleKubeconfigs } from '../../../../core/inventory/fleet.ts';
import { foreignReasons, listFormerAuthorities } from '../../../../core/inventory/findings/foreign-reasons.ts';
import { isWatched } from '../../../../core/inventory/model/foreign.ts';
import { measureCost } from '../../../support/cost.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';
import { kubeconfig, Pki, type Pair } from '../pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());

const SERVER = 'https://10.4.0.9:6443';
const NODE = '/nodes/edge-cp-1/etc/kubernetes/pki';
const before = pki.issue({ subject: '/CN=kubernetes', days: [-400, 3000], usage: 'ca' });
const after = pki.issue({ subject: '/CN=kubernetes', days: [-30, 3000], usage: 'ca' });
const lost = pki.issue({ subject: '/CN=kubernetes', days: [-300, 3000], usage: 'ca' });
const names = 'DNS:kubernetes,DNS:edge-cp-1,IP:10.4.0.9';
const apiServer = pki.issue({ subject: '/CN=kube-apiserver', issuer: after, days: [-1, 3], usage: 'server', names });

function makeKubeconfig(
  issuer: Pair,
  day: number,
  parts: { cluster?: string; server?: string; user?: string } = {},
): string {
  const client = pki.issue({ subject: '/O=system:masters/CN=kubernetes-admin', issuer, days: [day, day + 365] });
  return kubeconfig({ cluster: 'edge', server: SERVER, ...parts, ca: issuer.crt, client });
}

/** Imports the parts in turn. Returns cluster names, the reasons why credentials were set apart, and the reports. */
async function importInTurn(...parts: Record<string, string>[]) {
  const files = new MemoryFiles();
  const store = memoryStore();
  const ports = testPorts(files);
  const rules = new Set<string>();
  const questions: ClusterQuestion[] = [];
  for (const part of parts) {
    for (const [path, content] of Object.entries(part)) files.put(path, content);
    const report = await importPaths(ports, store, Object.keys(part));
    questions.push(...report.questions);
    for (const { rule, place } of report.findings) rules.add(`${rule} ${place.path ?? ''}`);
  }
  const apart = foreignRows(store.foreign()).map(({ foreign }) => foreign);
  return { ports, store, names: store.clusters().map(({ name }) => name), apart, rules, questions };
}

const ORDERS = [
  ['before', (former: Record<string, string>, live: Record<string, string>) => [former, live]],
  ['after', (former: Record<string, string>, live: Record<string, string>) => [live, former]],
  ['together with', (former: Record<string, string>, live: Record<string, string>) => [{ ...former, ...live }]],
] as const;

describe.each(ORDERS)(
  'a kubeconfig from before a cluster was rebuilt, imported %s the live cluster',
  (_order, arrange) => {
    test.each([
      [
        'a kubeconfig of the live cluster',
        { '/me/.kube/config': makeKubeconfig(after, -20) },
        'certificate.cluster-rebuilt',
        ['rebuilt edge'],
      ],
      [
        'a node of the live cluster',
        {
          [`${NODE}/ca.crt`]: after.crt,
          [`${NODE}/apiserver.crt`]: apiServer.crt,
          '/etc/admin.conf': makeKubeconfig(after, -1),
        },
        'kubeconfig.other-ca',
        [],
      ],
    ])('is set apart with a finding and leaves the name to %s', async (_, live, rule, asked) => {
      const found = await importInTurn(...arrange({ '/old/edge.yaml': makeKubeconfig(before, -300) }, live));
      expect([found.names, found.apart]).toEqual([['edge'], ['former', 'former']]);
      expect(found.rules).toContain(`${rule} /old/edge.yaml`);
      expect(found.questions.map(({ asks, cluster }) => `${asks} ${cluster}`)).toEqual(asked);
    });

    test('stays where an admin moved it, whatever is imported again', async () => {
      const [old, live] = [
        { '/old/edge.yaml': makeKubeconfig(before, -300) },
        { '/me/.kube/config': makeKubeconfig(after, -20) },
      ];
      const { ports, store, questions } = await importInTurn(...arrange(old, live));
      const clusterId = store.foreign()!.id;
      const credentialIds = questions.flatMap((one) => (one.asks === 'rebuilt' ? one.credentialIds : []));
      await moveCredentials(ports, store, { clusterId, credentialIds, to: { newCluster: 'edge-2' } });
      const list = () => [
        store
          .clusters()
          .map(({ name, credentials }) => `${name} ${credentials.length}`)
          .sort(),
      ];
      expect(list()).toEqual([['edge 2', 'edge-2 2']]);
      for (const paths of [['/old'], ['/me'], ['/']]) {
        expect((await importPaths(ports, store, paths)).questions).toEqual([]);
        expect([list(), store.foreign()?.credentials ?? []]).toEqual([[['edge 2', 'edge-2 2']], []]);
      }
    });

    test.each([
      ['names another server', makeKubeconfig(before, -300, { server: 'https://10.9.0.9:6443' })],
      ['was fetched since, so its CA still signs', makeKubeconfig(before, -10)],
    ])('stays a cluster of its own if it %s', async (_, old) => {
      const files = new MemoryFiles();
      const store = memoryStore();
      for (const part of arrange({ '/old/edge.yaml': old }, { '/me/.kube/config': makeKubeconfig(after, -20) })) {
        for (const [path, content] of Object.entries(part)) files.put(path, content);
        const { questions } = await importPaths(testPorts(files), store, Object.keys(part));
        expect(questions.filter(({ asks }) => asks !== 'name')).toEqual([]);
      }
      expect(store.clusters()).toHaveLength(2);
      expect(store.foreign()).toBeUndefined();
    });
  },
);

test('a cluster that an admin renamed stays, although a newer one has its former name and address', async () => {
  const old = { '/old/edge.yaml': makeKubeconfig(before, -300) };
  const { ports, store } = await importInTurn(old);
  await renameCluster(store, { clusterId: store.clusters()[0]!.id, name: 'edge-lyon' });
  ports.files.put('/me/.kube/config', makeKubeconfig(after, -20));
  expect((await importPaths(ports, store, ['/'])).questions).toEqual([]);
  expect([
    store
      .clusters()
      .map(({ name }) => name)
      .sort(),
    store.foreign(),
  ]).toEqual([['edge', 'edge-lyon'], undefined]);
});

test('two kubeconfigs with the same address but different cluster names stay two clusters', async () => {
  const found = await importInTurn({
    '/fleet/kubeconfigs/lyon.yaml': makeKubeconfig(before, -300, { cluster: 'lyon' }),
    '/fleet/kubeconfigs/kyoto.yaml': makeKubeconfig(after, -20, { cluster: 'kyoto' }),
  });
  expect([found.names.sort(), found.apart]).toEqual([['kyoto', 'lyon'], []]);
  expect(found.questions).toEqual([]);
});

test('in one kubeconfig, the former cluster’s credentials are watched, but a copy of the live cluster’s is not', async () => {
  const parse = (text: string) => JSON.parse(text) as Record<'clusters' | 'users' | 'contexts', unknown[]>;
  const former = parse(makeKubeconfig(before, -300, { user: 'old' }));
  const copy = parse(makeKubeconfig(after, -25, { cluster: 'live', user: 'copy' }));
  const both = {
    ...former,
    clusters: [...former.clusters, ...copy.clusters],
    users: [...former.users, ...copy.users],
    contexts: [...former.contexts, { name: 'live', context: { cluster: 'live', user: 'copy' } }],
  };
  const { store } = await importInTurn({
    '/desk/both.yaml': JSON.stringify(both),
    '/me/.kube/config': makeKubeconfig(after, -20),
  });
  const reasons = foreignReasons(store.foreign()!);
  const list = store.foreign()!.credentials.map(({ id, sources }) => `${sources[0]?.entry}: ${reasons.get(id)}`);
  expect(list.sort()).toEqual([
    'clusters[edge].certificate-authority-data: former',
    'users[copy].client-certificate-data: copy',
    'users[old].client-certificate-data: former',
  ]);
  expect([isWatched('former'), isWatched('copy')]).toEqual([true, false]);
});

describe('the inventory reports a stale kubeconfig', () => {
  const old = { '/old/edge.yaml': makeKubeconfig(before, -300) };
  const report = ({ store }: Awaited<ReturnType<typeof importInTurn>>) =>
    findStaleKubeconfigs({ clusters: store.clusters(), foreign: store.foreign(), placements: store.placements() });

  test.each([
    [
      'certain with the certificate of the API server',
      {
        [`${NODE}/ca.crt`]: after.crt,
        [`${NODE}/apiserver.crt`]: apiServer.crt,
        '/etc/admin.conf': makeKubeconfig(after, -1),
      },
      'kubeconfig.other-ca',
      `${NODE}/apiserver.crt`,
      'documented',
    ],
    [
      'inferred from kubeconfigs alone',
      { '/me/.kube/config': makeKubeconfig(after, -20) },
      'certificate.cluster-rebuilt',
      '/me/.kube/config',
      'inferred',
    ],
  ] as const)('as %s', async (_, live, rule, path, certainty) => {
    const found = await importInTurn(old, live);
    const clusterId = found.store.clusters()[0]!.id;
    expect(report(found)).toMatchObject([
      {
        rule,
        place: { path: '/old/edge.yaml', entry: 'clusters[edge].certificate-authority-data' },
        params: { cluster: 'edge', clusterId, path },
        citation: { certainty },
      },
    ]);
  });

  const elsewhere = (day: number) => ({
    '/kyoto/edge.yaml': makeKubeconfig(pki.issue({ subject: '/CN=kubernetes', days: [day, 3000], usage: 'ca' }), day, {
      server: 'https://10.9.0.9:6443',
    }),
  });
  const live = { '/me/.kube/config': makeKubeconfig(after, -20) };

  test('of the only cluster with the name whose CA is newer', async () => {
    const found = await importInTurn(old, live, elsewhere(-500));
    const rebuilt = found.store.clusters().find(({ credentials }) => credentials.some(({ id }) => id === after.id));
    expect(report(found)).toMatchObject([{ params: { clusterId: rebuilt?.id } }]);
  });

  test('of an unknown cluster if several with the name have newer CAs, and asks nothing', async () => {
    const found = await importInTurn(live, elsewhere(-40), old);
    expect(found.questions.filter(({ asks }) => asks === 'rebuilt')).toEqual([]);
    expect(report(found)).toMatchObject([{ rule: 'certificate.cluster-rebuilt', params: { cluster: 'edge' } }]);
    expect(report(found)[0]?.params).not.toHaveProperty('clusterId');
  });

  test.each([
    ['a kubeconfig', elsewhere(-40)],
    [
      'a kubeconfig whose stale copy was set apart too',
      { ...elsewhere(-40), '/kyoto/old.yaml': makeKubeconfig(lost, -250, { server: 'https://10.9.0.9:6443' }) },
    ],
  ])('never of a cluster elsewhere with the same name, known from %s', async (_, other) => {
    const { store } = await importInTurn(live, old, other);
    const findLive = () => store.clusters().find(({ credentials }) => credentials.some(({ id }) => id === after.id))!;
    await renameCluster(store, { clusterId: findLive().id, name: 'edge-lyon' });
    const stale = findStaleKubeconfigs({ clusters: store.clusters(), foreign: store.foreign() });
    expect(stale.filter(({ place }) => place.path === '/old/edge.yaml')).toEqual([]);
  });

  test.each([
    ['forgotten', (store: InventoryStore, clusterId: ClusterId) => store.forget(clusterId)],
    [
      'renamed',
      (store: InventoryStore, clusterId: ClusterId) => renameCluster(store, { clusterId, name: 'edge-lyon' }),
    ],
  ])('no longer if its live cluster was %s; it stays watched as from before a rebuild', async (_, change) => {
    const { store } = await importInTurn(live, old);
    await change(store, store.clusters()[0]!.id);
    const source = { clusters: store.clusters(), foreign: store.foreign(), placements: store.placements() };
    expect(findStaleKubeconfigs(source)).toEqual([]);
    const reasons = foreignRows(source.foreign).flatMap(({ foreign }) => foreign ?? []);
    expect([reasons, reasons.map(isWatched)]).toEqual([
      ['former', 'former'],
      [true, true],
    ]);
  });
});

test.each([
  ['two files', ['/old/first.yaml', '/old/second.yaml']],
  ['one file', ['/old/both.yaml', '/old/both.yaml']],
])(
  'a cluster that was rebuilt twice is asked about for each former CA, in %s',
  async (_, [first = '', second = '']) => {
    const middle = pki.issue({ subject: '/CN=kubernetes', days: [-200, 3000], usage: 'ca' });
    const [one, other] = [before, middle].map((ca, at) => {
      const text = makeKubeconfig(ca, at === 0 ? -300 : -150, { user: `admin-${at}` });
      return JSON.parse(text) as Record<'clusters' | 'users', unknown[]>;
    });
    const both = { ...one, clusters: [...one!.clusters, ...other!.clusters], users: [...one!.users, ...other!.users] };
    const files: [string, unknown][] =
      first === second
        ? [[first, both]]
        : [
            [first, one],
            [second, other],
          ];
    const found = await importInTurn(
      { '/me/.kube/config': makeKubeconfig(after, -20) },
      Object.fromEntries(files.map(([path, content]) => [path, JSON.stringify(content)])),
    );
    const asked = found.questions.map((question) => (question.asks === 'rebuilt' ? question.credentialIds : []));
    expect(asked.map((ids) => [ids.length, ids.filter((id) => id === before.id || id === middle.id).length])).toEqual([
      [2, 1],
      [2, 1],
    ]);
    expect(new Set(asked.flat()).size).toBe(4);
  },
);

test('thousands of kubeconfigs from before rebuilds beside thousands of clusters are judged quickly', async () => {
  const COUNT = 4_000;
  const { store } = await importInTurn(
    { '/me/.kube/config': makeKubeconfig(after, -20) },
    { '/old/edge.yaml': makeKubeconfig(before, -300) },
  );
  const [foreign, live] = [store.foreign()!, store.clusters()[0]!];
  const numbers = Array.from({ length: COUNT }, (_, at) => at);
  const copies = numbers.flatMap((at) =>
    foreign.credentials.map((one) => ({
      ...one,
      id: `${one.id}-${at}` as CredentialId,
      sources: one.sources.map(({ entry, ...source }) => ({
        ...source,
        path: `/old/${at}.yaml`,
        entry: entry.replace('[edge]', `[edge-${at}]`),
      })),
    })),
  );
  const clusters = numbers.map((at) => ({ ...live, id: `${live.id}-${at}` as ClusterId, name: `edge-${at}` }));
  const many = { ...foreign, credentials: copies };
  // The usual costs are 90 and 50; comparing all pairs took 6,600.
  expect(measureCost(() => foreignReasons(many))).toBeLessThan(600);
  expect(measureCost(() => listFormerAuthorities({ clusters, foreign: many }))).toBeLessThan(600);
  expect(new Set(foreignReasons(many).values())).toEqual(new Set(['former']));
  const found = listFormerAuthorities({ clusters, foreign: many });
  expect(found.filter(({ name, successors: [only, other] }) => only?.name === name && !other)).toHaveLength(COUNT);
});
