import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { AuditCheck, auditText } from '../../../../core/audit/store/audit-lines.ts';
import { AuditTrail } from '../../../../core/audit/store/audit.ts';
import { FolderStore } from '../../../../core/inventory/store/folder-store.ts';
import { clusterObject } from '../../../../core/inventory/store/shared-objects.ts';
import { nodeCrypto } from '../../../../core/node/crypto.ts';
import { postgresStores } from '../../../../core/node/postgres/shared-stores.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import type { ChangedObject, SharedChange, SharedObject, SharedStore } from '../../../../core/shared/shared-store.ts';
import { usePostgres } from '../../../support/postgres-tests.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { storePorts } from './ports.ts';
import { sampleCluster } from './sample-clusters.ts';

/* One suite for both adapters of a shared store: a data folder, and a real PostgreSQL. */

const postgres = usePostgres();

const opened: SharedStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

async function openFolder(): Promise<SharedStore> {
  const ports = storePorts();
  const folder = temporaryFolder();
  const inventory = await openStore(ports, folder);
  const trail = await AuditTrail.open({ ...ports, crypto: nodeCrypto() }, folder);
  return FolderStore.open({ inventory, trail, ports, sha256Hex: undefined });
}

async function openPostgres(skip: Parameters<typeof postgres.need>[0]): Promise<SharedStore> {
  return postgresStores().open(postgres.need(skip).createDatabase());
}

const name = (): string => randomBytes(16).toString('hex');

function object(id: string, basedOn: number, version = 0): ChangedObject {
  return { ...clusterObject(sampleCluster(id, 1, version)), basedOn };
}

function change(...objects: ChangedObject[]): SharedChange {
  const lines = [
    {
      by: 'CORP\\anna',
      action: 'store.changed',
      subject: objects[0]?.clusterId ?? '',
      params: { count: objects.length },
    },
  ];
  return { request: name(), objects, lines };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const listRevisions = async (store: SharedStore, revision: number): Promise<[string, number][]> =>
  (await collect<SharedObject>(store.changesSince(revision))).map((each) => [each.clusterId, each.revision]);

describe.each([
  { adapter: 'a data folder', open: openFolder },
  { adapter: 'PostgreSQL', open: openPostgres },
])('$adapter as a shared store', ({ open }) => {
  const use = async (skip: (condition: boolean, note: string) => void): Promise<SharedStore> => {
    const store = await open(skip);
    opened.push(store);
    return store;
  };

  test('gives each change the next revision, and lists what changed after one', async ({ skip }) => {
    const store = await use(skip);
    const { revision: start } = await store.head();
    const first = await store.commit(change(object('a', start), object('b', start)));
    const second = await store.commit(change(object('b', first, 1)));
    expect([first, second]).toEqual([start + 1, start + 2]);
    expect(await listRevisions(store, start)).toEqual([
      ['a', first],
      ['b', second],
    ]);
    expect(await listRevisions(store, first)).toEqual([['b', second]]);
    expect(await store.head()).toMatchObject({ revision: second, lines: 2 });
  });

  test('returns the text of an object as it was given', async ({ skip }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    const cluster = { ...sampleCluster('a', 1), name: 'nul \u0000, quote ", 日本語' };
    const { value } = clusterObject(cluster);
    await store.commit(change({ clusterId: 'a', kind: 'cluster', basedOn: revision, value }));
    expect((await collect(store.changesSince(revision))).map((each) => each.value)).toEqual([value]);
  });

  test('refuses a change that is based on an older revision, says who was faster, and changes nothing', async ({
    skip,
  }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    const first = await store.commit(change(object('a', revision)));
    await expect(store.commit(change(object('b', revision), object('a', revision, 1)))).rejects.toMatchObject({
      code: 'shared.conflict',
      params: {
        cluster: 'a',
        by: 'CORP\\anna',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u) as unknown,
      },
    });
    expect(await listRevisions(store, first)).toEqual([]);
    expect(await store.head()).toMatchObject({ revision: first, lines: 1 });
  });

  test('keeps the removal of an object, and who removed it', async ({ skip }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    const first = await store.commit(change(object('a', revision)));
    const gone = [
      { clusterId: 'a', kind: 'cluster', basedOn: first, value: null } as const,
      { ...clusterObject(sampleCluster('a', 1), 'forgotten'), basedOn: first },
    ];
    await store.commit(change(...gone));
    const objects = await collect(store.changesSince(first));
    expect(objects.map(({ kind, value }) => [kind, value === null])).toEqual([
      ['cluster', true],
      ['forgotten', false],
    ]);
  });

  test('does a repeated request once', async ({ skip }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    const asked = change(object('a', revision));
    const first = await store.commit(asked);
    expect(await store.commit(asked)).toBe(first);
    expect(await store.head()).toMatchObject({ revision: first, lines: 1 });
    expect(await store.outcome(asked.request)).toBe(first);
  });

  test('never does a request later whose outcome it has called not done', async ({ skip }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    const asked = change(object('a', revision));
    expect(await store.outcome(asked.request)).toBeUndefined();
    await expect(store.commit(asked)).rejects.toThrow(/given up/u);
    expect(await listRevisions(store, revision)).toEqual([]);
  });

  test('refuses a change without a line of the audit trail', async ({ skip }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    await expect(store.commit({ ...change(object('a', revision)), lines: [] })).rejects.toThrow(/without a line/u);
    expect(await listRevisions(store, revision)).toEqual([]);
  });

  test('chains the lines of the audit trail as an exported trail is checked', async ({ skip }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    for (const [at, id] of ['a', 'b', 'c'].entries()) {
      const { lines, ...asked } = change(object(id, revision));
      const params = { text: 'a "quote", a \\ and 日本語', count: at, isLast: id === 'c' };
      await store.commit({ ...asked, lines: lines.flatMap((line) => [line, { ...line, params }]) });
    }
    const head = await store.head();
    const check = new AuditCheck(head);
    const lines = await collect(store.lines(1));
    for (const line of lines) {
      const bytes = new TextEncoder().encode(line);
      expect(check.take(auditText(bytes), nodeCrypto().sha256Hex(bytes))).toEqual([]);
    }
    expect(check.verdict()).toEqual({ lines: 6, head: head.hash, faults: [] });
    expect(await collect(store.lines(5))).toEqual(lines.slice(4));
  });

  test('reserves a name for one owner at a time, with a number that grows', async ({ skip }) => {
    const store = await use(skip);
    const first = await store.claim('run/hosts', 'anna', 60);
    expect(await store.claim('run/hosts', 'anna', 60)).toMatchObject({ number: first.number });
    await expect(store.claim('run/hosts', 'ben', 60)).rejects.toMatchObject({
      code: 'shared.claimed',
      params: { name: 'run/hosts', by: 'anna' },
    });
    expect(await store.claim('other', 'ben', 60)).toMatchObject({ owner: 'ben' });
    expect((await store.listClaims('')).map(({ name, owner }) => [name, owner])).toEqual([
      ['other', 'ben'],
      ['run/hosts', 'anna'],
    ]);
    await store.release({ ...first, owner: 'ben' });
    await expect(store.claim('run/hosts', 'ben', 60)).rejects.toMatchObject({ code: 'shared.claimed' });
    await store.release(first);
    expect((await store.listClaims('')).map(({ name }) => name)).toEqual(['other']);
    expect(await store.claim('run/hosts', 'ben', 60)).toMatchObject({ owner: 'ben', number: first.number + 1 });
  });

  test('tells a watcher of each change, and once at the start', async ({ skip }) => {
    const store = await use(skip);
    const { revision } = await store.head();
    let calls = 0;
    const stop = store.watch(() => (calls += 1));
    await expect.poll(() => calls, { timeout: 10_000 }).toBe(1);
    await store.commit(change(object('a', revision)));
    await expect.poll(() => calls, { timeout: 10_000 }).toBe(2);
    await stop();
    await store.commit(change(object('b', revision)));
    expect(calls).toBe(2);
  });
});
