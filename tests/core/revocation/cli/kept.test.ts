import type { AuditEntry } from '../../../../core/audit/store/audit-lines.ts';
import { listDone } from '../../../support/trail.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { RevocationDocuments } from '../../../../core/revocation/documents/documents.ts';
import { openRevocationStore } from '../../../../core/revocation/store/store.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { NOW } from '../../../support/known-certificates.ts';
import { certificatesFor } from '../../../support/random-revocations.ts';
import { DATA } from '../../authorities/operations/scenario.ts';
import { emptyWorld, type TestWorld } from '../../cli/test-world.ts';

const TEXT = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: lost-laptop
  namespace: kube-system
spec:
  revocations:
  - kind: serialnumber
    serialNumber: "0abc"
`;

let world: TestWorld;
let cluster: Cluster;
let id: string;

beforeEach(async () => {
  world = emptyWorld();
  const store = memoryStore();
  const [first] = certificatesFor(1).clusters.filter(({ kind }) => kind === 'kubernetes');
  if (first === undefined) throw new Error('no cluster');
  const entry = { kind: 'Group' as const, value: 'system:nodes' };
  const object = { name: 'old-nodes', namespace: 'kube-system', entries: [entry] };
  const source = { path: '/in/old.yaml', entry: '', readAt: NOW, sha256: '' };
  cluster = { ...first, revocations: [{ object, source }] } as unknown as Cluster;
  await store.update(cluster);
  world.store = {
    ...store,
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  const kept = await openRevocationStore(world.ports, DATA);
  const ids = { next: () => '0123456789abcdef' };
  ({ id } = await new RevocationDocuments({ ...world.ports, ids }, kept).create({ text: TEXT }));
  await kept.close();
});

describe('arcwarden revocation list', () => {
  test('lists drafts and imported objects', async () => {
    const told = await world.json<{ documents: object[]; read: object[] }>(0, 'revocation', 'list');
    expect(told.documents).toMatchObject([{ id, names: ['lost-laptop'], entries: 1 }]);
    expect(told.read).toMatchObject([{ name: 'old-nodes', cluster: cluster.name, entries: 1 }]);
    const { out } = await world.run('revocation', 'list');
    expect(out).toMatch(/lost-laptop +0123456789abcdef +1 +in progress, .*, not saved/u);
    expect(out).toContain('kube-system/old-nodes');
  });

  test('changes nothing in the data folder', async () => {
    const before = world.files.paths();
    await world.run('revocation', 'list');
    await world.run('revocation', 'show', id);
    expect(world.files.paths()).toEqual(before);
    const none = emptyWorld();
    none.store = world.store;
    await none.run('revocation', 'list');
    expect(none.files.paths()).toEqual([]);
  });
});

describe('arcwarden revocation show', () => {
  test('prints a draft unchanged, by its id or by the name of its object', async () => {
    for (const name of [id, 'lost-laptop']) expect((await world.run('revocation', 'show', name)).out).toBe(TEXT);
  });

  test('prints an imported object as a manifest that can be checked as text', async () => {
    const { out, code } = await world.run('revocation', 'show', 'kube-system/old-nodes', '--cluster', cluster.name);
    expect(code).toBe(0);
    const linted = await world.put('read.yaml', out).json<{ rule: string }[]>(1, 'revocation', 'lint', 'read.yaml');
    expect(linted.map(({ rule }) => rule)).toContain('revocation.no-not-before');
  });

  test('refuses unknown names', async () => {
    expect((await world.run('revocation', 'show', 'nothing')).code).toBe(2);
    expect((await world.run('revocation', 'show', 'old-nodes', '--cluster', 'elsewhere')).code).toBe(2);
  });
});

describe('arcwarden revocation discard', () => {
  test('removes a draft after confirmation', async () => {
    const refused = await world.run('revocation', 'discard', id);
    expect([refused.code, refused.notices]).toEqual([2, expect.stringContaining('--yes')]);
    const { discarded } = await world.json<{ discarded: object }>(0, 'revocation', 'discard', id, '--yes');
    expect(discarded).toMatchObject({ id, names: ['lost-laptop'] });
    const { documents } = await world.json<{ documents: object[] }>(0, 'revocation', 'list');
    expect(documents).toEqual([]);
    expect((await world.run('revocation', 'discard', id, '--yes')).code).toBe(2);
  });

  test('keeps a draft while another process holds the lock of the data folder', async () => {
    world.isLocked = true;
    expect((await world.run('revocation', 'discard', id, '--yes')).code).toBe(2);
    expect((await world.run('revocation', 'show', id)).out).toBe(TEXT);
  });
});

describe('arcwarden revocation mark-inactive and mark-active', () => {
  test('store whether an object is in force, and record it in the audit trail', async () => {
    const isLifted = async (): Promise<unknown> =>
      (await world.json<{ read: { lifted?: true }[] }>(0, 'revocation', 'list')).read[0]?.lifted;
    const { out } = await world.run('revocation', 'mark-inactive', 'old-nodes');
    expect(out).toBe(`old-nodes of ${cluster.name} is marked as no longer in force.\n`);
    expect(await isLifted()).toBe(true);
    await world.json(0, 'revocation', 'mark-active', 'old-nodes', '--cluster', cluster.name);
    expect(await isLifted()).toBeUndefined();
    const trail = await world.json<{ entries: AuditEntry[] }>(0, 'audit', 'list');
    expect(listDone(trail.entries).map(({ action }) => action)).toEqual(['revocation.lifted', 'revocation.in-force']);
  });

  test('refuse a draft, since they require an imported object', async () => {
    expect((await world.run('revocation', 'mark-inactive', 'lost-laptop')).code).toBe(2);
  });
});

test('a cluster is not reported as unknown if it may be in an unreadable file', async () => {
  world.files.put('/in/new.yaml', TEXT);
  const problem = new ConsoleError('file.not-readable', { path: '/data/clusters/north.json' });
  world.store = { ...(world.store as NonNullable<typeof world.store>), unreadable: () => [problem] };
  const { code, notices } = await world.run('revocation', 'preview', '/in/new.yaml', '--cluster', 'north');
  expect(code).toBe(2);
  expect(notices).toContain('“/data/clusters/north.json” could not be read.');
});
