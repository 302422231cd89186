import { expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { mergeInto } from '../../../core/inventory/merge.ts';
import type { TokenCandidate } from '../../../core/inventory/assign/candidate.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { FilePlacer } from '../../../core/inventory/read/revocations.ts';
import { buildCertificate, extension, sequence, text } from '../../support/certificates.ts';
import { measureCost } from '../../support/cost.ts';
import { MemoryFiles, testPorts, TEST_NOW } from '../../support/ports.ts';

/** The largest number of names in a certificate of a public collection. */
const MOST_NAMES = 32_766;

test('a certificate with tens of thousands of names quickly becomes a row, and a search for its last name finds the row', async () => {
  const names = Array.from({ length: MOST_NAMES }, (_, at) => text(0x82, `name-${at}.contoso.example`));
  const der = buildCertificate({ extensions: [extension('2.5.29.17', sequence(...names))] });
  const store = memoryStore();
  await importPaths(testPorts(new MemoryFiles().put('/a/x.der', der)), store, ['/a']);
  const cluster = store.foreign();
  if (cluster === undefined) throw new Error('nothing was imported');
  // The typical cost is 17; comparing each pair of names took 25,000. A new object, because known rows are kept.
  expect(measureCost(() => listRows({ ...cluster }))).toBeLessThan(300);
  expect(listRows(cluster)[0]?.search).toContain(`name-${MOST_NAMES - 1}.contoso.example`);
});

const EMPTY: Cluster = { id: 'c' as ClusterId, name: 'c', kind: 'moc', addresses: [], credentials: [], history: [] };

function aCopy(at: number): TokenCandidate {
  const path = `/backup/${at}/login.yaml`;
  return {
    kind: 'token',
    id: 'a'.repeat(64) as CredentialId,
    path,
    entry: '',
    fileModified: TEST_NOW,
    origin: { format: 'login-file', part: 'token', identityName: 'kms' },
    role: 'moc-token',
    layer: 'moc',
    name: 'kms',
    assumed: false,
  };
}

test('thousands of copies of one credential are merged quickly, and all their places are kept', () => {
  const candidates = Array.from({ length: 16_000 }, (_, at) => aCopy(at));
  const merge = (cluster: Cluster): Cluster =>
    mergeInto(cluster, { candidates, credentials: [], history: [], now: TEST_NOW }).cluster;
  let merged = EMPTY;
  // The typical cost is below 100; copying the places for each copy took 48,000.
  expect(measureCost(() => (merged = merge(EMPTY)))).toBeLessThan(1_000);
  expect(merged.credentials.map(({ sources }) => sources.length)).toEqual([16_000]);
  // Reading the copies again at the same time adds nothing.
  expect(merge(merged)).toBe(merged);
});

test('thousands of revocations are quickly assigned to their clusters', () => {
  const clusters = Array.from({ length: 4_000 }, (_, at) => ({
    ...EMPTY,
    id: `c${at}` as ClusterId,
    name: `site-${at}-retail`,
  }));
  let found: (string | undefined)[] = [];
  const find = (): void => {
    const placer = new FilePlacer();
    for (const cluster of clusters) placer.add(cluster);
    found = clusters.map(({ name }) => placer.find(`/fleet/${name}/revocations/${name}.yaml`));
  };
  // The typical cost is 200; searching each path for all names with the same first word took 3,900.
  expect(measureCost(find)).toBeLessThan(1_000);
  expect(found).toEqual(clusters.map(({ id }) => id));
});

test('an import accepts more copies of a certificate than a function can have arguments', async () => {
  const der = buildCertificate({});
  const files = new MemoryFiles();
  for (let at = 0; at < 130_000; at += 1) files.put(`/a/${at}.der`, der);
  const { filesRead } = await importPaths(testPorts(files), memoryStore(), ['/a']);
  expect(filesRead).toBe(130_000);
});
