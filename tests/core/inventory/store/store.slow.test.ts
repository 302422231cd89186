import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { KnownRevocation } from '../../../../core/shared/renew-revocation/known.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import { createFiles } from '../../../../core/node/files.ts';
import { temporaryPath } from '../../../../core/node/durable-replace.ts';
import type { Files } from '../../../../core/shared/ports.ts';
import { openStore } from '../../../../core/settings/store/store.ts';
import type { Store } from '../../../../core/inventory/store/data-store.ts';
import { readSettings } from '../../../../core/settings/store/read-settings.ts';
import type { StoreOptions } from '../../../../core/inventory/store/store.ts';
import { STORE_FINDING_RULES } from '../../../../core/store/store-findings.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { storePorts } from './ports.ts';
import { clusterId, sampleCertificate, sampleCluster } from './sample-clusters.ts';

const open = (folder: string, options?: StoreOptions): Promise<Store> => openStore(storePorts(), folder, options);

const listRules = (store: Store): string[] => store.findings().map(({ rule }) => rule);

async function folderWith(...clusters: Cluster[]): Promise<string> {
  const folder = temporaryFolder();
  const store = await open(folder);
  for (const cluster of clusters) await store.update(cluster);
  await store.close();
  return folder;
}

/** Edits a file and removes its checksum, as an admin or a former release would. */
function editJson(path: string, edit: (content: never) => void): void {
  const { sha256: _, ...content } = JSON.parse(readFileSync(path, 'utf8')) as { sha256?: string };
  edit(content as never);
  writeFileSync(path, JSON.stringify(content));
}

async function awaitProblem(action: Promise<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    if (error instanceof ConsoleError) return error.code;
    throw error;
  }
  return 'none';
}

/** Returns real files whose writes fail on request, as on a full disk. */
function createFailingFiles(): { files: Files; fail: (matching: RegExp | undefined) => void } {
  let failing: RegExp | undefined;
  const real = createFiles();
  return {
    fail: (matching) => {
      failing = matching;
    },
    files: {
      ...real,
      replace: async (path, content, options) => {
        if (failing?.test(path)) {
          throw new ConsoleError('file.not-writable', { path, reason: 'ENOSPC' });
        }
        await real.replace(path, content, options);
      },
    },
  };
}

const A_REVOCATION: KnownRevocation = {
  object: {
    name: 'lost',
    namespace: 'kube-system',
    description: 'A disk was lost',
    entries: [
      { kind: 'Group', value: 'system:nodes', description: 'All nodes' },
      { kind: 'DNS', value: '.example', notBefore: instant('2026-11-20T00:00:00Z') },
    ],
  },
  source: {
    path: 'C:\\files\\lost.yaml',
    entry: '',
    fileModified: instant('2026-11-19T00:00:00Z'),
    readAt: instant('2026-11-24T00:00:00Z'),
  },
  isAlone: true,
};

describe('stored content', () => {
  test('a cluster with certificates, a token and a history is the same after a restart', async () => {
    const cluster = sampleCluster('workload-1', 3);
    const folder = await folderWith(cluster);
    const store = await open(folder);
    expect(store.clusters()).toEqual([cluster]);
    expect(store.cluster(cluster.id)).toEqual(cluster);
    expect(store.findings()).toEqual([]);
  });

  test('the server of a kubeconfig is the same after a restart', async () => {
    const cluster = sampleCluster('workload-1', 1);
    for (const { sources } of cluster.credentials) for (const one of sources) one.server = 'https://10.4.0.9:6443';
    const store = await open(await folderWith(cluster));
    expect(store.clusters()).toEqual([cluster]);
  });

  test('revocations of known and unknown clusters are the same after a restart', async () => {
    const cluster = { ...sampleCluster('workload-1', 1), revocations: [A_REVOCATION] };
    const folder = await folderWith(cluster);
    const first = await open(folder);
    const lifted = { ...A_REVOCATION, liftedAt: instant('2026-11-24T23:00:00Z') };
    await first.keepUnplacedRevocations([{ known: A_REVOCATION }, { known: lifted, sample: true }]);
    await first.recordImport(instant('2026-11-24T23:00:00Z'));
    await first.close();
    const store = await open(folder);
    expect(store.clusters()).toEqual([cluster]);
    expect(store.listUnplacedRevocations()).toEqual([{ known: A_REVOCATION }, { known: lifted, sample: true }]);
    expect(await store.removeSamples()).toBe(0);
    expect(store.listUnplacedRevocations()).toEqual([{ known: A_REVOCATION }]);
    expect(store.lastImportAt()).toBe('2026-11-24T23:00:00Z');
  });

  test('an unreadable revocation is reported and kept unchanged, and hides no other revocation', async () => {
    const folder = await folderWith({ ...sampleCluster('a', 1), revocations: [A_REVOCATION, A_REVOCATION] });
    const path = join(folder, 'clusters', 'a.json');
    editJson(path, ({ cluster }: { cluster: { revocations: { object: { entries: { kind: string }[] } }[] } }) => {
      for (const entry of cluster.revocations[0]?.object.entries ?? []) entry.kind = 'Guild';
    });
    const store = await open(folder);
    expect(store.cluster(clusterId('a'))?.revocations).toEqual([A_REVOCATION]);
    expect(store.findings().map(({ rule, place }) => [rule, place.entry])).toEqual([
      ['store.entry-unreadable', 'revocations[0]'],
    ]);
    await store.update({ ...sampleCluster('a', 1), name: 'other' });
    expect(readFileSync(path, 'utf8')).toContain('"Guild"');
  });

  test('a new store is empty, with no findings and the default settings', async () => {
    const store = await open(join(temporaryFolder(), 'new', 'folder'));
    expect(store.clusters()).toEqual([]);
    expect(store.cluster(clusterId('nobody'))).toBeUndefined();
    expect(store.findings()).toEqual([]);
    expect(store.lastImportAt()).toBeUndefined();
    expect(store.settings()).toEqual(DEFAULT_SETTINGS);
  });

  test('clusters keep the order in which they were added, even after a restart', async () => {
    const folder = await folderWith(
      sampleCluster('b', 0),
      sampleCluster('a', 0),
      sampleCluster('c', 0),
      sampleCluster('b', 0, 1),
    );
    const store = await open(folder);
    expect(store.clusters().map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  test('clusters that are stored together keep their order, whichever file is written first', async () => {
    const folder = temporaryFolder();
    const names = Array.from({ length: 40 }, (_, at) => `c${(at * 7) % 40}`);
    // The first cluster is large, so writing it takes longest.
    const clusters = names.map((name, at) => sampleCluster(name, at === 0 ? 200 : 1));
    const store = await open(folder);
    const stored: string[] = [];
    await store.updateAll(clusters, (id) => stored.push(id));
    expect(stored).toEqual(names);
    expect(store.clusters()).toEqual(clusters);
    await store.close();
    expect((await open(folder)).clusters().map(({ id }) => id)).toEqual(names);
  });

  test('if one of several clusters cannot be stored, the problem is reported and the others are stored', async () => {
    const folder = temporaryFolder();
    const { files, fail } = createFailingFiles();
    let thirdWritten = (): void => undefined;
    const third = new Promise<void>((done) => (thirdWritten = done));
    const replace: Files['replace'] = async (path, ...how) => {
      // The first write is still in progress when the second has failed.
      if (/c1\.json$/u.test(path)) await third;
      await files.replace(path, ...how);
      if (/c3\.json$/u.test(path)) thirdWritten();
    };
    const store = await openStore(storePorts({ ...files, replace }), folder);
    const stored: string[] = [];
    fail(/c2\.json$/u);
    const all = ['c1', 'c2', 'c3'].map((name) => sampleCluster(name, 1));
    const storing = store.updateAll(all, (id) => stored.push(id));
    expect(await awaitProblem(storing)).toBe('store.not-writable');
    expect(stored).toEqual(['c1', 'c3']);
    expect(store.clusters().map(({ id }) => id)).toEqual(stored);
    await store.close();
    const again = await open(folder);
    expect(again.clusters().map(({ id }) => id)).toEqual(stored);
    expect(listRules(again)).toEqual([]);
  });

  test('a cluster file contains no facts of certificates, which are decoded from the DER', async () => {
    const folder = await folderWith(sampleCluster('a', 1));
    const text = readFileSync(join(folder, 'clusters', 'a.json'), 'utf8');
    expect(text).not.toContain('notBefore":"2026-11-24');
    expect(text).not.toContain('facts');
    const [credential] = (await open(folder)).clusters()[0]?.credentials ?? [];
    expect(credential).toEqual(sampleCertificate(1));
  });

  test('a field that does not belong to a credential, such as a key, is never written to the disk', async () => {
    const cluster = sampleCluster('a', 1);
    const smuggled = cluster.credentials.map((credential) => ({
      ...credential,
      privateKey: 'SECRET',
      token: 'SECRET',
    }));
    const folder = await folderWith({ ...cluster, credentials: smuggled });
    expect(readFileSync(join(folder, 'clusters', 'a.json'), 'utf8')).not.toContain('SECRET');
  });

  test('folders have mode 0700, and files have mode 0600', async () => {
    const base = temporaryFolder();
    const folder = join(base, 'data');
    const store = await open(folder);
    await store.update(sampleCluster('a', 1));
    await store.update(sampleCluster('a', 1, 2));
    await store.changeSettings({ theme: 'dark' });
    await store.update(sampleCluster('b', 1));
    await store.forget(clusterId('b'));
    const readMode = (...parts: string[]): number => statSync(join(folder, ...parts)).mode & 0o777;
    for (const path of ['.', 'clusters', 'forgotten']) expect(readMode(path)).toBe(0o700);
    for (const path of ['index.json', 'settings.json', 'index.json.previous']) {
      expect(readMode(path)).toBe(0o600);
    }
    expect(readMode('clusters', 'a.json')).toBe(0o600);
    expect(readMode('clusters', 'a.json.previous')).toBe(0o600);
    expect(readMode('forgotten', 'b.json')).toBe(0o600);
  });

  test('changing a cluster writes neither the index nor another cluster', async () => {
    const folder = await folderWith(sampleCluster('a', 1), sampleCluster('b', 1));
    const untouched = ['index.json', join('clusters', 'b.json')].map((name) => join(folder, name));
    const inodes = untouched.map((path) => statSync(path).ino);
    const store = await open(folder);
    await store.update(sampleCluster('a', 2, 1));
    expect(untouched.map((path) => statSync(path).ino)).toEqual(inodes);
  });

  test('renaming a cluster writes the index', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    const store = await open(folder);
    await store.update({ ...sampleCluster('a', 0), name: 'Production' });
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).toContain('Production');
  });

  test('the time of the last import survives a restart', async () => {
    const folder = temporaryFolder();
    const at = instant('2026-11-24T20:15:00Z');
    const store = await open(folder);
    await store.recordImport(at);
    expect(store.lastImportAt()).toBe(at);
    await store.update(sampleCluster('a', 0));
    await store.close();
    expect((await open(folder)).lastImportAt()).toBe(at);
  });

  test('an id that is a device name on Windows gets another file name', async () => {
    const folder = await folderWith(sampleCluster('con', 0), sampleCluster('com1', 0));
    expect(readdirSync(join(folder, 'clusters'))).toEqual(['com1_.json', 'con_.json']);
    expect((await open(folder)).clusters().map(({ id }) => id)).toEqual(['con', 'com1']);
  });

  test.each(['', '../x', 'A', 'a/b', 'a.b', 'a_b', 'x'.repeat(81)])('the id %j is never used in a path', async (id) => {
    const store = await open(temporaryFolder());
    await expect(store.update(sampleCluster(id, 0))).rejects.toThrow('cluster id');
    expect(await awaitProblem(store.restore(clusterId(id)))).toBe('cluster.unknown');
    expect(await awaitProblem(store.forget(clusterId(id)))).toBe('cluster.unknown');
  });
});

describe('settings', () => {
  test('settings can be read alone without opening the store and without changing anything', async () => {
    const folder = temporaryFolder();
    expect(await readSettings(storePorts(), join(folder, 'nowhere'))).toEqual(DEFAULT_SETTINGS);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    const store = await open(folder);
    const changed = await store.changeSettings({ theme: 'dark' });
    await store.close();
    expect(await readSettings(storePorts(), folder)).toEqual(changed);
    for (const content of ['{"schema":1,"sett', '{"schema":999,"settings":{}}']) {
      writeFileSync(join(folder, 'settings.json'), content);
      rmSync(join(folder, 'settings.json.previous'), { force: true });
      expect(await readSettings(storePorts(), folder)).toEqual(DEFAULT_SETTINGS);
      expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe(content);
    }
  });

  test('ten thousand simultaneous changes cause only a few writes, and the last value of each setting is kept', async () => {
    const folder = temporaryFolder();
    let writes = 0;
    const { files, ...ports } = storePorts();
    const counting: Files = Object.assign(Object.create(files) as Files, {
      replace: (...given: Parameters<Files['replace']>) => {
        writes += 1;
        return files.replace(...given);
      },
    });
    const store = await openStore({ ...ports, files: counting }, folder);
    writes = 0;
    const themes = ['dark', 'light', 'system'] as const;
    const changes = Array.from({ length: 10_000 }, (_, at) =>
      store.changeSettings(at === 0 ? { language: 'ja' } : { theme: themes[at % 3] ?? 'dark' }),
    );
    const answers = await Promise.all(changes);
    expect(answers.at(-1)).toMatchObject({ language: 'ja', theme: themes[9_999 % 3] });
    expect(answers.every(({ language }) => language === 'ja')).toBe(true);
    await store.close();
    expect(writes).toBeGreaterThan(0);
    expect(writes).toBeLessThan(10);
    expect(await readSettings(storePorts(), folder)).toEqual(answers.at(-1));
  });

  test('a change keeps the other settings and survives a restart', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    const window = { width: 1200, height: 800, maximized: false };
    await store.changeSettings({ theme: 'dark', window });
    const changed = await store.changeSettings({ language: 'ja' });
    expect(changed).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', language: 'ja', window });
    await store.close();
    expect((await open(folder)).settings()).toEqual(changed);
  });

  test('simultaneous changes to the settings are all kept', async () => {
    const store = await open(temporaryFolder());
    await Promise.all([
      store.changeSettings({ theme: 'dark' }),
      store.changeSettings({ density: 'comfortable' }),
      store.changeSettings({ timeZone: 'utc' }),
    ]);
    expect(store.settings()).toMatchObject({ theme: 'dark', density: 'comfortable', timeZone: 'utc' });
  });

  test('an unusable setting is replaced by its default and reported by name, and the other settings are kept', async () => {
    const folder = temporaryFolder();
    const settings = { theme: 'dark', language: 'tlh', columns: ['nonsense'] };
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ schema: 1, settings }));
    const store = await open(folder);
    expect(store.settings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(store.findings()).toMatchObject([
      { rule: 'store.settings-reset', params: { settings: 'language, columns' } },
    ]);
  });

  test('damaged settings are set aside, replaced by the defaults and reported', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'settings.json'), '{"schema":1,"sett');
    const store = await open(folder);
    expect(store.settings()).toEqual(DEFAULT_SETTINGS);
    expect(listRules(store)).toEqual(['store.settings-reset']);
    expect(readFileSync(join(folder, 'settings.json.damaged-20261124T230000Z'), 'utf8')).toBe('{"schema":1,"sett');
  });

  test('damaged settings are restored from their previous copy', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await store.changeSettings({ theme: 'dark' });
    await store.changeSettings({ theme: 'light' });
    await store.close();
    writeFileSync(join(folder, 'settings.json'), '');
    const reopened = await open(folder);
    expect(reopened.settings().theme).toBe('dark');
    expect(listRules(reopened)).toEqual(['store.damaged-restored']);
  });
});

describe('damage', () => {
  test('a damaged cluster file is set aside and replaced by its previous copy', async () => {
    const folder = await folderWith(sampleCluster('a', 1, 1), sampleCluster('a', 1, 2), sampleCluster('b', 1));
    writeFileSync(join(folder, 'clusters', 'a.json'), 'not json');
    const store = await open(folder);
    expect(store.clusters()).toEqual([sampleCluster('a', 1, 1), sampleCluster('b', 1)]);
    const setAside = 'a.json.damaged-20261124T230000Z';
    expect(store.findings()).toEqual([
      {
        rule: 'store.damaged-restored',
        severity: 'warning',
        place: { path: join(folder, 'clusters', 'a.json') },
        params: { cluster: 'Cluster a', file: 'a.json', setAside },
      },
    ]);
    expect(readFileSync(join(folder, 'clusters', setAside), 'utf8')).toBe('not json');
    await store.close();
    expect((await open(folder)).findings()).toEqual([]);
  });

  test('a damaged cluster file without a previous copy is set aside, and the other clusters are loaded', async () => {
    const folder = await folderWith(sampleCluster('a', 1), sampleCluster('b', 1));
    writeFileSync(join(folder, 'clusters', 'a.json'), Buffer.from([0xff, 0xfe, 0x00]));
    const ports = storePorts();
    const store = await openStore(ports, folder);
    expect(ports.log.entries).toHaveLength(1);
    expect(store.clusters()).toEqual([sampleCluster('b', 1)]);
    expect(listRules(store)).toEqual(['store.damaged-lost']);
    await store.update(sampleCluster('a', 2));
    await store.close();
    const names = readdirSync(join(folder, 'clusters'));
    expect(names).toContain('a.json.damaged-20261124T230000Z');
    expect((await open(folder)).clusters().map(({ id }) => id)).toEqual(['b', 'a']);
  });

  describe('a damaged file in which one digit of a date has changed', () => {
    const END = '2027-01-30T00:00:00Z';
    const LATER = '2029-01-30T00:00:00Z';
    const flip = (path: string): void => writeFileSync(path, readFileSync(path, 'utf8').replace(END, LATER));
    const endsIn = (store: Store): (string | undefined)[] =>
      store
        .clusters()
        .map(({ credentials }) => credentials.flatMap((each) => ('notAfter' in each ? (each.notAfter ?? []) : []))[0]);

    test('is set aside and restored from its previous copy, and the other clusters are unaffected', async () => {
      const folder = await folderWith(sampleCluster('a', 1, 1), sampleCluster('a', 1, 2), sampleCluster('b', 1));
      flip(join(folder, 'clusters', 'a.json'));
      const store = await open(folder);
      expect([store.clusters(), endsIn(store)]).toEqual([
        [sampleCluster('a', 1, 1), sampleCluster('b', 1)],
        [END, END],
      ]);
      expect(store.findings()).toMatchObject([
        { rule: 'store.damaged-restored', params: { file: 'a.json', setAside: 'a.json.damaged-20261124T230000Z' } },
      ]);
    });

    test('is reported at every start until the next write if it has no previous copy', async () => {
      const folder = await folderWith(sampleCluster('a', 1), sampleCluster('b', 1));
      const path = join(folder, 'clusters', 'a.json');
      flip(path);
      for (const readOnly of [true, false, false]) {
        const store = await open(folder, { readOnly });
        expect(endsIn(store)).toEqual([LATER, END]);
        expect(store.findings()).toEqual([
          {
            rule: 'store.checksum-differs',
            severity: 'error',
            place: { path },
            params: { cluster: 'Cluster a', file: 'a.json', setAside: 'none' },
          },
        ]);
        await store.close();
      }
      const store = await open(folder);
      await store.update(sampleCluster('a', 1));
      await store.close();
      expect(listRules(await open(folder))).toEqual([]);
    });

    test.each([
      ['settings.json', '"compact"', '"comfortable"'],
      ['index.json', 'Cluster a', 'Cluster b'],
    ])('damage in %s is found', async (name, before, after) => {
      const folder = await folderWith(sampleCluster('a', 1));
      const first = await open(folder);
      await first.changeSettings({ density: 'compact' });
      await first.close();
      const path = join(folder, name);
      rmSync(`${path}.previous`, { force: true });
      expect(readFileSync(path, 'utf8')).toContain(before);
      writeFileSync(path, readFileSync(path, 'utf8').replace(before, after));
      const store = await open(folder, { readOnly: true });
      expect(store.findings().filter(({ place }) => place.path === path)).toMatchObject([
        { rule: 'store.checksum-differs', params: { file: name } },
      ]);
    });

    test.each([
      ['in the checksum', (text: string) => text.replace(/"sha256":"./u, '"sha256":"g')],
      ['in the whitespace of a formatted file', (text: string) => JSON.stringify(JSON.parse(text), null, 2)],
      ['after the end', (text: string) => `${text} `],
    ])('damage is found %s', async (_title, change) => {
      const folder = await folderWith(sampleCluster('a', 1));
      const path = join(folder, 'clusters', 'a.json');
      writeFileSync(path, change(readFileSync(path, 'utf8')));
      expect(listRules(await open(folder, { readOnly: true }))).toEqual(['store.checksum-differs']);
    });

    test('a file without a checksum, from a former release or edited by hand, gets one at the next write', async () => {
      const folder = await folderWith(sampleCluster('a', 1));
      const path = join(folder, 'clusters', 'a.json');
      editJson(path, () => undefined);
      const store = await open(folder);
      expect([store.clusters(), store.findings()]).toEqual([[sampleCluster('a', 1)], []]);
      await store.update(sampleCluster('a', 1, 2));
      await store.close();
      expect(readFileSync(path, 'utf8')).toMatch(/,"sha256":"[0-9a-f]{64}"\}\n$/u);
    });

    test('a login in an address, which former releases kept, is removed', async () => {
      const folder = await folderWith(sampleCluster('a', 1));
      editJson(join(folder, 'clusters', 'a.json'), ({ cluster }: { cluster: { addresses: string[] } }) => {
        cluster.addresses = ['https://admin:hunter2@edge.example:6443'];
      });
      expect((await open(folder)).cluster(clusterId('a'))?.addresses).toEqual(['https://edge.example:6443']);
    });
  });

  test('a file damaged twice in one second is set aside under two names', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    for (const content of ['first', 'second']) {
      writeFileSync(join(folder, 'clusters', 'a.json'), content);
      await open(folder);
    }
    expect(readdirSync(join(folder, 'clusters'))).toEqual([
      'a.json.damaged-20261124T230000Z',
      'a.json.damaged-20261124T230000Z-2',
    ]);
  });

  test('a damaged previous copy is also set aside', async () => {
    const folder = await folderWith(sampleCluster('a', 0), sampleCluster('a', 0, 1));
    writeFileSync(join(folder, 'clusters', 'a.json'), 'x');
    writeFileSync(join(folder, 'clusters', 'a.json.previous'), 'y');
    expect(listRules(await open(folder))).toEqual(['store.damaged-lost']);
    expect(readdirSync(join(folder, 'clusters'))).toEqual([
      'a.json.damaged-20261124T230000Z',
      'a.json.previous.damaged-20261124T230000Z',
    ]);
  });

  test('a missing cluster file is restored from its previous copy or reported as lost', async () => {
    const folder = await folderWith(sampleCluster('a', 0), sampleCluster('a', 0, 1), sampleCluster('b', 0));
    rmSync(join(folder, 'clusters', 'a.json'));
    rmSync(join(folder, 'clusters', 'b.json'));
    const store = await open(folder);
    expect(store.clusters()).toEqual([sampleCluster('a', 0)]);
    expect(store.findings()).toMatchObject([
      { rule: 'store.damaged-restored', params: { cluster: 'Cluster a', setAside: 'none' } },
      { rule: 'store.damaged-lost', params: { cluster: 'Cluster b', setAside: 'none' } },
    ]);
  });

  test('a cluster file under the name of another cluster is not read as that cluster', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    renameSync(join(folder, 'clusters', 'a.json'), join(folder, 'clusters', 'b.json'));
    const store = await open(folder);
    expect(store.clusters()).toEqual([]);
    expect(listRules(store)).toEqual(['store.damaged-lost', 'store.damaged-lost']);
  });

  test('a damaged index is rebuilt from the clusters', async () => {
    const folder = await folderWith(sampleCluster('b', 0), sampleCluster('a', 0));
    writeFileSync(join(folder, 'index.json'), '[]');
    rmSync(join(folder, 'index.json.previous'));
    const store = await open(folder);
    expect(store.clusters().map(({ id }) => id)).toEqual(['a', 'b']);
    expect(listRules(store)).toEqual(['store.index-rebuilt']);
    await store.close();
    expect((await open(folder)).findings()).toEqual([]);
  });

  test('a missing index is rebuilt from the clusters', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    rmSync(join(folder, 'index.json'));
    rmSync(join(folder, 'index.json.previous'));
    const store = await open(folder);
    expect(store.clusters()).toHaveLength(1);
    expect(listRules(store)).toEqual(['store.index-rebuilt']);
  });

  test('an index restored from its previous copy still lists every cluster', async () => {
    const folder = await folderWith(sampleCluster('b', 0), sampleCluster('a', 0));
    writeFileSync(join(folder, 'index.json'), '');
    const store = await open(folder);
    expect(store.clusters().map(({ id }) => id)).toEqual(['b', 'a']);
    expect(listRules(store)).toEqual(['store.damaged-restored']);
  });

  test('an unreadable file is left unchanged, and its cluster cannot be overwritten', async () => {
    const folder = await folderWith(sampleCluster('b', 0));
    mkdirSync(join(folder, 'clusters', 'a.json'));
    const store = await open(folder);
    expect(store.clusters()).toHaveLength(1);
    expect(listRules(store)).toEqual(['store.unreadable-file']);
    expect(await awaitProblem(store.update(sampleCluster('a', 0)))).toBe('file.not-readable');
    expect(statSync(join(folder, 'clusters', 'a.json')).isDirectory()).toBe(true);
  });

  test('incomplete files of a killed process are removed, but no other files', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    const strays = [join(folder, 'index.json'), join(folder, 'clusters', 'a.json')].map(temporaryPath);
    for (const path of strays) writeFileSync(path, 'half');
    writeFileSync(join(folder, 'clusters', 'notes.tmp'), 'mine');
    const store = await open(folder);
    expect(strays.map((path) => existsSync(path))).toEqual([false, false]);
    expect(existsSync(join(folder, 'clusters', 'notes.tmp'))).toBe(true);
    expect(store.findings()).toEqual([]);
  });
});

describe('unreadable entries', () => {
  interface ClusterJson {
    cluster: { credentials: Record<string, unknown>[]; history: { credential: Record<string, unknown> }[] };
  }

  const broken = [
    ['a certificate that cannot be decoded', { der: 'AAAA' }, expect.any(String) as unknown],
    ['invalid base64', { der: '&' }, 'der'],
    ['a certificate that does not match its id', { id: 'a'.repeat(64) }, 'id'],
    ['an unknown role', { role: 'from-the-future' }, 'role'],
    ['no source', { sources: [] }, 'sources'],
    ['an invalid date', { firstReadAt: 'yesterday' }, 'firstReadAt'],
    ['an unknown kind', { kind: 'quantum' }, 'kind'],
  ] as const;

  test.each(broken)('%s is reported and kept unchanged, and hides no other entry', async (_, change, reason) => {
    const folder = await folderWith(sampleCluster('a', 3));
    const path = join(folder, 'clusters', 'a.json');
    let raw: unknown;
    editJson(path, ({ cluster }: ClusterJson) => {
      raw = Object.assign(cluster.credentials[1] ?? {}, change);
    });
    const store = await open(folder);
    const names = store.clusters()[0]?.credentials.map(({ id }) => id);
    expect(names).toHaveLength(3);
    expect(store.findings()).toEqual([
      {
        rule: 'store.entry-unreadable',
        severity: 'warning',
        place: { path, entry: 'credentials[1]' },
        params: { cluster: 'Cluster a', entry: 'credentials[1]', reason },
      },
    ]);
    await store.update({ ...sampleCluster('a', 1, 5), history: [] });
    await store.close();
    const { cluster } = JSON.parse(readFileSync(path, 'utf8')) as ClusterJson;
    expect(cluster.credentials).toContainEqual(raw);
    expect(listRules(await open(folder))).toEqual(['store.entry-unreadable']);
  });

  test('an unreadable entry of the history is kept', async () => {
    const folder = await folderWith(sampleCluster('a', 1));
    const path = join(folder, 'clusters', 'a.json');
    editJson(path, ({ cluster }: ClusterJson) => {
      Object.assign(cluster.history[0]?.credential ?? {}, { layer: 'basement' });
    });
    const store = await open(folder);
    expect(store.findings()).toMatchObject([
      { place: { entry: 'history[0]' }, params: { reason: 'credential.layer' } },
    ]);
    await store.update({ ...sampleCluster('a', 2), history: [] });
    expect(readFileSync(path, 'utf8')).toContain('basement');
  });

  test('a new import of an unreadable entry replaces it', async () => {
    const folder = await folderWith(sampleCluster('a', 2));
    editJson(join(folder, 'clusters', 'a.json'), ({ cluster }: ClusterJson) => {
      Object.assign(cluster.credentials[0] ?? {}, { der: 'AAAA' });
    });
    const store = await open(folder);
    expect(listRules(store)).toEqual(['store.entry-unreadable']);
    await store.update(sampleCluster('a', 2));
    expect(store.findings()).toEqual([]);
    await store.close();
    expect((await open(folder)).findings()).toEqual([]);
  });
});

describe('versions', () => {
  const LOOK_NOWHERE = instant('2026-01-01T00:00:00Z');

  test.each(['index.json', 'settings.json'])('a newer %s prevents the start and stays unchanged', async (name) => {
    const folder = await folderWith(sampleCluster('a', 0));
    const content = JSON.stringify({ schema: 2, anything: true });
    writeFileSync(join(folder, name), content);
    expect(await awaitProblem(open(folder))).toBe('store.newer');
    expect(readFileSync(join(folder, name), 'utf8')).toBe(content);
  });

  test('a newer cluster file is reported and cannot be overwritten, and the others are loaded', async () => {
    const folder = await folderWith(sampleCluster('a', 0), sampleCluster('b', 0));
    const path = join(folder, 'clusters', 'a.json');
    const content = JSON.stringify({ schema: 7, all: 'new' });
    writeFileSync(path, content);
    const store = await open(folder);
    expect(store.clusters()).toEqual([sampleCluster('b', 0)]);
    expect(store.findings()).toMatchObject([
      { rule: 'store.newer-file', params: { cluster: 'a', file: 'a.json', schema: 7 } },
    ]);
    expect(await awaitProblem(store.update(sampleCluster('a', 0)))).toBe('store.newer');
    expect(await awaitProblem(store.forget(clusterId('a')))).toBe('cluster.unknown');
    expect(await awaitProblem(store.restore(clusterId('a')))).toBe('store.newer');
    await store.recordImport(LOOK_NOWHERE);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  test('a migration converts a file of version 0, and the next change writes the converted file', async () => {
    const folder = await folderWith(sampleCluster('a', 1));
    const path = join(folder, 'clusters', 'a.json');
    editJson(path, (content: { schema: number; cluster: Record<string, unknown> }) => {
      content.schema = 0;
      content.cluster['label'] = content.cluster['name'];
      delete content.cluster['name'];
    });
    const before = readFileSync(path, 'utf8');
    const migrations: StoreOptions['migrations'] = [
      {
        from: 0,
        to: 1,
        apply: (kind, content) => {
          if (kind !== 'cluster') return content;
          const { label, ...rest } = content['cluster'] as Record<string, unknown>;
          return { cluster: { ...rest, name: label } };
        },
      },
    ];
    const store = await open(folder, { migrations });
    expect(store.clusters()).toEqual([sampleCluster('a', 1)]);
    expect(store.findings()).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe(before);
    await store.update(sampleCluster('a', 1, 1));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ schema: 1 });
    expect(readFileSync(`${path}.previous`, 'utf8')).toBe(before);
    await store.close();
    expect((await open(folder)).clusters()).toEqual([sampleCluster('a', 1, 1)]);
  });

  test.each([
    ['no version', undefined],
    ['a version that is not a number', 'one'],
    ['a version that no migration supports', 0],
  ])('a file with %s is reported as damaged', async (_, schema) => {
    const folder = await folderWith(sampleCluster('a', 0));
    editJson(join(folder, 'clusters', 'a.json'), (content: Record<string, unknown>) => {
      content['schema'] = schema;
    });
    expect(listRules(await open(folder))).toEqual(['store.damaged-lost']);
  });

  test('a file whose migration fails is reported as damaged', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    editJson(join(folder, 'clusters', 'a.json'), (content: Record<string, unknown>) => {
      content['schema'] = 0;
    });
    const apply = (): never => {
      throw new TypeError('no such field');
    };
    const store = await open(folder, { migrations: [{ from: 0, to: 1, apply }] });
    expect(listRules(store)).toEqual(['store.damaged-lost']);
  });
});

describe('forgetting', () => {
  test('a forgotten cluster is missing immediately and after a restart, and can be restored in both cases', async () => {
    const folder = await folderWith(sampleCluster('a', 1, 1), sampleCluster('a', 1, 2));
    const id = clusterId('a');
    const store = await open(folder);
    await store.forget(id);
    expect(store.clusters()).toEqual([]);
    expect(await store.restore(id)).toEqual(sampleCluster('a', 1, 2));
    await store.forget(id);
    await store.close();
    const reopened = await open(folder);
    expect(reopened.clusters()).toEqual([]);
    expect(reopened.findings()).toEqual([]);
    expect(await reopened.restore(id)).toEqual(sampleCluster('a', 1, 2));
    expect(reopened.clusters()).toEqual([sampleCluster('a', 1, 2)]);
  });

  test('the twenty most recently forgotten clusters are kept, and older ones are deleted', async () => {
    const ids = Array.from({ length: 22 }, (_, at) => `c-${String(at).padStart(2, '0')}`);
    const folder = await folderWith(...ids.map((id) => sampleCluster(id, 0)));
    const store = await open(folder);
    for (const id of [...ids].reverse()) await store.forget(clusterId(id));
    expect(readdirSync(join(folder, 'forgotten'))).toEqual(ids.slice(0, 20).map((id) => `${id}.json`));
    expect(await awaitProblem(store.restore(clusterId('c-21')))).toBe('cluster.unknown');
    expect((await store.restore(clusterId('c-19'))).id).toBe('c-19');
  });

  test('an unknown cluster can neither be forgotten nor restored', async () => {
    const store = await open(temporaryFolder());
    expect(await awaitProblem(store.forget(clusterId('a')))).toBe('cluster.unknown');
    expect(await awaitProblem(store.restore(clusterId('a')))).toBe('cluster.unknown');
  });

  test('restoring a cluster that has been imported again in the meantime returns the new cluster', async () => {
    const store = await open(await folderWith(sampleCluster('a', 0, 1)));
    await store.forget(clusterId('a'));
    await store.update(sampleCluster('a', 0, 2));
    expect(await store.restore(clusterId('a'))).toEqual(sampleCluster('a', 0, 2));
  });

  test('a forgotten cluster whose file is damaged is not restored, and its file is kept', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    const store = await open(folder);
    await store.forget(clusterId('a'));
    const path = join(folder, 'forgotten', 'a.json');
    writeFileSync(path, 'damaged');
    expect(await awaitProblem(store.restore(clusterId('a')))).toBe('file.not-readable');
    expect(readFileSync(path, 'utf8')).toBe('damaged');
  });

  test('a cluster is forgotten even if the process is killed after moving the file and before writing the index', async () => {
    const folder = await folderWith(sampleCluster('a', 0), sampleCluster('b', 0));
    renameSync(join(folder, 'clusters', 'a.json'), join(folder, 'forgotten', 'a.json'));
    const store = await open(folder);
    expect(store.clusters()).toEqual([sampleCluster('b', 0)]);
    expect(store.findings()).toEqual([]);
    expect(await store.restore(clusterId('a'))).toEqual(sampleCluster('a', 0));
  });
});

describe('writing', () => {
  test('a failed write throws, and memory and disk keep the previous content', async () => {
    const folder = temporaryFolder();
    const { files, fail } = createFailingFiles();
    const store = await openStore(storePorts(files), folder);
    await store.update(sampleCluster('a', 1));
    fail(/./);
    expect(await awaitProblem(store.update(sampleCluster('a', 2)))).toBe('store.not-writable');
    expect(await awaitProblem(store.update(sampleCluster('b', 0)))).toBe('store.not-writable');
    expect(await awaitProblem(store.changeSettings({ theme: 'dark' }))).toBe('store.not-writable');
    expect(await awaitProblem(store.recordImport(instant('2026-11-24T00:00:00Z')))).toBe('store.not-writable');
    expect(store.clusters()).toEqual([sampleCluster('a', 1)]);
    expect(store.settings()).toEqual(DEFAULT_SETTINGS);
    expect(store.lastImportAt()).toBeUndefined();
    fail(undefined);
    await store.update(sampleCluster('a', 3));
    await store.close();
    expect((await open(folder)).clusters()).toEqual([sampleCluster('a', 3)]);
  });

  test('a cluster whose file was written is stored, even if the index could not be written', async () => {
    const folder = temporaryFolder();
    const { files, fail } = createFailingFiles();
    const ports = storePorts(files);
    const store = await openStore(ports, folder);
    await store.update(sampleCluster('b', 0));
    fail(/index/);
    await store.update(sampleCluster('a', 0));
    expect(store.clusters()).toHaveLength(2);
    expect(ports.log.entries).toHaveLength(1);
    const other = await open(folder, { readOnly: true });
    expect(other.clusters().map(({ id }) => id)).toEqual(['b', 'a']);
    fail(undefined);
    await store.update(sampleCluster('b', 0, 1));
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).toContain('Cluster a');
  });

  test('closing writes an index that could not be written earlier', async () => {
    const folder = temporaryFolder();
    const { files, fail } = createFailingFiles();
    const store = await openStore(storePorts(files), folder);
    fail(/index/);
    await store.update(sampleCluster('a', 0));
    fail(undefined);
    await store.close();
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).toContain('Cluster a');
  });

  test('the last of simultaneous updates to one cluster is kept, and simultaneous updates to many clusters are all stored', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    const versions = Array.from({ length: 25 }, (_, version) => version);
    await Promise.all([
      ...versions.map((version) => store.update(sampleCluster('one', 0, version))),
      ...versions.map((version) => store.update(sampleCluster(`c-${version}`, 0))),
    ]);
    expect(store.cluster(clusterId('one'))).toEqual(sampleCluster('one', 0, 24));
    await store.close();
    const reopened = await open(folder);
    expect(reopened.clusters()).toEqual(store.clusters());
    expect(reopened.clusters()).toHaveLength(26);
  });

  test('simultaneous calls that forget, restore and change a cluster take effect in call order', async () => {
    const store = await open(await folderWith(sampleCluster('a', 0)));
    const id = clusterId('a');
    const [, restored] = await Promise.all([
      store.forget(id),
      store.restore(id),
      store.update(sampleCluster('a', 0, 1)),
      store.forget(id),
      store.restore(id),
    ]);
    expect(restored).toEqual(sampleCluster('a', 0));
    expect(store.clusters()).toEqual([sampleCluster('a', 0, 1)]);
  });

  test('closing waits for earlier calls and refuses later ones', async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    const update = store.update(sampleCluster('a', 1));
    await store.close();
    expect((await open(folder)).clusters()).toHaveLength(1);
    await update;
    await expect(store.update(sampleCluster('b', 0))).rejects.toThrow('closed');
    await expect(store.changeSettings({})).rejects.toThrow('closed');
  });

  test('a change becomes visible only once it is on disk', async () => {
    const store = await open(await folderWith(sampleCluster('a', 0)));
    const update = store.update(sampleCluster('a', 0, 1));
    expect(store.clusters()).toEqual([sampleCluster('a', 0)]);
    await update;
    expect(store.clusters()).toEqual([sampleCluster('a', 0, 1)]);
  });
});

describe('a read-only store', () => {
  test('is empty if the folder does not exist, and does not create the folder', async () => {
    const folder = join(temporaryFolder(), 'nothing');
    const store = await open(folder, { readOnly: true });
    expect(store.clusters()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  test('reports damage and repairs it only in memory', async () => {
    const folder = await folderWith(sampleCluster('a', 0), sampleCluster('a', 0, 1));
    writeFileSync(join(folder, 'clusters', 'a.json'), 'x');
    writeFileSync(join(folder, 'settings.json'), 'x');
    const before = readdirSync(folder, { recursive: true });
    const ports = storePorts();
    const store = await openStore(ports, folder, { readOnly: true });
    expect(store.clusters()).toEqual([sampleCluster('a', 0)]);
    expect(listRules(store)).toEqual(['store.settings-reset', 'store.damaged-restored']);
    expect(ports.log.entries).toEqual([]);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    expect(readFileSync(join(folder, 'clusters', 'a.json'), 'utf8')).toBe('x');
  });

  test('refuses every change', async () => {
    const folder = await folderWith(sampleCluster('a', 0));
    const store = await open(folder, { readOnly: true });
    const refused = [
      store.update(sampleCluster('a', 1)),
      store.forget(clusterId('a')),
      store.restore(clusterId('b')),
      store.recordImport(instant('2026-11-24T00:00:00Z')),
      store.changeSettings({ theme: 'dark' }),
    ];
    const codes = await Promise.all(refused.map(awaitProblem));
    expect(new Set(codes)).toEqual(new Set(['store.not-writable']));
    expect(store.clusters()).toEqual([sampleCluster('a', 0)]);
  });
});

test('every rule has a unique name', () => {
  expect(new Set(STORE_FINDING_RULES).size).toBe(STORE_FINDING_RULES.length);
});
