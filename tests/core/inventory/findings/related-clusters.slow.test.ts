import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { CheckedSignatures } from '../../../../core/inventory/assign/signatures.ts';
import { buildChain } from '../../../../core/inventory/chain.ts';
import { certificateFindings } from '../../../../core/inventory/findings/certificate-findings.ts';
import { findRelatedClusters } from '../../../../core/inventory/findings/related-clusters.ts';
import type { CertificateCredential, Cluster } from '../../../../core/inventory/model/credential.ts';
import { LongWork } from '../../../../core/inventory/long-work.ts';
import { decodeCertificate } from '../../../../core/formats/x509/certificate.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../../support/ports.ts';
import { Pki, type Issue, type Pair } from '../pki.ts';

const pki = new Pki();
afterAll(() => pki.remove());
const ports = testPorts(new MemoryFiles());
const signatures = new CheckedSignatures(ports);
const work = new LongWork(ports.scheduler);

const authority = (subject: string, more: Partial<Issue> = {}): Pair =>
  pki.issue({ subject, days: [-100, 3000], usage: 'ca', ...more });
const WITHOUT_KEY_ID = ['authorityKeyIdentifier=none', 'subjectKeyIdentifier=none'];

function pool(): Pair[] {
  const roots = [
    authority('/CN=kubernetes'),
    authority('/CN=kubernetes'),
    authority('/CN=kubernetes', { days: [-90, -1] }),
  ];
  const [first, second, ended] = roots as [Pair, Pair, Pair];
  const renewed = pki.renew(ended, { subject: '/CN=kubernetes', days: [-1, 900], usage: 'ca' });
  const east = authority('/CN=east-ca');
  const middle = authority('/CN=middle', { issuer: first, days: [-50, 20] });
  const lower = authority('/CN=lower', { issuer: middle, days: [-50, 40] });
  const leaf = (issuer: Pair, more: Partial<Issue> = {}): Pair =>
    pki.issue({ subject: '/CN=kube-apiserver', issuer, days: [-2, 30], usage: 'server', ...more });
  return [
    ...roots,
    ...[renewed, middle, lower, leaf(first), leaf(lower), leaf(ended)],
    ...[east, leaf(east, { names: 'DNS:api.east.example,IP:10.0.0.5' })],
    leaf(renewed, { names: 'DNS:api.west.example' }),
    ...[first, second].map((issuer) => leaf(issuer, { serialHex: '0badcafe' })),
    leaf(first, { serialHex: '0badcafe', days: [-3, 5] }),
    leaf(second, { more: WITHOUT_KEY_ID.slice(1) }),
  ];
}

const FILES = ['/pki/ca.crt', '/bundle.pem', '/kube/config'];
const ENTRIES = ['', 'clusters[a].certificate-authority-data', 'clusters[a].certificate-authority-data#1', '#2'];
const ROLES: readonly RoleId[] = ['cluster-ca', 'cluster-ca', 'apiserver', 'unknown'];

interface Drawn {
  of: number;
  role: RoleId;
  places: [file: number, entry: number][];
  isPast: boolean;
}
const drawnCredential: fc.Arbitrary<Drawn> = fc.record({
  of: fc.nat(99),
  role: fc.constantFrom(...ROLES),
  places: fc.array(fc.tuple(fc.nat(FILES.length - 1), fc.nat(ENTRIES.length - 1)), { minLength: 1, maxLength: 2 }),
  isPast: fc.boolean(),
});
const drawnCluster = fc.record({
  name: fc.constantFrom('east', 'east (2)', 'west', 'kubernetes'),
  address: fc.constantFrom('https://api.east.example:6443', 'https://10.0.0.5:6443', 'https://127.0.0.1:6443'),
  isSample: fc.boolean(),
  credentials: fc.array(drawnCredential, { maxLength: 5 }),
});

function makeCredential({ crt, id }: Pair, role: RoleId, places: readonly [number, number][]): CertificateCredential {
  const der = new Uint8Array(new X509Certificate(crt).raw);
  const decoded = decodeCertificate(der);
  if (!decoded.ok) throw new Error(decoded.finding.rule);
  return {
    ...{ id: id as CredentialId, kind: 'certificate', layer: 'kubernetes', role, name: `${role} ${id.slice(0, 4)}` },
    sources: places.map(([file, entry]) => ({
      ...{ path: FILES[file] ?? '', entry: ENTRIES[entry] ?? '', fileModified: TEST_NOW, readAt: TEST_NOW },
    })),
    ...{ firstReadAt: TEST_NOW, der, facts: decoded.certificate, keyMatch: 'absent' },
  };
}

function aCluster(number: number, credentials: CertificateCredential[], change: Partial<Cluster> = {}): Cluster {
  const id = `cluster-${number}` as ClusterId;
  return { id, name: id, kind: 'kubernetes', addresses: [], credentials, history: [], ...change };
}

async function expectSame(clusters: readonly Cluster[], certificate: CertificateCredential): Promise<void> {
  const related = await findRelatedClusters(work, clusters, certificate);
  const ids = new Set([certificate.id]);
  const judgeClusters = async (of: readonly Cluster[]): Promise<unknown> => ({
    chain: buildChain(signatures, of, certificate),
    findings: await certificateFindings({ work, signatures }, of, { now: TEST_NOW, ids }),
  });
  expect(await judgeClusters(related)).toEqual(await judgeClusters(clusters));
}

test('the chain and findings of a certificate are the same with only related clusters as with all clusters', async () => {
  const pairs = pool();
  await fc.assert(
    fc.asyncProperty(fc.array(drawnCluster, { minLength: 1, maxLength: 6 }), async (drawn) => {
      const clusters = drawn.map(({ name, address, isSample, credentials }, number) => {
        const made = credentials.map(({ of, role, places, isPast }) => ({
          credential: makeCredential(pairs[of % pairs.length]!, role, places),
          isPast,
        }));
        const past = made.filter(({ isPast }) => isPast);
        return aCluster(
          number,
          made.flatMap(({ credential, isPast }) => (isPast ? [] : [credential])),
          {
            ...{ name, addresses: [address] },
            ...(isSample && { sample: true }),
            history: past.map(({ credential }) => ({ credential, replacedBy: credential.id, replacedAt: TEST_NOW })),
          },
        );
      });
      for (const { credentials, history } of clusters)
        for (const one of [...credentials, ...history.map(({ credential }) => credential)])
          if (one.kind === 'certificate') await expectSame(clusters, one);
    }),
    { numRuns: 150 },
  );
});

test('related clusters lead to the same chain and findings as all clusters, even if more CAs share a name than the limit allows', async () => {
  const places = [0, 20, 31, 32, 35];
  const clusters = Array.from({ length: 36 }, (_, number) => {
    const ca = authority('/CN=kubernetes');
    if (!places.includes(number)) return aCluster(number, [makeCredential(ca, 'cluster-ca', [[1, 0]])]);
    const leaf = pki.issue({ subject: '/CN=x', issuer: ca, days: [-2, 30], more: WITHOUT_KEY_ID });
    return aCluster(number, [makeCredential(leaf, 'apiserver', [[0, 0]]), makeCredential(ca, 'cluster-ca', [[1, 0]])]);
  });
  for (const number of places)
    for (const one of clusters[number]?.credentials ?? [])
      if (one.kind === 'certificate') await expectSame(clusters, one);
});

test('a certificate’s related clusters are only a small part of a fleet', async () => {
  const clusters = Array.from({ length: 10 }, (_, number) => {
    const ca = authority(`/CN=ca-${number}`);
    const leaf = pki.issue({ subject: '/CN=x', issuer: ca, days: [-2, 30] });
    return aCluster(
      number,
      [leaf, ca].map((pair, at) => makeCredential(pair, ROLES[2 - at]!, [[0, 0]])),
    );
  }).map((cluster, number) => ({
    ...cluster,
    credentials: cluster.credentials.map((one) => ({
      ...one,
      sources: one.sources.map((source) => ({ ...source, path: `/${number}${source.path}` })),
    })),
  }));
  const [leaf] = clusters[4]?.credentials ?? [];
  expect(await findRelatedClusters(work, clusters, leaf as CertificateCredential)).toEqual([clusters[4]]);
});
