import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../../core/inventory/contract.ts';
import { judgeRows } from '../../support/judge-rows.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import type { Cluster, Credential } from '../../../core/inventory/model/credential.ts';
import { DAY_MS, HOUR_MS, epochMs } from '../../../core/shared/instant.ts';
import type { ExpiryState } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import { powerOffClocks } from '../../../core/availability/model/power-off.ts';
import { listMatchingEntries } from '../../support/naive-match.ts';
import { SAMPLE_STATES } from '../../../core/sample/model/sample.ts';
import { sampleReadme } from '../../../core/sample/readme.ts';
import { readSampleMarker } from '../../../core/formats/sample-marker.ts';
import { readRevocationManifest } from '../../../core/formats/renew-revocation/manifest.ts';
import { workloadClusters } from '../../../core/sample/fleet.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { FOLDER, NOW, startFleet, type Started } from './fleet.ts';
import { dropTrail } from '../../support/trail.ts';

const CLOUD_AGENT = 'ca-5b1f0c2e-8d64-4c0a-9f3e-7a2d1c90b6e4.contoso.example';
const CLUSTERS = [
  CLOUD_AGENT,
  'finance',
  'logistics',
  'management',
  'nagoya-lab',
  'osaka-plant',
  'retail-east',
  'sapporo-depot',
];

let console: Started;
let report: ImportReport;
let texts: Map<string, string>;
let clusters: readonly Cluster[];

/** All tests in this file share one sample, because making it takes most of a second. */
beforeAll(async () => {
  console = await startFleet();
  const result = await console.api.sample.open();
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  report = result.value;
  clusters = console.store.clusters();
  texts = new Map();
  for (const path of dropTrail(console.files.paths())) {
    const bytes = await console.files.read(path, 1e6);
    texts.set(path.slice(FOLDER.length + 1), new TextDecoder().decode(bytes));
  }
});

function cluster(name: string): Cluster {
  const found = clusters.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

type Counts = Partial<Record<ExpiryState, string[]>>;

/** Groups the roles of a cluster by their state on the board, `laterMs` after the time of the sample. */
function board(name: string, laterMs = 0): Counts {
  const rows = listRows(cluster(name));
  const { states } = judgeRows(rows, epochMs(NOW) + laterMs);
  const counts: Counts = {};
  rows.forEach(({ role, layer }, index) => {
    const state = states[index] ?? 'unknown';
    const roles = (counts[state] ??= []);
    const label = layer === 'kubernetes' ? role : `${layer}: ${role}`;
    if (!roles.includes(label)) roles.push(label);
  });
  for (const roles of Object.values(counts)) roles.sort();
  return counts;
}

/** Certificates that the renewal pods renew on every control-plane node. */
const RENEWED = [
  'admin-conf',
  'apiserver',
  'apiserver-etcd-client',
  'apiserver-kubelet-client',
  'controller-manager',
  'etcd-healthcheck-client',
  'etcd-peer',
  'etcd-server',
  'front-proxy-client',
  'scheduler',
];
const KUBELETS = ['kubelet-client', 'kubelet-server'];
const ROOTS = ['cluster-ca', 'etcd-ca', 'front-proxy-ca'];
const TOKEN = 'moc: kms-plugin-token';
const KUBECONFIG = 'workstation: admin-kubeconfig';
const sortAll = (...lists: string[][]): string[] => lists.flat().sort();

describe('the inventory of the sample', () => {
  test('contains every cluster once, named correctly and without certificates of other clusters', () => {
    expect(clusters.map(({ name }) => name).sort()).toEqual(CLUSTERS);
    expect(clusters.every(({ sample }) => sample)).toBe(true);
    for (const { name, kind, credentials } of clusters) {
      if (kind === 'moc') continue;
      // The names of machines and of the KMS plugin identify their cluster, and the cluster's own CAs sign everything
      // else.
      const foreign = CLUSTERS.filter((other) => other !== name);
      for (const { role, name: own, sources } of credentials) {
        expect(foreign.filter((other) => own.includes(other))).toEqual([]);
        if (role === 'admin-kubeconfig') continue;
        expect(sources.map(({ path }) => path.split('/')[3])).toContain(
          role === 'management-kubeconfig' ? 'host01' : name,
        );
      }
    }
  });

  test('has no findings except the pending requests in the cluster without an approver', () => {
    // The short keys in this test cause findings; `inventory/findings` tests a fleet with full-length keys.
    const findings = report.findings.filter(({ rule }) => rule !== 'certificate.weak-key');
    expect(findings.map(({ rule, place }) => [rule, place.path])).toEqual(
      Array.from({ length: 3 }, () => ['csr-object.pending', `${FOLDER}/retail-east/csr.yaml`]),
    );
    const keys = clusters.flatMap(({ credentials }) =>
      credentials.map((each) => (each.kind === 'certificate' ? each.keyMatch : 'matches')),
    );
    // The cloud agent's CA has no key file, because the format of the file is not public.
    expect(keys.filter((match) => match !== 'matches')).toEqual(['absent']);
  });

  test('contains every token, and the bootstrap token has the same name in every sample', () => {
    const tokens = clusters.flatMap(({ credentials }) => credentials.filter(({ kind }) => kind === 'token'));
    expect(tokens).toHaveLength(21);
    const joining = tokens.filter(({ role }) => role === 'bootstrap-token');
    expect(joining.map(({ name }) => name)).toEqual(['system:bootstrap:sample']);
  });

  test('shows the management cluster as healthy', () => {
    expect(board('management')).toEqual({
      fine: sortAll(RENEWED, KUBELETS, ROOTS, ['bootstrap-token', TOKEN, 'workstation: management-kubeconfig']),
    });
    // Nothing renews the files, so fresh certificates expire within four days.
    expect(board('management', 4 * DAY_MS).expired).toEqual(sortAll(RENEWED, KUBELETS, ['bootstrap-token']));
  });

  test('shows a due renewal: the kubelets are about to renew, and the control plane has just renewed', () => {
    expect(board('osaka-plant')).toEqual({
      'renewal-due': KUBELETS,
      fine: sortAll(RENEWED, ROOTS, [TOKEN, KUBECONFIG]),
    });
    expect(board('osaka-plant', DAY_MS).expired).toEqual(KUBELETS);
  });

  test('shows a stalled renewal: the control plane did not renew, but the kubelets did', () => {
    expect(board('retail-east')).toEqual({
      stalled: sortAll(RENEWED),
      'renewal-overdue': ['kubelet-server'],
      fine: sortAll(ROOTS, ['kubelet-client', TOKEN, KUBECONFIG]),
    });
    expect(board('retail-east', 10 * HOUR_MS).expired).toEqual(sortAll(RENEWED, ['kubelet-server']));
  });

  test('shows a cluster that has been off for 6 days: only four-day credentials have expired', () => {
    expect(board('sapporo-depot')).toEqual({
      expired: sortAll(RENEWED, KUBELETS, ['super-admin-conf']),
      fine: sortAll(ROOTS, [TOKEN, KUBECONFIG]),
    });
  });

  test('shows a cluster that has been off for 35 days: the KMS plugin’s token has expired as well', () => {
    expect(board('logistics')).toEqual({
      expired: sortAll(RENEWED, KUBELETS, ['super-admin-conf', TOKEN]),
      fine: sortAll(ROOTS, [KUBECONFIG]),
    });
  });

  test('shows an expired kubeconfig as the only expired credential', () => {
    expect(board('finance')).toEqual({ expired: [KUBECONFIG], fine: sortAll(RENEWED, KUBELETS, ROOTS, [TOKEN]) });
  });

  test('shows a revocation without notBefore: it matches the new kubelet certificate like the old ones', () => {
    const own = cluster('nagoya-lab');
    const [path, text = ''] = [...texts].find(([name]) => name.includes('/revocations/')) ?? [];
    expect(path).toBe('workstation/Users/tanaka.mika/Documents/revocations/nagoya-lab-lost-worker-image.yaml');
    const { objects, findings } = readRevocationManifest(text);
    expect(findings).toEqual([]);
    expect(objects[0]?.entries).toMatchObject([{ kind: 'Group', value: 'system:nodes' }]);
    const kubelets = own.credentials.filter(({ role }) => role === 'kubelet-client');
    const revoked = kubelets.map(
      (each) => each.kind === 'certificate' && listMatchingEntries(objects, revocable(each)).length > 0,
    );
    expect(revoked).toEqual([true, true, true]);
    // Yesterday, a repair created the control plane's certificate. The workers' certificates had expired five days
    // earlier without successors.
    const ages = kubelets.map((each) =>
      each.kind === 'certificate' ? (epochMs(NOW) - epochMs(each.facts.notBefore)) / DAY_MS : 0,
    );
    expect(ages.map(Math.floor).sort()).toEqual([1, 6, 6]);
    // The manifest is imported with the other files, because it names the cluster; it would undo a repair.
    expect(own.revocations?.map(({ object, source }) => [object, source.path])).toEqual([
      [objects[0], `${FOLDER}/${path}`],
    ]);
    const rows = listRows(own);
    expect(rows.filter(({ refusals }) => refusals).map(({ role }) => role)).toEqual(kubelets.map(({ role }) => role));
    const [clock] = powerOffClocks([own], rows, { nowMs: epochMs(NOW), classes: LIFETIME_CLASSES, facts: {} });
    expect(clock?.repairOrder.map(({ id }) => id)[0]).toBe('revocation');
    expect(board('nagoya-lab').expired).toEqual(KUBELETS);
    expect(board('nagoya-lab').fine).toEqual(sortAll(RENEWED, KUBELETS, ROOTS, [TOKEN, KUBECONFIG]));
  });

  test('shows the approaching expiry of the cloud agent’s CA, and clock skew on the cloud agent and its clients', () => {
    const states = board(CLOUD_AGENT);
    expect(states['renewal-due']).toEqual(['moc: cloud-agent-ca']);
    expect(states['not-yet-valid']).toEqual(['moc: extra-admin-token', 'moc: mocctl']);
    // mocctl's token is the only one that no repair has rotated. The cloud provider of a cluster that is off has an
    // expired token.
    expect(states['renewal-overdue']).toEqual(['moc: moc-token']);
    expect(states.expired).toEqual(['moc: cloud-provider-token']);
    const { credentials } = cluster(CLOUD_AGENT);
    const ends = (role: string): number[] =>
      credentials.flatMap((each) =>
        each.role === role && each.kind === 'certificate' ? [epochMs(each.facts.notAfter)] : [],
      );
    const [caEnd = 0] = ends('cloud-agent-ca');
    expect((caEnd - epochMs(NOW)) / DAY_MS).toBeCloseTo(65, 2);
    for (const role of ['mocctl', 'kvactl', 'node-agent', 'caph'])
      expect(ends(role).some((end) => end > caEnd)).toBe(true);
    // The clock was nine hours ahead; the admin was added 20 minutes ago.
    expect(board(CLOUD_AGENT, 9 * HOUR_MS)['not-yet-valid']).toBeUndefined();
  });

  test('contains renewed MOC certificates that embed the original certificate', () => {
    const renewed = cluster(CLOUD_AGENT).credentials.filter(
      (each) => each.kind === 'certificate' && each.facts.moc?.renewCount !== undefined,
    );
    expect(renewed.map(({ role }) => role).sort()).toEqual(['caph', 'mocctl', 'node-agent', 'node-agent']);
    for (const each of renewed) {
      if (each.kind !== 'certificate') continue;
      const original = new X509Certificate(Buffer.from(each.facts.moc?.originalCertificate ?? '', 'hex'));
      expect(original.subject).toBe(new X509Certificate(each.der).subject);
      expect(original.serialNumber.toLowerCase()).not.toBe(each.facts.serialHex);
      expect(new Date(original.validTo) > new Date(NOW)).toBe(true);
    }
  });
});

function revocable({ facts }: Extract<Credential, { kind: 'certificate' }>) {
  return {
    serialHex: facts.serialHex,
    groups: facts.subject.o,
    dns: facts.sans.dns,
    ip: facts.sans.ip,
    notBefore: facts.notBefore,
    exempt: false,
  };
}

describe('the files of the sample', () => {
  test('every certificate is signed by a CA of the sample', () => {
    const all = clusters.flatMap(({ credentials }) =>
      credentials.flatMap((each) => (each.kind === 'certificate' ? [each] : [])),
    );
    const roots = all.filter(({ facts }) => facts.isCa);
    expect(roots).toHaveLength(22);
    for (const { der, facts } of all) {
      const issuers = roots.filter(
        (root) => root.facts.subjectKeyId === (facts.authorityKeyId?.keyId ?? facts.subjectKeyId),
      );
      expect(issuers).toHaveLength(1);
      const issuer = new X509Certificate(issuers[0]?.der ?? '');
      expect(new X509Certificate(der).verify(issuer.publicKey)).toBe(true);
    }
  });

  test('keys are shared only as in a real system', () => {
    const places = new Map<string, string[]>();
    for (const [path, text] of texts) {
      for (const [key] of text.matchAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*/gu))
        places.set(key, [...(places.get(key) ?? []), path]);
    }
    const shared = [...places.values()].filter((paths) => paths.length > 1);
    for (const paths of shared) {
      // The control-plane nodes of one cluster share their CAs and the service account key.
      const clusterFolders = new Set(paths.map((path) => path.split('/')[0]));
      expect([...clusterFolders]).toEqual(['osaka-plant']);
      expect(new Set(paths.map((path) => path.split('/').slice(2).join('/'))).size).toBe(1);
    }
    expect(shared).toHaveLength(4);
  });

  test('files with a key or a token are readable only by their owner', () => {
    for (const [path, text] of texts) {
      const isSecret = /PRIVATE KEY|client-key-data|ClientKey|token: ey|kind: Secret/u.test(text);
      expect([path, console.files.modes.get(`${FOLDER}/${path}`)]).toEqual([path, isSecret ? 0o600 : 0o644]);
    }
  });

  test('the marker lists all other files, and the README explains each part in both languages', () => {
    const marker = readSampleMarker(texts.get('arcwarden-sample.json') ?? '');
    expect(marker?.createdAt).toBe(NOW);
    expect([...(marker?.files ?? []), 'arcwarden-sample.json'].sort()).toEqual([...texts.keys()].sort());
    const readme = texts.get('README.txt') ?? '';
    for (const name of CLUSTERS) expect(readme.split(name).length).toBe(3);
    expect(readme).toContain('24 Nov 2026 12:00 UTC');
    expect(readme).toContain('2026年11月24日 12:00 UTC');
  });

  test('there are kubeconfigs, access and login files, PKI folders, Secrets, requests and a revocation', () => {
    const paths = [...texts.keys()];
    const count = (pattern: RegExp): number => paths.filter((path) => pattern.test(path)).length;
    expect(count(/\.kube\/config/u)).toBe(6);
    expect(count(/host01\/AksHci\/[\d.]+\/kubeconfig-mgmt$/u)).toBe(1);
    expect(count(/Users\/hci\.admin\/\.wssd\/(?:mocctl|kvactl)\/cloudconfig$/u)).toBe(2);
    expect(count(/opt\/wssd\/k8s\/cloudlogin\.yaml$/u)).toBe(9);
    expect(count(/etc\/kubernetes\/pki\/etcd\/ca\.crt$/u)).toBe(9);
    expect(count(/secrets\.yaml$/u)).toBe(7);
    expect(count(/csr\.yaml$/u)).toBe(2);
    expect(count(/revocations\//u)).toBe(1);
  });
});

test('progress is reported while certificates are issued and then while files are read', () => {
  const { progress } = console;
  const making = progress.flatMap((each) => each.making ?? []);
  expect(making.length).toBeGreaterThan(10);
  expect(making.map(({ made }) => made)).toEqual(
    [...making.map(({ made }) => made)].sort((left, right) => left - right),
  );
  expect(making.at(-1)).toEqual({ made: making.at(-1)?.total, total: making.at(-1)?.total });
  expect(progress.at(-1)?.making).toBeUndefined();
  expect(progress.at(-1)?.filesRead).toBe(texts.size);
});

test('a sample does not count as an import of real data', () => {
  expect(console.store.lastImportAt()).toBeUndefined();
});

test('a sample with six workload clusters shows every state, and further clusters repeat the states in the same order', () => {
  const states = [...workloadClusters(6).map(({ state }) => state), 'healthy', 'ca-horizon'];
  expect([...states, 'clock-skew'].sort()).toEqual([...SAMPLE_STATES].sort());
  const many = workloadClusters(40);
  expect(new Set(many.map(({ plan }) => plan.name)).size).toBe(40);
  expect(new Set(many.map(({ plan }) => plan.network)).size).toBe(40);
  for (const { plan } of many) expect(plan.name).toMatch(/^[a-z][a-z0-9-]{0,40}$/u);
  expect(many[7]?.state).toBe(many[0]?.state);
});

test('the README has a text for every state, in lines of at most 100 characters', async () => {
  const parts = [{ name: 'x', kind: 'workload', states: SAMPLE_STATES }] as const;
  const summary = { now: NOW, parts, files: 1, certificates: 1, tokens: 1, privateKeys: 1 };
  const readme = await sampleReadme(summary);
  expect(readme).not.toMatch(/sample\.(?:state|kind|readme)/u);
  const prose = readme.split('\n').filter((line) => /^[A-Z][ -~’]*$/u.test(line));
  for (const line of prose) expect(line.length).toBeLessThanOrEqual(100);
});

describe('removing the sample', () => {
  test('stops at a file that is not part of the sample and loses nothing, and so does writing a new sample', async () => {
    const before = dropTrail(console.files.paths());
    const mine = `${FOLDER}/host01/my-kubeconfig`;
    console.files.put(mine, 'mine');
    for (const result of [await console.api.sample.remove(), await console.api.sample.open()])
      expect(result).toMatchObject({ ok: false, problem: { code: 'sample.folder-in-use', params: { path: mine } } });
    expect(dropTrail(console.files.paths()).sort()).toEqual([...before, mine].sort());
    expect(console.store.clusters()).toHaveLength(CLUSTERS.length);
    console.files.drop(mine);
  });

  test('removes all clusters and files of the sample in one action, but no others', async () => {
    const real: Cluster = { ...cluster('finance'), id: 'real-1' as Cluster['id'], name: 'real' };
    delete real.sample;
    await console.store.update(real);
    expect(await console.api.sample.remove()).toEqual({ ok: true, value: { clusters: CLUSTERS.length } });
    expect(console.store.clusters()).toEqual([real]);
    expect(dropTrail(console.files.paths())).toEqual([]);
    expect([...console.told.values()].filter((sign) => sign === '-')).toHaveLength(CLUSTERS.length);
    expect(await console.api.sample.remove()).toEqual({ ok: true, value: { clusters: 0 } });
  });
});
