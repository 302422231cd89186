import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ForecastQuestion } from '../../../core/forecast/contract.ts';
import { computeForecast } from '../../../core/forecast/forecast.ts';
import type { ClusterForecast, ForecastAnswer, ForecastScenario } from '../../../core/forecast/model/forecast.ts';
import { UnpackedForecast, type ForecastPart } from '../../../core/forecast/model/forecast-part.ts';
import { forecastService } from '../../../core/forecast/service.ts';
import { fleetSource } from '../../../core/inventory/fleet.ts';
import { clusterFleet } from '../../../core/expiry/fleet.ts';
import type { Cluster, Credential } from '../../../core/inventory/model/credential.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { DAY_MS, instantFromMs, MINUTE_MS, epochMs } from '../../../core/shared/instant.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import { buildInventory } from '../../support/inventory-of-deployment.ts';
import { CountedScheduler } from '../../support/ports.ts';
import { instantAfter, deployment, START } from '../simulation/deployment.ts';

const CLUSTERS = 70;
const NOW = instantAfter(30 * DAY_MS);
const NOTHING: ForecastQuestion = { horizonDays: 365, scenario: {} };

/** Builds clusters on unknown hosts. All have different credentials, and some credentials have expired. */
function makeUnassigned(): Cluster[] {
  const like = buildInventory(deployment()).at(-1)!;
  const credentials = like.credentials.filter(({ layer, role }) => layer !== 'moc' && role !== 'management-kubeconfig');
  return Array.from({ length: CLUSTERS }, (_, number): Cluster => {
    const id = `cluster-${number}` as ClusterId;
    const own = credentials.slice(number % credentials.length).map((credential) => {
      if (credential.kind !== 'certificate' || number % 3 === 0) return credential;
      const movedMs = (number % 7) * 6 * DAY_MS;
      const notAfter = instantFromMs(epochMs(credential.facts.notAfter) + movedMs);
      const notBefore = instantFromMs(epochMs(credential.facts.notBefore) + movedMs);
      return { ...credential, facts: { ...credential.facts, notAfter, notBefore } };
    });
    return { ...like, id, name: id, credentials: own };
  });
}

function createService(clusters: readonly Cluster[] = makeUnassigned()) {
  const scheduler = new CountedScheduler();
  const looked: ClusterId[] = [];
  const store = {
    clusters: () => clusters,
    foreign: () => undefined,
    placements: () => [],
    unreadable: () => [],
    settings: () => DEFAULT_SETTINGS,
  };
  const fleet = () => clusterFleet(fleetSource(store), store.settings(), NOW);
  const watchFleet = (): ReturnType<typeof fleet> => {
    const { listRows, ...rest } = fleet();
    return {
      ...rest,
      listRows: (cluster) => {
        looked.push(cluster.id);
        return listRows(cluster);
      },
    };
  };
  return {
    clusters,
    scheduler,
    looked,
    ...forecastService({ fleet: watchFleet, pause: () => scheduler.yield(), stepMs: MINUTE_MS }),
  };
}

type Asking = ReturnType<typeof createService>;

async function allParts({ begin, part }: Asking, question: ForecastQuestion): Promise<ForecastPart[]> {
  const { number, clusters } = await begin(question);
  const parts: ForecastPart[] = [];
  while ((parts.at(-1)?.done ?? 0) < clusters) parts.push(structuredClone(await part({ number })));
  return parts;
}

function whole({ clusters }: Asking, scenario: ForecastScenario): ReturnType<typeof computeForecast> {
  return computeForecast({
    clusters,
    listRows,
    facts: {},
    classes: LIFETIME_CLASSES,
    nowMs: epochMs(NOW),
    horizonMs: 365 * DAY_MS,
    scenario,
    pause: () => Promise.resolve(),
  });
}

const indexLives = ({ lives }: Awaited<ReturnType<typeof whole>>) =>
  new Map(
    lives.map(({ credential, renewedMs, endFromMs, endMs, recoversMs }) => [
      credential.id,
      { renewedMs, endFromMs, endMs, recoversMs },
    ]),
  );

type Told = Pick<ClusterForecast, 'clusterId' | 'cluster' | 'answer'> & { events: ClusterForecast['events'] };

function unpackParts(
  { clusters }: Asking,
  parts: readonly ForecastPart[],
): Map<string, Told & { of: UnpackedForecast }> {
  const packed = parts.flatMap((part) => part.clusters);
  return new Map(
    packed.map((each) => {
      const cluster = clusters.find(({ id }) => id === each.clusterId)!;
      const of = new UnpackedForecast(each, listRows(cluster));
      const events = Array.from(of.eventMs, (_, place) => of.event(place));
      return [each.clusterId, { of, clusterId: each.clusterId, cluster: each.cluster, answer: of.answer, events }];
    }),
  );
}

test.each<[string, ForecastScenario]>([
  ['no scenario', {}],
  ['an update', { updateOnMs: epochMs(instantAfter(60 * DAY_MS)) }],
  [
    'hosts that are off',
    { off: { fromMs: epochMs(instantAfter(40 * DAY_MS)), toMs: epochMs(instantAfter(75 * DAY_MS)) } },
  ],
  ['an absence', { absent: { fromMs: epochMs(instantAfter(40 * DAY_MS)), toMs: epochMs(instantAfter(175 * DAY_MS)) } }],
])('with %s, the parts together equal the whole forecast', async (_, scenario) => {
  const console = createService();
  const parts = await allParts(console, { horizonDays: 365, scenario });
  const forecast = await whole(console, scenario);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.at(-1)?.answer).toEqual(forecast.answer);
  const told = unpackParts(console, parts);
  expect(told.size).toBe(CLUSTERS);
  for (const { clusterId, cluster, answer, already, events } of forecast.clusters) {
    const { of: _of, ...own } = told.get(clusterId)!;
    expect(own).toEqual({ clusterId, cluster, answer, events: [...already, ...events] });
  }
  const foretold = new Set(forecast.lives.map(({ credential }) => credential.id));
  // The id of a credential is not unique across clusters, so the parts are compared by cluster.
  const [first] = console.clusters;
  const alone = await whole({ ...console, clusters: [first!] }, scenario);
  const rows = listRows(first!);
  const lives = indexLives(alone);
  expect(rows.length).toBeGreaterThan(0);
  for (const [row, { id }] of rows.entries()) {
    expect(foretold.has(id)).toBe(true);
    expect(told.get(first!.id)?.of.statusSegment(row)).toEqual(lives.get(id));
  }
});

test('clusters with the most expired credentials come first, then those that break first', async () => {
  const console = createService();
  const parts = await allParts(console, NOTHING);
  const first = ({ broken, breaking, first: place, moments }: ForecastPart['clusters'][number]): number =>
    broken > 0 ? -broken : breaking > 0 ? (moments[place ?? 0] ?? Infinity) : Infinity;
  const firsts = parts.map(({ clusters }) => Math.min(...clusters.map(first)));
  expect(firsts[0]).toBe(Math.min(...firsts));
  expect(firsts[0]).toBeLessThan(0);
});

test('each part contains the answer for all clusters forecast so far', async () => {
  const console = createService();
  const parts = await allParts(console, NOTHING);
  const { clusters } = await whole(console, {});
  const known = new Set<string>();
  for (const part of parts) {
    for (const { clusterId } of part.clusters) known.add(clusterId);
    const answers = clusters.filter(({ clusterId }) => known.has(clusterId)).map(({ answer }) => answer);
    const sum = (of: (answer: ForecastAnswer) => number): number => answers.reduce((all, each) => all + of(each), 0);
    expect(part.done).toBe(known.size);
    expect(part.answer.broken).toBe(sum(({ broken }) => broken));
    expect(part.answer.breaking).toBe(sum(({ breaking }) => breaking));
    expect(part.answer.first?.atMs).toBe(Math.min(...answers.flatMap(({ first }) => first?.atMs ?? [])));
  }
});

test('the service computes only the requested part', async () => {
  const console = createService();
  const { number } = await console.begin(NOTHING);
  expect(console.looked).toEqual([]);
  await console.part({ number });
  const looked = console.looked.length;
  // Each cluster is read once before the first part, and the clusters of that part a second time.
  expect(looked).toBeLessThan(2 * CLUSTERS);
  for (let turn = 0; turn < 1_000; turn += 1) await Promise.resolve();
  expect(console.looked).toHaveLength(looked);
});

test('a new question replaces the previous one, even while a part of the previous one is computed', async () => {
  const console = createService();
  const { number: before } = await console.begin(NOTHING);
  const underWay = console.part({ number: before });
  const { number } = await console.begin({ horizonDays: 30, scenario: {} });
  expect((await underWay).done).toBeGreaterThan(0);
  await expect(console.part({ number: before })).rejects.toMatchObject({ code: 'argument.invalid' });
  const { done } = await console.part({ number });
  expect(done).toBeGreaterThan(0);
});

test('a request after the last part is refused', async () => {
  const console = createService(makeUnassigned().slice(0, 2));
  const { number, clusters } = await console.begin(NOTHING);
  expect((await console.part({ number })).done).toBe(clusters);
  await expect(console.part({ number })).rejects.toMatchObject({ code: 'argument.invalid' });
});

test('other work can run while a part is computed', async () => {
  const console = createService();
  const { number } = await console.begin(NOTHING);
  await console.part({ number });
  expect(console.scheduler.yields).toBeGreaterThan(3);
});

/** Builds known hosts with many clusters of which only the Kubernetes layer was read. */
function makeAssigned(): Cluster[] {
  const [agent, ...known] = buildInventory(deployment());
  const others = makeUnassigned().map((cluster, number): Cluster => {
    const name = `branch-${number}-`;
    const credentials = cluster.credentials.map((each) => ({ ...each, id: `${name}${each.id}` as CredentialId }));
    return { ...cluster, id: name as ClusterId, name, credentials };
  });
  return [...others.slice(0, 20), agent!, ...known, ...others.slice(20)];
}

const days = (count: number): number => epochMs(instantAfter(count * DAY_MS));
const moment = fc.integer({ min: 31, max: 330 }).map(days);
const span = fc
  .tuple(moment, fc.integer({ min: 1, max: 120 }))
  .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length * DAY_MS }));
const anyScenario = (clusters: readonly Cluster[]): fc.Arbitrary<ForecastScenario> =>
  fc.record(
    {
      updateOnMs: moment,
      missesUpdate: fc.constant(true as const),
      absent: span,
      off: fc
        .tuple(span, fc.option(fc.constantFrom(...clusters.map(({ id }) => id)), { nil: undefined }))
        .map(([when, clusterId]) => ({ ...when, ...(clusterId !== undefined && { clusterId }) })),
    },
    { requiredKeys: [] },
  );

interface Changes {
  /** Number of clusters of which little is known. */
  others: number;
  /** Random numbers, assigned to the credentials in order. */
  drawn: readonly number[];
}

/**
 * Builds the fleet of `makeAssigned` with changes: some credentials of the hosts are missing, are in another cluster,
 * or have the name of another cluster.
 */
function applyChanges({ others, drawn }: Changes): Cluster[] {
  const clusters = makeAssigned().slice(0, makeAssigned().length - CLUSTERS + others);
  const moved: { credential: Credential; to: number }[] = [];
  let count = 0;
  const left = clusters.map((cluster): Cluster => ({
    ...cluster,
    credentials: cluster.credentials.flatMap((credential): Credential[] => {
      if (credential.layer !== 'moc') return [credential];
      const number = drawn[(count += 1) % drawn.length]!;
      if (number === 0) return [];
      if (number === 1) return [{ ...credential, name: `${credential.name}-${clusters[count % 30]!.name}` }];
      if (number < clusters.length) moved.push({ credential, to: number });
      return number < clusters.length ? [] : [credential];
    }),
  }));
  for (const { credential, to } of moved)
    left[to] = { ...left[to]!, credentials: [...left[to]!.credentials, credential] };
  return left;
}

/**
 * Checks that the parts of the timeline contain the same data as a forecast of the whole fleet. Returns their number.
 */
async function expectSame(clusters: readonly Cluster[], scenario: ForecastScenario): Promise<number> {
  const console = createService(clusters);
  const parts = await allParts(console, { horizonDays: 365, scenario });
  const forecast = await whole(console, scenario);
  const told = unpackParts(console, parts);
  expect(parts.flatMap((part) => part.clusters)).toHaveLength(clusters.length);
  for (const { clusterId, cluster, answer, already, events } of forecast.clusters) {
    const { of: _of, ...own } = told.get(clusterId)!;
    expect(own).toEqual({ clusterId, cluster, answer, events: [...already, ...events] });
  }
  const lives = indexLives(forecast);
  for (const cluster of clusters)
    for (const [row, { id }] of listRows(cluster).entries())
      expect(told.get(cluster.id)?.of.statusSegment(row)).toEqual(lives.get(id));
  const { broken, breaking, first } = forecast.answer;
  expect(parts.at(-1)?.answer).toMatchObject({ broken, breaking });
  expect(parts.at(-1)?.answer.first?.atMs).toBe(first?.atMs);
  return parts.length;
}

test('for known hosts, the parts together equal the whole forecast, whatever is known about the clusters', async () => {
  let parted = 0;
  const changes = fc.record({
    others: fc.integer({ min: 40, max: CLUSTERS }),
    drawn: fc.array(fc.oneof(fc.nat(1), fc.integer({ min: 2, max: 400 })), { minLength: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(changes, anyScenario(makeAssigned()), async (each, scenario) => {
      if ((await expectSame(applyChanges(each), scenario)) > 1) parted += 1;
    }),
    { numRuns: 40 },
  );
  // Without fleets in several parts, the test would prove nothing.
  expect(parted).toBeGreaterThan(0);
});

test('for known hosts, the first part arrives before all clusters are computed, and each cluster is in only one part', async () => {
  const clusters = makeAssigned();
  const console = createService(clusters);
  const { number } = await console.begin(NOTHING);
  const first = await console.part({ number });
  expect(first.done).toBeLessThan(clusters.length / 2);
  const parts = await allParts(console, NOTHING);
  const ids = parts.flatMap((part) => part.clusters.map(({ clusterId }) => clusterId));
  expect(ids.toSorted()).toEqual(clusters.map(({ id }) => id).toSorted());
});

test('clusters that appear in the credentials of the hosts are forecast together with the hosts', async () => {
  const clusters = buildInventory(deployment());
  const console = createService(clusters);
  const parts = await allParts(console, NOTHING);
  expect(parts).toHaveLength(1);
  expect(parts[0]?.answer).toEqual((await whole(console, {})).answer);
});

test('an empty inventory has no parts', async () => {
  const console = createService([]);
  expect(await console.begin(NOTHING)).toMatchObject({ clusters: 0 });
});

test('instants are rounded to whole minutes', async () => {
  const { nowMs, untilMs } = await createService().begin(NOTHING);
  expect(nowMs % MINUTE_MS).toBe(0);
  expect(untilMs - nowMs).toBe(365 * DAY_MS);
  expect(epochMs(START)).toBeLessThan(nowMs);
});
