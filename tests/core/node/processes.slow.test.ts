import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeProcesses } from '../../../core/node/processes.ts';
import type { ProgramEnd, ProgramStream } from '../../../core/shared/ports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LONG_MS = 240_000;
/**
 * Longer than the 128 KiB that Linux allows for one argument; Node then throws immediately, as for a damaged program on
 * Windows.
 */
const TOO_LONG = 'x'.repeat(200_000);

/** Sets environment variables until the test ends. */
function set(variables: Record<string, string>): void {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  onTestFinished(() => {
    for (const name of Object.keys(variables)) {
      delete process.env[name];
      if (before[name] !== undefined) process.env[name] = before[name];
    }
  });
}

/** Creates a folder with one shell script per program; returns its path. */
function programs(scripts: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** Changes the current folder until the test ends. */
function standIn(folder: string): void {
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
}

async function readOutput(program: string, ...args: string[]): Promise<string> {
  return (await nodeProcesses().run({ program, args, timeoutMs: LONG_MS })).out.trim();
}

function stream(
  program: string,
  args: readonly string[] = [],
  more: Partial<ProgramStream> = {},
  processes = nodeProcesses(),
): Promise<ProgramEnd> {
  return processes.stream({ program, args, timeoutMs: LONG_MS, onOutput: () => undefined, ...more });
}

describe('a program given by name', () => {
  test('is never started from the current folder, even if PATH contains that folder', async () => {
    standIn(programs({ kubectl: 'echo planted', ssh: 'echo planted', 'powershell.exe': 'echo planted' }));
    set({ PATH: ['', '.', 'bin', programs({ kubectl: 'echo installed' }), './'].join(delimiter) });
    expect(await readOutput('kubectl')).toBe('installed');
    for (const program of ['ssh', 'powershell.exe'])
      await expect(readOutput(program)).rejects.toMatchObject({ code: 'program.not-found', params: { program } });
  });

  test('runs in the system’s folder, so that files in the current folder do not affect it', async () => {
    standIn(programs({}));
    set({ PATH: '/usr/bin:/bin' });
    expect(await readOutput('pwd')).toBe('/');
    let out = '';
    await stream('pwd', [], { onOutput: (chunk) => (out += Buffer.from(chunk).toString()) });
    expect(out.trim()).toBe('/');
  });

  test('runs in another folder on request', async () => {
    const folder = temporaryFolder();
    let out = '';
    await stream('pwd', [], { folder, onOutput: (chunk) => (out += Buffer.from(chunk).toString()) });
    expect(out.trim()).toBe(folder);
  });

  test('gets no environment variable that may contain one of our secrets', async () => {
    set({
      ARCWARDEN_PASSPHRASE: 'of the keys',
      ARCWARDEN_CHANNEL_HOOK: 'of a channel',
      ARCWARDEN_HOOK: 'of an older channel',
      arcwarden_passphrase: 'as Windows would take it',
      FLEET_COLOUR: 'green',
    });
    const names = (await readOutput('env')).split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names.filter((name) => /^arcwarden_/iu.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['FLEET_COLOUR', 'PATH']));
    let out = '';
    await stream('env', [], { onOutput: (chunk) => (out += Buffer.from(chunk).toString()) });
    expect(out).not.toMatch(/^arcwarden_/imu);
    expect(out).toContain('FLEET_COLOUR=green');
  });
});

describe('a program that cannot be started', () => {
  test.each(['run', 'stream'] as const)('is reported with its path and the system’s reason (%s)', async (way) => {
    const start = (program: string, args: string[]) =>
      way === 'stream' ? stream(program, args) : nodeProcesses().run({ program, args, timeoutMs: LONG_MS });
    const folder = programs({ fine: 'exit 0' });
    // Node throws the error immediately.
    const fine = join(folder, 'fine');
    await expect(start(fine, [TOO_LONG])).rejects.toMatchObject({
      code: 'program.not-started',
      params: { program: fine, reason: 'E2BIG' },
    });
    // The system reports the error after the start.
    const folderInstead = join(folder, 'a-folder');
    mkdirSync(folderInstead);
    await expect(start(folderInstead, [])).rejects.toMatchObject({
      code: 'program.not-started',
      params: { program: folderInstead, reason: 'EACCES' },
    });
    // The program exists, but its interpreter does not.
    const orphan = join(folder, 'orphan');
    writeFileSync(orphan, '#!/no/such/interpreter\n', { mode: 0o755 });
    await expect(start(orphan, [])).rejects.toMatchObject({
      code: 'program.not-started',
      params: { program: orphan, reason: 'ENOENT' },
    });
    const missing = join(folder, 'missing');
    await expect(start(missing, [])).rejects.toMatchObject({ code: 'program.not-found', params: { program: missing } });
  });
});

/** A shell script that prints `begun <pid>` and runs until it is killed; it ignores requests to end. */
const ENDLESS = `trap '' TERM INT; echo begun $$; while :; do sleep 0.1; done`;

describe('a cancelled program', () => {
  /** Returns processes that end programs as on Windows. */
  const windows = (taskkill: string) =>
    nodeProcesses({ platform: 'win32', folder: '/', locate: (name) => (name === 'taskkill.exe' ? taskkill : name) });

  /** Starts a program and cancels it after its first output. */
  async function runCancelled(processes: ReturnType<typeof nodeProcesses>, more: Partial<ProgramStream> = {}) {
    const controller = new AbortController();
    const folder = programs({ endless: ENDLESS });
    const began = performance.now();
    const end = await stream(
      join(folder, 'endless'),
      [],
      { signal: controller.signal, onOutput: () => controller.abort(), ...more },
      processes,
    );
    return { end, tookMs: performance.now() - began };
  }

  test('is killed with its process group', async () => {
    const { end } = await runCancelled(nodeProcesses());
    expect(end).toMatchObject({ ended: 'cancelled', exitCode: null });
  });

  test('is killed by taskkill on Windows, with its descendants', async () => {
    const folder = programs({ 'taskkill.exe': `echo "$@" > "$0.called"; kill -9 "$2"` });
    const { end } = await runCancelled(windows(join(folder, 'taskkill.exe')));
    expect(end).toMatchObject({ ended: 'cancelled', exitCode: null });
    expect(readFileSync(join(folder, 'taskkill.exe.called'), 'utf8')).toMatch(/^\/pid \d+ \/t \/f\n$/u);
  });

  test.each([
    ['fails', 'exit 128'],
    ['is missing', undefined],
    ['cannot be started', ''],
    ['never ends', 'sleep 30'],
  ])('ends even if taskkill %s', async (_what, script) => {
    const folder = programs(script === undefined ? {} : { 'taskkill.exe': script });
    if (script === '') writeFileSync(join(folder, 'taskkill.exe'), '#!/no/such/interpreter\n');
    const { end, tookMs } = await runCancelled(windows(join(folder, 'taskkill.exe')));
    expect(end).toMatchObject({ ended: 'cancelled', exitCode: null });
    expect(tookMs).toBeLessThan(10_000);
  });

  test('is killed again at its timeout', async () => {
    // The first call of taskkill succeeds without killing the program.
    const folder = programs({ 'taskkill.exe': `if [ -e "$0.called" ]; then kill -9 "$2"; else touch "$0.called"; fi` });
    const { end } = await runCancelled(windows(join(folder, 'taskkill.exe')), { timeoutMs: 1_500 });
    expect(end).toMatchObject({ ended: 'cancelled', exitCode: null });
    expect(existsSync(join(folder, 'taskkill.exe.called'))).toBe(true);
  });
});

test('a link to a program starts the program', async () => {
  const folder = temporaryFolder();
  symlinkSync('/bin/echo', join(folder, 'told'));
  set({ PATH: folder });
  expect(await readOutput('told', 'fine')).toBe('fine');
});

describe('this program started once more', () => {
  const text = `process.on('SIGTERM', () => { console.log('asked'); if (process.argv[3] !== 'stays') process.exit(); });
    console.log(process.argv[2]); setInterval(() => {}, 1000);`;
  const launch = async (...words: string[]) => {
    const folder = temporaryFolder();
    const script = join(folder, 'self.cjs');
    writeFileSync(script, text);
    const log = join(folder, `${words.join('-')}.log`);
    const processes = nodeProcesses({ self: { program: process.execPath, args: [script] } });
    return { processes, log, started: await processes.launchSelf(words, log) };
  };
  const waitFor = async (log: string, line: string): Promise<void> => {
    while (!readFileSync(log, 'utf8').includes(line)) await pause(20);
  };

  test('writes to its log, and ends when it is asked', async () => {
    const { processes, log, started } = await launch('one');
    await waitFor(log, 'one');
    expect(processes.isAlive(started)).toBe(true);
    await processes.end(started, 5_000);
    expect(processes.isAlive(started)).toBe(false);
    expect(readFileSync(log, 'utf8')).toBe('one\nasked\n');
  });

  test('is ended after the time that it was given', async () => {
    const { processes, log, started } = await launch('two', 'stays');
    await waitFor(log, 'two');
    await processes.end(started, 100);
    expect(processes.isAlive(started)).toBe(false);
  });

  test('is left alone if the number belongs to another process', async () => {
    const { processes, log, started } = await launch('three');
    await waitFor(log, 'three');
    await processes.end({ ...started, started: 'another boot' }, 100);
    expect(processes.isAlive(started)).toBe(true);
    await processes.end(started, 5_000);
  });
});
