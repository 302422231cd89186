import { describe, expect, test } from 'vitest';

import { nodeScheduler } from '../../../core/node/clock.ts';
import { nodeCrypto } from '../../../core/node/crypto.ts';
import { createFiles } from '../../../core/node/files.ts';
import { clustersAndForeign } from '../../../core/inventory/store/inventory-store.ts';
import { openStore } from '../../../core/settings/store/store.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import type { StoreOptions } from '../../../core/inventory/store/store.ts';
import { InventoryService } from '../../../core/inventory/service.ts';
import type { MoveRequest } from '../../../core/inventory/contract.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import type { Files } from '../../../core/shared/ports.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { testPorts } from '../../support/ports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { storePorts } from './store/ports.ts';
import { sampleCertificate, sampleCluster } from './store/sample-clusters.ts';

const [FIRST, SECOND, THIRD] = [sampleCertificate(1), sampleCertificate(2), sampleCertificate(3)].map(
  (certificate, at) => ({
    ...certificate,
    name: `certificate ${at}`,
    sources: certificate.sources.map((source) => ({ ...source, path: `/pki/${at}.crt` })),
  }),
) as [Cluster['credentials'][number], Cluster['credentials'][number], Cluster['credentials'][number]];

const EAST: Cluster = { ...sampleCluster('east'), credentials: [FIRST, SECOND], history: [] };
const WEST: Cluster = { ...sampleCluster('west'), credentials: [THIRD], history: [] };

/** Counts changes to files. One change fails, and if the process is `killed`, all later changes fail as well. */
class FailingFiles {
  changes = 0;
  readonly files: Files;

  constructor(fault?: {
    at: number;
    code: 'file.not-writable' | 'file.not-flushed';
    killed: boolean;
    isLate?: boolean;
  }) {
    const files = createFiles();
    const change =
      <G extends [string, ...unknown[]], R>(work: (...given: G) => Promise<R>) =>
      async (...given: G): Promise<R> => {
        this.changes += 1;
        const isHit = fault !== undefined && (fault.killed ? this.changes >= fault.at : this.changes === fault.at);
        const done = fault?.isLate === true && this.changes === fault.at ? await work(...given) : undefined;
        if (isHit) throw new ConsoleError(fault.code, { path: given[0] });
        return done ?? work(...given);
      };
    this.files = {
      ...files,
      replace: change((...given: Parameters<Files['replace']>) => files.replace(...given)),
      move: change((from: string, to: string) => files.move(from, to)),
      remove: change((path: string) => files.remove(path)),
    };
  }
}

interface World {
  store: Store;
  service: InventoryService;
}

async function open(folder: string, files: Files, options: StoreOptions = {}): Promise<World> {
  const store = await openStore(storePorts(files), folder, options);
  const ports = { ...testPorts(), crypto: nodeCrypto(), scheduler: nodeScheduler(), host: { user: () => 'me' } };
  return { store, service: new InventoryService({ ports, store }) };
}

const note = (): void => undefined;

const MOVE: MoveRequest = { clusterId: EAST.id, credentialIds: [FIRST.id], to: { cluster: WEST.id } };
const CORRECTIONS: Record<string, (world: World) => Promise<unknown>> = {
  move: ({ service }) => service.move(MOVE, note),
  'move of everything': ({ service }) => service.move({ ...MOVE, credentialIds: [FIRST.id, SECOND.id] }, note),
  split: ({ service }) => service.move({ ...MOVE, to: { newCluster: 'north' } }, note),
  'set apart': ({ service }) => service.move({ ...MOVE, to: { foreign: true } }, note),
  merge: ({ service }) => service.merge({ clusterId: EAST.id, into: WEST.id }, note),
  rename: ({ service }) => service.rename({ clusterId: EAST.id, name: 'south' }, note),
};

/** Returns the cluster of each credential, and what the admin stated about it. */
function readState({ store }: World) {
  return {
    clusters: clustersAndForeign(store)
      .map(({ name, credentials }) => [name, credentials.map(({ id }) => id).sort()])
      .sort(),
    forgotten: store.forgotten().map(({ name }) => name),
    placements: [...store.placements()].sort((left, right) => (left.path < right.path ? -1 : 1)),
  };
}

async function prepareFolder(): Promise<string> {
  const folder = temporaryFolder();
  const { store } = await open(folder, createFiles());
  await store.updateAll([EAST, WEST]);
  await store.close();
  return folder;
}

const FAULTS = [
  { name: 'a kill before', code: 'file.not-writable', killed: true },
  { name: 'a kill after', code: 'file.not-writable', killed: true, isLate: true },
  { name: 'a full disk at', code: 'file.not-writable', killed: false },
  { name: 'a failed flush at', code: 'file.not-flushed', killed: false, isLate: true },
] as const;

describe.each(Object.entries(CORRECTIONS))('%s', (_name, correct) => {
  test.each(FAULTS)('is done completely or not at all despite $name any change', async ({ killed, code, ...fault }) => {
    const whole = await prepareFolder();
    const counting = new FailingFiles();
    const untouched = await open(whole, createFiles());
    const before = readState(untouched);
    await untouched.store.close();
    const good = await open(whole, counting.files);
    await correct(good);
    await good.store.close();
    const after = readState(good);
    expect(counting.changes).toBeGreaterThan(0);

    for (let at = 1; at <= counting.changes; at += 1) {
      const folder = await prepareFolder();
      const world = await open(folder, new FailingFiles({ at, code, killed, ...fault }).files);
      const failure = await correct(world).then(
        () => undefined,
        (error: unknown) => (error as ConsoleError).code,
      );
      const inMemory = readState(world);
      await world.store.close().catch(() => undefined);

      const reader = readState(await open(folder, createFiles(), { readOnly: true }));
      expect([before, after]).toContainEqual(reader);
      if (failure === undefined) expect(reader).toEqual(after);
      if (!killed && failure === 'store.not-writable') expect(reader).toEqual(before);
      if (!killed) expect(inMemory).toEqual(reader);

      const next = await open(folder, createFiles());
      expect(readState(next)).toEqual(reader);
      // The command names clusters and credentials as they were before the first attempt.
      if (next.store.cluster(EAST.id) !== undefined) await correct(next).catch(isNothingLeft);
      expect(readState(next)).toEqual(after);
      await next.store.close();
      expect(readState(await open(folder, createFiles()))).toEqual(after);
    }
  });
});

/** Expects the error to state that the credential is already in the other cluster. */
function isNothingLeft(error: unknown): void {
  expect((error as ConsoleError).code).toBe('credential.unknown');
}
