import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { createFiles } from '../../../../core/node/files.ts';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { listRows } from '../../../../core/inventory/store/rows.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { Files } from '../../../../core/shared/ports.ts';
import { decodeColumns, encodeColumns } from '../../../../core/inventory/store/columns/column-file.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import type { Store } from '../../../../core/inventory/store/data-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { COLUMNS, storePorts } from './ports.ts';
import { clusterId, sampleCertificate, sampleCluster } from './sample-clusters.ts';
import { plainRow } from '../../../support/board-rows.ts';

const NAMES = ['alpha', 'beta', 'gamma', 'delta'];

/** Returns real files that record the reads of cluster files. */
function makeCountedFiles(versions?: Files['versions']): { files: Files; read: () => string[] } {
  const real = createFiles();
  const paths: string[] = [];
  const note = (path: string): void => {
    if (/clusters[\\/][a-z]+\.json$/u.test(path)) paths.push(path.replace(/^.*[\\/]/u, ''));
  };
  const files: Files = {
    ...real,
    ...(versions && { versions }),
    read: (path, ...others) => {
      note(path);
      return real.read(path, ...others);
    },
    readSync: (path, limit) => {
      note(path);
      return real.readSync(path, limit);
    },
  };
  return { files, read: () => paths.splice(0) };
}

const open = (folder: string, files?: Files): Promise<Store> =>
  openStore(storePorts(files), folder, { columns: COLUMNS });

/** Makes a data folder with columns of four clusters; returns its path. */
async function fillFolder(): Promise<string> {
  const folder = temporaryFolder();
  const store = await open(folder);
  for (const [at, name] of NAMES.entries()) await store.update(sampleCluster(name, at + 1));
  await store.settle();
  await store.close();
  return folder;
}

const plainRows = (clusters: readonly Cluster[]): BoardRow[] =>
  clusters.flatMap((cluster) => listRows(cluster).map(plainRow));

/** Returns the rows of the cluster files, without columns. */
async function rowsInFiles(folder: string): Promise<BoardRow[]> {
  const store = await openStore(storePorts(), folder, { readOnly: true });
  return plainRows(store.clusters());
}

const columnFiles = (folder: string): string[] =>
  existsSync(join(folder, 'columns')) ? readdirSync(join(folder, 'columns')) : [];

describe('a fleet with columns', () => {
  test('is listed with the same rows without reading the file of any cluster', async () => {
    const folder = await fillFolder();
    const { files, read } = makeCountedFiles();
    const store = await open(folder, files);
    expect(plainRows(store.clusters())).toEqual(await rowsInFiles(folder));
    expect(read()).toEqual([]);
  });

  test('shows the right rows even if a column file was removed or changed before it was read completely', async () => {
    const folder = await fillFolder();
    const expected = await rowsInFiles(folder);
    const [name = ''] = columnFiles(folder);
    const path = join(folder, 'columns', name);
    const intact = readFileSync(path);
    for (const change of [
      () => undefined,
      () => rmSync(path),
      () => writeFileSync(path, intact.subarray(0, -1)),
      () => writeFileSync(path, Buffer.concat([intact.subarray(0, -1), Buffer.from('x')])),
      () => writeFileSync(path, Buffer.concat([Buffer.from('x'), intact])),
    ]) {
      const real = createFiles();
      // Reading the body of a column file never finishes.
      const files: Files = {
        ...real,
        read: (...asked) => (asked[0] === path ? new Promise(() => undefined) : real.read(...asked)),
      };
      const early = await open(folder, files);
      const late = await open(folder);
      await late.settle();
      change();
      expect(plainRows(early.clusters())).toEqual(expected);
      expect(plainRows(late.clusters())).toEqual(expected);
      writeFileSync(path, intact);
    }
  });

  test('opens with only the heads of its columns, and reads the rest once', async () => {
    const folder = temporaryFolder();
    const certificates = Array.from({ length: 400 }, (_, at) => sampleCertificate(at));
    const first = await open(folder);
    for (const name of NAMES) await first.update({ ...sampleCluster(name, 0), credentials: certificates });
    await first.settle();
    await first.close();
    const real = createFiles();
    const wholes: string[] = [];
    let bytes = 0;
    let markOpen = (): void => undefined;
    const isOpen = new Promise<void>((done) => {
      markOpen = done;
    });
    const files: Files = {
      ...real,
      read: async (path, ...others) => {
        if (path.endsWith('.bin')) {
          await isOpen;
          wholes.push(path);
        }
        return real.read(path, ...others);
      },
      readPart: async (path, part) => {
        const read = await real.readPart(path, part);
        if (path.endsWith('.bin')) bytes += read.length;
        return read;
      },
    };
    const store = await open(folder, files);
    markOpen();
    await store.settle();
    expect(wholes.sort()).toEqual(columnFiles(folder).map((name) => join(folder, 'columns', name)));
    expect(bytes).toBeLessThanOrEqual(256 * 1_024 * columnFiles(folder).length);
    await store.close();
  });

  test('reads the file of a cluster only when its credentials are needed', async () => {
    const folder = await fillFolder();
    const { files, read } = makeCountedFiles();
    const store = await open(folder, files);
    expect(store.cluster(clusterId('beta'))?.credentials).toEqual(sampleCluster('beta', 2).credentials);
    expect(store.cluster(clusterId('beta'))?.history).toEqual(sampleCluster('beta', 2).history);
    expect(read()).toEqual(['beta.json']);
    expect(store.clusters()).toEqual(NAMES.map((name, at) => sampleCluster(name, at + 1)));
  });

  test('shows changes by another program right from the start', async () => {
    const folder = await fillFolder();
    const other = await openStore(storePorts(), folder);
    await other.update({ ...sampleCluster('gamma', 1), name: 'renamed' });
    await other.close();
    const { files, read } = makeCountedFiles();
    const store = await open(folder, files);
    expect(read()).toEqual(['gamma.json']);
    expect(store.cluster(clusterId('gamma'))).toEqual({ ...sampleCluster('gamma', 1), name: 'renamed' });
    expect(plainRows(store.clusters())).toEqual(await rowsInFiles(folder));
  });

  test('writes only the columns of changed clusters, and the next start lists every cluster', async () => {
    const folder = await fillFolder();
    const contents = (): Map<string, string> =>
      new Map(columnFiles(folder).map((name) => [name, readFileSync(join(folder, 'columns', name), 'latin1')]));
    const before = contents();
    const store = await open(folder);
    await store.update(sampleCluster('delta', 7));
    await store.settle();
    await store.close();
    const after = contents();
    expect([...after].filter(([name, content]) => before.get(name) !== content)).toHaveLength(1);
    const { files, read } = makeCountedFiles();
    expect(plainRows((await open(folder, files)).clusters())).toEqual(await rowsInFiles(folder));
    expect(read()).toEqual([]);
  });

  test('is read from the cluster files if another version of the program wrote the columns', async () => {
    const folder = await fillFolder();
    const { files, read } = makeCountedFiles();
    await openStore(storePorts(files), folder, { columns: { ...COLUMNS, version: 'later' } });
    expect(read().sort()).toEqual(NAMES.map((name) => `${name}.json`).sort());
  });

  test('has no columns for clusters that a list cannot show completely, and reads their files', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    const source = {
      path: '/x.yaml',
      entry: '',
      fileModified: instant('2026-11-24T12:00:00Z'),
      readAt: instant('2026-11-24T12:00:00Z'),
    };
    const object = { name: 'stop', namespace: 'kube-system', entries: [] };
    await store.update({ ...sampleCluster('alpha', 1), revocations: [{ object, source, isAlone: true }] });
    await store.update(sampleCluster('beta', 1));
    await store.settle();
    await store.close();
    const { files, read } = makeCountedFiles();
    const again = await open(folder, files);
    expect(read()).toEqual(['alpha.json']);
    expect(again.cluster(clusterId('alpha'))?.revocations).toHaveLength(1);
  });

  test('can forget and restore a cluster whose file was not read', async () => {
    const folder = await fillFolder();
    const store = await open(folder);
    await store.forget(clusterId('beta'));
    expect(store.cluster(clusterId('beta'))).toBeUndefined();
    expect(await store.restore(clusterId('beta'))).toEqual(sampleCluster('beta', 2));
    await store.close();
    expect(plainRows((await open(folder)).clusters())).toEqual(await rowsInFiles(folder));
  });

  test('has no columns if it is too small to benefit from them', async () => {
    const folder = temporaryFolder();
    const store = await openStore(storePorts(), folder, {
      columns: { ...COLUMNS, leastCredentials: sampleCluster('alpha', 1).credentials.length + 1 },
    });
    await store.update(sampleCluster('alpha', 1));
    await store.settle();
    expect(readdirSync(folder)).not.toContain('columns');
    await store.update(sampleCluster('beta', 1));
    await store.settle();
    expect(readdirSync(folder)).toContain('columns');
  });
});

describe('a program that changes a fleet without listing it', () => {
  const openAll = (folder: string, files?: Files): Promise<Store> =>
    openStore(storePorts(files), folder, { columns: COLUMNS, readsAll: true });

  test('reads every file, and writes columns from which the next start lists the fleet', async () => {
    const folder = temporaryFolder();
    const first = await openAll(folder);
    await first.updateAll(NAMES.map((name, at) => sampleCluster(name, at + 1)));
    expect(await first.settle()).toEqual([]);
    await first.close();

    const counting = makeCountedFiles();
    const listing = await open(folder, counting.files);
    expect(plainRows(listing.clusters())).toEqual(await rowsInFiles(folder));
    expect(counting.read()).toEqual([]);
    await listing.close();

    const again = await openAll(folder, counting.files);
    expect(counting.read().sort()).toEqual(NAMES.map((name) => `${name}.json`).sort());
    await again.close();
  });

  test('writes only the columns of changed clusters', async () => {
    const folder = await fillFolder();
    const contents = (): Map<string, string> =>
      new Map(columnFiles(folder).map((name) => [name, readFileSync(join(folder, 'columns', name), 'latin1')]));
    const before = contents();
    const counting = makeCountedFiles();
    const replaced: string[] = [];
    const files: Files = {
      ...counting.files,
      replace: (path, ...others) => {
        replaced.push(path);
        return counting.files.replace(path, ...others);
      },
    };
    const store = await openAll(folder, files);
    await store.settle();
    expect(replaced).toEqual([]);
    await store.update({ ...sampleCluster('alpha', 1), addresses: ['10.0.0.1'] });
    await store.settle();
    await store.close();
    expect(replaced.filter((path) => path.endsWith('.bin'))).toHaveLength(1);
    const after = contents();
    expect([...after].filter(([name, content]) => before.get(name) !== content)).toHaveLength(1);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const listing = await open(folder, counting.files);
    counting.read();
    expect(plainRows(listing.clusters())).toEqual(await rowsInFiles(folder));
    expect(counting.read()).toEqual([]);
    await listing.close();
  });

  test('finds a damaged file immediately, even if the damage happened after the columns were written', async () => {
    const folder = await fillFolder();
    writeFileSync(join(folder, 'clusters', 'beta.json'), '{');
    const store = await openAll(folder);
    expect(store.findings().map(({ rule }) => rule)).toEqual(['store.damaged-lost']);
    await store.close();
  });
});

describe('truncated, damaged or swapped columns', () => {
  test('never cause a wrong row', async () => {
    const folder = await fillFolder();
    const expected = await rowsInFiles(folder);
    const intact = new Map(columnFiles(folder).map((name) => [name, readFileSync(join(folder, 'columns', name))]));
    const names = [...intact.keys()];
    const damage = fc.record({
      name: fc.constantFrom(...names),
      kind: fc.constantFrom('flip', 'cut', 'exchange'),
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      bit: fc.integer({ min: 0, max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ name, kind, at, bit }) => {
        const bytes = Buffer.from(intact.get(name) ?? '');
        const place = Math.floor(at * bytes.length);
        const flipped = Buffer.from(bytes);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << bit);
        const other = intact.get(names[(names.indexOf(name) + 1) % names.length] ?? '') ?? '';
        const content = { flip: flipped, cut: bytes.subarray(0, place), exchange: other }[kind];
        writeFileSync(join(folder, 'columns', name), content);
        const store = await open(folder);
        expect(plainRows(store.clusters())).toEqual(expected);
        expect(store.findings()).toEqual([]);
        writeFileSync(join(folder, 'columns', name), intact.get(name) ?? '');
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['as they are', {}, true],
    ['with a name for commands', { cluster: { commandName: 'a' } }, true],
    ['of a sample', { cluster: { sample: true } }, true],
    ['with a name taken from a folder', { cluster: { nameEvidence: 'folder' } }, true],
    ['with addresses', { cluster: { addresses: ['10.0.0.1'] } }, true],
    ['with an impossible id', { cluster: { id: 'A' } }, false],
    ['with an invalid name', { cluster: { name: 1 } }, false],
    ['of another kind', { cluster: { kind: 'other' } }, false],
    ['with a name taken from unknown evidence', { cluster: { nameEvidence: 'guess' } }, false],
    ['with invalid addresses', { cluster: { addresses: [1] } }, false],
    ['with an unknown field of the cluster', { cluster: { more: 1 } }, false],
    ['with an unknown field', { more: 1 }, false],
    ['without a count', { count: undefined }, false],
    ['with a negative count', { count: -1 }, false],
    ['with half a count', { count: 0.5 }, false],
    ['with an invalid version', { fileVersion: 1 }, false],
    ['with half a number', { cells: 12 }, false],
    ['with half a position', { ends: 6 }, false],
    ['with an invalid text length', { text: '1' }, false],
    ['with an invalid digest', { sha256: 1 }, false],
  ])('are accepted only with valid contents: %s', (_what, change, isBelieved) => {
    const crypto = nodeCrypto();
    const digest = (bytes: Uint8Array): string => crypto.sha256Hex(bytes);
    const { cluster, ...others } = change as { cluster?: object };
    const own = { id: 'alpha', name: 'alpha', kind: 'kubernetes', addresses: [], ...cluster };
    const entry = { cluster: own, count: 1, fileVersion: '1', cells: 8, ends: 4, text: 0, sha256: 'x', ...others };
    const head = JSON.stringify({ version: 'a', clusters: [entry] });
    const rest = Buffer.from(head.length.toString(16).padStart(8, '0') + head);
    const decoded = decodeColumns(Buffer.concat([Buffer.from(digest(rest)), rest]), 'a', digest);
    expect(decoded.map(({ cluster: known }) => known)).toEqual(isBelieved ? [own] : []);
  });

  test('are ignored, or lead to the right rows, whatever bytes they end with', () => {
    const columns = COLUMNS.makeColumns(sampleCluster('alpha', 3));
    const crypto = nodeCrypto();
    const digest = (bytes: Uint8Array): string => crypto.sha256Hex(bytes);
    const { id, name, kind, addresses } = sampleCluster('alpha', 3);
    const entry = { cluster: { id, name, kind, addresses }, count: 3, fileVersion: '1', columns };
    const bytes = encodeColumns({ version: 'a', clusters: [entry] }, digest);
    expect(decodeColumns(bytes, 'a', digest).map((one) => one.columns())).toEqual([columns]);
    expect(decodeColumns(bytes, 'b', digest)).toEqual([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (hostile) => {
        expect(decodeColumns(hostile, 'a', digest)).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 80 }), (at, hostile) => {
        const changed = Uint8Array.from(bytes);
        changed.set(hostile.subarray(0, bytes.length - at), at);
        for (const one of decodeColumns(changed, 'a', digest))
          expect([columns, undefined]).toContainEqual(one.columns());
      }),
    );
  });
});

describe('a cluster file damaged after its columns were written', () => {
  /** Opens a folder on a simulated disk whose files are damaged without a change in version. */
  async function rotten(damage: (folder: string) => void): Promise<{ store: Store; before: Store }> {
    const folder = await fillFolder();
    const real = createFiles();
    const paths = NAMES.map((name) => join(folder, 'clusters', `${name}.json`));
    const known = await real.versions(paths);
    const versions: Files['versions'] = async (asked) => asked.map((path) => known[paths.indexOf(path)]);
    const before = await openStore(storePorts(), folder, { readOnly: true });
    damage(folder);
    return { store: await open(folder, makeCountedFiles(versions).files), before };
  }

  test('is found soon after the start and restored from its previous copy, as without columns', async () => {
    const { store } = await rotten((folder) => {
      const path = join(folder, 'clusters', 'beta.json');
      writeFileSync(`${path}.previous`, readFileSync(path));
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, -40));
    });
    expect(store.findings()).toEqual([]);
    expect(await store.settle()).toEqual(['beta']);
    expect(store.findings().map(({ rule }) => rule)).toEqual(['store.damaged-restored']);
    expect(store.clusters()).toEqual(NAMES.map((name, at) => sampleCluster(name, at + 1)));
    expect(await store.settle()).toEqual([]);
  });

  test('disappears from the list with a finding if it has no previous copy', async () => {
    const { store } = await rotten((folder) => writeFileSync(join(folder, 'clusters', 'beta.json'), 'x'));
    expect(() => store.cluster(clusterId('beta'))?.credentials).toThrow(
      expect.objectContaining({ code: 'file.not-readable' }),
    );
    expect(await store.settle()).toEqual(['beta']);
    expect(store.cluster(clusterId('beta'))).toBeUndefined();
    expect(store.findings().map(({ rule }) => rule)).toEqual(['store.damaged-lost']);
  });

  test('is reported if one character has changed, even though the file is still readable', async () => {
    const { store } = await rotten((folder) => {
      const path = join(folder, 'clusters', 'gamma.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('/pki/apiserver.crt', '/pki/apiserver.cru'));
    });
    expect(await store.settle()).toEqual(['gamma']);
    expect(store.findings().map(({ rule }) => rule)).toEqual(['store.checksum-differs']);
  });
});

test('a cluster file removed after the start is reported as lost', async () => {
  const folder = await fillFolder();
  const store = await open(folder);
  rmSync(join(folder, 'clusters', 'beta.json'));
  expect(await store.settle()).toEqual(['beta']);
  expect(store.cluster(clusterId('beta'))).toBeUndefined();
  expect(store.findings().map(({ rule, params }) => [rule, params?.['cluster']])).toEqual([
    ['store.damaged-lost', sampleCluster('beta', 2).name],
  ]);
});

test('closing stops the writing of columns, and later nothing is written', async () => {
  const folder = temporaryFolder();
  let closing: Promise<void> | undefined;
  const store = await openStore(storePorts(), folder, {
    columns: {
      ...COLUMNS,
      pause: async () => {
        closing ??= store.close();
      },
    },
  });
  for (const [at, name] of NAMES.entries()) await store.update(sampleCluster(name, at + 1));
  await store.settle();
  await closing;
  expect(columnFiles(folder).length).toBeLessThan(NAMES.length);
  const before = columnFiles(folder);
  await store.settle();
  expect(columnFiles(folder)).toEqual(before);
});

test('the columns of a cluster that changes while they are written are written later, never with outdated rows', async () => {
  const folder = await fillFolder();
  const store = await openStore(storePorts(), folder, {
    columns: {
      ...COLUMNS,
      pause: async () => {
        if (store.cluster(clusterId('alpha'))?.credentials.length === 5) return;
        await store.update({ ...sampleCluster('alpha', 0), credentials: [1, 2, 3, 4, 5].map(sampleCertificate) });
      },
    },
  });
  await store.update(sampleCluster('alpha', 2));
  await store.settle();
  const { files } = makeCountedFiles();
  expect(plainRows((await open(folder, files)).clusters())).toEqual(await rowsInFiles(folder));
  await store.settle();
  await store.close();
  const again = makeCountedFiles();
  expect(plainRows((await open(folder, again.files)).clusters())).toEqual(await rowsInFiles(folder));
  expect(again.read()).toEqual([]);
});
