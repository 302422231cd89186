import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuiltProgram, type Outcome } from '../../support/built-program.ts';

/*
 * A paused process (sleep, a paused virtual machine, Ctrl+Z) loses its lock to any other process that takes it. The
 * changes of the other process must survive when the paused one continues.
 */

const LONG_MS = 240_000;
const PASSPHRASE = { ARCWARDEN_PASSPHRASE: 'a quiet lake with seven swans' };

/**
 * Pauses the process during key derivation, while it holds the lock: it has read the authority but not yet written
 * anything.
 */
const STANDS_STILL = `
const crypto = require('node:crypto');
const { scrypt } = crypto;
crypto.scrypt = (...given) => {
  process.kill(process.pid, 'SIGSTOP');
  return scrypt(...given);
};
`;

let program: BuiltProgram;
let hook: string;

beforeAll(async () => {
  program = await BuiltProgram.build();
  hook = join(program.folder, 'stands-still.cjs');
  writeFileSync(hook, STANDS_STILL);
}, LONG_MS);

afterAll(() => rmSync(program.folder, { recursive: true, force: true }));

/** Starts a command that pauses. `goOn` continues it and resolves when it has ended. */
async function startPaused(...words: string[]): Promise<{ goOn: () => Promise<Outcome> }> {
  const options = program.options({ ...PASSPHRASE, NODE_OPTIONS: `--require ${hook}` });
  const child = spawn(process.execPath, [program.file, ...words], options);
  let [out, notices] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (notices += chunk.toString()));
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, out, notices }));
  });
  while (!/^State:\s+T/mu.test(readFileSync(`/proc/${child.pid}/status`, 'utf8'))) await pause(10);
  return {
    goOn: () => {
      child.kill('SIGCONT');
      return ended;
    },
  };
}

interface Tree {
  entries: { name: string; revoked: unknown }[];
}

test.runIf(process.platform === 'linux')(
  'a revocation made during the pause of another command survives when that command continues',
  async () => {
    const data = ['--data', join(program.folder, 'data'), '--lang', 'en'];
    const arcwarden = (...words: string[]): Outcome => program.run([...words, ...data], PASSPHRASE);
    expect(arcwarden('authority', 'new', 'east', '--kind', 'kubernetes').code).toBe(0);
    expect(arcwarden('authority', 'issue', 'east', 'kubelet-client', '--value', 'node=w1').code).toBe(0);
    const before = JSON.parse(arcwarden('authority', 'tree', 'east', '--json').out) as Tree;
    const { name = '' } = before.entries.at(-1) ?? {};

    const first = await startPaused('authority', 'issue', 'east', 'kubelet-client', '--value', 'node=w2', ...data);
    expect(arcwarden('authority', 'revoke', 'east', name, '--reason', 'keyCompromise')).toMatchObject({ code: 0 });
    const { code, notices } = await first.goOn();

    expect([code, notices]).toEqual([2, expect.stringContaining('suspended for more than five seconds')]);
    const { entries } = JSON.parse(arcwarden('authority', 'tree', 'east', '--json').out) as Tree;
    expect(entries).toHaveLength(before.entries.length);
    expect(entries.at(-1)).toMatchObject({ name, revoked: { reason: 'keyCompromise' } });
  },
  LONG_MS,
);

test.runIf(process.platform === 'linux')(
  'a paused command continues if nothing has changed in the meantime',
  async () => {
    const data = ['--data', join(program.folder, 'data-alone'), '--lang', 'en'];
    program.run(['authority', 'new', 'east', '--kind', 'kubernetes', ...data], PASSPHRASE);
    const first = await startPaused('authority', 'issue', 'east', 'kubelet-client', '--value', 'node=w2', ...data);
    await pause(6_000);
    expect(await first.goOn()).toMatchObject({ code: 0 });
  },
  LONG_MS,
);
