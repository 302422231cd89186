import { spawnSync } from 'node:child_process';
import { closeSync, openSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Time } from './measure.ts';

const PROGRAM = join(process.cwd(), 'out', 'arcwarden.cjs');
/** Standard error may contain a warning for each file. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Makes Node print the processor time of all its threads, in seconds, when it ends. */
const PROBE = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('fs').writeSync(2, '\\n' + (user + system) / 1e6 + '\\n');
});
`;

interface Running {
  env?: NodeJS.ProcessEnv;
  /**
   * The highest exit code that counts as success: 1 means that something needs attention, 2 can also mean that nothing
   * was found.
   */
  mostCode?: number;
}

interface Ended extends Time {
  output: string;
  bytes: number;
}

export function runArcwarden(folder: string, words: readonly string[], options: Pick<Running, 'mostCode'> = {}): Ended {
  return runNode(folder, [PROGRAM, ...words], options);
}

export function runNode(folder: string, args: readonly string[], options: Pick<Running, 'mostCode'> = {}): Ended {
  const probe = join(folder, 'probe.cjs');
  writeFileSync(probe, PROBE);
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'en_US.UTF-8', TZ: 'UTC' };
  return run(folder, [process.execPath, '--require', probe, ...args], { ...options, env });
}

/**
 * Runs a program in `folder`, and writes its output to a file there. The program's last line on standard error must be
 * its processor time in seconds.
 */
export function run(
  folder: string,
  [program, ...args]: readonly [string, ...string[]],
  { env = process.env, mostCode = 1 }: Running = {},
): Ended {
  const output = join(folder, 'output');
  const file = openSync(output, 'w');
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    cwd: folder,
    stdio: ['ignore', file, 'pipe'],
    encoding: 'utf8',
    maxBuffer: MOST_BYTES,
    env,
  });
  const wall = performance.now() - start;
  closeSync(file);
  if (status === null || status > mostCode)
    throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  const processor = Number(stderr.trimEnd().split('\n').at(-1)) * 1_000;
  if (Number.isNaN(processor)) throw new Error(`${args.join(' ')} did not say how long it took`);
  return { processor, wall, output, bytes: statSync(output).size };
}
