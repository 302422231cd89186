/**
 * Measures the built command line as a whole process: the time to start, compared with a Node process that does
 * nothing, and the time to judge 1,000, 10,000 and 100,000 credentials in a data folder. Exits with 1 if a limit is
 * exceeded. Option: `--sizes 1000,100000`; limits apply to 100,000.
 *
 * Limits apply to the processor time of all threads of the process; elapsed time is only recorded.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fillDataFolder } from '../support/large-inventory.ts';
import { growth, limitWork, note } from './support/figures.ts';
import { LARGEST_SIZE, runIn, sizes, type Time } from './support/measure.ts';
import { runArcwarden, runNode } from './support/whole-process.ts';

const NOW_MS = Date.parse('2026-11-28T12:00:00Z');
const NOW = new Date(NOW_MS).toISOString().replace('.000', '');
const PER_CLUSTER = 100;
const START_ROUNDS = 11;
const START_LIMIT_MS = 100;
const ROUNDS = 3;
/** Rounds for commands that have a limit for growth but none for time. */
const UNLIMITED_ROUNDS = 1;
const LARGE_OUTPUT_BYTES = 1_000;

const STARTS = [
  ['--version'],
  ['--help'],
  ['inventory', 'list', '--data', 'none'],
  ['expiry', 'check', '--data', 'none'],
] as const;

const VERBS = [
  // Measured at 1,846 ms before feature ordering was introduced; the limit includes headroom for slower machines.
  { words: ['expiry', 'check'], limitMs: 2_500 },
  { words: ['inventory', 'list'], limitMs: 2_500 },
  { words: ['expiry', 'check', '--json'], limitMs: undefined },
  { words: ['inventory', 'list', '--json'], limitMs: undefined },
  { words: ['expiry', 'report', '--out', 'report.html'], limitMs: 5_000 },
] as const;

function measureStart(folder: string): void {
  const plain: Time[] = [];
  const own = STARTS.map((): Time[] => []);
  for (let round = 0; round < START_ROUNDS; round += 1) {
    plain.push(runNode(folder, ['-e', '0']));
    // Exit code 2 means that the data folder does not exist.
    for (const [index, words] of STARTS.entries()) own[index]?.push(runArcwarden(folder, words, { mostCode: 2 }));
  }
  note('node -e 0', least(plain).processor, 'ms');
  for (const [index, words] of STARTS.entries()) {
    const name = `arcwarden ${words.join(' ')}`;
    const more = least(own[index] ?? []).processor - least(plain).processor;
    limitWork(START_LIMIT_MS, `${name}, more than node -e 0`, more);
  }
}

async function measureVerbs(folder: string): Promise<void> {
  for (const size of sizes())
    await fillDataFolder(join(folder, `data-${size}`), Math.ceil(size / PER_CLUSTER), PER_CLUSTER, NOW_MS);
  for (const { words, limitMs } of VERBS) {
    const rounds = limitMs === undefined ? UNLIMITED_ROUNDS : ROUNDS;
    const times = sizes().map((size) => ({ size, ...least(measureVerb(folder, words, { size, rounds })) }));
    const name = words.filter((word) => !word.includes('.') && word !== '--out').join(' ');
    growth(
      name,
      times.map(({ size, processor }) => ({ size, ms: processor })),
      limitMs,
    );
    const largest = times.find(({ size }) => size === LARGEST_SIZE);
    if (largest !== undefined) note(`${name}, by the clock`, largest.wall, 'ms');
  }
}

function least(times: readonly Time[]): Time {
  return {
    processor: Math.min(...times.map(({ processor }) => processor)),
    wall: Math.min(...times.map(({ wall }) => wall)),
  };
}

function measureVerb(
  folder: string,
  words: readonly string[],
  { size, rounds }: { size: number; rounds: number },
): Time[] {
  return Array.from({ length: rounds }, () => {
    const all = [...words, '--data', join(folder, `data-${size}`), '--now', NOW];
    const { bytes, ...time } = runArcwarden(folder, all);
    const written = words.includes('--out') ? statSync(join(folder, 'report.html')).size : bytes;
    if (written < LARGE_OUTPUT_BYTES) throw new Error(`${all.join(' ')} wrote only ${written} bytes`);
    return time;
  });
}

async function main(folder: string): Promise<void> {
  measureStart(folder);
  await measureVerbs(folder);
}

void runIn('command-line', main);
