import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';

import type { Requirement } from '../../build/machine/requirements.mjs';
import { complaint, hasCandidate, isMet, provide, type Unmet } from '../../build/machine/system-packages.mjs';
import { isAtLeast, versionIn } from '../../build/tools.mjs';
import { DebianMachine, type PackageParts } from '../support/debian-machine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Older versions accept no root from the environment, so they would inspect the computer that runs this test. */
const LEAST_DPKG = '1.21';
const dpkg = spawnSync('dpkg', ['--version'], { encoding: 'utf8' }).stdout;
const dpkgVersion = versionIn(dpkg ?? '');
const hasApt = spawnSync('apt-get', ['--version']).status === 0;

function needs(program: string, options: Partial<Requirement> = {}): Requirement {
  return { has: { program }, packages: [program], why: 'a test', required: false, ...options };
}

function makePackage(name: string, ...fields: string[]): PackageParts {
  return { name, files: { [`usr/bin/${name}`]: '#!/bin/sh\n' }, fields };
}

interface Provided {
  unmet: Unmet[];
  /** The reason for each missing requirement, by the first package of that requirement. */
  reasons: Record<string, string>;
  said: string;
}

async function provideOn(
  machine: DebianMachine,
  requirements: readonly Requirement[],
  options: { isRoot?: boolean; lockWaitSeconds?: number } = {},
): Promise<Provided> {
  const said: string[] = [];
  const unmet = await provide(requirements, {
    environment: machine.environment,
    isRoot: true,
    say: (text) => said.push(text),
    ...options,
  });
  const reasons = unmet.map(({ requirement, reason }) => [requirement.packages[0], reason]);
  return { unmet, reasons: Object.fromEntries(reasons) as Record<string, string>, said: said.join('\n') };
}

describe('with the real apt-get and dpkg on a machine simulated in a folder, the set-up', () => {
  beforeEach(({ skip }) => {
    skip(!hasApt, 'apt-get is not here');
    skip(!isAtLeast(dpkgVersion, LEAST_DPKG), `dpkg is ${dpkgVersion}; this needs ${LEAST_DPKG}`);
  });

  const aMachine = (source?: 'unreachable'): DebianMachine =>
    new DebianMachine(temporaryFolder(), source && { source });

  test('installs missing packages with their dependencies', async () => {
    const machine = aMachine();
    machine.offer({ name: 'libprobe' });
    machine.offer(makePackage('probe', 'Depends: libprobe'));
    const { unmet, said } = await provideOn(machine, [needs('probe')]);
    expect(unmet).toEqual([]);
    expect(said).toBe('installing probe');
    expect(machine.packages()).toEqual({ libprobe: 'installed', probe: 'installed' });
  });

  test('installs nothing if another package provides the program', async () => {
    const machine = aMachine();
    machine.install({ name: 'vendor-probe', files: { 'usr/bin/probe': '#!/bin/sh\n' } });
    machine.offer(makePackage('probe'));
    expect(await provideOn(machine, [needs('probe')])).toMatchObject({ unmet: [], said: '' });
    expect(machine.packages()).toEqual({ 'vendor-probe': 'installed' });
  });

  test("skips a package that would overwrite another package's file, and installs all others", async () => {
    const machine = aMachine();
    machine.install({ name: 'vendor', files: { 'usr/share/probe/data': 'vendor' } });
    machine.offer({ name: 'libprobe' });
    machine.offer({
      name: 'probe',
      files: { 'usr/bin/probe': '#!/bin/sh\n', 'usr/share/probe/data': 'probe' },
      fields: ['Depends: libprobe'],
    });
    for (const name of ['engine', 'other']) machine.offer(makePackage(name));
    const wanted = [needs('engine', { required: true }), needs('probe'), needs('other')];
    const { reasons } = await provideOn(machine, wanted);
    expect(reasons).toEqual({
      probe: expect.stringMatching(
        /^probe could not be installed: .*trying to overwrite '\/usr\/share\/probe\/data', which is also in package vendor \(?1\.0\)?$/u,
      ) as string,
    });
    expect(machine.packages()).toEqual({
      engine: 'installed',
      libprobe: 'installed',
      other: 'installed',
      vendor: 'installed',
    });
  });

  test('removes and reports a package that cannot be configured', async () => {
    const machine = aMachine();
    machine.offer({ name: 'libprobe' });
    machine.offer({ ...makePackage('probe', 'Depends: libprobe'), postinst: 'exit 7' });
    machine.offer(makePackage('other'));
    const { reasons, said } = await provideOn(machine, [needs('probe'), needs('other')]);
    expect(reasons['probe']).toMatch(/post-installation script subprocess returned error exit status 7/u);
    expect(said).toContain('taken back: probe');
    expect(machine.packages()).toEqual({ libprobe: 'installed', other: 'installed' });
    expect(existsSync(join(machine.root, 'usr/bin/probe'))).toBe(false);
  });

  test('removes no package to install a missing one', async () => {
    const machine = aMachine();
    machine.install({ name: 'vendor' });
    machine.offer(makePackage('probe', 'Conflicts: vendor'));
    const { reasons } = await provideOn(machine, [needs('probe')]);
    expect(reasons['probe']).toContain('remove is disabled');
    expect(machine.packages()).toEqual({ vendor: 'installed' });
  });

  test('installs the other packages if one is unknown', async () => {
    const machine = aMachine();
    machine.offer(makePackage('other'));
    const { reasons } = await provideOn(machine, [needs('probe'), needs('other')]);
    expect(reasons).toEqual({ probe: 'probe could not be installed: Unable to locate package probe' });
    expect(machine.packages()).toEqual({ other: 'installed' });
  });

  test('installs required packages in a single transaction: all or none', async () => {
    const machine = aMachine();
    machine.offer(makePackage('engine'));
    const wanted = ['engine', 'wheels'].map((name) => needs(name, { required: true }));
    const { unmet } = await provideOn(machine, wanted);
    expect(unmet.map(({ requirement }) => requirement.packages[0])).toEqual(['engine', 'wheels']);
    expect(machine.packages()).toEqual({});
  });

  test('changes nothing without the network, and reports that the package list could not be renewed', async () => {
    const machine = aMachine('unreachable');
    const { reasons, said } = await provideOn(machine, [needs('probe')]);
    expect(said).toMatch(/^the package list could not be renewed in full: .*127\.0\.0\.1/u);
    expect(reasons['probe']).toContain('Unable to locate package probe');
    expect(machine.packages()).toEqual({});
  });

  test('changes nothing if the network fails before the download', async () => {
    const machine = aMachine();
    machine.offer(makePackage('probe'));
    machine.withdraw('probe');
    const { reasons } = await provideOn(machine, [needs('probe')]);
    expect(reasons['probe']).toMatch(/^probe could not be installed: Failed to fetch .*probe_1\.0/u);
    expect(machine.packages()).toEqual({});
  });

  test('gives a user who is not root one command for all packages', async () => {
    const machine = aMachine();
    machine.offer(makePackage('probe'));
    const { unmet } = await provideOn(machine, [needs('probe'), needs('other')], { isRoot: false });
    expect(unmet.map(({ reason }) => reason)).toEqual([
      'probe is missing and only root can install it',
      'other is missing and only root can install it',
    ]);
    expect(new Set(unmet.map(({ remedy }) => remedy))).toEqual(
      new Set(['Have this run: sudo apt-get install --no-install-recommends probe other']),
    );
    expect(machine.packages()).toEqual({});
  });

  /** Starts another dpkg, which runs for the given time; returns its process id. */
  async function startInstalling(machine: DebianMachine, seconds: number): Promise<number> {
    const started = join(machine.root, 'tmp/started');
    const postinst = `touch ${started}; sleep ${seconds}`;
    const file = machine.make({ name: 'slow', postinst });
    const installing = spawn('dpkg', ['-i', file], { env: machine.environment, stdio: 'ignore' });
    const ended = once(installing, 'exit');
    onTestFinished(async () => void (await ended));
    while (!existsSync(started)) await wait(20);
    return installing.pid ?? 0;
  }

  test('waits for another program that installs packages, and names it', async () => {
    const machine = aMachine();
    machine.offer(makePackage('probe'));
    const pid = await startInstalling(machine, 1.5);
    const { unmet, said } = await provideOn(machine, [needs('probe')], { lockWaitSeconds: 15 });
    expect(unmet).toEqual([]);
    expect(said).toContain(`waiting up to 15 seconds for process ${pid} (dpkg), which is installing packages`);
    expect(machine.packages()).toEqual({ probe: 'installed', slow: 'installed' });
  });

  test('changes nothing if a lock is never released', async () => {
    const machine = aMachine();
    for (const name of ['probe', 'other']) machine.offer(makePackage(name));
    await startInstalling(machine, 3);
    const { reasons } = await provideOn(machine, [needs('probe'), needs('other')], { lockWaitSeconds: 1 });
    expect(reasons['probe']).toMatch(
      /^packages cannot be installed now: process \d+ \(dpkg\) is installing packages$/u,
    );
    expect(reasons['other']).toBe(reasons['probe']);
    expect(machine.packages()).not.toHaveProperty('probe');
  });

  test('reports a package that another program left half configured, and leaves it unchanged', async () => {
    const machine = aMachine();
    expect(machine.install({ name: 'broken', postinst: 'exit 1' })).toBe(1);
    machine.offer(makePackage('probe'));
    const { unmet, said } = await provideOn(machine, [needs('probe')]);
    expect(unmet).toEqual([]);
    expect(said).toContain('found half installed, and not by this command: broken');
    expect(said).not.toContain('taken back');
    expect(machine.packages()).toEqual({ broken: 'half-configured', probe: 'installed' });
  });

  test('stops after an interrupted dpkg, and names the remedy', async () => {
    const machine = aMachine();
    machine.offer(makePackage('probe'));
    machine.put('var/lib/dpkg/updates/0001', 'Package: slow\nStatus: install ok unpacked\n');
    const { unmet } = await provideOn(machine, [needs('probe')]);
    expect(unmet[0]?.reason).toContain('dpkg was interrupted');
    expect(unmet[0]?.remedy).toContain('dpkg --configure -a');
    expect(machine.packages()).not.toHaveProperty('probe');
  });

  test('stops if dependencies are broken, and names the remedy', async () => {
    const machine = aMachine();
    expect(machine.install({ name: 'broken', fields: ['Depends: nowhere'] })).toBe(1);
    machine.offer(makePackage('probe'));
    const { unmet } = await provideOn(machine, [needs('probe')]);
    expect(unmet[0]?.reason).toContain('Unmet dependencies');
    expect(unmet[0]?.remedy).toContain('apt-get --fix-broken install');
    expect(machine.packages()).toEqual({ broken: 'unpacked' });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('lets the package manager finish before exiting on %s', async (signal) => {
    const machine = aMachine();
    const started = join(machine.root, 'tmp/started');
    machine.offer({ ...makePackage('probe'), postinst: `touch ${started}; sleep 1` });
    const module = pathToFileURL(join(import.meta.dirname, '../../build/machine/system-packages.mjs'));
    const script = `
        import { provide } from ${JSON.stringify(module.href)};
        const requirement = { has: { program: 'probe' }, packages: ['probe'], why: '', required: true };
        await provide([requirement], { environment: process.env, isRoot: true, say: console.log });
      `;
    const options = ['--input-type=module', '-e', script];
    const child = spawn(process.execPath, options, { env: machine.environment, detached: true });
    let said = '';
    child.stdout.on('data', (text) => (said += String(text)));
    const ended = once(child, 'exit');
    while (!existsSync(started)) await wait(20);
    // A terminal signals the whole foreground process group; an impatient user presses Ctrl-C twice.
    for (let times = 0; times < 2; times += 1) process.kill(-(child.pid ?? 0), signal);
    const [code] = (await ended) as [number];
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(said).toContain('the package manager is at work and is let finish first');
    expect(machine.packages()).toEqual({ probe: 'installed' });
  });
});

test('without apt-get, the report names each missing program with its Debian package', async () => {
  const unmet = await provide([needs('probe', { packages: ['probe-tools'] })], {
    environment: { PATH: temporaryFolder() },
    isRoot: true,
    say: () => undefined,
  });
  expect(unmet.map(({ reason, remedy }) => [reason, remedy])).toEqual([
    ['probe was not found', 'Install it with the package manager of this system (on Debian it is in probe-tools).'],
  ]);
});

test('a requirement is met by a program, file or library that exists, not by an installed package', () => {
  const environment = { PATH: process.env['PATH'] };
  expect(isMet({ program: 'node' }, environment)).toBe(true);
  expect(isMet({ program: 'no-such-program' }, environment)).toBe(false);
  expect(isMet({ file: import.meta.filename }, environment)).toBe(true);
  expect(isMet({ file: `${import.meta.filename}.no` }, environment)).toBe(false);
  expect(isMet({ sharedLibrary: 'libno-such.so.1' }, environment)).toBe(false);
  expect(isMet({ sharedLibrary: 'libc.so.6' }, environment)).toBe(process.platform === 'linux');
});

test('a package counts as available only if it has an installation candidate', () => {
  const policy =
    'libgtk-3-0:\n  Installed: (none)\n  Candidate: (none)\n' +
    'libgtk-3-0t64:\n  Installed: (none)\n  Candidate: 3.24.49-3\n';
  expect(hasCandidate('libgtk-3-0', policy)).toBe(false);
  expect(hasCandidate('libgtk-3-0t64', policy)).toBe(true);
  expect(hasCandidate('libgtk-3', policy)).toBe(false);
});

test.each([
  ['Reading…\nE: Unable to locate package probe\n', 'Unable to locate package probe'],
  [
    "dpkg: error processing archive a.deb (--unpack):\n trying to overwrite '/usr/bin/kubectl', which is also in package kubectl 528\nE: Sub-process /usr/bin/dpkg returned an error code (1)\n",
    "trying to overwrite '/usr/bin/kubectl', which is also in package kubectl 528",
  ],
  [
    'dpkg: error processing package probe (--configure):\n installed probe package post-installation script subprocess returned error exit status 7\nErrors were encountered\n',
    'installed probe package post-installation script subprocess returned error exit status 7',
  ],
  ['something\nthe end.\n\n', 'the end'],
  ['', 'it said nothing'],
])('the reason for a failure is found in the output of a package manager: %j', (output, expected) => {
  expect(complaint(output)).toBe(expected);
});
