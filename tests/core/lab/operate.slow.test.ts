import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BuiltProgram } from '../../support/built-program.ts';
import { apiServers, handshake, LabWorld } from '../../support/lab-world.ts';

let program: BuiltProgram;
let lab: LabWorld;

beforeAll(async () => {
  program = await BuiltProgram.build();
  lab = new LabWorld(program, 'lab');
  lab.begin('--etcd-client-issuer', 'cluster-ca');
}, 120_000);
afterAll(() => {
  lab.end();
  rmSync(program.folder, { recursive: true, force: true });
});

const readState = (name: string): string | undefined => lab.status().machines.find((each) => each.name === name)?.state;
const readPid = (name: string): number => lab.status().machines.find((each) => each.name === name)?.pid ?? 0;

/** A process that has ended stays in the list until somebody asks for its exit code. */
function isRunning(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !readFileSync(path, 'utf8').includes(') Z ');
}

describe('a lab that runs', () => {
  test('answers on every port, and openssl verifies its API servers', async () => {
    const { code, out } = lab.run('lab', 'status', lab.folder);
    expect(code).toBe(0);
    expect(out.match(/answers$/gmu)).toHaveLength(15);
    for (const { service, ca } of apiServers(lab)) expect((await handshake(lab, service, ca)).verified).toBe(0);
  });

  test('listens on loopback addresses only', () => {
    const numbers = lab.status().machines.map(({ pid }) => pid);
    const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
    const ports = new Set(lab.description.machines.flatMap(({ services }) => services.map(({ port }) => port)));
    const LISTENING = '0A';
    const own = lines.flatMap((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/u);
      const [address = '', port = ''] = local.split(':');
      return state === LISTENING && ports.has(Number.parseInt(port, 16)) ? [address] : [];
    });
    expect(numbers).not.toContain(undefined);
    expect(own.length).toBeGreaterThanOrEqual(ports.size);
    // The kernel writes the address backwards: 127 comes last.
    for (const address of own) expect(address).toMatch(/7F$/u);
  });

  test('has client certificates for etcd that only the Cluster CA vouches for, if asked for', () => {
    for (const { name, nodes } of lab.description.clusters) {
      const pki = join(lab.folder, name, nodes[0]?.name ?? '', 'etc/kubernetes/pki');
      const verify = (ca: string): string =>
        execFileSync('openssl', ['verify', '-CAfile', join(pki, ca), join(pki, 'apiserver-etcd-client.crt')], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
      expect(verify('ca.crt')).toContain('OK');
      expect(() => verify('etcd/ca.crt')).toThrow();
    }
  });

  test('is imported as practice, apart from real clusters, without its keys and tokens', () => {
    const { code, out } = lab.run('inventory', 'import', lab.folder, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as {
      added: { sample?: boolean }[];
      findings: unknown[];
      filesWithoutCredentials: unknown;
    };
    expect(report.added.length).toBeGreaterThan(90);
    expect(report.added.every(({ sample }) => sample === true)).toBe(true);
    expect(report.findings).toEqual([]);
    const search = spawnSync('grep', ['-rlE', 'PRIVATE KEY|eyJhbGci', lab.data], { encoding: 'utf8' });
    expect(search.stdout).toBe('');
  });

  test('keeps a machine off until it is switched on', () => {
    expect(lab.run('lab', 'off', lab.folder, 'lab-retail').code).toBe(0);
    expect(readState('lab-retail')).toBe('off');
    expect(lab.run('lab', 'start', lab.folder).code).toBe(0);
    expect(readState('lab-retail')).toBe('off');
    expect(lab.run('lab', 'on', lab.folder, 'lab-retail').code).toBe(0);
    expect(readState('lab-retail')).toBe('running');
  });

  test('shows a machine that was killed, and starts it again', async () => {
    const pid = readPid('lab-host02');
    process.kill(pid, 'SIGKILL');
    expect(await lab.waitFor(() => (readState('lab-host02') === 'ended' ? 'ended' : undefined), 10)).toBe('ended');
    expect(lab.run('lab', 'status', lab.folder).code).toBe(1);
    expect(lab.run('lab', 'start', lab.folder).code).toBe(0);
    expect(readPid('lab-host02')).not.toBe(pid);
  });
});

describe('a folder', () => {
  test('with something in it does not become a lab', () => {
    const path = join(program.folder, 'taken');
    execFileSync('mkdir', [path]);
    writeFileSync(join(path, 'notes.txt'), 'mine');
    const { code, notices } = lab.run('lab', 'create', path);
    expect(code).toBe(2);
    expect(notices).toContain(path);
    expect(readFileSync(join(path, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('without a lab has nothing to start', () => {
    const { code, notices } = lab.run('lab', 'start', join(program.folder, 'nothing'));
    expect(code).toBe(2);
    expect(notices).toContain('There is no lab in');
  });

  test.each([
    ['a path that leads out of it', { clients: [{ accessFile: '../../etc/passwd' }] }],
    ['an address of the network', { machines: [{ services: [{ address: '10.0.0.1' }] }] }],
    ['another version', { version: 99 }],
  ])('whose description has %s is refused', (_, change) => {
    const path = join(program.folder, `damaged-${Math.random().toString(36).slice(2)}`);
    execFileSync('mkdir', [path]);
    const description = JSON.parse(readFileSync(join(lab.folder, 'lab.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(join(path, 'lab.json'), JSON.stringify({ ...description, ...change }));
    const { code, notices } = lab.run('lab', 'start', path);
    expect(code).toBe(2);
    expect(notices).toContain('lab.json');
  });

  test('with a file of somebody else is not removed, and without it is, with every process', () => {
    const pids = lab.status().machines.map(({ pid = 0 }) => pid);
    const foreign = join(lab.folder, 'notes.txt');
    writeFileSync(foreign, 'mine');
    const refused = lab.run('lab', 'remove', lab.folder, '--yes');
    expect(refused.code).toBe(2);
    expect(refused.notices).toContain(foreign);
    expect(readState('cloud-agent')).toBe('running');
    rmSync(foreign);
    expect(lab.run('lab', 'remove', lab.folder, '--yes').code).toBe(0);
    expect(existsSync(lab.folder)).toBe(false);
    for (const pid of pids) expect(isRunning(pid), String(pid)).toBe(false);
  });
});
