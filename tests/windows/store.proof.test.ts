import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { findWindowsNode } from '../../build/windows-programs.mjs';
import { findWine } from '../../build/wine.mjs';
import { ARCWARDEN, needNode, needPowerShell, NODE, POWERSHELL, sharedComputer } from './computer.ts';

/* The data folder on Windows: programs that are killed while they write, files that others hold open, several at a time. */

const computer = sharedComputer((made) => made.putArcwarden().setPolicy('RemoteSigned'));

const DATA = ['--data', String.raw`C:\データ`, '--lang', 'en'];
const DEMO = String.raw`C:\demo`;
const KILLS = Number(process.env['ARCWARDEN_WINDOWS_KILLS'] ?? 60);
/** A busy machine starts one program of Windows in so long. */
const KILL_LIMIT_MS = 10_000;
/** What is imported in turn, each a cluster of its own. */
const CLUSTERS = ['finance', 'logistics', 'management', 'nagoya-lab', 'osaka-plant', 'sapporo-depot'];

beforeAll(async () => {
  if (findWine() === undefined || findWindowsNode() === undefined) return;
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
    `loses nothing when the program that imports is killed ${KILLS} times`,
    async (context) => {
      needNode(context);
      let known = await credentials();
      expect(known).toBeGreaterThan(10);
      const begun = performance.now();
      await computer().arcwarden([...DATA, 'inventory', 'import', `${DEMO}\\retail-east`]);
      const tookMs = performance.now() - begun;
      let killed = 0;
      // What is lost comes back with the next import of its folder, so it is looked for before that.
      const between = CLUSTERS.length - 1;
      for (let at = 0; at < KILLS; at += 1) {
        const folder = `${DEMO}\\${CLUSTERS[at % CLUSTERS.length]}`;
        const child = computer().start(NODE, [ARCWARDEN, ...DATA, 'inventory', 'import', folder], 'ignore');
        const ended = once(child, 'exit');
        // From the first reading to past the end, evenly, in an order that repeats.
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

  test('waits for a file that another program holds for 30 seconds, shared or not, and says for which one', async (context) => {
    needPowerShell(context);
    const before = await credentials();
    const hold = (share: string, seconds: number): ReturnType<ReturnType<typeof computer>['drive']> => {
      const index = String.raw`C:\データ\index.json`;
      const line = `$f = [IO.File]::Open('${index}', 'Open', 'Read', '${share}'); [IO.File]::WriteAllText('C:\\held', ''); Start-Sleep ${seconds}`;
      computer().forget('held');
      return computer().drive({
        kind: 'program',
        program: POWERSHELL,
        args: ['-NoProfile', '-NonInteractive', '-Command', line],
        folder: 'C:\\',
      });
    };
    const held = async (): Promise<void> => {
      await expect.poll(() => computer().has('held'), { timeout: 60_000 }).toBe(true);
    };
    for (const [share, seconds] of [
      ['Read', 3],
      ['None', 30],
    ] as const) {
      const holding = hold(share, seconds);
      await held();
      const { exitCode, output } = await computer().arcwarden([...DATA, 'inventory', 'import', `${DEMO}\\finance`]);
      expect([0, 1], output).toContain(exitCode);
      if (seconds > 10) expect(output).toContain('index.json');
      await holding;
    }
    expect(await credentials()).toBeGreaterThanOrEqual(before);
  });

  test('lets one of three programs write at a time, and has at the end what each has imported', async (context) => {
    needNode(context);
    const data = ['--data', String.raw`C:\three`, '--lang', 'en'];
    const folders = ['logistics', 'nagoya-lab', 'osaka-plant'];
    const ends = await Promise.all(
      folders.map((name) => computer().arcwarden([...data, 'inventory', 'import', `${DEMO}\\${name}`])),
    );
    const refused = folders.filter((_, at) => ends[at]?.exitCode === 2);
    for (const { exitCode, output } of ends) if (exitCode === 2) expect(output).toMatch(/in use|another|process/iu);
    for (const name of refused) await computer().arcwarden([...data, 'inventory', 'import', `${DEMO}\\${name}`]);
    const { output } = await computer().arcwarden([...data, 'inventory', 'clusters']);
    for (const name of folders) expect(output).toContain(name);
  });
});
