import { X509Certificate, createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { processEnvironment } from '../../../../core/cli/process-environment.ts';
import { createConsole, type Console } from '../../../../core/console/console.ts';
import { closeConsoleData, openConsoleData, type ConsoleData } from '../../../../core/console/data.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { instant } from '../../../../core/shared/instant.ts';
import type { Ports, Vault } from '../../../../core/shared/ports.ts';
import type { Result } from '../../../../core/shared/problem.ts';
import { memoryClaims } from '../../../support/claims.ts';
import { runInFolder } from '../../../support/command-line.ts';
import { copyOldData, readAllFiles } from '../../../support/old-data.ts';
import { openssl } from '../../../support/openssl.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/*
 * The expected values were recorded when the folder was written; see tests/fixtures/data-folder/README.md. Neither the
 * folder nor the values may change: every later version must open this folder or state why it no longer can.
 */
const VERSION = '2026-11-30';
const NOW = '2026-11-30T12:00:00Z';
const PASSPHRASE = 'invented passphrase 2026';
const DRAFT = '813afd2feaa43743';
const DONE_RUN = '4f8abc1e1b39d7d2';
const STOPPED_RUN = 'f8e7554113477c59';
const KILLED_RUN = '9daad3d46640c03f';
const SUPER_ADMIN = '38e7491372b8a70bd38a1950806ca1ea';

interface Named {
  name: string;
}

const here = { folder: '', data: '' };

beforeEach(() => {
  const folder = temporaryFolder();
  Object.assign(here, { folder, data: copyOldData(VERSION, folder) });
  writeFileSync(join(folder, 'passphrase'), `${PASSPHRASE}\n`, { mode: 0o600 });
});

/** Runs a verb on the folder, expects this exit code, and returns the output. */
async function run(code: number, ...words: string[]): Promise<string> {
  const outcome = await runInFolder(here.folder, ...words, '--data', here.data, '--now', NOW);
  expect(outcome, words.join(' ')).toMatchObject({ code });
  return outcome.out;
}

const json = async <T>(code: number, ...words: string[]): Promise<T> =>
  JSON.parse(await run(code, ...words, '--json')) as T;

describe('verbs that read', () => {
  test('list every cluster with its number of credentials', async () => {
    const { clusters } = await json<{ clusters: (Named & { count: number })[] }>(0, 'inventory', 'clusters');
    expect(clusters.map(({ name, count }) => [name, count])).toEqual([
      ['ca-5b1f0c2e-8d64-4c0a-9f3e-7a2d1c90b6e4.contoso.example', 17],
      ['management', 18],
      ['retail-east', 21],
      ['lab-kyoto', 3],
    ]);
    const foreign = await json<{ credentials: Named[] }>(0, 'inventory', 'list', '--foreign');
    expect(foreign.credentials.map(({ name }) => name)).toEqual(['worker-1']);
  });

  test('print the changed settings', async () => {
    const settings = await json<Record<string, unknown>>(0, 'settings', 'list');
    expect(settings).toMatchObject({
      language: 'ja',
      theme: 'dark',
      columns: ['state', 'cluster', 'role', 'name', 'expires'],
      filter: { query: 'retail' },
      thresholds: { 'kubernetes-leaf': { urgent: { share: 0.05 } } },
      watch: { heartbeatHours: 24, readEveryMinutes: 240, quiet: { from: '22:00', to: '06:00' } },
      serialSpelling: 'SerialNumber',
      window: { width: 1280, height: 800, maximized: false, x: 10, y: 20 },
    });
  });

  test('list channels, silenced credentials, runs and revocations', async () => {
    const channels = await run(1, 'channel', 'list');
    for (const name of ['hook', 'mail', 'metrics', 'old-log', 'window']) expect(channels).toContain(name);
    const silences = await run(0, 'silence', 'list');
    expect(silences).toContain('Repair is planned');
    expect(silences).toContain('Known');
    const runs = await run(0, 'runs', 'list');
    for (const id of [DONE_RUN, STOPPED_RUN, KILLED_RUN]) expect(runs).toContain(id);
    const revocations = await run(0, 'revocation', 'list');
    for (const name of ['lost-laptop-2', 'kube-system/lost-laptop ', 'half-written'])
      expect(revocations).toContain(name);
  });

  test('print a complete run, and a killed run with the step that was in progress', async () => {
    interface Run {
      state: string;
      steps: { state: string }[];
    }
    const states = async (id: string) => {
      const { state, steps } = await json<Run>(0, 'runs', 'show', id);
      return [state, ...steps.map((step) => step.state)];
    };
    expect(await states(DONE_RUN)).toEqual([
      'done',
      'done',
      'done',
      'skipped',
      'skipped',
      'done',
      'done',
      'done',
      'done',
    ]);
    expect((await states(KILLED_RUN)).slice(0, 3)).toEqual(['running', 'unknown', 'not-started']);
    expect((await states(STOPPED_RUN)).slice(0, 3)).toEqual(['running', 'done', 'not-started']);
  });

  test('change no byte of the folder', async () => {
    const before = readAllFiles(here.data);
    for (const words of [
      'inventory list',
      'expiry forecast',
      'repair plan',
      'update plan',
      'audit list',
      'authority list',
    ])
      await runInFolder(here.folder, ...words.split(' '), '--data', here.data, '--now', NOW);
    expect(readAllFiles(here.data)).toEqual(before);
  });
});

test('the audit trail passes its own check and an independent check', async () => {
  expect(await run(0, 'audit', 'verify')).toContain('30 ');
  const lines = readFileSync(join(here.data, 'audit.jsonl'), 'utf8').trimEnd().split('\n');
  let previous = '0'.repeat(64);
  for (const line of lines) {
    expect((JSON.parse(line) as { previous: string }).previous).toBe(previous);
    previous = createHash('sha256').update(line).digest('hex');
  }
  expect(lines).toHaveLength(30);
  expect(previous).toBe('d17404c2367c77704e95533d73df7757b5763a81e832580004668c7d61be9e0a');
});

test('every part of the data can be changed, and the audit trail stays valid', async () => {
  await run(0, 'settings', 'set', 'theme', 'light');
  await run(0, 'inventory', 'rename', 'lab-kyoto', 'lab-2');
  await run(0, 'channel', 'change', 'hook', '--name', 'hook-2');
  const snooze = [
    'silence',
    'snooze',
    'kubernetes-super-admin',
    '--until',
    '2026-12-24T12:00:00Z',
    '--reason',
    'Known',
  ];
  await run(0, ...snooze);
  await run(0, 'revocation', 'mark-active', 'lost-laptop');
  await run(0, 'revocation', 'discard', DRAFT, '--yes');
  await run(0, 'inventory', 'forget', 'retail-east');
  const { clusters } = await json<{ clusters: Named[] }>(0, 'inventory', 'clusters');
  expect(clusters.map(({ name }) => name)).toContain('lab-2');
  expect(await run(0, 'settings', 'list')).toContain('light');
  await run(0, 'audit', 'verify');
});

test('an authority opens with its passphrase, and openssl accepts its exported and newly issued certificates', async () => {
  const passphrase = ['--passphrase-file', 'passphrase'];
  const issue = [
    'authority',
    'issue',
    'lab-kyoto',
    'etcd-server',
    '--value',
    'node=worker-2',
    '--value',
    'node-ip=10.0.0.22',
  ];
  await run(0, ...issue, ...passphrase);
  const paths = ['ca', 'admin', 'issued', 'etcd-ca'].map((name) => join(here.folder, `${name}.pem`));
  const [ca, admin, issued, etcdCa] = paths as [string, string, string, string];
  const out = async (entry: string, path: string, ...more: string[]) =>
    run(0, ...['authority', 'export', 'lab-kyoto', entry, '--format', 'pem', '--out', path], ...more);
  await out('cluster-ca', ca);
  await out(SUPER_ADMIN, admin, '--with-key', ...passphrase);
  await out('etcd-ca', etcdCa);
  await out('worker-2', issued);
  const verify = (trusted: string, file: string) =>
    openssl('verify', '-no_check_time', '-CAfile', trusted, file).toString();
  expect(verify(ca, admin)).toContain('OK');
  expect(verify(etcdCa, issued)).toContain('OK');
  expect(openssl('pkey', '-in', admin, '-pubout').toString()).toBe(
    new X509Certificate(readFileSync(admin)).publicKey.export({ type: 'spki', format: 'pem' }),
  );
  const tree = await json<{ identities: (Named & { revoked: boolean })[] }>(0, 'authority', 'tree', 'host-lab');
  expect(tree.identities.map(({ name, revoked }) => [name, revoked])).toEqual([
    ['mocctl-1', false],
    ['node-1', true],
  ]);
});

/** A substitute for the vault of the system that wrote the folder. It XORs every byte with 0x5A. */
const vault: Vault = {
  isAvailable: async () => true,
  protect: async (secret) => secret.map((byte) => byte ^ 0x5a),
  unprotect: async (guarded) => guarded.map((byte) => byte ^ 0x5a),
};

describe('the console', () => {
  const value = <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    return result.value;
  };

  async function runConsole(work: (opened: Console, data: ConsoleData) => Promise<void>, at = NOW): Promise<void> {
    const { dataFolder, translate, notice } = { dataFolder: here.data, translate: () => '', notice: () => undefined };
    const given = processEnvironment().ports({ now: instant(at), dataFolder, translate, notice });
    const host: Ports['host'] = {
      about: () => ({ version: '1', node: '20', system: 'test' }),
      chooseSources: async () => [],
      chooseTarget: async () => null,
      copy: async () => undefined,
      user: () => 'admin',
      confirm: async () => true,
    };
    const ports = { ...given, vault, host };
    const data = await openConsoleData(ports, dataFolder, memoryClaims());
    const opened = createConsole({
      ...{ ...data, ports, dataFolder, systemLanguage: 'en' },
      claim: memoryClaims(),
      announce: () => undefined,
    });
    try {
      await work(opened, data);
    } finally {
      await opened.runs.close();
      await closeConsoleData(data);
    }
  }

  test('opens every part of the data without a finding', async () => {
    await runConsole(async ({ api, watch }, { store, authorities, notifications, revocations }) => {
      value(await watch.prepare());
      expect(store.findings()).toEqual([]);
      expect(authorities.findings()).toEqual([]);
      expect(notifications.damages()).toEqual([]);
      expect(revocations.findings()).toEqual([]);
      expect(value(await api.runs.list())).toMatchObject({ findings: [], runs: [{}, {}, {}] });
    });
  });

  test('restores a forgotten cluster, and opens a draft and an authority whose passphrase is stored in the vault', async () => {
    await runConsole(async ({ api }, { store }) => {
      const clusterId = 'osaka-plant-c4655766' as ClusterId;
      value(await api.inventory.restore({ clusterId }));
      expect(store.clusters().find(({ name }) => name === 'osaka-plant')?.credentials).toHaveLength(45);
      const [draft] = value(await api.revocation.list()).documents.filter(({ id }) => id === DRAFT);
      const { text } = value(await api.revocation.open({ documentId: draft!.id }));
      expect(text).toContain('description: A draft that is worked on');
      expect(text).toContain('serialNumber: "e2bc2792be702fd3f98c86d6d8b3253f"');
      const { authorities } = value(await api.authority.list());
      const authorityId = authorities.find(({ name }) => name === 'lab-kyoto')!.id;
      expect(value(await api.authority.tree({ authorityId }))).toMatchObject({ unlocked: true, remembered: true });
    });
  });

  test('shows an interrupted practice run of an earlier release, and says why it cannot be resumed', async () => {
    await runConsole(async ({ api }) => {
      const { runs } = value(await api.runs.list());
      const { id } = runs.find((each) => each.id === STOPPED_RUN)!;
      expect(value(await api.runs.read({ id })).run.steps.map(({ state }) => state)).toContain('done');
      expect(await api.runs.resume({ id })).toMatchObject({ ok: false, problem: { code: 'run.sample-only' } });
    }, '2026-11-25T13:30:00Z');
    await run(0, 'audit', 'verify');
  });
});
