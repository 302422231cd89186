/**
 * Measures the built command line as a whole process: how long it takes to start, beside a Node that does nothing, and
 * what judging 1,000, 10,000 and 100,000 credentials in a data folder costs. Exits with 1 when a limit is missed. Option:
 * `--sizes 1000,100000`; limits are for 100,000.
 *
 * Limits hold processor time of the process, all its threads together: on a machine with other work, the clock on the
 * wall measures that work. It is printed as well.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillDataFolder } from '../support/large-inventory.ts';

const PROGRAM = join('out', 'arcwarden.cjs');
const NOW_MS = Date.parse('2026-11-28T12:00:00Z');
const NOW = new Date(NOW_MS).toISOString().replace('.000', '');
const PER_CLUSTER = 100;
/** Of which the limits are. */
const LIMITED_SIZE = 100_000;
const SIZES = option('sizes')?.split(',').map(Number) ?? [1_000, 10_000, LIMITED_SIZE];
const START_ROUNDS = 15;
const START_LIMIT_MS = 100;
const ROUNDS = 3;
const GROWTH_LIMIT = 1.1;
/** Of those that have no limit of their own, but for their growth. */
const UNLIMITED_ROUNDS = 1;
/** Written by the process itself when it ends. */
const SPENT = 'spent.json';
const LARGE_OUTPUT_BYTES = 1_000;

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** Milliseconds. */
interface Time {
  processor: number;
  wall: number;
}

const STARTS = [
  ['--version'],
  ['--help'],
  ['inventory', 'list', '--data', 'none'],
  ['expiry', 'check', '--data', 'none'],
] as const;

const VERBS = [
  { words: ['expiry', 'check'], limitMs: 2_000 },
  { words: ['inventory', 'list'], limitMs: 2_000 },
  { words: ['expiry', 'check', '--json'], limitMs: undefined },
  { words: ['inventory', 'list', '--json'], limitMs: undefined },
  { words: ['expiry', 'report', '--out', 'report.html'], limitMs: 5_000 },
] as const;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function medianTime(times: readonly Time[]): Time {
  return { processor: median(times.map(({ processor }) => processor)), wall: median(times.map(({ wall }) => wall)) };
}

/** Runs Node on `args` in `folder`, its output into a file there. */
function timed(folder: string, args: readonly string[]): Time & { bytes: number } {
  const output = join(folder, 'output');
  const file = openSync(output, 'w');
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--require', join(folder, 'probe.cjs'), ...args], {
    cwd: folder,
    stdio: ['ignore', file, 'pipe'],
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, LANG: 'en_US.UTF-8', TZ: 'UTC' },
  });
  const wall = performance.now() - start;
  closeSync(file);
  // 1 says that something needs attention.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  const { processor } = JSON.parse(readFileSync(join(folder, SPENT), 'utf8')) as { processor: number };
  return { processor, wall, bytes: statSync(output).size };
}

function writeProbe(folder: string): void {
  writeFileSync(
    join(folder, 'probe.cjs'),
    `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('fs').writeFileSync(${JSON.stringify(join(folder, SPENT))}, JSON.stringify({ processor: (user + system) / 1000 }));
});
`,
  );
}

let isMissed = false;

function verdict(isHeld: boolean): string {
  isMissed ||= !isHeld;
  return isHeld ? 'held' : 'MISSED';
}

const ms = (value: number): string => `${value.toFixed(0)} ms`.padStart(9);

function measureStart(folder: string): void {
  const commands = [['-e', '0'], ...STARTS.map((words) => [join(process.cwd(), PROGRAM), ...words])];
  const times = commands.map((): Time[] => []);
  for (let round = 0; round < START_ROUNDS; round += 1)
    for (const [index, command] of commands.entries()) times[index]?.push(timed(folder, command));
  const [plain = { processor: 0, wall: 0 }, ...own] = times.map(medianTime);
  console.log(`Start, median of ${START_ROUNDS} in turn: processor time, and wall clock in brackets`);
  console.log(`  ${'node -e 0'.padEnd(34)}${ms(plain.processor)}  (${ms(plain.wall).trim()})`);
  for (const [index, words] of STARTS.entries()) {
    const { processor, wall } = own[index] ?? plain;
    const more = processor - plain.processor;
    const limit = `+${ms(more).trim()}, limit +${START_LIMIT_MS} ms: ${verdict(more <= START_LIMIT_MS)}`;
    console.log(`  ${words.join(' ').padEnd(34)}${ms(processor)}  (${ms(wall).trim()})  ${limit}`);
  }
}

async function measureVerbs(folder: string): Promise<void> {
  for (const size of SIZES)
    await fillDataFolder(join(folder, `data-${size}`), Math.ceil(size / PER_CLUSTER), PER_CLUSTER, NOW_MS);
  console.log(
    `\nCredentials in clusters of ${PER_CLUSTER}, median of ${ROUNDS} (of verbs without a limit, one): processor time, and wall clock in brackets`,
  );
  console.log(`  ${''.padEnd(34)}${SIZES.map((size) => size.toLocaleString('en').padStart(22)).join('')}`);
  for (const { words, limitMs } of VERBS) {
    const times = SIZES.map((size) =>
      medianTime(measureVerb(folder, words, { size, rounds: limitMs === undefined ? UNLIMITED_ROUNDS : ROUNDS })),
    );
    const cells = times.map(({ processor, wall }) => `${ms(processor)} ${`(${ms(wall).trim()})`.padStart(12)}`);
    console.log(`  ${words.join(' ').padEnd(34)}${cells.join('')}`);
    const limited = times[SIZES.indexOf(LIMITED_SIZE)]?.processor;
    if (limitMs !== undefined && limited !== undefined)
      console.log(`${' '.repeat(36)}limit ${limitMs} ms: ${verdict(limited <= limitMs)}`);
    const growth = times.slice(1).map(({ processor }, at) => {
      const [before = Number.NaN, size = Number.NaN] = SIZES.slice(at, at + 2);
      return Math.log(processor / (times[at]?.processor ?? Number.NaN)) / Math.log(size / before);
    });
    const isHeld = growth.every((exponent) => exponent <= GROWTH_LIMIT);
    console.log(
      `${' '.repeat(36)}exponents ${growth.map((each) => each.toFixed(2)).join(', ')}, limit ${GROWTH_LIMIT}: ${verdict(isHeld)}`,
    );
  }
}

function measureVerb(
  folder: string,
  words: readonly string[],
  { size, rounds }: { size: number; rounds: number },
): Time[] {
  return Array.from({ length: rounds }, () => {
    const all = [...words, '--data', join(folder, `data-${size}`), '--now', NOW];
    const { bytes, ...time } = timed(folder, [join(process.cwd(), PROGRAM), ...all]);
    const written = words.includes('--out') ? statSync(join(folder, 'report.html')).size : bytes;
    if (written < LARGE_OUTPUT_BYTES) throw new Error(`${all.join(' ')} wrote only ${written} bytes`);
    return time;
  });
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-command-line-'));
  try {
    writeProbe(folder);
    measureStart(folder);
    await measureVerbs(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (isMissed) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
