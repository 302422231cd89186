import { expect, test } from 'vitest';
import { runCli } from '../../../core/cli/run.ts';
import type { CliEnvironment } from '../../../core/shared/verb/world.ts';
import { FolderFiles, NOW } from './fleet.ts';
import { quickKeys } from './quick-keys.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import type { Store } from '../../../core/inventory/store/data-store.ts';
import { memoryClaims } from '../../support/claims.ts';
import { testPorts } from '../../support/ports.ts';

interface Run {
  code: number;
  out: string;
  notices: string[];
}

function run(files: FolderFiles, ...words: string[]): Promise<Run> {
  return runWith(files, undefined, ...words);
}

async function runWith(files: FolderFiles, store: Store | undefined, ...words: string[]): Promise<Run> {
  const notices: string[] = [];
  let out = '';
  const no = (): never => {
    throw new Error('not for this command');
  };
  const ports = { ...testPorts(files), files, keys: quickKeys(), clock: { now: () => NOW } };
  const world: CliEnvironment = {
    write: (text) => (out += String(text)),
    writeError: (text) => notices.push(text.trimEnd()),
    isTerminal: false,
    language: 'en',
    version: '1',
    defaultDataFolder: '/data',
    absolute: (path) => files.absolute(path),
    ports: () => ({
      ...ports,
      tickets: { issue: no, take: no, peek: no },
      host: {
        about: () => ({ version: '1', node: '20', system: 'test' }),
        copy: no,
        chooseSources: no,
        chooseTarget: no,
        user: () => 'admin',
      },
    }),
    checkData: () => Promise.resolve(),
    openToRead: no,
    workAlone: async (at, open, work) => work(await open(at.ports, at.dataFolder)),
    openStore: async () => store ?? no(),
    environment: no,
    input: no,
    cancelling: no,
    claim: memoryClaims(),
    computer: no,
  };
  return { code: await runCli(words, world), out, notices };
}

test('a sample of one cluster is written to the requested folder, and the JSON output states how many files and credentials it has', async () => {
  const files = new FolderFiles();
  const { code, out, notices } = await run(files, 'sample', '--out', '/x', '--clusters', '1', '--json');
  expect([code, notices]).toEqual([0, []]);
  const { folder, parts, ...counts } = JSON.parse(out) as Record<string, unknown>;
  expect(folder).toBe('/x');
  expect(counts).toEqual({
    now: NOW,
    files: files.paths().length,
    // Seven roots; twelve for each of four control-plane nodes, two for each of two workers, two kubeconfigs, one for
    // the cloud agent; and the access files of two node agents, two tools, a provider and an admin.
    certificates: 7 + 4 * 12 + 2 * 2 + 2 + 1 + 6,
    // One token for each of the six access files, two KMS plugins and two cloud providers; and one for joining nodes.
    tokens: 6 + 2 + 2 + 1,
    // The cloud agent's CA has no key file, but two control planes have a service account key each.
    privateKeys: 68 - 1 + 2,
  });
  expect(parts).toMatchObject([
    { kind: 'cloud-agent', states: ['ca-horizon', 'clock-skew'] },
    { name: 'management', kind: 'management', states: ['healthy'] },
    { name: 'osaka-plant', kind: 'workload', states: ['renewal-due'] },
  ]);
});

test('a file that is not part of a sample is not overwritten, and the error names it', async () => {
  const files = new FolderFiles().put('/x/pki/ca.key', 'mine');
  const { code, out, notices } = await run(files, 'sample', '--out', '/x');
  expect([code, out]).toEqual([2, '']);
  expect(notices[0]).toContain('/x/pki/ca.key');
  expect(files.paths()).toEqual(['/x/pki/ca.key']);
});

test.each([
  [['sample'], '--out'],
  [['sample', '--out', ''], '--out'],
  [['sample', '--out', '/x', '--clusters', '0'], '--clusters'],
  [['sample', '--out', '/x', '--clusters', '41'], '--clusters'],
  [['sample', '--out', '/x', '--clusters', 'six'], '--clusters'],
  [['sample', '/x'], 'arcwarden sample'],
  [['sample', '--out', '/x', '--csv'], '--csv'],
])('sample with %j is a usage error, and nothing is written', async (words, named) => {
  const files = new FolderFiles();
  const { code, notices } = await run(files, ...words);
  expect(code).toBe(2);
  expect(notices[0]).toContain(named);
  expect(files.paths()).toEqual([]);
});

test('sample open adds the demo fleet to the data folder, and sample remove removes its clusters and files', async () => {
  const files = new FolderFiles();
  const store: Store = {
    ...memoryStore(),
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  const opened = await runWith(files, store, 'sample', 'open', '--json');
  expect([opened.code, opened.notices]).toEqual([0, []]);
  const { added } = JSON.parse(opened.out) as { added: { sample: boolean }[] };
  expect(added.length).toBeGreaterThan(0);
  expect(added.every(({ sample }) => sample)).toBe(true);
  const count = store.clusters().length;
  const removed = await runWith(files, store, 'sample', 'remove');
  expect(removed).toMatchObject({ code: 0, out: `Removed ${count} clusters of the demo fleet.\n` });
  expect(store.clusters()).toEqual([]);
  expect(files.paths().filter((path) => path.startsWith('/data/sample-fleet'))).toEqual([]);
  expect((await runWith(files, store, 'sample', 'remove')).out).toContain('there was no demo fleet');
});
