import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportReport, InventoryEvents } from '../../../core/inventory/contract.ts';
import { writeSampleMarker } from '../../../core/formats/sample-marker.ts';
import { readKnownFiles } from '../../../core/inventory/fleet.ts';
import { InventoryService } from '../../../core/inventory/service.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { DAY_MS, instant, instantFromMs, epochMs } from '../../../core/shared/instant.ts';
import { clustersAndForeign } from '../../../core/inventory/store/inventory-store.ts';
import { openStore } from '../../../core/settings/store/store.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import { certificateBag, clearPart, pfx } from '../../support/pfx.ts';
import { MemoryFiles, TEST_NOW, testPorts, type TestPorts } from '../../support/ports.ts';
import { jwt, kubeconfig, loginFile, Pki, type Pair } from './pki.ts';

const pki = new Pki();
const contents: Record<string, string | Uint8Array> = {};

const manifest = (name: string): string =>
  [
    'apiVersion: certificates.microsoft.com/v1',
    'kind: RenewRevocation',
    `metadata: { name: ${name}, namespace: kube-system }`,
    'spec: { revocations: [ { kind: Group, group: system:nodes } ] }',
    '',
  ].join('\n');

beforeAll(() => {
  const node = (issuer: Pair, days: [number, number]): Pair =>
    pki.issue({ subject: '/O=system:nodes/CN=system:node:n1', issuer, days });
  const [eastCa, westCa] = [pki.ca('/CN=kubernetes'), pki.ca('/CN=kubernetes')];
  const cloudCa = pki.issue({ subject: '/CN=cloud', days: [-200, 3], usage: 'ca' });
  const kubelet = node(eastCa, [-3, 1]);
  const names = 'DNS:kubernetes,DNS:kubernetes.default.svc,IP:10.0.0.1';
  const api = pki.issue({ subject: '/CN=kube-apiserver', issuer: westCa, days: [-1, 3], usage: 'server', names });
  const admin = pki.issue({ subject: '/O=system:masters/CN=kubernetes-admin', issuer: eastCa, days: [-10, 355] });
  const kms = pki.issue({ subject: '/CN=KMSPlugin-east-moc-kms-plugin', issuer: cloudCa, days: [-2, 88] });
  const token = jwt({ iss: 'wssdagentsvc', iat: 1_790_000_000, exp: 1_797_000_000 });
  Object.assign(contents, {
    eastCa: eastCa.crt,
    westCa: westCa.crt,
    bothCas: eastCa.crt + westCa.crt,
    kubelet: kubelet.crt,
    kubeletKey: kubelet.key,
    kubeletNew: node(eastCa, [-1, 2]).crt,
    otherKubelet: node(westCa, [-2, 2]).crt,
    api: api.crt,
    stray: pki.issue({ subject: '/CN=stray', days: [-2, 88] }).crt,
    kubeconfig: kubeconfig({ cluster: 'east', ca: eastCa.crt, client: admin }),
    namedWest: kubeconfig({ cluster: 'west', ca: westCa.crt }),
    kms: kms.crt,
    login: loginFile({ name: 'KMSPlugin-east-moc-kms-plugin', token, ca: cloudCa.crt, fqdn: 'ca-1.contoso.example' }),
    revocation: manifest('lost'),
    otherRevocation: manifest('stolen'),
    note: 'nothing at all',
    pfx: pfx([clearPart(certificateBag(new X509Certificate(kms.crt).raw))]),
    reference: `clusters:\n- name: east\n  cluster: { certificate-authority: ${OUTSIDE} }\nusers: []\n`,
    marker: writeSampleMarker({ createdAt: TEST_NOW, files: ['ca.crt', 'kubelet.crt'] }),
  });
});
afterAll(() => pki.remove());

/** A file that is read only if a kubeconfig refers to it. */
const OUTSIDE = '/elsewhere/ca.crt';
const PATHS = [
  OUTSIDE,
  '/src/demo/arcwarden-sample.json',
  '/src/demo/ca.crt',
  '/src/demo/kubelet.crt',
  '/src/east/ca.crt',
  '/src/east/kubelet.crt',
  '/src/east/kubelet.key',
  '/src/east/objects.yaml',
  '/src/west/ca.crt',
  '/src/west/api.crt',
  '/src/west/other.crt',
  '/src/config',
  '/src/login.yaml',
];

/** An inventory service with its files and announcements. */
interface World {
  files: MemoryFiles;
  /** Ports that count digests. */
  ports: TestPorts;
  store: Store;
  readonly service: InventoryService;
  announced: unknown[];
  /** Number of digests computed for found contents; 0 if no file was decoded. */
  digests: number;
}

/**
 * Opens a world. With `isAnew`, no import can reuse the results of the previous one, because the store is a new object
 * each time.
 */
async function open(isAnew: boolean): Promise<World> {
  const files = new MemoryFiles();
  const uncounted = testPorts(files);
  const opened = await openStore(uncounted, '/data');
  const sha256Hex = (bytes: Uint8Array): string => ((world.digests += 1), uncounted.crypto.sha256Hex(bytes));
  const ports = { ...uncounted, crypto: { ...uncounted.crypto, sha256Hex } };
  const announced: unknown[] = [];
  const announce = <E extends keyof InventoryEvents>(event: E, payload: InventoryEvents[E]): void => {
    if (event !== 'importProgress') announced.push([event, payload]);
  };
  const world: World = {
    files,
    ports,
    store: opened,
    announced,
    digests: 0,
    get service() {
      const store = isAnew ? wrapStore(opened) : opened;
      return new InventoryService({ ports, store, announce });
    },
  };
  return world;
}

function wrapStore(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const readData = ({ files }: World): Record<string, string> =>
  Object.fromEntries(
    files
      .paths()
      .filter((path) => path.startsWith('/data'))
      .sort()
      .map((path) => [path, new TextDecoder().decode(files.readSync(path, Infinity))]),
  );

const pass = ({ ports }: World, ms: number): void => {
  ports.clock.moment = instantFromMs(epochMs(ports.clock.moment) + ms);
};

/** Returns the id of a cluster, which is the same for equal inventories. */
const chooseCluster = ({ store }: World, at: number): ClusterId | undefined => {
  const clusters = store.clusters();
  return clusters[at % Math.max(1, clusters.length)]?.id;
};

const note = (): void => undefined;

type Step = (world: World) => unknown;

const path = fc.constantFrom(...PATHS);
const content = fc.constantFrom(
  ...['eastCa', 'westCa', 'bothCas', 'kubelet', 'kubeletKey', 'kubeletNew', 'otherKubelet', 'api', 'stray'],
  ...['kubeconfig', 'namedWest', 'kms', 'login', 'revocation', 'otherRevocation', 'note', 'reference', 'marker', 'pfx'],
);
const which = fc.nat(3);

const put =
  (at: string, what: string, day?: number): Step =>
  ({ files }) =>
    files.put(at, contents[what]!, day === undefined ? undefined : instant(`2026-11-0${day}T08:00:00Z`));
const drop =
  (at: string): Step =>
  ({ files }) =>
    files.drop(at);
const move =
  (from: string, to: string): Step =>
  ({ files }) =>
    files.paths().includes(from) ? files.move(from, to) : undefined;
const rename =
  (at: number): Step =>
  (world) => {
    const clusterId = chooseCluster(world, at);
    return clusterId && world.service.rename({ clusterId, name: `named-${at}` }, note);
  };
const forget =
  (at: number): Step =>
  (world) => {
    const clusterId = chooseCluster(world, at);
    return clusterId && world.service.forget(clusterId);
  };
const setApart =
  (at: number): Step =>
  (world) => {
    const clusterId = chooseCluster(world, at);
    const cluster = clusterId && world.store.cluster(clusterId);
    const [first] = cluster?.credentials ?? [];
    // The credentials of a sample cannot leave it.
    if (clusterId === undefined || first === undefined || cluster?.sample) return undefined;
    return world.service.move({ clusterId, credentialIds: [first.id], to: { foreign: true } }, note);
  };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, content).map(([at, what]) => put(at, what)),
  fc.tuple(path, content, fc.integer({ min: 2, max: 4 })).map(([at, what, day]) => put(at, what, day)),
  path.map(drop),
  path.map(
    (at): Step =>
      ({ files }) =>
        files.lock(at),
  ),
  fc.tuple(path, path).map(([from, to]) => move(from, to)),
  which.map(rename),
  which.map(forget),
  which.map(setApart),
  fc.constantFrom(1_000, 60_000, DAY_MS, -60_000).map(
    (ms): Step =>
      (world) =>
        pass(world, ms),
  ),
);

/** A round makes up to three changes, followed by up to four imports without further changes. */
const round = fc.record({
  steps: fc.array(step, { maxLength: 3 }),
  paths: fc.constantFrom(['/src'], ['/src'], ['/src'], ['/src/east'], ['/src/west', '/src/config']),
  times: fc.integer({ min: 1, max: 4 }),
  passing: fc.constantFrom(0, 1_000, 3_600_000, DAY_MS),
});

/** Imports into both worlds, expects equal results, and returns the report. */
async function importBoth([short, long]: [World, World], paths: readonly string[]): Promise<ImportReport> {
  const reports: ImportReport[] = [];
  for (const world of [short, long]) {
    world.announced.length = 0;
    world.digests = 0;
    reports.push(await world.service.importFiles(paths));
  }
  const [report, expected] = reports;
  expect(report).toEqual(expected);
  expect(JSON.stringify(report)).toBe(JSON.stringify(expected));
  expect(short.announced).toEqual(long.announced);
  expect(clustersAndForeign(short.store)).toEqual(clustersAndForeign(long.store));
  expect(readData(short)).toEqual(readData(long));
  return report!;
}

test('repeated imports have the same result with or without the results of a former import', async () => {
  let saved = 0;
  const filled = fc
    .uniqueArray(path, { minLength: 3 })
    .chain((paths) => fc.tuple(...paths.map((at) => fc.tuple(fc.constant(at), content))));
  await fc.assert(
    fc.asyncProperty(filled, fc.array(round, { minLength: 1, maxLength: 5 }), async (given, rounds) => {
      const both = [await open(false), await open(true)] as [World, World];
      for (const world of both) for (const [at, what] of given) await put(at, what)(world);
      for (const { steps, paths, times, passing } of rounds) {
        for (const world of both) for (const change of steps) await change(world);
        for (let time = 0; time < times; time += 1) {
          for (const world of both) pass(world, passing);
          await importBoth(both, paths);
          if (both[0].digests === 0 && both[1].digests > 0) saved += 1;
        }
      }
    }),
    { numRuns: 100 },
  );
  // The test is only meaningful if enough imports decode nothing.
  expect(saved).toBeGreaterThan(30);
});

const FLEET: readonly (readonly [string, string])[] = [
  [OUTSIDE, 'eastCa'],
  ['/src/demo/arcwarden-sample.json', 'marker'],
  ['/src/demo/ca.crt', 'westCa'],
  ['/src/demo/kubelet.crt', 'otherKubelet'],
  ['/src/east/ca.crt', 'eastCa'],
  ['/src/east/kubelet.crt', 'kubelet'],
  ['/src/east/kubelet.key', 'kubeletKey'],
  ['/src/east/objects.yaml', 'revocation'],
  ['/src/east/note', 'note'],
  ['/src/west/api.crt', 'api'],
];

async function importThrice(fleet = FLEET): Promise<[World, World]> {
  const both = [await open(false), await open(true)] as [World, World];
  for (const world of both) for (const [at, what] of fleet) await put(at, what)(world);
  for (let time = 0; time < 3; time += 1) {
    await importBoth(both, ['/src']);
    for (const world of both) pass(world, 60_000);
  }
  return both;
}

/** Returns whether an import after the change decodes files. */
async function areDecoded(both: [World, World], change: Step): Promise<boolean> {
  for (const world of both) await change(world);
  await importBoth(both, ['/src']);
  return both[0].digests > 0;
}

test.each<[string, Step]>([
  ['a file is new', put('/src/west/other.crt', 'stray')],
  ['a file is gone', drop('/src/east/kubelet.key')],
  ['a file has moved', move('/src/west/api.crt', '/src/west/other.crt')],
  ['a file has another date', put('/src/east/ca.crt', 'eastCa', 2)],
  ['a file of the same size and date has other contents', put('/src/east/ca.crt', 'westCa')],
  ['a file cannot be read', ({ files }) => files.lock('/src/west/api.crt')],
  ['a sample has another file', put('/src/demo/note', 'note')],
  ['a cluster has another name', rename(0)],
  ['a cluster was forgotten', forget(0)],
  ['a credential was set apart', setApart(0)],
])('files are decoded again if %s', async (_what, change) => {
  const both = await importThrice();
  expect(await areDecoded(both, () => undefined)).toBe(false);
  expect(await areDecoded(both, change)).toBe(true);
});

test.each<[string, Step]>([
  ['has other contents', put(OUTSIDE, 'westCa')],
  ['has another date', put(OUTSIDE, 'eastCa', 2)],
  ['is gone', drop(OUTSIDE)],
  ['cannot be read', ({ files }) => files.lock(OUTSIDE)],
])('files are decoded again if a file to which one of them refers %s', async (_what, change) => {
  const both = await importThrice([...FLEET, ['/src/config', 'reference']]);
  expect(await areDecoded(both, () => undefined)).toBe(false);
  expect(await areDecoded(both, change)).toBe(true);
});

test('files are decoded at every import if one of them may need a passphrase', async () => {
  const both = await importThrice([...FLEET, ['/src/keys.pfx', 'pfx']]);
  expect(await areDecoded(both, () => undefined)).toBe(true);
});

test('an expired issuer is reported without decoding the files again', async () => {
  const both = await importThrice([...FLEET, ['/src/login.yaml', 'login'], ['/src/kms.crt', 'kms']]);
  const rules = async (): Promise<(string | undefined)[]> =>
    (await importBoth(both, ['/src'])).findings.map(({ rule }) => rule);
  expect(await rules()).not.toContain('certificate.issuer-expired');
  for (const world of both) pass(world, 10 * DAY_MS);
  expect(await rules()).toContain('certificate.issuer-expired');
  expect(both[0].digests).toBe(0);
});

test('the notifier’s hourly reading decodes files only after a change, even if a file is missing', async () => {
  const [world] = await importThrice();
  await drop('/src/west/api.crt')(world);
  const decoded: boolean[] = [];
  const read = async (): Promise<void> => {
    pass(world, 3_600_000);
    world.digests = 0;
    expect(await readKnownFiles(world.ports, world.store)).toEqual({ down: ['/src/west/api.crt'] });
    decoded.push(world.digests > 0);
  };
  for (let hour = 0; hour < 3; hour += 1) await read();
  await put('/src/east/ca.crt', 'westCa')(world);
  for (let hour = 0; hour < 3; hour += 1) await read();
  expect(decoded).toEqual([true, false, false, true, true, false]);
});

test('a repeated import can be cancelled, which leaves the inventory unchanged', async () => {
  const both = await importThrice();
  const [{ service, store }] = both;
  const before = clustersAndForeign(store);
  const importing = service.importFiles(['/src']);
  service.cancelImports();
  await expect(importing).rejects.toMatchObject({ code: 'import.cancelled' });
  expect(clustersAndForeign(store)).toEqual(before);
});
