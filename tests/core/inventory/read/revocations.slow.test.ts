import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../../../core/inventory/contract.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { credentialDetails } from '../../../../core/inventory/details.ts';
import { importPaths } from '../../../../core/inventory/import.ts';
import { liftRevocation, FilePlacer } from '../../../../core/inventory/read/revocations.ts';
import { listRows } from '../../../../core/inventory/store/rows.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import type { InventoryStore } from '../../../../core/inventory/store/inventory-store.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';
import { kubeconfig, Pki } from '../pki.ts';

const pki = new Pki();
const pem = { eastCa: '', eastKubelet: '', westCa: '', westKubelet: '' };
let eastConfig = '';

beforeAll(() => {
  const node = '/O=system:nodes/CN=system:node:n1';
  const eastCa = pki.ca('/CN=kubernetes');
  const westCa = pki.ca('/CN=kubernetes');
  pem.eastCa = eastCa.crt;
  pem.westCa = westCa.crt;
  pem.eastKubelet = pki.issue({ subject: node, issuer: eastCa, days: [-1, 3] }).crt;
  pem.westKubelet = pki.issue({ subject: node, issuer: westCa, days: [-1, 3] }).crt;
  eastConfig = kubeconfig({ cluster: 'retail-east', ca: eastCa.crt });
});
afterAll(() => pki.remove());

const manifest = (name: string, entry = 'kind: Group, group: system:nodes'): string =>
  [
    'apiVersion: certificates.microsoft.com/v1',
    'kind: RenewRevocation',
    `metadata: { name: ${name}, namespace: kube-system }`,
    `spec: { revocations: [ { ${entry} } ] }`,
    '',
  ].join('\n');

let files: MemoryFiles;
let ports: ReturnType<typeof testPorts>;
let store: InventoryStore;

beforeEach(() => {
  files = new MemoryFiles();
  ports = testPorts(files);
  store = memoryStore();
  files.put('/c/east/pki/ca.crt', pem.eastCa);
  files.put('/c/east/pki/kubelet.crt', pem.eastKubelet);
  files.put('/c/west/pki/ca.crt', pem.westCa);
  files.put('/c/west/pki/kubelet.crt', pem.westKubelet);
});

const importFiles = (...paths: string[]): Promise<ImportReport> => importPaths(ports, store, paths);
const listAssignments = ({ revocations }: ImportReport): string[] =>
  revocations.map(({ name, cluster = 'not known' }) => `${name}: ${cluster}`);

function clusterNamed(name: string): Cluster {
  const cluster = store.clusters().find((each) => each.name === name);
  if (cluster === undefined) throw new Error(`no cluster ${name}`);
  return cluster;
}

const activeNames = (name: string): string[] => (clusterNamed(name).revocations ?? []).map(({ object }) => object.name);
const listRefusedRoles = (name: string): string[] =>
  listRows(clusterNamed(name)).flatMap(({ role, refusals }) => (refusals ? [role] : []));

describe('a RenewRevocation object in a file', () => {
  test('joins the cluster of the files around it, and causes refusals to renew matching certificates', async () => {
    files.put('/c/east/lost.yaml', manifest('lost'));
    const report = await importFiles('/c');
    expect(listAssignments(report)).toEqual(['lost: east']);
    expect(report.findings).toEqual([]);
    expect(report.filesWithoutCredentials).toEqual([]);
    expect(listRefusedRoles('east')).toEqual(['kubelet-client']);
    expect(listRefusedRoles('west')).toEqual([]);
    expect(clusterNamed('east').revocations).toEqual([
      {
        object: { name: 'lost', namespace: 'kube-system', entries: [{ kind: 'Group', value: 'system:nodes' }] },
        source: {
          path: '/c/east/lost.yaml',
          entry: '',
          fileModified: '2026-11-01T08:00:00Z',
          readAt: '2026-11-24T12:00:00Z',
        },
        isAlone: true,
      },
    ]);
  });

  test('appears in the details of every credential that it names, with the duration of a refusal', async () => {
    files.put('/c/east/lost.yaml', manifest('lost'));
    const until = 'kind: Group, group: system:nodes, notBefore: "2026-11-24T11:00:00Z"';
    files.put('/c/west/old.yaml', manifest('old', until));
    files.put('/c/west/later.yaml', manifest('later', until.replace('11:00', '13:00')));
    await importFiles('/c');
    const rules = async (name: string): Promise<string[]> => {
      const { id: clusterId, credentials } = clusterNamed(name);
      const kubelet = credentials.find(({ role }) => role === 'kubelet-client');
      if (kubelet === undefined) throw new Error('no kubelet');
      const { findings } = await credentialDetails(ports, store, { clusterId, credentialId: kubelet.id });
      return findings.map(({ rule, params }) => `${rule} ${params?.['name']} ${params?.['entry']}`);
    };
    expect(await rules('east')).toEqual(['renewal.refused lost Group system:nodes']);
    expect(await rules('west')).toEqual([
      'renewal.refused-until later Group system:nodes',
      'renewal.named old Group system:nodes',
    ]);
  });

  test('is kept while its cluster is unknown, and joins the cluster when an import reveals it', async () => {
    files.put('/m/stray.yaml', manifest('stray'));
    files.put('/m/east.yaml', manifest('named'));
    expect(listAssignments(await importFiles('/m'))).toEqual(['named: not known', 'stray: not known']);
    expect(store.listUnplacedRevocations()).toHaveLength(2);
    await importFiles('/c/east');
    expect(activeNames('east')).toEqual(['named']);
    expect(store.listUnplacedRevocations().map(({ known }) => known.object.name)).toEqual(['stray']);
  });

  test('is replaced after a change to its file, and removed if the file no longer contains it', async () => {
    files.put('/c/east/lost.yaml', `${manifest('a')}---\n${manifest('b')}`);
    await importFiles('/c');
    expect(activeNames('east')).toEqual(['a', 'b']);
    expect(clusterNamed('east').revocations?.[0]?.isAlone).toBe(false);
    const mended = 'kind: Group, group: system:nodes, notBefore: "2026-11-24T11:00:00Z"';
    files.put('/c/east/lost.yaml', manifest('b', mended));
    await importFiles('/c/east/lost.yaml');
    expect(activeNames('east')).toEqual(['b']);
    expect(clusterNamed('east').revocations?.[0]?.isAlone).toBe(true);
    files.put('/c/east/lost.yaml', '# nothing\n');
    await importFiles('/c/east/lost.yaml');
    expect(clusterNamed('east')).not.toHaveProperty('revocations');
  });

  test('stays in force if its file is missing', async () => {
    files.put('/c/east/lost.yaml', manifest('lost'));
    await importFiles('/c');
    files.drop('/c/east/lost.yaml');
    await importFiles('/c');
    expect(activeNames('east')).toEqual(['lost']);
  });

  test('is taken from the most recently changed file, in whatever order the files are read', async () => {
    const files1 = ['/c/east/a.yaml', '/c/east/b.yaml'];
    files.put('/c/east/a.yaml', manifest('lost', 'kind: Group, group: old'));
    files.put('/c/east/b.yaml', manifest('lost'), instant('2026-11-02T00:00:00Z'));
    await importFiles('/c');
    for (const order of [files1, [...files1].reverse()]) {
      for (const path of order) await importFiles(path);
      expect(clusterNamed('east').revocations?.map(({ source }) => source.path)).toEqual(['/c/east/b.yaml']);
    }
  });

  test('is not written to its cluster again if it is unchanged', async () => {
    files.put('/c/east/lost.yaml', manifest('lost'));
    await importFiles('/c');
    const before = store.clusters();
    await importFiles('/c');
    expect(store.clusters().every((cluster, at) => cluster === before[at])).toBe(true);
  });

  test('consists of its readable entries, and each unreadable entry is reported', async () => {
    const bad = 'kind: IP, ip: nonsense }, { kind: Group, group: system:nodes';
    files.put('/c/east/lost.yaml', manifest('lost', bad));
    const { findings, revocations } = await importFiles('/c');
    expect(findings.map(({ rule, place }) => [rule, place.path])).toEqual([['revocation.bad-ip', '/c/east/lost.yaml']]);
    expect(revocations).toMatchObject([{ name: 'lost', entries: 1, cluster: 'east' }]);
  });

  test('is ignored if it has no entries, as in a file that only serves to delete it', async () => {
    files.put('/c/east/lost.yaml', manifest('lost'));
    files.put(
      '/c/east/lost.yaml.undo',
      'apiVersion: certificates.microsoft.com/v1\nkind: RenewRevocation\nmetadata:\n  name: lost\n',
    );
    const { findings } = await importFiles('/c');
    expect(findings).toEqual([]);
    expect(listRefusedRoles('east')).toEqual(['kubelet-client']);
  });

  test('is found beside Secrets in the same file', async () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata:\n  tls.crt: ${Buffer.from(
      pem.eastKubelet,
    ).toString('base64')}\n`;
    files.put('/c/east/all.yaml', `${secret}---\n${manifest('lost')}`);
    const report = await importFiles('/c');
    expect(listAssignments(report)).toEqual(['lost: east']);
    expect(report.revocations[0]?.source.entry).toBe('items[kube-system/lost]');
    const entries = [...report.added, ...report.unchanged].map(({ source }) => source.entry);
    expect(entries).toContain('items[s].data.tls.crt');
  });
});

describe('lifting an object by an admin', () => {
  beforeEach(async () => {
    files.put('/c/east/lost.yaml', manifest('lost'));
    await importFiles('/c');
  });

  const lift = (lifted: boolean): Promise<Cluster> =>
    liftRevocation(
      store,
      { clusterId: clusterNamed('east').id, name: 'lost', namespace: 'kube-system', lifted },
      ports.clock.now(),
    );

  test('lasts until the file changes', async () => {
    await lift(true);
    expect(listRefusedRoles('east')).toEqual([]);
    const { revocations } = await importFiles('/c');
    expect(revocations).toMatchObject([{ name: 'lost', lifted: true }]);
    expect(listRefusedRoles('east')).toEqual([]);
    files.put('/c/east/lost.yaml', manifest('lost', 'kind: DNS, dns: .example'));
    await importFiles('/c');
    files.put('/c/east/lost.yaml', manifest('lost'));
    await importFiles('/c');
    expect(listRefusedRoles('east')).toEqual(['kubelet-client']);
  });

  test('can be reversed, and a second lifting changes nothing', async () => {
    const once = await lift(true);
    expect(await lift(true)).toBe(once);
    await lift(false);
    expect(listRefusedRoles('east')).toEqual(['kubelet-client']);
  });

  test('is refused for an unknown object or cluster', async () => {
    const request = { clusterId: clusterNamed('east').id, name: 'other', namespace: 'kube-system' };
    const lifted = { ...request, lifted: true };
    const now = ports.clock.now();
    await expect(liftRevocation(store, lifted, now)).rejects.toMatchObject({ code: 'revocation.unknown' });
    const nobody = { ...lifted, clusterId: 'nobody' as ClusterId };
    await expect(liftRevocation(store, nobody, now)).rejects.toMatchObject({ code: 'cluster.unknown' });
  });
});

test('a merged cluster has the revocation objects of both clusters', async () => {
  store = memoryStore();
  files.put('/one/config', eastConfig.replace(/^.*certificate-authority-data:.*\n/mu, ''));
  files.put('/one/retail-east.yaml', manifest('first'));
  files.put('/two/retail-east/ca.crt', pem.eastCa);
  files.put('/two/retail-east/second.yaml', manifest('second'));
  await importFiles('/one');
  await importFiles('/two');
  files.put('/three/config', eastConfig);
  await importFiles('/three');
  const names = store.clusters().flatMap(({ revocations = [] }) => revocations.map(({ object }) => object.name));
  expect(names.sort()).toEqual(['first', 'second']);
});

describe('the cluster of a revocation object', () => {
  const cluster = (name: string, ...paths: string[]): Cluster => ({
    id: name as ClusterId,
    name,
    kind: 'kubernetes',
    addresses: [],
    history: [],
    credentials: paths.map((path) => ({
      ...({ kind: 'token', id: path, layer: 'kubernetes', role: 'unknown' } as never as {
        kind: 'token';
        id: Cluster['credentials'][number]['id'];
        layer: 'kubernetes';
        role: 'unknown';
      }),
      name: path,
      firstReadAt: instant('2026-11-01T00:00:00Z'),
      assumed: false,
      sources: [
        { path, entry: '', fileModified: instant('2026-11-01T00:00:00Z'), readAt: instant('2026-11-01T00:00:00Z') },
      ],
    })),
  });
  const placerAmong = (...clusters: Cluster[]): FilePlacer => {
    const placer = new FilePlacer();
    for (const each of clusters) placer.add(each);
    return placer;
  };
  const placer = placerAmong(
    cluster('east', '/f/east-files/ca.crt', '/home/a/.kube/config'),
    cluster('east-2', '/f/two/ca.crt', '/home/a/.kube/config-2'),
    cluster('kubernetes', '/f/three/pki/ca.crt'),
    cluster('店舗', 'C:\\files\\shop\\ca.crt'),
    cluster('osaka', 'D:\\Users\\a\\ca.crt'),
  );

  test.each<[string, string | undefined, string]>([
    ['/x/east.yaml', 'east', 'by the name of the file'],
    ['/x/rev-east-2.yaml', 'east-2', 'by the longest name'],
    ['/x/EAST_nodes.yaml', 'east', 'whatever the case'],
    ['/x/eastern.yaml', undefined, 'not by a part of a word'],
    ['/x/east/rev.yaml', 'east', 'by the name of the folder'],
    ['/x/east/east-2.yaml', 'east-2', 'by the file before the folder'],
    ['/f/two/deep/down/rev.yaml', 'east-2', 'by the nearest folder with files of a cluster'],
    ['/f/three/rev.yaml', 'kubernetes', 'beside the folder of its certificates'],
    ['/x/kubernetes.yaml', undefined, 'not by a name that every cluster has'],
    ['/f/rev.yaml', undefined, 'not if several clusters lie around'],
    ['/home/a/rev.yaml', undefined, 'not if several clusters lie around'],
    ['/elsewhere/rev.yaml', undefined, 'not without any evidence'],
    ['D:\\files\\rev.yaml', undefined, 'not by other files on the same drive alone'],
    ['D:\\Users\\b\\rev.yaml', undefined, 'not by the files of other people'],
    ['C:\\files\\shop\\rev.yaml', '店舗', 'on Windows, too'],
    ['D:\\店舗-失効.yaml', '店舗', 'in any letters'],
  ])('at %s is %s: %s', (path, id) => {
    expect(placer.find(path)).toBe(id);
  });

  test('is the cluster that a search of the file name for each cluster name would find', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'B', '-', '.', 'é', '🜁', '店'), minLength: 1, maxLength: 6 });
    const isAlone = (name: string, text: string): boolean =>
      [...text].some((_, at) => {
        const all = [...text];
        const [before = '-', after = '-'] = [all[at - 1], all[at + [...name].length]];
        const isBetween = [before, after].every((each) => !/[\p{L}\p{N}]/u.test(each));
        return isBetween && all.slice(at, at + [...name].length).join('') === name;
      });
    fc.assert(
      fc.property(fc.uniqueArray(part, { maxLength: 12 }), part, (names, text) => {
        const fitting = names.filter((name) => isAlone(name.toLowerCase(), text.toLowerCase()));
        const longest = Math.max(...fitting.map((name) => name.length));
        const wanted = fitting.filter((name) => name.length === longest);
        const found = placerAmong(...names.map((name) => cluster(name))).find(`/x/${text}`);
        expect(found).toBe(wanted.length === 1 ? wanted[0] : undefined);
      }),
      { numRuns: 2_000 },
    );
  });
});
