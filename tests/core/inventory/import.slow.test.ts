import { createHash, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../../core/inventory/contract.ts';
import type { Cluster, Credential } from '../../../core/inventory/model/credential.ts';
import { instant } from '../../../core/shared/instant.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import type { ImportProgress } from '../../../core/inventory/model/import-progress.ts';
import { LongWork } from '../../../core/inventory/long-work.ts';
import { importPaths } from '../../../core/inventory/import.ts';
import { clustersAndForeign, type InventoryStore } from '../../../core/inventory/store/inventory-store.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { CountedScheduler, MemoryFiles, testPorts, type TestPorts } from '../../support/ports.ts';
import { cloudconfig, jwt, kubeconfig, loginFile, Pki, type Pair } from './pki.ts';

const pki = new Pki();
type Name =
  | 'eastCa'
  | 'eastEtcdCa'
  | 'eastProxyCa'
  | 'eastApi'
  | 'eastApiNew'
  | 'eastEtcd'
  | 'eastKubelet'
  | 'eastKubeletNew'
  | 'eastAdmin'
  | 'westCa'
  | 'westApi'
  | 'westAdmin'
  | 'cloudCa'
  | 'cloudCaNew'
  | 'kvactl'
  | 'kvactlNew'
  | 'kms'
  | 'stray'
  | 'proxyClient';
const made = {} as Record<Name, Pair>;

beforeAll(() => {
  const { ca, issue } = { ca: pki.ca.bind(pki), issue: pki.issue.bind(pki) };
  const server = { usage: 'server', names: 'DNS:kubernetes,DNS:kubernetes.default.svc,IP:10.0.0.1' } as const;
  made.eastCa = ca('/CN=kubernetes');
  made.eastEtcdCa = ca('/CN=etcd-ca');
  made.eastProxyCa = ca('/CN=front-proxy-ca');
  made.westCa = ca('/CN=kubernetes');
  made.cloudCa = pki.issue({ subject: '/CN=cloud', days: [-200, 165], usage: 'ca' });
  made.cloudCaNew = pki.issue({ subject: '/CN=cloud', days: [-5, 360], usage: 'ca' });
  made.eastApi = issue({ subject: '/CN=kube-apiserver', issuer: made.eastCa, days: [-3, 1], ...server });
  made.eastApiNew = issue({ subject: '/CN=kube-apiserver', issuer: made.eastCa, days: [-1, 3], ...server });
  made.eastEtcd = issue({ subject: '/CN=node-1', issuer: made.eastEtcdCa, days: [-1, 3], usage: 'both' });
  const node = { subject: '/O=system:nodes/CN=system:node:n1', issuer: made.eastCa } as const;
  made.eastKubelet = issue({ ...node, days: [-3, 1] });
  made.eastKubeletNew = issue({ ...node, days: [-1, 3] });
  made.eastAdmin = issue({ subject: '/O=system:masters/CN=kubernetes-admin', issuer: made.eastCa, days: [-10, 355] });
  made.westApi = issue({ subject: '/CN=kube-apiserver', issuer: made.westCa, days: [-1, 3], ...server });
  made.westAdmin = issue({ subject: '/O=system:masters/CN=kubernetes-admin', issuer: made.westCa, days: [-10, 355] });
  made.proxyClient = issue({ subject: '/CN=front-proxy-client', issuer: made.eastProxyCa, days: [-1, 3] });
  made.kvactl = issue({ subject: '/CN=kvactl-7f3c', issuer: made.cloudCa, days: [-70, 20] });
  made.kvactlNew = issue({ subject: '/CN=kvactl-7f3c', issuer: made.cloudCaNew, days: [-2, 88] });
  made.kms = issue({ subject: '/CN=KMSPlugin-east-moc-kms-plugin', issuer: made.cloudCa, days: [-2, 88] });
  made.stray = pki.issue({ subject: '/CN=stray', days: [-2, 88] });
});
afterAll(() => pki.remove());

const TOKEN = jwt({ iss: 'wssdagentsvc', iat: 1_790_000_000, exp: 1_797_000_000 });
const FQDN = 'ca-5b1f0c2e.contoso.example';

/** Returns work that reports every step, however short. */
const watchWork = (onProgress: (progress: ImportProgress) => void): LongWork =>
  new LongWork(new CountedScheduler(1_000), undefined, onProgress);

interface World {
  ports: TestPorts;
  files: MemoryFiles;
  store: InventoryStore & { writes: string[] };
  run: (...paths: string[]) => Promise<ImportReport>;
}

/** Creates a store that records its writes, because writes put load on the disk. */
function createCountedStore(): World['store'] {
  const store = memoryStore();
  const writes: string[] = [];
  return {
    ...store,
    writes,
    update: (cluster) => (writes.push(`update ${cluster.name}`), store.update(cluster)),
    updateAll: (clusters, stored) => {
      writes.push(...clusters.map(({ name }) => `update ${name}`));
      return store.updateAll(clusters, stored);
    },
    forget: (id) => (writes.push(`forget ${id}`), store.forget(id)),
    recordImport: (at) => (writes.push('record'), store.recordImport(at)),
  };
}

function world(contents: Record<string, string>): World {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  const ports = testPorts(files);
  const store = createCountedStore();
  return { ports, files, store, run: (...paths) => importPaths(ports, store, paths.length === 0 ? ['/'] : paths) };
}

const lengths = ({ added, renewed, unchanged, superseded }: ImportReport): number[] => [
  added.length,
  renewed.length,
  unchanged.length,
  superseded.length,
];
const ruleList = ({ findings }: ImportReport): string[] => findings.map(({ rule }) => rule);
/** Returns the credentials of each cluster by name, without times. */
function layout(clusters: readonly Cluster[]): Record<string, string[]> {
  return Object.fromEntries(clusters.map(({ name, credentials }) => [name, credentials.map(({ id }) => id).sort()]));
}
const listNames = (store: InventoryStore): string[] =>
  store
    .clusters()
    .map(({ name }) => name)
    .sort();
const expectOneCluster = (store: InventoryStore): Cluster => {
  expect(store.clusters()).toHaveLength(1);
  return store.clusters()[0] as Cluster;
};

function eastPki(folder: string): Record<string, string> {
  return {
    [`${folder}/ca.crt`]: made.eastCa.crt,
    [`${folder}/etcd/ca.crt`]: made.eastEtcdCa.crt,
    [`${folder}/front-proxy-ca.crt`]: made.eastProxyCa.crt,
    [`${folder}/apiserver.crt`]: made.eastApi.crt,
    [`${folder}/apiserver.key`]: made.eastApi.key,
    [`${folder}/etcd/server.crt`]: made.eastEtcd.crt,
    [`${folder}/front-proxy-client.crt`]: made.proxyClient.crt,
  };
}

function allFiles(): Record<string, string> {
  return {
    ...eastPki('/backup/n1/etc/kubernetes/pki'),
    '/backup/n2/etc/kubernetes/pki/ca.crt': made.eastCa.crt,
    '/backup/n2/etc/kubernetes/pki/apiserver.crt': made.eastApiNew.crt,
    '/home/.kube/config': kubeconfig({ cluster: 'east', ca: made.eastCa.crt, client: made.eastAdmin }),
    '/home/west': kubeconfig({ cluster: 'west', ca: made.westCa.crt, client: made.westAdmin }),
    '/leaves/west-api.crt': made.westApi.crt,
    '/home/a/.wssd/kvactl/cloudconfig': cloudconfig({
      ca: made.cloudCa.crt + made.cloudCaNew.crt,
      client: made.kvactl,
      identity: 'kvactl',
    }),
    '/home/b/.wssd/kvactl/cloudconfig': cloudconfig({
      ca: made.cloudCaNew.crt,
      client: made.kvactlNew,
      identity: 'kvactl',
    }),
    '/home/cloudlogin.yaml': loginFile({
      name: 'KMSPlugin-east-moc-kms-plugin',
      token: TOKEN,
      ca: made.cloudCa.crt,
      fqdn: FQDN,
    }),
    '/kms/kms.pem': made.kms.crt,
    '/x/stray.pem': made.stray.crt,
  };
}

/** Returns the clusters with another reading time for every source. */
function readAgainAt(moment: string, clusters: readonly Cluster[]): Cluster[] {
  const updateReadAt = ({ sources, ...rest }: Credential): Credential => ({
    ...rest,
    sources: sources.map((source) => ({ ...source, readAt: instant(moment) })),
  });
  return clusters.map((cluster) => ({
    ...cluster,
    credentials: cluster.credentials.map(updateReadAt),
    history: cluster.history.map((one) => ({ ...one, credential: updateReadAt(one.credential) })),
  }));
}

describe('an import', () => {
  test('identifies every certificate by the SHA-256 that Node computes, and compares its key', async () => {
    const { run, store } = world({
      '/k': kubeconfig({ cluster: 'east', ca: made.eastCa.crt, client: made.eastAdmin }),
    });
    const report = await run('/k');
    expect(report.added.map(({ credentialId }) => credentialId).sort()).toEqual(
      [made.eastCa.id, made.eastAdmin.id].sort(),
    );
    const admin = expectOneCluster(store).credentials.find(({ id }) => id === made.eastAdmin.id);
    expect(admin).toMatchObject({
      keyMatch: 'matches',
      name: 'kubernetes-admin',
      role: 'admin-kubeconfig',
      layer: 'workstation',
    });
    expect(admin?.sources).toEqual([
      {
        path: '/k',
        entry: 'users[admin].client-certificate-data',
        fileModified: '2026-11-01T08:00:00Z',
        readAt: '2026-11-24T12:00:00Z',
      },
    ]);
  });

  test('identifies a token by the SHA-256 of its claims, or of salted text if the token is opaque', async () => {
    const claims = Buffer.from(TOKEN.split('.')[1] ?? '', 'base64url');
    const { run, store } = world({
      '/jwt.yaml': loginFile({ name: 'a', token: TOKEN, fqdn: FQDN }),
      '/opaque.yaml': loginFile({ name: 'b', token: 'opaque-token', fqdn: FQDN }),
    });
    await run();
    const tokens = expectOneCluster(store).credentials;
    expect(tokens.map(({ id }) => id).sort()).toEqual(
      [createHash('sha256').update(claims), createHash('sha256').update('arcwarden opaque token\0opaque-token')]
        .map((hash) => hash.digest('hex'))
        .sort(),
    );
    expect(tokens.find(({ name }) => name === 'a')).toMatchObject({
      assumed: false,
      notAfter: '2026-12-11T14:40:00Z',
      issuer: 'wssdagentsvc',
    });
    expect(tokens.find(({ name }) => name === 'b')).toMatchObject({
      assumed: true,
      notBefore: '2026-11-01T08:00:00Z',
      notAfter: '2027-01-30T08:00:00Z',
    });
  });

  test('assumes no expiry date for an opaque token in a kubeconfig', async () => {
    const { run, store } = world({ '/k': kubeconfig({ cluster: 'c', token: 'abcdef.0123456789abcdef' }) });
    await run();
    expect(expectOneCluster(store).credentials[0]).toMatchObject({ kind: 'token', assumed: false });
    expect(expectOneCluster(store).credentials[0]).toHaveProperty('notAfter', undefined);
  });

  test('updates only reading times for known files, and reports everything as unchanged', async () => {
    const { run, store, ports } = world(allFiles());
    const first = await run();
    const before = structuredClone(store.clusters());
    ports.clock.moment = instant('2026-12-01T00:00:00Z');
    const again = await run();
    expect(store.lastImportAt()).toBe('2026-12-01T00:00:00Z');
    expect(readAgainAt('2026-12-01T00:00:00Z', before)).toEqual(store.clusters());
    expect(lengths(again)).toEqual([0, 0, lengths(first).reduce((sum, one) => sum + one), 0]);
  });

  test('writes every cluster once', async () => {
    const { run, store } = world(allFiles());
    await run();
    expect(store.writes.filter((write) => write.startsWith('update'))).toHaveLength(clustersAndForeign(store).length);
    expect(store.writes.at(-1)).toBe('record');
  });

  test('adds a source to a certificate that another file also contains', async () => {
    const { run, store, files } = world({ '/pki/ca.crt': made.eastCa.crt });
    await run();
    files.put('/copy/ca.pem', made.eastCa.crt);
    expect(lengths(await run('/copy'))).toEqual([0, 0, 1, 0]);
    expect(expectOneCluster(store).credentials[0]?.sources.map(({ path }) => path)).toEqual([
      '/pki/ca.crt',
      '/copy/ca.pem',
    ]);
  });

  test('reports an unreadable file and reads the others', async () => {
    const { run, files, ports } = world({ '/a/ca.crt': made.eastCa.crt, '/a/locked': 'x', '/a/notes.txt': 'hello' });
    files.lock('/a/locked');
    const report = await run();
    expect(report.findings).toEqual([{ rule: 'file.not-readable', severity: 'error', place: { path: '/a/locked' } }]);
    expect(report).toMatchObject({
      filesRead: 2,
      filesWithoutCredentials: ['/a/notes.txt'],
      startedAt: ports.clock.now(),
    });
    expect(report.added).toHaveLength(1);
  });

  test('reports an undecodable certificate with its place, and reads the valid ones', async () => {
    const broken = Buffer.from(made.eastApi.crt.split('\n').slice(1, -2).join(''), 'base64');
    broken[5] = 0xff;
    const block = `-----BEGIN CERTIFICATE-----\n${broken.toString('base64')}\n-----END CERTIFICATE-----\n`;
    const { run } = world({ '/chain.pem': made.eastCa.crt + block });
    const report = await run();
    expect(report.added).toHaveLength(1);
    expect(report.findings).toMatchObject([
      {
        severity: 'error',
        place: { path: '/chain.pem', entry: '#2', line: made.eastCa.crt.split('\n').length },
        rule: expect.stringMatching(/^der\./u) as string,
      },
    ]);
  });

  test('completes its progress after all files are read and all credentials are found', async () => {
    const { ports, store } = world(allFiles());
    const seen: object[] = [];
    await importPaths(ports, store, ['/'], { work: watchWork((progress) => seen.push(progress)) });
    const total = Object.keys(allFiles()).length;
    expect(seen.at(-1)).toMatchObject({ filesRead: total, filesTotal: total });
  });
});

describe('keys', () => {
  const findKeyMatch = async (contents: Record<string, string>): Promise<[string, string[]]> => {
    const { run, store } = world(contents);
    const report = await run();
    const credential = clustersAndForeign(store)
      .flatMap(({ credentials }) => credentials)
      .find(({ id }) => id === made.stray.id);
    return [credential?.kind === 'certificate' ? credential.keyMatch : 'none', ruleList(report)];
  };
  const encrypted = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n';

  test.each([
    ['beside it by name', () => ({ '/a/stray.crt': made.stray.crt, '/a/stray.key': made.stray.key }), 'matches', []],
    [
      'beside it under another name',
      () => ({ '/a/stray.crt': made.stray.crt, '/a/tls.key': made.stray.key }),
      'matches',
      [],
    ],
    [
      'of another certificate, with a cfssl name',
      () => ({ '/a/stray.pem': made.stray.crt, '/a/stray-key.pem': made.eastCa.key }),
      'differs',
      ['key.differs'],
    ],
    ['in the same file', () => ({ '/a/x.pem': made.stray.key + made.stray.crt }), 'matches', []],
    [
      'of another certificate in the same file',
      () => ({ '/a/x.pem': made.stray.crt + made.eastCa.key }),
      'differs',
      ['key.differs'],
    ],
    [
      'for the leaf of a chain in the same file',
      () => ({ '/a/x.pem': made.eastCa.crt + made.stray.crt + made.stray.key }),
      'matches',
      [],
    ],
    ['in another folder', () => ({ '/a/stray.crt': made.stray.crt, '/b/stray.key': made.stray.key }), 'absent', []],
    [
      'that is encrypted',
      () => ({ '/a/stray.crt': made.stray.crt, '/a/stray.key': encrypted }),
      'encrypted',
      ['key.encrypted'],
    ],
    [
      'of another certificate in an access file',
      () => ({ '/a': cloudconfig({ client: { crt: made.stray.crt, key: made.kms.key } }) }),
      'differs',
      ['key.differs'],
    ],
    [
      'of a kubeconfig that cannot be decoded',
      () => ({ '/a': kubeconfig({ cluster: 'c', client: { crt: made.stray.crt, key: 'nonsense' } }) }),
      'unreadable',
      ['key.not-readable'],
    ],
    ['that is missing', () => ({ '/a/stray.crt': made.stray.crt }), 'absent', []],
  ])('a certificate has the right key status for a key %s', async (_, contents, match, rules) => {
    expect(await findKeyMatch(contents())).toEqual([match, rules]);
  });

  test('a match with a key found later is kept, even if a later import lacks the key', async () => {
    const { run, store, files } = world({ '/a/stray.crt': made.stray.crt });
    await run();
    files.put('/a/stray.key', made.stray.key);
    expect(lengths(await run())).toEqual([0, 0, 1, 0]);
    expect(store.foreign()?.credentials[0]).toMatchObject({ keyMatch: 'matches' });
    files.drop('/a/stray.key');
    await run();
    expect(store.foreign()?.credentials[0]).toMatchObject({ keyMatch: 'matches' });
  });

  test('a key shared by the access files of two profiles is reported', async () => {
    const file = cloudconfig({ ca: made.cloudCa.crt, client: made.kvactl });
    const report = await world({ '/u/a/.wssd/kvactl/cloudconfig': file, '/u/b/.wssd/kvactl/cloudconfig': file }).run();
    expect(report.findings).toEqual([
      {
        rule: 'key.shared',
        severity: 'notice',
        place: { path: '/u/a/.wssd/kvactl/cloudconfig', entry: 'ClientCertificate' },
        params: { name: 'kvactl-7f3c', count: 2, other: '/u/b/.wssd/kvactl/cloudconfig' },
      },
    ]);
  });

  test('no key or token is in the store, the report, the progress or the log', async () => {
    const { ports, store } = world(allFiles());
    const told: unknown[] = [];
    told.push(await importPaths(ports, store, ['/'], { work: watchWork((progress) => told.push(progress)) }));
    const text = JSON.stringify([told, store.clusters(), ports.log.entries]);
    const secrets = [TOKEN, ...Object.values(made).map(({ key }) => key.split('\n').at(-3) ?? '')];
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(8);
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain('PRIVATE');
  });
});

describe('the files that a kubeconfig names', () => {
  const kubeconfigJson = (user: object, cluster: object = {}): string =>
    JSON.stringify({
      kind: 'Config',
      clusters: [{ name: 'east', cluster }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'x', context: { cluster: 'east', user: 'u' } }],
    });

  test('are read relative to the kubeconfig’s folder and count as part of it', async () => {
    const { run, store, files } = world({
      '/k/config': kubeconfigJson(
        { 'client-certificate': '../pem/a.crt', 'client-key': '/pem/a.key' },
        { 'certificate-authority': 'ca.crt' },
      ),
      '/k/ca.crt': made.eastCa.crt,
      '/pem/a.key': made.eastAdmin.key,
    });
    files.put('/pem/a.crt', made.eastAdmin.crt, instant('2026-05-05T00:00:00Z'));
    const report = await run('/k/config');
    expect(report.findings).toEqual([]);
    expect(expectOneCluster(store).name).toBe('east');
    expect(expectOneCluster(store).credentials.find(({ id }) => id === made.eastAdmin.id)).toMatchObject({
      keyMatch: 'matches',
      sources: [{ path: '/k/config', entry: 'users[u].client-certificate', fileModified: '2026-05-05T00:00:00Z' }],
    });
  });

  test('are read from the copied files of the node to which the kubeconfig belongs, not from this computer', async () => {
    const { run, store } = world({
      '/copy/node-1/etc/kubernetes/kubelet.conf': kubeconfigJson(
        {
          'client-certificate': '/var/lib/kubelet/pki/kubelet-client-current.pem',
          'client-key': '/var/lib/kubelet/pki/kubelet-client-current.pem',
        },
        { 'certificate-authority-data': Buffer.from(made.eastCa.crt).toString('base64') },
      ),
      '/copy/node-1/var/lib/kubelet/pki/kubelet-client-current.pem': made.eastKubeletNew.crt + made.eastKubeletNew.key,
      '/var/lib/kubelet/pki/kubelet-client-current.pem': made.eastKubelet.crt + made.eastKubelet.key,
    });
    const report = await run('/copy');
    expect(report.findings).toEqual([]);
    const kubelet = expectOneCluster(store).credentials.find(({ id }) => id === made.eastKubeletNew.id);
    expect(kubelet?.sources.map(({ path }) => path)).toContain('/copy/node-1/etc/kubernetes/kubelet.conf');
    expect(JSON.stringify(expectOneCluster(store).history)).not.toContain(made.eastKubelet.id);
  });

  test('are not read from this computer if the copy of the node lacks them', async () => {
    const { run } = world({
      '/copy/node-1/etc/kubernetes/kubelet.conf': kubeconfigJson({
        'client-certificate': '/var/lib/kubelet/pki/kubelet-client-current.pem',
      }),
      '/var/lib/kubelet/pki/kubelet-client-current.pem': made.eastKubelet.crt,
    });
    const report = await run('/copy');
    expect(report.findings.map(({ rule }) => rule)).toEqual(['kubeconfig.reference-not-readable']);
    expect(report.added).toEqual([]);
  });

  test('may contain a token', async () => {
    const { run, store } = world({ '/k/config': kubeconfigJson({ tokenFile: 't' }), '/k/t': `${TOKEN}\n` });
    await run('/k/config');
    expect(expectOneCluster(store).credentials).toMatchObject([{ kind: 'token', notAfter: '2026-12-11T14:40:00Z' }]);
  });

  test.each([
    ['missing', 'gone.crt', 'kubeconfig.reference-not-readable'],
    ['folders', '/k', 'kubeconfig.reference-not-readable'],
    ['empty', 'empty', 'kubeconfig.reference-empty'],
    ['on another computer', '\\\\evil\\share\\a.crt', 'kubeconfig.reference-refused'],
    ['on another computer in another spelling', '//evil/share/a.crt', 'kubeconfig.reference-refused'],
  ])('cause a finding at the entry of the kubeconfig if they are %s', async (_, file, rule) => {
    const { run } = world({ '/k/config': kubeconfigJson({ 'client-certificate': file }), '/k/empty': 'x' });
    const { findings } = await run('/k/config');
    expect(findings).toEqual([
      {
        rule,
        severity: 'error',
        place: { path: '/k/config', entry: 'users[u].client-certificate', line: 1 },
        params: { file },
      },
    ]);
  });
});

describe('the assignment to clusters', () => {
  test('divides a whole workstation into its clusters', async () => {
    const { run, store } = world(allFiles());
    await run();
    expect(layout(store.clusters())).toEqual({
      [FQDN]: ['cloudCaNew', 'kvactl', 'kvactlNew'].map((name) => made[name as Name].id).sort(),
      east: expect.arrayContaining([
        made.eastCa.id,
        made.eastEtcdCa.id,
        made.eastProxyCa.id,
        made.eastApiNew.id,
        made.eastAdmin.id,
        made.kms.id,
      ]) as string[],
      west: [made.westCa.id, made.westApi.id, made.westAdmin.id].sort(),
    });
    expect(store.foreign()?.credentials.map(({ id }) => id)).toEqual([made.stray.id]);
    expect(
      store
        .clusters()
        .find(({ name }) => name === 'east')
        ?.credentials.find(({ kind }) => kind === 'token'),
    ).toMatchObject({ layer: 'moc' });
  });

  test.each([
    ['a PKI folder', () => eastPki('/backup/東京-east/etc/kubernetes/pki'), '東京-east'],
    ['a PKI folder on the node itself', () => eastPki('/etc/kubernetes/pki'), 'kubernetes'],
    ['a kubeconfig', () => ({ '/x/y': kubeconfig({ cluster: 'retail', ca: made.eastCa.crt }) }), 'retail'],
    [
      'admin.conf, where every cluster is called kubernetes',
      () => ({
        '/b/east/etc/kubernetes/admin.conf': kubeconfig({
          cluster: 'kubernetes',
          ca: made.eastCa.crt,
          client: made.eastAdmin,
        }),
        '/b/east/etc/kubernetes/pki/ca.crt': made.eastCa.crt,
      }),
      'east',
    ],
    ['a lone certificate of a control plane', () => ({ '/b/some/api.crt': made.eastApi.crt }), 'some'],
    ['a Windows path', () => ({ 'C:\\Users\\a': '', '/C:\\certs\\shop\\pki\\api.crt': made.eastApi.crt }), 'shop'],
    [
      'an access file',
      () => ({ '/u/a/.wssd/kvactl/cloudconfig': cloudconfig({ ca: made.cloudCa.crt, client: made.kvactl }) }),
      () => `moc-${made.cloudCa.id.slice(0, 8)}`,
    ],
    [
      'an access file without an authority',
      () => ({ '/u/alice/.wssd/kvactl/cloudconfig': cloudconfig({ client: made.kvactl }) }),
      'alice',
    ],
    ['a login file', () => ({ '/l': loginFile({ name: 'a', token: TOKEN, fqdn: 'CA-1.Example.' }) }), 'ca-1.example'],
  ])('%s determines the name of the cluster', async (_, contents, name) => {
    const { run, store } = world(contents());
    await run();
    expect(expectOneCluster(store).name).toBe(typeof name === 'string' ? name : name());
    expect(expectOneCluster(store).id).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?-[0-9a-f]{8}$/u);
  });

  test('PKI folders of two nodes that share a CA form one cluster', async () => {
    const { run, store } = world({ ...eastPki('/b/n1/etc/kubernetes/pki'), ...eastPki('/b/n2/etc/kubernetes/pki') });
    await run();
    expect(expectOneCluster(store).name).toBe('n1');
    expect(expectOneCluster(store).credentials).toHaveLength(6);
  });

  test('two clusters with the same name but different CAs stay separate, and the older one’s name gets part of its fingerprint', async () => {
    const { run, store } = world({
      '/a': kubeconfig({ cluster: 'east', ca: made.eastCa.crt, client: made.eastAdmin }),
      '/b': kubeconfig({ cluster: 'east', ca: made.westCa.crt, client: made.westAdmin }),
    });
    await run();
    expect(store.clusters()).toHaveLength(2);
    expect(listNames(store)[0]).toBe('east');
    expect(listNames(store)[1]).toMatch(/^east \([0-9a-f]{8}\)$/u);
    const plain = layout(store.clusters())['east'];
    expect([[made.eastCa.id, made.eastAdmin.id].sort(), [made.westCa.id, made.westAdmin.id].sort()]).toContainEqual(
      plain,
    );
    store.writes.length = 0;
    await run();
    expect(store.writes).toEqual(['record']);
  });

  test('after an interrupted import, the next import distinguishes clusters of one name as an uninterrupted import does', async () => {
    const { ports, run, store } = world({
      '/a': kubeconfig({ cluster: 'east', ca: made.eastCa.crt, client: made.eastAdmin }),
      '/b': kubeconfig({ cluster: 'east', ca: made.westCa.crt, client: made.westAdmin }),
    });
    await run();
    const whole = layout(store.clusters());
    for (const saved of store.clusters()) {
      const rest = createCountedStore();
      await rest.update(saved);
      await importPaths(ports, rest, ['/']);
      expect(layout(rest.clusters()), saved.name).toEqual(whole);
    }
  });

  test('two neighbouring folders of CAs do not become one cluster', async () => {
    const { run, store } = world({
      '/certs/all/east/ca.crt': made.eastCa.crt,
      '/certs/all/east/etcd-ca.crt': made.eastEtcdCa.crt,
      '/certs/all/west/ca.crt': made.westCa.crt,
    });
    await run();
    expect(layout(store.clusters())).toEqual({
      east: [made.eastCa.id, made.eastEtcdCa.id].sort(),
      west: [made.westCa.id],
    });
  });

  test('in a folder with two cluster CAs, a leaf belongs to the cluster of its signer', async () => {
    const { run, store } = world({
      '/f/mix/east-ca.crt': made.eastCa.crt,
      '/f/mix/west-ca.crt': made.westCa.crt,
      '/f/mix/a.crt': made.eastApi.crt,
      '/f/mix/b.crt': made.westApi.crt,
    });
    await run();
    expect(store.clusters().map(({ credentials }) => credentials.map(({ id }) => id).sort())).toEqual(
      expect.arrayContaining([[made.eastCa.id, made.eastApi.id].sort(), [made.westCa.id, made.westApi.id].sort()]),
    );
  });

  test('a leaf does not join the cluster of a CA that has its issuer’s name but did not sign it', async () => {
    const { run, store } = world({ '/a/east/ca.crt': made.eastCa.crt, '/b/elsewhere/apiserver.crt': made.westApi.crt });
    await run();
    expect(listNames(store)).toEqual(['east', 'elsewhere']);
  });

  test('two access files with the same CA form one deployment, which gets its name from a later login file', async () => {
    const { run, store, files } = world({
      '/u/a/cloudconfig': cloudconfig({ ca: made.cloudCa.crt + made.cloudCaNew.crt, client: made.kvactl }),
      '/u/b/cloudconfig': cloudconfig({ ca: made.cloudCaNew.crt, client: made.kvactlNew }),
    });
    await run();
    const { id } = expectOneCluster(store);
    expect(expectOneCluster(store).name).toMatch(/^moc-[0-9a-f]{8}$/u);
    files.put('/u/login.yaml', loginFile({ name: 'x', token: TOKEN, ca: made.cloudCa.crt, fqdn: FQDN }));
    await run('/u/login.yaml');
    expect(expectOneCluster(store)).toMatchObject({ id, name: FQDN, addresses: [FQDN] });
  });

  test('two deployments are merged if a later import shows that they are one', async () => {
    const { run, store, files } = world({
      '/a': cloudconfig({ ca: made.cloudCa.crt, client: made.kvactl }),
      '/b': cloudconfig({ ca: made.cloudCaNew.crt, client: made.kvactlNew }),
    });
    await run('/a');
    await run('/b');
    expect(store.clusters()).toHaveLength(2);
    files.put('/c', cloudconfig({ ca: made.cloudCa.crt + made.cloudCaNew.crt }));
    await run('/c');
    expect(
      expectOneCluster(store)
        .credentials.map(({ id }) => id)
        .sort(),
    ).toEqual([made.cloudCaNew.id, made.kvactl.id, made.kvactlNew.id].sort());
    store.writes.length = 0;
    await run();
    expect(store.writes).toEqual(['record']);
  });

  test('a KMS identity joins its cluster once the cluster is known', async () => {
    const { run, store, files } = world({
      '/l': loginFile({ name: 'KMSPlugin-east-moc-kms-plugin', token: TOKEN, ca: made.cloudCa.crt, fqdn: FQDN }),
    });
    await run('/l');
    expect(listNames(store)).toEqual([FQDN]);
    files.put('/k', kubeconfig({ cluster: 'east', ca: made.eastCa.crt }));
    await run('/k');
    const east = store.clusters().find(({ name }) => name === 'east');
    expect(east?.credentials.map(({ kind, layer }) => [kind, layer])).toContainEqual(['token', 'moc']);
    expect(store.clusters().find(({ name }) => name === FQDN)?.credentials).toHaveLength(1);
  });

  test('a leaf joins the cluster of its issuer once the issuer is known, and its former cluster disappears', async () => {
    const { run, store, files } = world({ '/x/leaf/api.crt': made.westApi.crt });
    await run();
    expect(listNames(store)).toEqual(['leaf']);
    files.put('/k', kubeconfig({ cluster: 'west', ca: made.westCa.crt }));
    await run('/k');
    expect(layout(store.clusters())).toEqual({ west: [made.westApi.id, made.westCa.id].sort() });
    store.writes.length = 0;
    await run();
    expect(store.writes).toEqual(['record']);
  });

  test('a name from a kubeconfig replaces a name from a folder, and the id stays the same', async () => {
    const { run, store, files } = world(eastPki('/b/node-1/etc/kubernetes/pki'));
    await run();
    const { id } = expectOneCluster(store);
    files.put('/k', kubeconfig({ cluster: 'retail-east', ca: made.eastCa.crt, server: 'https://10.0.0.9:6443' }));
    await run('/k');
    expect(expectOneCluster(store)).toMatchObject({ id, name: 'retail-east', addresses: ['https://10.0.0.9:6443'] });
  });

  test('a kubeconfig without a CA joins the cluster with the same name', async () => {
    const { run, store } = world({
      '/a': kubeconfig({ cluster: 'east', ca: made.eastCa.crt }),
      '/b': kubeconfig({ cluster: 'east', token: 'abcdef.0123456789abcdef' }),
    });
    await run();
    expect(expectOneCluster(store).credentials).toHaveLength(2);
  });

  test('a folder imported in two parts forms one cluster', async () => {
    const all = Object.entries(eastPki('/b/east/etc/kubernetes/pki'));
    const { run, store, files } = world(Object.fromEntries(all.slice(0, 1)));
    await run();
    for (const [path, content] of all.slice(1)) files.put(path, content);
    await run('/b/east/etc/kubernetes/pki/etcd');
    await run();
    expect(expectOneCluster(store).credentials).toHaveLength(6);
  });

  test('the order of the files does not affect the result', async () => {
    const contents = Object.entries(allFiles());
    const outcome = async (order: readonly [string, string][]): Promise<unknown> => {
      const { run, store } = world(Object.fromEntries(order));
      const report = await run(...order.map(([path]) => path));
      return [store.clusters(), report];
    };
    const expected = await outcome(contents);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(contents, { minLength: contents.length }), async (order) => {
        expect(await outcome(order)).toMatchObject([expected instanceof Array ? expected[0] : [], {}]);
      }),
      { numRuns: 12 },
    );
  });

  test('files imported one by one, in any order, form the same clusters as in one import', async () => {
    const contents = Object.entries(allFiles()).filter(([path]) => !path.includes('stray'));
    const together = world(Object.fromEntries(contents));
    await together.run();
    const expected = layout(together.store.clusters());
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(contents, { minLength: contents.length }), async (order) => {
        const { run, store } = world(Object.fromEntries(contents));
        for (const [path] of order) await run(path);
        expect(Object.values(layout(store.clusters())).sort()).toEqual(Object.values(expected).sort());
      }),
      { numRuns: 12 },
    );
  });
});

describe('renewals over several imports', () => {
  const api = '/b/east/pki/apiserver.crt';

  test('a newer certificate in the same place replaces the older one, which is kept in the history', async () => {
    const { run, store, files, ports } = world({ '/b/east/pki/ca.crt': made.eastCa.crt, [api]: made.eastApi.crt });
    await run();
    files.put(api, made.eastApiNew.crt);
    ports.clock.moment = instant('2026-11-25T00:00:00Z');
    const report = await run();
    expect(report.renewed).toMatchObject([{ credentialId: made.eastApiNew.id, replaced: made.eastApi.id }]);
    expect(expectOneCluster(store).history).toMatchObject([
      { credential: { id: made.eastApi.id }, replacedBy: made.eastApiNew.id, replacedAt: '2026-11-25T00:00:00Z' },
    ]);
    expect(expectOneCluster(store).credentials.map(({ id }) => id)).not.toContain(made.eastApi.id);
  });

  test('an older certificate is added to the history and never replaces the newer one', async () => {
    const { run, store, files } = world({ '/b/east/pki/ca.crt': made.eastCa.crt, [api]: made.eastApiNew.crt });
    await run();
    files.put(api, made.eastApi.crt);
    const report = await run();
    expect(report.superseded).toMatchObject([{ credentialId: made.eastApi.id }]);
    expect(expectOneCluster(store).credentials.map(({ id }) => id)).toContain(made.eastApiNew.id);
    expect(lengths(await run())).toEqual([0, 0, 2, 0]);
  });

  test('a certificate with the same names in another file is a renewal', async () => {
    const { run } = world({
      '/e/ca.crt': made.eastCa.crt,
      '/n1/apiserver.crt': made.eastApi.crt,
      '/n1/copy.crt': made.eastApiNew.crt,
    });
    const report = await run();
    expect(report.superseded.map(({ credentialId }) => credentialId)).toEqual([made.eastApi.id]);
  });

  test('a kubelet certificate with the same subject in another file is a renewal', async () => {
    const { run, files } = world({ '/e/ca.crt': made.eastCa.crt, '/n/a.pem': made.eastKubelet.crt });
    await run();
    files.put('/n/b.pem', made.eastKubeletNew.crt);
    expect((await run()).renewed).toMatchObject([
      { credentialId: made.eastKubeletNew.id, replaced: made.eastKubelet.id },
    ]);
  });

  test('two certificates of one holder in the same file are both kept', async () => {
    const { run, store } = world({
      '/e/ca.crt': made.eastCa.crt,
      '/n/a.pem': made.eastKubelet.crt + made.eastKubeletNew.crt,
    });
    await run();
    expect(expectOneCluster(store).history).toEqual([]);
    expect(expectOneCluster(store).credentials).toHaveLength(3);
  });

  test('a credential in several files is added once', async () => {
    const { run } = world({ '/a.pem': made.eastCa.crt, '/b/b.pem': made.eastCa.crt, '/c/c.pem': made.eastCa.crt });
    expect(lengths(await run())).toEqual([1, 0, 0, 0]);
  });

  test('if an access file has an old and a new CA, the new CA is current and the old one is in the history', async () => {
    const path = '/u/cloudconfig';
    const { run, store, files } = world({ [path]: cloudconfig({ ca: made.cloudCa.crt + made.cloudCaNew.crt }) });
    expect(lengths(await run())).toEqual([1, 0, 0, 1]);
    files.put(path, cloudconfig({ ca: made.cloudCaNew.crt }));
    expect(lengths(await run())).toEqual([0, 0, 1, 0]);
    const { credentials, history } = expectOneCluster(store);
    expect(credentials.map(({ id }) => id)).toEqual([made.cloudCaNew.id]);
    expect(history.map(({ credential }) => credential.id)).toEqual([made.cloudCa.id]);
  });

  test('a rotated token in a login file replaces the former token', async () => {
    const path = '/l.yaml';
    const { run, store, files } = world({ [path]: loginFile({ name: 'a', token: TOKEN, fqdn: FQDN }) });
    await run();
    files.put(path, loginFile({ name: 'a', token: jwt({ iat: 1_791_000_000, exp: 1_798_000_000 }), fqdn: FQDN }));
    expect((await run()).renewed).toHaveLength(1);
    expect(expectOneCluster(store).history).toHaveLength(1);
  });

  test.each([
    ['whole, as the public code does', (original: Pair) => new X509Certificate(original.crt).raw],
    ['by its SHA-256', (original: Pair) => Buffer.from(original.id)],
  ])('a MOC certificate that contains its original %s is a renewal, in whatever file it is', async (_how, mark) => {
    const oid = '1.3.6.1.4.1.311.104.1';
    // The first certificate of a lineage has none of the extensions that a renewal adds.
    const original = pki.issue({ subject: '/CN=first', issuer: made.cloudCa, days: [-80, 10] });
    const renewed = pki.issue({
      subject: '/CN=second',
      issuer: made.cloudCa,
      days: [-1, 89],
      more: [`${oid}.2=DER:${mark(original).toString('hex')}`, `${oid}.3=DER:020101`],
    });
    const { run } = world({
      '/.wssd/c/cloudconfig': cloudconfig({ ca: made.cloudCa.crt }),
      '/.wssd/a.pem': original.crt,
      '/.wssd/b/b.pem': renewed.crt,
    });
    const report = await run();
    expect(report.superseded.map(({ credentialId }) => credentialId)).toEqual([original.id]);
  });

  test('a certificate of another cluster’s user in the same file is not a renewal', async () => {
    const { run, files } = world({
      '/k': kubeconfig({ cluster: 'east', ca: made.eastCa.crt, client: made.eastAdmin }),
    });
    await run();
    files.put('/k', kubeconfig({ cluster: 'west', ca: made.westCa.crt, client: made.westAdmin }));
    expect(lengths(await run())).toEqual([2, 0, 0, 0]);
  });
});

describe('an import that is saved only in part', () => {
  const failing = new ConsoleError('store.not-writable', { path: '/data/index.json', reason: 'ENOSPC' });
  const fail = () => Promise.reject(failing);

  test('reports how many clusters were saved and where it stopped', async () => {
    const { store, ports } = world(eastPki('/east'));
    const full = importPaths(ports, { ...store, recordImport: fail }, ['/']);
    const params = { path: '/data/index.json', clusters: 1 };
    await expect(full).rejects.toMatchObject({ code: 'import.partly-saved', params });
    expect(store.clusters()).toHaveLength(1);
    // A second import of the same files adds nothing.
    const again = await importPaths(ports, store, ['/']);
    expect(lengths(again)[0]).toBe(0);
  });

  test.each([
    [new ConsoleError('store.too-large', { path: '/data/index.json', limitMiB: 256 }), 'too-large', { limitMiB: 256 }],
    [new ConsoleError('store.lock-lost', { path: '/data/index.json' }), 'lock-lost', {}],
    [
      new ConsoleError('store.newer', { path: '/data/index.json', schema: 9, known: 5 }),
      'newer',
      { schema: 9, known: 5 },
    ],
    [new ConsoleError('file.not-readable', { path: '/data/index.json', reason: 'damaged' }), 'not-readable', {}],
    [new ConsoleError('file.too-large', { path: '/data/index.json' }), 'not-readable', {}],
  ])('reports both the saved part and the reason for stopping: %o', async (reason, kind, values) => {
    const { store, ports } = world(eastPki('/east'));
    const stopped = importPaths(ports, { ...store, recordImport: () => Promise.reject(reason) }, ['/']);
    await expect(stopped).rejects.toMatchObject({
      code: `import.partly-saved-${kind}`,
      params: { path: '/data/index.json', clusters: 1, ...values },
      cause: reason,
    });
    const nothing = world(eastPki('/east'));
    const none = importPaths(ports, { ...nothing.store, updateAll: () => Promise.reject(reason) }, ['/']);
    await expect(none).rejects.toBe(reason);
  });

  test('reports the problem of the store if nothing was saved', async () => {
    const { store, ports } = world(eastPki('/east'));
    const full = importPaths(ports, { ...store, updateAll: fail }, ['/']);
    await expect(full).rejects.toMatchObject({ code: 'store.not-writable' });
    expect(store.clusters()).toEqual([]);
  });
});
