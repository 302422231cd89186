import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLEET_LANES, type FleetLane } from '../../../core/repair/model/needs.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';
import { testPorts } from '../../support/ports.ts';
import { TestWorld } from '../../core/cli/test-world.ts';
import { FolderFiles } from '../../core/sample/fleet.ts';
import { quickKeys } from '../../core/sample/quick-keys.ts';
import { collectFiles } from '../../core/repair/advice/collected-files.ts';
import { drawnFleet } from '../../core/repair/advice/drawn-fleet.ts';

/*
 * Every screen and verb shows the same clusters in the same lanes, the same number of credentials in each state, and
 * the same first step of each repair.
 */

const FLEETS = 100;
const DEMO = '/demo';

interface Seen {
  /** Clusters that the lane contains. */
  lanes: Partial<Record<FleetLane, number>>;
  /** First step of the repair, by cluster; only for clusters with a repair. */
  first: Record<string, string>;
  /** Things that do not work, by cluster; only for clusters with any. */
  stopped: Record<string, number>;
}

interface Impact {
  state: string;
}

function pickDefined<T>(entries: readonly (readonly [string, T | undefined])[]): Record<string, T> {
  return Object.fromEntries(entries.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])));
}

const countStopped = (impacts: readonly Impact[]): number | undefined =>
  impacts.filter(({ state }) => state === 'stopped').length || undefined;

function seeWindow({ fleet, powerOff }: ConsoleState): Seen {
  const ids = powerOff.clocks.map(({ clusterId }) => clusterId);
  return {
    lanes: pickDefined(
      FLEET_LANES.map((lane) => [lane, fleet.lanes.find((view) => view.lane === lane)?.clusters.length]),
    ),
    first: pickDefined(ids.map((id) => [id, powerOff.listSteps(id)[0]?.id])),
    stopped: pickDefined(ids.map((id) => [id, countStopped(powerOff.listImpacts(id))])),
  };
}

interface Check {
  needs: Record<FleetLane, { clusters: number }> & {
    clusters: { clusterId: ClusterId; impacts: Impact[]; firstStep: { id: string } | null }[];
  };
  credentials: { state: string; place?: string; clusterId: string }[];
}

function seeCheck({ needs }: Check): Seen {
  return {
    lanes: pickDefined(FLEET_LANES.map((lane) => [lane, needs[lane].clusters || undefined])),
    first: pickDefined(needs.clusters.map(({ clusterId, firstStep }) => [clusterId, firstStep?.id])),
    stopped: pickDefined(needs.clusters.map(({ clusterId, impacts }) => [clusterId, countStopped(impacts)])),
  };
}

interface PowerOff {
  clusters: { clusterId: ClusterId; impacts: Impact[]; repairOrder: { step: string }[] }[];
}

function seePowerOff({ clusters }: PowerOff): Omit<Seen, 'lanes'> {
  return {
    first: pickDefined(clusters.map(({ clusterId, repairOrder: [step] }) => [clusterId, step?.step])),
    stopped: pickDefined(clusters.map(({ clusterId, impacts }) => [clusterId, countStopped(impacts)])),
  };
}

interface Planned {
  plan: { steps: { id: string }[] };
}

async function compareAll(console: TestConsole): Promise<{ clusters: number; repairs: number }> {
  const world = new TestWorld(console.ports);
  // The window keeps the store open.
  world.store = Object.assign(console.data.store, { close: () => Promise.resolve() });
  const run = async <T>(...words: string[]): Promise<T> => {
    const { out, notices } = await world.run(...words, '--json');
    if (out === '') throw new Error(notices);
    return JSON.parse(out) as T;
  };
  const state = await console.open({ language: 'en-GB' });
  const seen = seeWindow(state);
  const { clocks, needSentences } = state.powerOff;

  const check = await run<Check>('expiry', 'check');
  expect(seeCheck(check)).toEqual(seen);
  const { lanes, ...steps } = seen;
  expect(seePowerOff(await run<PowerOff>('expiry', 'poweroff'))).toEqual(steps);
  const watch = await console.api.notifications.checkNow();
  if (!watch.ok) throw new Error(watch.problem.code);
  const { summary } = watch.value;
  expect(pickDefined(FLEET_LANES.map((lane) => [lane, summary.needs?.[lane]?.clusters]))).toEqual(lanes);
  expect(summary.counts).toEqual(state.board.judged.counts);
  const places = state.repair.places.filter(({ stopped }) => stopped > 0);
  expect(Object.fromEntries(places.map(({ id, stopped }) => [id, stopped]))).toEqual(steps.stopped);

  for (const { clusterId, kind } of clocks) {
    const first = steps.first[clusterId];
    if (first === undefined) continue;
    const repair = await run<Planned>('repair', 'plan', '--cluster', clusterId);
    expect([clusterId, repair.plan.steps[0]?.id]).toEqual([clusterId, first]);
    if (kind !== 'workload') continue;
    const update = await run<Planned>('update', 'plan', '--cluster', clusterId);
    // An update also repairs the hosts.
    const ids = new Set(repair.plan.steps.map(({ id }) => id));
    expect([clusterId, ...update.plan.steps.flatMap(({ id }) => (ids.has(id) ? id : []))]).toEqual([clusterId, ...ids]);
  }

  await world.run('expiry', 'report', '--out', 'report.html');
  const heading = /<h1>(.*?)<\/h1>/u.exec(await world.text('report.html'))?.[1] ?? '';
  const [sentence] = needSentences;
  // The report formats dates in its own way.
  if (sentence !== undefined) expect(heading).toContain(sentence.split(/ since | on | unless |, /u)[0]);
  return { clusters: clocks.length, repairs: Object.keys(steps.first).length };
}

test('the demo fleet has the same counts and first steps in every screen and verb', async () => {
  const files = new FolderFiles();
  await new TestWorld({ ...testPorts(files), keys: quickKeys() }).run('sample', '--out', DEMO);
  const console = await openConsole();
  // Without the mark of a sample, the files count as real ones, about which messages are sent.
  const paths = files.paths().filter((path) => path.startsWith(DEMO) && !path.endsWith('arcwarden-sample.json'));
  await console.import(
    Object.fromEntries(
      await Promise.all(
        paths.map(async (path): Promise<[string, Uint8Array]> => [path, await files.read(path, Infinity)]),
      ),
    ),
  );
  expect(await compareAll(console)).toEqual({ clusters: 8, repairs: 5 });
});

test.each([1, 2, 3, 4])(
  '25 of 100 generated fleets have the same counts and first steps in every screen and verb (part %i)',
  async (part) => {
    const seed = (fc.readConfigureGlobal().seed ?? 1) + part;
    const total = { clusters: 0, repairs: 0 };
    for (const drawn of fc.sample(drawnFleet, { numRuns: FLEETS / 4, seed })) {
      const { contents } = collectFiles(drawn);
      const console = await openConsole();
      await console.import(Object.fromEntries(contents));
      const { clusters, repairs } = await compareAll(console);
      total.clusters += clusters;
      total.repairs += repairs;
    }
    expect(total.clusters).toBeGreaterThan(50);
    expect(total.repairs).toBeGreaterThan(25);
  },
);
