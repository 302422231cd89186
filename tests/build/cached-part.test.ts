import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import { CachedPart } from '../rigs/cached-part.mjs';
import { debianServer } from '../rigs/debian-servers.mjs';
import { CONTROL_PLANE } from '../rigs/kubernetes.mjs';
import { POWERSHELL } from '../rigs/power-shell.mjs';
import { createProgress } from '../../build/command.mjs';
import { powerShellFolder } from '../../build/tools.mjs';
import { isRecent } from '../../build/machine/user-cache.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

let environment: { XDG_CACHE_HOME: string; PATH: string };
let cache: string;
beforeEach(() => {
  environment = { XDG_CACHE_HOME: temporaryFolder(), PATH: '' };
  cache = join(environment.XDG_CACHE_HOME, 'arcwarden');
});

type Definition = ConstructorParameters<typeof CachedPart<string>>[0];

/** Creates a part that installs a probe file into the cache. */
function probe(changes: Partial<Definition>): CachedPart<string> {
  return new CachedPart({
    name: 'probe',
    folder: 'probe',
    title: 'Probe',
    without: 'tests with the probe',
    says: (path) => `Probe at ${path}`,
    find: (folder) => (existsSync(folder) ? folder : undefined),
    install: async ({ work }) => {
      writeFileSync(join(work, 'made'), '');
      return join(work, 'made');
    },
    ...changes,
  });
}

async function setupOutput(part: CachedPart<string>): Promise<string> {
  const lines: string[] = [];
  await part.provide(
    createProgress(1, (line) => lines.push(line)),
    environment,
  );
  return lines.join('\n');
}

const fails = (reason: string) => async (): Promise<string> => {
  throw new Error(reason);
};

describe('a part that some tests need', () => {
  test('is installed once and then reused', async () => {
    const there = `[1/1] Probe\n      Probe at ${join(cache, 'probe')}`;
    expect(await setupOutput(probe({}))).toBe(there);
    expect(await setupOutput(probe({ install: fails('not again') }))).toBe(there);
    expect(readdirSync(cache)).toEqual(['probe']);
  });

  test('is skipped with a reason if it cannot be installed', async () => {
    const part = probe({ obstacle: () => 'there is no dpkg-deb, which Debian has', install: fails('not tried') });
    expect(await setupOutput(part)).toContain(
      'done without: tests with the probe (there is no dpkg-deb, which Debian has)',
    );
    expect(part.whyAbsent(environment)).toBe('there is no dpkg-deb, which Debian has');
  });

  test('is not installed again for a while after a failed installation', async () => {
    expect(probe({}).whyAbsent(environment)).toBe('it has not been installed yet');
    expect(await setupOutput(probe({ install: fails('No route to host') }))).toContain('(No route to host)');
    // The skipped tests show the reason, and so does the next set-up.
    expect(probe({}).whyAbsent(environment)).toBe('No route to host');
    expect(await setupOutput(probe({}))).toContain('(No route to host)');
    const memory = join(cache, 'probe-failure.json');
    const { reason } = JSON.parse(readFileSync(memory, 'utf8')) as { reason: string };
    writeFileSync(memory, JSON.stringify({ at: '2025-03-01T12:00:00Z', reason }));
    expect(await setupOutput(probe({}))).toContain('Probe at');
  });

  test('counts as missing if the installation succeeds but leaves no files', async () => {
    expect(await setupOutput(probe({ find: () => undefined }))).toContain('(it was installed and is not there)');
  });

  test('removes the remains of an installation that was killed over a day ago', async () => {
    const [old, other] = ['probe-installing-old', 'probe-installing-other'].map((name) => join(cache, name));
    for (const folder of [old, other]) mkdirSync(folder ?? '', { recursive: true });
    utimesSync(old ?? '', 0, 0);
    await setupOutput(probe({}));
    expect(readdirSync(cache)).toEqual(['probe', 'probe-installing-other']);
  });
});

test('a failed installation is tried again after twelve hours', () => {
  const noon = Date.parse('2025-03-01T12:00:00Z');
  expect(isRecent('2025-03-01T00:00:01Z', noon)).toBe(true);
  expect(isRecent('2025-03-01T00:00:00Z', noon)).toBe(false);
  expect(isRecent('2025-03-01T12:00:01Z', noon)).toBe(false);
  expect(isRecent(undefined, noon)).toBe(false);
});

test('an external server is found only if its unpacked folder contains all its programs', () => {
  const server = debianServer('arcwarden-probe', {
    title: 'Probe',
    size: '1 MB',
    programs: ['usr/sbin/arcwarden-probe', 'usr/bin/arcwarden-probe-tool'],
    without: 'nothing',
  });
  const root = join(cache, 'arcwarden-probe');
  for (const program of ['usr/sbin/arcwarden-probe', 'usr/bin/arcwarden-probe-tool']) {
    expect(server.find(environment)).toBeUndefined();
    mkdirSync(dirname(join(root, program)), { recursive: true });
    writeFileSync(join(root, program), '');
    chmodSync(join(root, program), 0o755);
  }
  expect(server.find(environment)).toEqual({ root, program: join(root, 'usr/sbin/arcwarden-probe'), libraries: [] });
  expect(server.whyAbsent(environment)).toMatch(
    /^(?:there is no apt-get, which Debian has|it is unpacked on Linux alone)$/u,
  );
});

describe('the Kubernetes that checks our files', () => {
  test('counts as present only if all its programs are there', () => {
    const folder = join(cache, 'kubernetes-1.20.2');
    mkdirSync(folder, { recursive: true });
    for (const name of ['kube-apiserver', 'kube-controller-manager', 'kubeadm', 'kubectl'])
      writeFileSync(join(folder, name), '');
    expect(CONTROL_PLANE.find(environment)).toBeUndefined();
    writeFileSync(join(folder, 'etcd'), '');
    expect(CONTROL_PLANE.find(environment)).toMatchObject({ etcd: join(folder, 'etcd') });
  });

  test('gives the reason if programs from Debian are unavailable', () => {
    expect(CONTROL_PLANE.whyAbsent(environment)).toMatch(
      /^there is no apt-get, which Debian has$|^it is built on Linux x64 alone$/u,
    );
  });
});

describe('the PowerShell that runs scripts', () => {
  const onPath = (version: string): void => {
    const program = join(environment.XDG_CACHE_HOME, 'pwsh');
    writeFileSync(program, `#!/bin/sh\necho PowerShell ${version}\n`);
    chmodSync(program, 0o755);
    environment.PATH = environment.XDG_CACHE_HOME;
  };

  test.runIf(process.platform !== 'win32')('can come from PATH if it is new enough', () => {
    onPath('7.6.0');
    expect(POWERSHELL.find(environment)).toMatchObject({ version: '7.6.0' });
    onPath('7.4.6');
    expect(POWERSHELL.find(environment)).toBeUndefined();
  });

  test('is skipped if there is no dotnet', () => {
    expect(POWERSHELL.whyAbsent(environment)).toBe('there is no dotnet to install it with');
  });

  test('is cached in one folder per version, outside the clone', () => {
    expect(powerShellFolder({ XDG_CACHE_HOME: '/cache' })).toBe(join('/cache', 'arcwarden', 'powershell-7.6.9'));
  });
});
