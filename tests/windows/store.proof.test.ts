import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { WINDOWS_NODE } from '../rigs/windows-programs.mjs';
import { WINE } from '../rigs/wine.mjs';
import { compile, whyNoCompiler } from './compiler.ts';
import { ARCWARDEN, needNode, NODE, useComputer } from './computer.ts';

/*
 * Tests the data folder on Windows: programs killed while writing, files that other programs keep open, and several
 * programs that run simultaneously.
 */

const computer = useComputer((made) => made.putArcwarden());

const DATA = ['--data', String.raw`C:\データ`, '--lang', 'en'];
const DEMO = String.raw`C:\demo`;
const KILLS = Number(process.env['ARCWARDEN_WINDOWS_KILLS'] ?? 60);
/** The time in which even a busy machine starts a Windows program. */
const KILL_LIMIT_MS = 120_000;
const CLUSTERS = ['finance', 'logistics', 'management', 'nagoya-lab', 'osaka-plant', 'sapporo-depot'];

beforeAll(async () => {
  if (WINE.find() === undefined || WINDOWS_NODE.find() === undefined) return;
  await computer().arcwarden([...DATA, 'sample', '--out', DEMO]);
  await computer().arcwarden([...DATA, 'inventory', 'import', `${DEMO}\\retail-east`]);
});

async function credentials(): Promise<number> {
  const { exitCode, output } = await computer().arcwarden([...DATA, '--json', 'inventory', 'list']);
  expect([0, 1], output).toContain(exitCode);
  return (JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('\n}') + 2)) as { credentials: unknown[] })
    .credentials.length;
}

describe('the data folder on Windows', () => {
  test(
    `loses nothing when the importing program is killed ${KILLS} times`,
    async (context) => {
      needNode(context);
      let known = await credentials();
      expect(known).toBeGreaterThan(10);
      const begun = performance.now();
      await computer().arcwarden([...DATA, 'inventory', 'import', `${DEMO}\\retail-east`]);
      const tookMs = performance.now() - begun;
      let killed = 0;
      // The check comes before the next import of the same folder, which would restore lost data.
      const between = CLUSTERS.length - 1;
      for (let at = 0; at < KILLS; at += 1) {
        const folder = `${DEMO}\\${CLUSTERS[at % CLUSTERS.length]}`;
        const child = computer().start(NODE, [ARCWARDEN, ...DATA, 'inventory', 'import', folder], 'ignore');
        const ended = once(child, 'exit');
        // Kills are spread evenly from the start of reading to after the end of the import, in a fixed order.
        const moment = sleep(tookMs * (0.4 + ((at * 7) % KILLS) / KILLS)).then(() => child.kill('SIGKILL'));
        await ended;
        if (await moment) killed += 1;
        if ((at + 1) % between > 0 && at + 1 < KILLS) continue;
        const now = await credentials();
        expect(now).toBeGreaterThanOrEqual(known);
        known = now;
      }
      console.log(`${killed} of ${KILLS} imports were killed before their end; ${known} credentials are known`);
      const { exitCode, output } = await computer().arcwarden([...DATA, 'audit', 'verify']);
      expect([exitCode, output]).toEqual([0, expect.any(String)]);
    },
    KILLS * KILL_LIMIT_MS,
  );

  test('an import waits up to 30 seconds for a file that another program holds open, and names the file after a long wait', async (context) => {
    needNode(context);
    const obstacle = whyNoCompiler();
    context.skip(obstacle !== undefined, obstacle);
    compile('hold-file.c', computer().path('hold-file.exe'), ['-municode']);
    const before = await credentials();
    for (const [share, seconds] of [
      ['read', 3],
      ['none', 30],
    ] as const) {
      computer().forget('held');
      const words = [String.raw`C:\データ\index.json`, share, String(seconds), String.raw`C:\held`];
      const holding = computer().run(String.raw`C:\hold-file.exe`, words);
      await expect.poll(() => computer().has('held')).toBe(true);
      const { exitCode, output } = await computer().arcwarden([...DATA, 'inventory', 'import', `${DEMO}\\finance`]);
      expect([0, 1], output).toContain(exitCode);
      if (seconds > 10) expect(output).toContain('index.json');
      expect((await holding).exitCode).toBe(0);
    }
    expect(await credentials()).toBeGreaterThanOrEqual(before);
  });

  test('only one of three programs writes at a time, and all their imports are kept', async (context) => {
    needNode(context);
    const data = ['--data', String.raw`C:\three`, '--lang', 'en'];
    const folders = ['logistics', 'nagoya-lab', 'osaka-plant'];
    const ends = await Promise.all(
      folders.map((name) => computer().arcwarden([...data, 'inventory', 'import', `${DEMO}\\${name}`])),
    );
    for (const { exitCode, output } of ends) {
      expect([0, 1, 2], output).toContain(exitCode);
      if (exitCode === 2) expect(output).toMatch(/in use|another|process/iu);
    }
    for (const name of folders.filter((_, at) => ends[at]?.exitCode === 2)) {
      const again = await computer().arcwarden([...data, 'inventory', 'import', `${DEMO}\\${name}`]);
      expect([0, 1], again.output).toContain(again.exitCode);
    }
    const { output } = await computer().arcwarden([...data, 'inventory', 'clusters']);
    for (const name of folders) expect(output, ends.map((end) => end.output).join('\n')).toContain(name);
  });
});
