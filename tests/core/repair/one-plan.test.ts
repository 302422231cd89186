import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { fleetNeeds } from '../../../core/repair/model/needs.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { DAY_MS, instantFromMs } from '../../../core/shared/instant.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { testPorts } from '../../support/ports.ts';
import { TestWorld } from '../cli/test-world.ts';
import { AGENT, credential, DEPOT, healthy, makePlan, mergeRows, NOW, NOW_MS, YARD } from './fleet-by-hand.ts';
import { FLEETS, PLACES, makeClusters, type DescribedFleet } from './fleets.ts';

/*
 * The board, the power-off view, the report, the repair and the update list the same clusters, count the same things
 * and begin with the same step.
 */

function makeWorld({ rows, facts = {} }: Pick<DescribedFleet, 'rows' | 'facts'>): TestWorld {
  const world = new TestWorld(testPorts());
  const clusters = makeClusters(rows, PLACES);
  world.store = {
    ...memoryStore(),
    clusters: () => clusters,
    settings: () => ({ ...DEFAULT_SETTINGS, clusterFacts: facts }),
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  return world;
}

interface Need {
  cluster: string;
  lane: string;
  impacts: { state: string }[];
  firstStep: { id: string; command: string | null } | null;
}

interface Seen {
  broken: string[];
  down: number;
  things: number;
  /** First command for each cluster; `undefined` if there is nothing to do. */
  first: Record<string, string | undefined>;
}

async function json<T>(world: TestWorld, ...words: string[]): Promise<T> {
  const { out, notices } = await world.run(...words, '--now', NOW, '--json');
  if (out === '') throw new Error(notices);
  return JSON.parse(out) as T;
}

async function board(world: TestWorld): Promise<Seen> {
  const { needs } = await json<{ needs: { clusters: Need[]; down: { clusters: number } } }>(world, 'expiry', 'check');
  expect(needs.clusters.filter(({ lane }) => lane === 'down')).toHaveLength(needs.down.clusters);
  const countStopped = ({ impacts }: Need): number => impacts.filter(({ state }) => state === 'stopped').length;
  const broken = needs.clusters.filter((need) => countStopped(need) > 0);
  return {
    broken: broken.map(({ cluster }) => cluster).sort(),
    down: needs.down.clusters,
    things: broken.reduce((sum, need) => sum + countStopped(need), 0),
    first: Object.fromEntries(broken.map(({ cluster, firstStep }) => [cluster, firstStep?.command ?? undefined])),
  };
}

async function powerOff(world: TestWorld): Promise<Omit<Seen, 'down'>> {
  type Clock = { cluster: string; impacts: { state: string }[]; repairOrder: { command: string | null }[] };
  const { clusters } = await json<{ clusters: Clock[] }>(world, 'expiry', 'poweroff');
  const countStopped = ({ impacts }: Clock): number => impacts.filter(({ state }) => state === 'stopped').length;
  const broken = clusters.filter((clock) => countStopped(clock) > 0);
  return {
    broken: broken.map(({ cluster }) => cluster).sort(),
    things: broken.reduce((sum, clock) => sum + countStopped(clock), 0),
    first: Object.fromEntries(broken.map(({ cluster, repairOrder: [step] }) => [cluster, step?.command ?? undefined])),
  };
}

/** Returns the heading of the report and the first command that it contains for each broken cluster. */
async function report(world: TestWorld): Promise<Pick<Seen, 'first'> & { headline: string }> {
  await world.run('expiry', 'report', '--out', 'report.html', '--now', NOW);
  const html = await world.text('report.html');
  const text = (markup: string): string =>
    markup
      .replaceAll(/<[^>]*>/gu, '')
      .replaceAll('&#34;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .trim();
  const pages = html.split('<section class="page cluster">').slice(1);
  const first = pages.flatMap((page): [string, string | undefined][] => {
    const name = text(/<bdi>(.*?)<\/bdi>/u.exec(page)?.[1] ?? '');
    const isBroken = page.includes('<p class="lead expired">') || page.includes('<p class="lead not-yet-valid">');
    const command = /<ol class="steps"><li>(?:<b>[^<]*<\/b> )?<code>(.*?)<\/code>/u.exec(page)?.[1];
    return isBroken ? [[name, command === undefined ? undefined : text(command)]] : [];
  });
  return { first: Object.fromEntries(first), headline: text(/<h1>(.*?)<\/h1>/u.exec(html)?.[1] ?? '') };
}

interface Planned {
  plan: { steps: { id: string; command: { text: string } | null; cluster: string | null }[] };
}

const firstCommand = ({ plan: { steps } }: Planned): string | undefined => steps[0]?.command?.text;

describe.each(Object.entries(FLEETS))('a deployment %s', (_, fleet) => {
  const expected = fleet.broken.map(({ name }) => name).sort();

  test('shows the clusters and the number of things that do not work, as counted by hand', async () => {
    const seen = await board(makeWorld(fleet));
    expect({ broken: seen.broken, things: seen.things }).toEqual({ broken: expected, things: fleet.things });
  });

  test('has the same first step on the board, in the power-off view, in the report, in the update and in the repair', async () => {
    const world = makeWorld(fleet);
    const { down, ...onBoard } = await board(world);
    expect(await powerOff(world)).toEqual(onBoard);
    const { first, headline } = await report(world);
    expect(first).toEqual(onBoard.first);
    expect(/ down/u.test(headline)).toBe(down > 0);
    if (expected.length > 0) expect(headline).not.toContain('nothing now');
    for (const cluster of expected) {
      const repair = await json<Planned>(world, 'repair', 'plan', '--cluster', cluster);
      expect(firstCommand(repair)).toBe(onBoard.first[cluster]);
      expect(firstCommand(repair)).toMatch(fleet.begins ?? /^$/u);
      const update = await json<Planned>(world, 'update', 'plan', '--cluster', cluster);
      const ids = ({ plan: { steps } }: Planned): string[] => steps.map(({ id }) => id);
      // The plan of an update begins with all steps of the repair.
      if (PLACES.some(({ name, kind }) => name === cluster && kind === 'kubernetes' && !name.includes('management')))
        expect(ids(update).slice(0, repair.plan.steps.length)).toEqual(ids(repair));
      expect(firstCommand(update)).toBe(onBoard.first[cluster]);
    }
    if (expected.length > 0) return;
    const repair = await json<Planned>(world, 'repair', 'plan');
    expect(repair.plan.steps).toEqual([]);
  });

  test.each([0.5, 2, 6, 20, 40, 100])(
    'has the same steps and conditions in the power-off view and in the repair plan after %d days off',
    async (days) => {
      await compareAfterTimeOff(makeWorld(fleet), days);
    },
  );
});

test('a plan without steps states what will stop unless somebody acts, as on the board', async () => {
  const rows = mergeRows(healthy(DEPOT, YARD), credential(AGENT, 'cloud-agent-ca', 5));
  const world = makeWorld({ rows });
  const { needs } = await json<{ needs: { clusters: { cluster: string; impacts: { state: string }[] }[] } }>(
    world,
    ...['expiry', 'check'],
  );
  expect(needs.clusters.map(({ cluster, impacts }) => [cluster, impacts[0]?.state])).toEqual([
    [AGENT.name, 'stopping'],
  ]);
  const { plan } = await json<{ plan: { steps: unknown[]; after: { message: string }[] } }>(world, 'repair', 'plan');
  expect(plan.steps).toEqual([]);
  expect(plan.after.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      new RegExp(`^${AGENT.name.replaceAll('.', '\\.')}: nothing has stopped yet.*arcwarden expiry plan`, 'u'),
    ),
  ]);
});

test('a plan and the needs of a fleet report that a certificate was issued while its cluster is stated to have been off', () => {
  const rows = mergeRows(
    healthy(DEPOT, YARD),
    credential(DEPOT, 'apiserver', 2, { notBeforeMs: NOW_MS - 2 * DAY_MS }),
    credential(DEPOT, 'csi-token', -1),
  );
  const listDoubts = (daysOff: number): string[][] => {
    const facts = { [DEPOT.id]: { offSince: instantFromMs(NOW_MS - daysOff * DAY_MS) } };
    const { warnings } = makePlan({ places: PLACES, rows, named: [DEPOT.id], facts });
    const source = { now: instantFromMs(NOW_MS), clusters: PLACES, rows, facts, classes: LIFETIME_CLASSES };
    const need = fleetNeeds(source).find(({ clusterId }) => clusterId === DEPOT.id);
    return [warnings, need?.unsure ?? []].map((statements) =>
      statements.flatMap(({ text }) => (text === 'repair.fact.off-contradicted' ? [text] : [])),
    );
  };
  expect(listDoubts(35)).toEqual([['repair.fact.off-contradicted'], ['repair.fact.off-contradicted']]);
  expect(listDoubts(1)).toEqual([[], []]);
});

test('board and report begin with the check that decides, and never show a conditional command without its condition', async () => {
  const world = makeWorld({ rows: mergeRows(healthy(DEPOT, YARD), credential(AGENT, 'node-agent-token', -9)) });
  const { out } = await world.run('expiry', 'check', '--now', NOW);
  expect(out).toContain(
    `Begin with ${AGENT.name}: F14 is the most likely cause, but not certain. Before you change anything, check with:`,
  );
  expect(out).not.toContain('kill');
  const { needs } = await json<{ needs: { clusters: { firstStep: { only: { message: string }[] } }[] } }>(
    world,
    ...['expiry', 'check'],
  );
  const condition = 'If the check at the top confirms it';
  expect(needs.clusters[0]?.firstStep.only.map(({ message }) => message)).toEqual([condition]);

  await world.run('expiry', 'report', '--out', 'report.html', '--now', NOW);
  const html = await world.text('report.html');
  expect(html).toMatch(/F14 is the most likely cause, but not certain\..*<ol class="steps">/su);
  expect(html).toContain(`<li><b>${condition}</b> <code><span>kill</span>`);
});

test('the board states the condition of a first step that no check decides', async () => {
  const rows = mergeRows(healthy(DEPOT), credential(DEPOT, 'apiserver', -9), credential(DEPOT, 'kms-plugin-token', -9));
  const { out } = await makeWorld({ rows }).run('expiry', 'check', '--now', NOW);
  expect(out).toMatch(/Begin with depot: If .*: \S/u);
});

test('for any expired credentials and any downtime, the steps in the power-off view and in the repair plan are equal', async () => {
  const rows = healthy(DEPOT, YARD);
  await fc.assert(
    fc.asyncProperty(fc.subarray(rows), fc.integer({ min: 1, max: 120 }), async (out, days) => {
      const ended = out.map((row) => ({ ...row, notBeforeMs: 0, notAfterMs: NOW_MS - 1000 }));
      await compareAfterTimeOff(makeWorld({ rows: mergeRows(rows, ...ended) }), days);
    }),
    { numRuns: 25 },
  );
});

/**
 * Checks that the power-off view and the repair plan have the same steps, under the same conditions, for each cluster
 * after this many days off.
 */
async function compareAfterTimeOff(world: TestWorld, days: number): Promise<void> {
  type Step = { id: string; step: string; cluster: string | null; only: { message: string }[] };
  const offSince = new Date(NOW_MS - days * DAY_MS).toISOString();
  const list = (steps: Step[], name: 'id' | 'step'): unknown[] =>
    steps.map((step) => [step[name], step.only.map(({ message }) => message)]);
  for (const { name: cluster } of PLACES) {
    const words = ['--cluster', cluster, '--off-since', offSince];
    const off = await json<{ clusters: { repairOrder: Step[] }[] }>(world, 'expiry', 'poweroff', ...words);
    const [clock] = off.clusters;
    if (clock === undefined) continue;
    const { plan } = await json<{ plan: { steps: Step[] } }>(world, 'repair', 'plan', ...words);
    // The repair plan also repairs the hosts; the power-off view omits that for a cluster that works.
    const steps = clock.repairOrder.length === 0 ? plan.steps.filter((step) => step.cluster !== null) : plan.steps;
    expect(list(clock.repairOrder, 'step')).toEqual(list(steps, 'id'));
  }
}
