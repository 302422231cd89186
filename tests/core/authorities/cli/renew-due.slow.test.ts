import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CertificateDocument } from '../../../../core/authorities/cli/records.ts';
import { AuditTrail } from '../../../../core/audit/store/audit.ts';
import { DAY_MS, epochMs, HOUR_MS, instantFromMs, MINUTE_MS } from '../../../../core/shared/instant.ts';
import { BuiltProgram } from '../../../support/built-program.ts';
import { DATA, PASSPHRASE } from '../operations/scenario.ts';
import { worldWith, type TestWorld } from '../../cli/test-world.ts';

interface Told {
  outcome: string;
  dueAt: string;
  entry: CertificateDocument;
  renewed: CertificateDocument | null;
  problem: string | null;
}
interface Look {
  dryRun: boolean;
  certificates: Told[];
  next: string | null;
  problem?: string | null;
  again?: string;
}

const DUE = ['authority', 'renew', 'retail-east', '--due'] as const;
/** The lifetime of a certificate of four days, with its backdating, and what is left when its renewal is due. */
const LIFETIME_MS = 4 * DAY_MS + 5 * MINUTE_MS;
const LEFT_MS = LIFETIME_MS / 4;

/** Makes a world with a scheduler and an etcd server certificate, issued an hour apart, at the given age. */
async function worldAt(ageMs: number): Promise<TestWorld> {
  const world = await worldWith('kubernetes');
  await world.json(0, 'authority', 'issue', 'retail-east', 'scheduler');
  later(world, HOUR_MS);
  await world.json(0, 'authority', 'issue', 'retail-east', 'etcd-server', '--value', 'node=worker-1');
  later(world, ageMs - HOUR_MS);
  world.opened.length = 0;
  return world;
}

function later({ ports }: TestWorld, ms: number): void {
  ports.clock.moment = instantFromMs(epochMs(ports.clock.now()) + ms);
}

const outcomes = ({ certificates }: Look): string[] =>
  certificates.map(({ outcome, entry }) => `${outcome} ${entry.profile ?? ''}`);

async function entries(world: TestWorld): Promise<CertificateDocument[]> {
  const tree = await world.json<{ entries: CertificateDocument[] }>(0, 'authority', 'tree', 'retail-east');
  return tree.entries.filter(({ isCa }) => !isCa);
}

async function acts({ ports }: TestWorld): Promise<string[]> {
  const lines = await (await AuditTrail.open(ports, DATA, { readOnly: true })).list();
  return lines
    .filter(({ action }) => action === 'authority.renewed')
    .map(({ subject, params }) => `${subject} ${String(params['name'])} ${String(params['phase'])}`);
}

describe('authority renew --due', () => {
  test('with --dry-run says what is due and when the next is, without passphrase, lock or change', async () => {
    const world = await worldAt(3 * DAY_MS);
    world.environment.delete('ARCWARDEN_PASSPHRASE');
    later(world, -30 * MINUTE_MS);
    const before = await entries(world);
    world.opened.length = 0;
    const look = await world.json<Look>(0, ...DUE, '--dry-run');
    expect([look.dryRun, outcomes(look)]).toEqual([true, ['later scheduler', 'later etcd-server']]);
    expect(look.next).toBe(instantFromMs(epochMs(look.certificates[0]?.entry.notAfter as never) - LEFT_MS));
    later(world, HOUR_MS);
    const due = await world.json<Look>(0, ...DUE, '--dry-run');
    expect(outcomes(due)).toEqual(['due scheduler', 'later etcd-server']);
    const told = await world.run(...DUE, '--dry-run');
    expect(told.out).toContain('1 certificate is due for renewal. The next is due on ');
    expect(told.out).toMatch(/^system:kube-scheduler +scheduler .* due$/mu);
    expect(told.out).not.toContain('etcd-server');
    expect(world.opened).toEqual(['reading', 'reading', 'reading']);
    expect(await entries(world)).toEqual(before);
    expect(await acts(world)).toEqual([]);
  });

  test('renews what is due, each as an act of its own, and nothing when it runs again', async () => {
    const world = await worldAt(3 * DAY_MS + 2 * HOUR_MS);
    const look = await world.json<Look>(0, ...DUE);
    expect(outcomes(look)).toEqual(['renewed scheduler', 'renewed etcd-server']);
    const all = await entries(world);
    expect(all.map(({ supersededBy }) => supersededBy !== null)).toEqual([true, true, false, false]);
    expect(look.certificates.map(({ renewed }) => renewed?.id)).toEqual(all.slice(2).map(({ id }) => id));
    expect(look.next).toBe(instantFromMs(epochMs(all[2]?.notAfter as never) - LEFT_MS));
    expect(await acts(world)).toEqual([
      'retail-east CN=system:kube-scheduler begun',
      'retail-east CN=system:kube-scheduler done',
      'retail-east CN=worker-1 begun',
      'retail-east CN=worker-1 done',
    ]);
    world.opened.length = 0;
    world.environment.delete('ARCWARDEN_PASSPHRASE');
    const again = await world.run(...DUE);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('retail-east: nothing was renewed.')]);
    expect(world.opened).toEqual(['reading']);
  });

  test('renews the others when one cannot be renewed, names it, and ends with 1', async () => {
    const world = await worldAt(3 * DAY_MS + 2 * HOUR_MS);
    await dropKey(world, 'etcd-ca');
    const { code, out, notices } = await world.run(...DUE);
    expect(code).toBe(1);
    expect(out).toMatch(/^system:kube-scheduler .* renewed$/mu);
    expect(out).toMatch(/^worker-1 .* FAILED$/mu);
    expect(out).toContain('retail-east: 1 certificate was renewed, 1 could not be renewed.');
    expect(notices).toMatch(/^CN=worker-1: .*key/mu);
    const look = await world.json<Look>(1, ...DUE);
    expect(outcomes(look)).toEqual(['later scheduler', 'failed etcd-server']);
    expect(look.certificates[1]?.problem).toBe('key-file.missing');
    expect(await acts(world)).toContain('retail-east CN=worker-1 failed');
  });

  test('with a wrong passphrase, or while another process has the folder, changes nothing and ends with 2', async () => {
    const world = await worldAt(3 * DAY_MS + 2 * HOUR_MS);
    const before = await entries(world);
    world.isLocked = true;
    expect((await world.run(...DUE)).code).toBe(2);
    world.isLocked = false;
    world.environment.set('ARCWARDEN_PASSPHRASE', 'eleven pipers piping');
    expect((await world.run(...DUE)).code).toBe(2);
    world.environment.delete('ARCWARDEN_PASSPHRASE');
    expect((await world.run(...DUE)).notices).toContain('--passphrase-file');
    expect(await entries(world)).toEqual(before);
    expect(await acts(world)).toEqual([]);
  });
});

async function dropKey(world: TestWorld, profile: string): Promise<void> {
  const { files } = world;
  const record = files.paths().find((path) => path.endsWith('/authority.json')) ?? '';
  const text = new TextDecoder().decode(await files.read(record, Infinity));
  const { authority } = JSON.parse(text) as { authority: { entries: { profile: string; keyFile: string }[] } };
  const key = authority.entries.find((entry) => entry.profile === profile)?.keyFile ?? 'none';
  for (const path of files.paths()) if (path.includes(key)) files.drop(path);
}

describe('authority renew --due --watch', () => {
  /** Runs it until the clock has advanced that far; `between` runs while it sleeps. */
  async function watch(world: TestWorld, forMs: number, between?: (ms: number) => void | Promise<void>) {
    const end = epochMs(world.ports.clock.now()) + forMs;
    const sleeps: number[] = [];
    world.ports.scheduler.onWait = async (ms) => {
      sleeps.push(ms);
      later(world, ms);
      await between?.(ms);
      if (epochMs(world.ports.clock.now()) >= end) world.interrupting.abort();
    };
    const outcome = await world.run(...DUE, '--watch');
    return { ...outcome, sleeps, lines: outcome.out.trim().split('\n') };
  }

  test('renews everything at the second at which it is due for ten days, says so in a line, and ends with 0', async () => {
    const world = await worldAt(2 * HOUR_MS);
    const [scheduler, etcd] = await entries(world);
    const { code, sleeps, lines, notices } = await watch(world, 10 * DAY_MS);
    expect([code, notices]).toEqual([0, '']);
    expect(Math.max(...sleeps)).toBe(HOUR_MS);
    for (const first of [scheduler, etcd]) {
      const own = (await entries(world)).filter(({ profile }) => profile === first?.profile);
      expect(own).toHaveLength(4);
      for (const [index, { notAfter }] of own.slice(1).entries())
        expect(epochMs(notAfter) - epochMs(own[index]?.notAfter ?? notAfter)).toBe(
          LIFETIME_MS - LEFT_MS - 5 * MINUTE_MS,
        );
    }
    expect(lines).toHaveLength(1 + 6 + 1);
    expect(lines[0]).toMatch(/retail-east: nothing was renewed\. The next is due on .*\. Next check by .*\.$/u);
    expect(lines[1]).toMatch(/retail-east: 1 certificate was renewed\./u);
    expect(lines.at(-1)).toBe('Ended: nothing is renewed any more.');
  });

  test('leaves the folder to others while it sleeps, and sees what they changed', async () => {
    const world = await worldAt(2 * HOUR_MS);
    let issued = 0;
    const { code } = await watch(world, 4 * DAY_MS, async () => {
      expect(world.claimed.size).toBe(0);
      if (issued++ === 0) await world.json(0, 'authority', 'issue', 'retail-east', 'controller-manager');
    });
    expect(code).toBe(0);
    const made = (await entries(world)).filter(({ profile }) => profile === 'controller-manager');
    expect(made.map(({ supersededBy }) => supersededBy !== null)).toEqual([true, false]);
  });

  test('tries again after a fiftieth of the lifetime while another process has the folder', async () => {
    const world = await worldAt(4 * DAY_MS - LEFT_MS);
    world.isLocked = true;
    const [scheduler] = await entries(world);
    const dueMs = epochMs(scheduler?.notAfter as never) - LEFT_MS;
    let lockedUntil = 0;
    const tried: number[] = [];
    const { lines } = await watch(world, 6 * HOUR_MS, () => {
      const now = epochMs(world.ports.clock.now());
      if (world.isLocked && now >= dueMs + 3 * HOUR_MS) {
        world.isLocked = false;
        lockedUntil = now;
      }
    });
    const { ports } = world;
    for (const { at, action } of await (await AuditTrail.open(ports, DATA, { readOnly: true })).list())
      if (action === 'authority.renewed') tried.push(epochMs(at));
    const retryMs = Math.ceil(LIFETIME_MS / 50 / 1000) * 1000;
    expect(tried[0]).toBe(dueMs + 2 * retryMs);
    expect(tried[0]).toBeGreaterThanOrEqual(lockedUntil);
    expect(lines.some((line) => /another/iu.test(line) && line.includes('Next check by'))).toBe(true);
  });

  test('ends at once with a wrong passphrase or name, although nothing is due', async () => {
    const world = await worldAt(2 * HOUR_MS);
    expect((await world.run('authority', 'renew', 'nobody', '--due', '--watch')).code).toBe(2);
    world.environment.set('ARCWARDEN_PASSPHRASE', 'eleven pipers piping');
    expect((await world.run(...DUE, '--watch')).code).toBe(2);
  });
});

test.skipIf(process.platform === 'win32')(
  'the built program waits without the lock, renews in time, and ends with SIGTERM',
  async () => {
    const program = await BuiltProgram.build();
    onTestFinished(() => rmSync(program.folder, { recursive: true, force: true }));
    const data = join(program.folder, 'data');
    const secret = join(program.folder, 'passphrase');
    writeFileSync(secret, `${PASSPHRASE}\n`);
    const words = (...more: string[]): string[] => ['authority', ...more, '--data', data, '--passphrase-file', secret];
    const must = (...given: string[]): string => {
      const { code, out, notices } = program.run(given);
      if (code !== 0) throw new Error(notices);
      return out;
    };
    const begun = Date.now();
    must(...words('new', 'practice', '--kind', 'kubernetes'), '--now', new Date(begun - 10 * DAY_MS).toISOString());
    // The certificate is due for renewal once the commands below have run, however busy this computer is.
    const inMs = 5_000 + 4 * (Date.now() - begun);
    const issuedAt = Date.now() + inMs - (LIFETIME_MS - LEFT_MS) + 5 * MINUTE_MS;
    must(...words('issue', 'practice', 'scheduler'), '--now', `${new Date(issuedAt).toISOString().slice(0, 19)}Z`);
    const child = spawn(
      process.execPath,
      [program.file, ...words('renew', 'practice', '--due', '--watch')],
      program.options(),
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const waitFor = async (pattern: RegExp): Promise<void> => {
      while (!pattern.test(out)) {
        if (child.exitCode !== null) throw new Error(`it ended: ${out}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    };
    await waitFor(/nothing was renewed\./u);
    must(...words('issue', 'practice', 'controller-manager'));
    await waitFor(/1 certificate was renewed\./u);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(out).toMatch(/Ended: nothing is renewed any more\.\n$/u);
    const { entries: all } = JSON.parse(must('authority', 'tree', 'practice', '--json', '--data', data)) as {
      entries: CertificateDocument[];
    };
    const schedulers = all.filter(({ profile }) => profile === 'scheduler');
    expect(schedulers.map(({ supersededBy }) => supersededBy !== null)).toEqual([true, false]);
  },
);
