import { beforeAll, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../../core/inventory/contract.ts';
import { progressShare, IMPORT_STAGES, type ImportProgress } from '../../../core/inventory/model/import-progress.ts';
import { writeSampleMarker } from '../../../core/formats/sample-marker.ts';
import { InventoryService } from '../../../core/inventory/service.ts';
import { ConsoleError, type ProblemCode } from '../../../core/shared/problem.ts';
import { openStore } from '../../../core/settings/store/store.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import { encodeCertificatePem } from '../../support/certificates.ts';
import { CountedScheduler, MemoryFiles, TEST_NOW, testPorts } from '../../support/ports.ts';
import { SignedFleet } from '../../support/signed-fleet.ts';

/** More than the 16 clusters that an import writes in parallel. */
const CLUSTERS = 20;
const DATA = '/data';
const files: [path: string, content: string][] = [];

beforeAll(async () => {
  const fleet = new SignedFleet({ workers: 0, rsaKeys: 1 });
  for (let number = 0; number < CLUSTERS; number += 1)
    for (const { file, der } of await fleet.certificates(number))
      files.push([`/fleet/cluster-${number}/${file}`, encodeCertificatePem(der)]);
});

interface World {
  files: MemoryFiles;
  scheduler: CountedScheduler;
  store: Store;
  service: InventoryService;
  progress: ImportProgress[];
}

/**
 * Makes a data folder and an import service. Calls `told` at each progress report. Each reading of the clock advances
 * it by `stepMs`.
 */
async function world(told: (world: World) => void = () => undefined, stepMs = 1_000): Promise<World> {
  const memory = new MemoryFiles();
  for (const [path, content] of files) memory.put(path, content);
  const scheduler = new CountedScheduler(stepMs);
  const ports = { ...testPorts(memory), scheduler, host: { user: () => 'admin' } };
  const store = await openStore(ports, DATA);
  const progress: ImportProgress[] = [];
  const service = new InventoryService({
    ports,
    store,
    announce: (event, payload) => {
      if (event !== 'importProgress') return;
      progress.push(payload as ImportProgress);
      told(made);
    },
  });
  const made = { files: memory, scheduler, store, service, progress };
  return made;
}

type Ended = { report: ImportReport } | { code: ProblemCode; clusters: unknown };

const waitForEnd = (importing: Promise<ImportReport>): Promise<Ended> =>
  importing.then(
    (report) => ({ report }),
    (error: unknown) => {
      if (!(error instanceof ConsoleError)) throw error;
      return { code: error.code, clusters: error.params['clusters'] };
    },
  );

const contents = (store: Store): Record<string, string[]> =>
  Object.fromEntries(store.clusters().map(({ name, credentials }) => [name, credentials.map(({ id }) => id)]));

/** Opens the data folder as another process would. */
async function reopenStore({ files: memory }: World): Promise<Store> {
  return openStore(testPorts(memory), DATA, { readOnly: true });
}

describe('a cancelled import', () => {
  let whole: Record<string, string[]>;
  let events: ImportProgress[];
  beforeAll(async () => {
    const undisturbed = await world();
    await undisturbed.service.importFiles(['/fleet']);
    whole = contents(undisturbed.store);
    events = undisturbed.progress;
    expect(Object.keys(whole)).toHaveLength(CLUSTERS);
  });

  const first = (name: string): number => events.findIndex(({ stage }) => stage?.name === name);

  test.each([
    ['while folders are listed', () => 1],
    ['while files are read', () => events.findIndex(({ filesRead }) => filesRead === 50)],
    ['while signatures are checked', () => first('checking')],
    ['while clusters are determined', () => first('placing') + 70],
    ['before anything is saved', () => first('storing') - 1],
  ])('saves nothing if cancelled %s, and reports that nothing was saved', async (_moment, at) => {
    const cancelled = await world(({ progress, service }) => {
      if (progress.length === at() + 1) service.cancelImports();
    });
    expect(await waitForEnd(cancelled.service.importFiles(['/fleet']))).toEqual({
      code: 'import.cancelled',
      clusters: 0,
    });
    expect(cancelled.progress.length).toBeLessThan(at() + 30);
    expect(cancelled.store.clusters()).toEqual([]);
    expect(cancelled.store.lastImportAt()).toBeUndefined();
    expect(cancelled.files.paths().filter((path) => path.startsWith(`${DATA}/clusters`))).toEqual([]);
  });

  test.each([
    ['while writing the first cluster', () => first('storing')],
    ['while writing the last of the first batch', () => first('storing') + 15],
    ['one cluster later', () => first('storing') + 16],
  ])('keeps and reports the saved clusters if cancelled %s, and the next import adds the rest', async (_moment, at) => {
    let isOver = false;
    const cancelled = await world(({ progress, service }) => {
      if (!isOver && progress.length === at() + 1) service.cancelImports();
    });
    const saved = at() < first('storing') + 16 ? 16 : CLUSTERS;
    expect(await waitForEnd(cancelled.service.importFiles(['/fleet']))).toEqual({
      code: 'import.cancelled',
      clusters: saved,
    });
    isOver = true;
    const found = await reopenStore(cancelled);
    expect(found.findings()).toEqual([]);
    expect(contents(found)).toEqual(contents(cancelled.store));
    expect(found.clusters()).toHaveLength(saved);
    for (const [name, ids] of Object.entries(contents(found))) expect(ids).toEqual(whole[name]);
    const { added, unchanged } = await cancelled.service.importFiles(['/fleet']);
    expect([added.length, unchanged.length]).toEqual([(CLUSTERS - saved) * 10, saved * 10]);
    expect(contents(await reopenStore(cancelled))).toEqual(whole);
  });

  test('has saved everything if it is cancelled during the search for findings', async () => {
    const cancelled = await world(({ progress, service }) => {
      if (progress.at(-1)?.stage?.name === 'judging') service.cancelImports();
    });
    expect(await waitForEnd(cancelled.service.importFiles(['/fleet']))).toEqual({
      code: 'import.cancelled',
      clusters: CLUSTERS,
    });
    expect(contents(await reopenStore(cancelled))).toEqual(whole);
  });

  test('ends even if the disk does not respond', async () => {
    const { files: memory, store, service } = await world();
    memory.read = () => new Promise(() => undefined);
    const importing = waitForEnd(service.importFiles(['/fleet']));
    for (let turn = 0; turn < 1_000; turn += 1) await Promise.resolve();
    service.cancelImports();
    expect(await importing).toEqual({ code: 'import.cancelled', clusters: 0 });
    expect(store.clusters()).toEqual([]);
  });

  test('ends together with all waiting imports, and does not affect later ones', async () => {
    const { files: memory, store, service } = await world();
    const read = memory.read.bind(memory);
    memory.read = () => new Promise(() => undefined);
    const both = [waitForEnd(service.importFiles(['/fleet'])), waitForEnd(service.importFiles(['/fleet/cluster-1']))];
    service.cancelImports();
    const nothing = { code: 'import.cancelled', clusters: 0 };
    expect(await Promise.all(both)).toEqual([nothing, nothing]);
    memory.read = read;
    expect((await service.importFiles(['/fleet/cluster-1'])).added).toHaveLength(10);
    expect(store.clusters()).toHaveLength(1);
  });
});

describe('the progress of an import', () => {
  const MARK = writeSampleMarker({ createdAt: TEST_NOW, files: ['cp-1/etc/kubernetes/pki/ca.crt'] });
  test.each([
    ['of files', {}],
    ['of a sample beside real files', { '/fleet/cluster-3/arcwarden-sample.json': MARK }],
  ])('%s passes through every stage to its end and never decreases', async (_what, more) => {
    const { files: memory, service, progress } = await world();
    for (const [path, content] of Object.entries(more)) memory.put(path, content);
    await service.importFiles(['/fleet']);
    const stages = [...new Set(progress.map(({ stage }) => stage?.name))];
    expect(stages).toEqual([undefined, ...IMPORT_STAGES]);
    for (const name of IMPORT_STAGES) {
      const last = progress.findLast(({ stage }) => stage?.name === name)?.stage;
      expect(last?.done).toBe(last?.total);
    }
    for (const counted of [
      (one: ImportProgress) => progressShare(one) ?? 0,
      (one: ImportProgress) => one.filesRead,
      (one: ImportProgress) => one.credentialsFound,
    ]) {
      const counts = progress.map(counted);
      expect(counts).toEqual([...counts].sort((left, right) => left - right));
    }
    expect(progressShare(progress.at(-1) ?? { filesRead: 0, credentialsFound: 0 })).toBeCloseTo(1);
  });

  test('is reported at most ten times a second', async () => {
    const moments: number[] = [];
    const { service } = await world(({ scheduler }) => moments.push(scheduler.monotonicMs()), 1);
    await service.importFiles(['/fleet']);
    expect(moments.length).toBeGreaterThan(3);
    for (const [at, moment] of moments.slice(1).entries())
      expect(moment - (moments[at] ?? 0)).toBeGreaterThanOrEqual(100);
  });
});

test('an import yields to other work at least every 100 ms', async () => {
  const { service, scheduler } = await world(undefined, 2);
  let last = scheduler.monotonicMs();
  let longest = 0;
  const yieldNow = scheduler.yield.bind(scheduler);
  scheduler.yield = () => {
    const now = scheduler.monotonicMs();
    longest = Math.max(longest, now - last);
    last = now;
    return yieldNow();
  };
  await service.importFiles(['/fleet']);
  expect(scheduler.yields).toBeGreaterThan(50);
  expect(longest).toBeLessThan(100);
});

test('an import ends whenever it is cancelled, even while it waits', async () => {
  const [, [path] = ['']] = files;
  const endings: Ended[] = [];
  for (let moment = 0; endings.length === moment && moment < 1_000; moment += 1) {
    const { service } = await world();
    const importing = waitForEnd(service.importFiles([path]));
    for (let at = 0; at < moment; at += 1) await Promise.resolve();
    service.cancelImports();
    const ending = await importing;
    if ('code' in ending) endings.push(ending);
    else expect(ending.report.filesRead).toBe(1);
  }
  expect(endings.length).toBeGreaterThan(50);
  expect(endings.length).toBeLessThan(1_000);
  expect(endings[0]).toEqual({ code: 'import.cancelled', clusters: 0 });
});
