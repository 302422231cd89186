import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { instant } from '../../../core/shared/instant.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { emptyWorld, type TestWorld } from './test-world.ts';

const NOW = '2026-11-25T12:00:00Z';
const READ = instant('2026-11-20T00:00:00Z');

/** Makes a cluster with one token of the same name. */
function cluster(id: string, name: string): Cluster {
  return {
    id: id as ClusterId,
    name,
    kind: 'kubernetes',
    addresses: [],
    history: [],
    credentials: [
      {
        kind: 'token',
        id: `token of ${name}` as CredentialId,
        layer: 'kubernetes',
        role: 'kms-plugin-token',
        name,
        assumed: false,
        notBefore: instant('2026-08-20T00:00:00Z'),
        notAfter: instant('2027-02-01T00:00:00Z'),
        firstReadAt: READ,
        sources: [{ path: `/${name}.yaml`, entry: '', fileModified: READ, readAt: READ }],
      },
    ],
  };
}

const RENAMED = cluster('east', 'west');
const LATER = cluster('east-2f', 'east');

/** Returns the cluster with an imported revocation object that has one entry. */
function addObject(of: Cluster, value: string): Cluster {
  const object = { name: 'lost', namespace: 'kube-system', entries: [{ kind: 'Group', value }] };
  const source = { path: '/lost.yaml', entry: '', readAt: READ };
  return { ...of, revocations: [{ object, source }] } as unknown as Cluster;
}

const DRY_RUN = ['revocation', 'dry-run', 'lost.yaml'] as const;

let world: TestWorld;
let store = memoryStore();

async function keep(...clusters: Cluster[]): Promise<void> {
  store = memoryStore();
  for (const each of clusters) await store.update(each);
  world.store = {
    ...store,
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
}

beforeEach(() => {
  world = emptyWorld();
});

describe('a cluster argument is read as an id only if no cluster has that name', () => {
  test.each([
    ['check', 0],
    ['poweroff', 0],
    // The forecast lists the token, which sets exit code 1.
    ['forecast', 1],
  ])('arcwarden expiry %s prefers a cluster with the given name to one with that id', async (verb, code) => {
    const listShown = async (): Promise<string[]> => {
      const { credentials, clusters } = await world.json<{
        credentials?: { cluster: string }[];
        clusters?: { cluster: string }[];
      }>(code, 'expiry', verb, '--cluster', 'east', '--now', NOW);
      return (credentials ?? clusters ?? []).map((each) => each.cluster);
    };
    await keep(RENAMED, LATER);
    expect(await listShown()).toEqual(['east']);
    await keep(RENAMED);
    expect(await listShown()).toEqual(['west']);
  });

  test('inventory forget prefers a cluster with the given name to one with that id', async () => {
    await keep(RENAMED, LATER);
    expect((await world.run('inventory', 'forget', 'east')).code).toBe(0);
    expect(store.clusters().map(({ name }) => name)).toEqual(['west']);
    expect((await world.run('inventory', 'forget', 'east')).code).toBe(0);
    expect(store.clusters()).toEqual([]);
  });

  test('revocation show prefers a cluster with the given name to one with that id', async () => {
    await keep(addObject(RENAMED, 'of-renamed'), addObject(LATER, 'of-later'));
    const { code, out } = await world.run('revocation', 'show', 'lost', '--cluster', 'east');
    expect(code).toBe(0);
    expect(out).toContain('of-later');
  });

  test('revocation dry-run prefers a cluster with the given name to one with that id', async () => {
    await keep(addObject(RENAMED, 'of-renamed'), LATER);
    const { out: manifest } = await world.run('revocation', 'show', 'lost');
    const { out } = await world.put('lost.yaml', manifest).run(...DRY_RUN, '--cluster', 'east', '--json');
    expect(JSON.parse(out)).toMatchObject({ cluster: 'east' });
  });

  test('arcwarden expiry plan prefers a cluster with the given name to one with that id', async () => {
    const hosts = (of: Cluster): Cluster => ({
      ...of,
      kind: 'moc',
      credentials: of.credentials.map((each) => ({ ...each, layer: 'moc', role: 'node-agent-token' })),
    });
    await keep(hosts({ ...RENAMED, name: 'atlanta' }), hosts(LATER));
    await world.run('expiry', 'plan', '--deployment', 'east', '--script', 'task.ps1', '--now', NOW);
    expect(await world.text('task.ps1')).toMatch(/"deployments": \[\s*"east-2f"\s*\]/u);
  });
});
