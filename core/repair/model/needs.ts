import { addTo, least } from '../../shared/lists.ts';
import { assessRow } from '../../expiry/model/assess.ts';
import { RenewalObstacles } from '../../expiry/model/renewal-obstacle.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { Statement } from '../../shared/citation.ts';
import type { Plan, PlanStep } from '../../plan/model/plan.ts';
import { listRealPlaces, type ClusterPlace } from '../../plan/model/deployment.ts';
import { powerOffClocks, type PowerOffClock } from '../../availability/model/power-off.ts';
import { sortByNeed } from '../../availability/model/power-off-need.ts';
import type { ImpactId } from '../../knowledge/model/credentials/role-row.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { listImpacts, type NeedImpact } from './impact.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { repairPlan, UNSURE } from './plan.ts';
import { repairRequest, type RepairSource } from './request.ts';

/** A cluster, or the hosts of a deployment, where something is broken, late or about to break. */
export interface ClusterNeed {
  clusterId: ClusterId;
  cluster: string;
  sample?: true;
  kind: PowerOffClock['kind'];
  /** Worst first; empty if only an expired CA of the hosts requires steps. */
  impacts: readonly NeedImpact[];
  /** Whether something has stopped or expired. Unlike `steps`, this is known without a plan. */
  isRepairable: boolean;
  /** Hosts first; empty unless `isRepairable`. */
  steps: readonly PlanStep[];
  /** Open checks on which conditional steps depend, and contradictory statements. */
  unsure: readonly Statement[];
}

/**
 * Plans the repair of these clusters and their hosts from their known state. Without clusters, the plan is empty.
 * Throws `cluster.unknown` or `plan.deployment-needed`.
 */
export function clusterRepairPlan(source: RepairSource, clusters: readonly ClusterId[]): Plan {
  const request = repairRequest(source, { clusters, failures: [], texts: [], answers: {} });
  // In a repair request, no clusters means all clusters.
  return repairPlan(clusters.length === 0 ? { ...request, targets: [] } : request);
}

export function isHarmless(state: ExpiryState): boolean {
  return state === 'renewal-due' || state === 'fine' || state === 'unknown';
}

/** Lists all needs in the order of repair. */
export function fleetNeeds(source: RepairSource): ClusterNeed[] {
  const { now, classes, facts } = source;
  const places = listRealPlaces(source.clusters);
  const moment = { nowMs: epochMs(now), classes, facts };
  const clocks = source.clocks ?? powerOffClocks(places, rowsIn(places, source.rows), moment);
  return needsOfClocks({ ...source, clocks }, impactFinder(source));
}

export function impactFinder(source: RepairSource): (clock: PowerOffClock) => NeedImpact[] {
  const moment = { nowMs: epochMs(source.now), classes: source.classes };
  const places = listRealPlaces(source.clusters);
  const ids = placeIds(places);
  const obstacles = new RenewalObstacles(rowsIn(places, source.rows), moment.classes, moment.nowMs);
  const assess = (row: BoardRow) => (ids.has(row.clusterId) ? assessRow(row, moment, obstacles) : undefined);
  return (clock) => listImpacts(clock, { assessRow: assess, ...moment });
}

const CONTRADICTED = repairFact('off-contradicted').text;
const NO_PLAN: Pick<Plan, 'steps' | 'warnings'> = { steps: [], warnings: [] };

export function needsOfClocks(
  source: RepairSource & { clocks: readonly PowerOffClock[] },
  impactsOf: (clock: PowerOffClock) => readonly NeedImpact[],
): ClusterNeed[] {
  const { clocks } = source;
  const places = listRealPlaces(source.clusters);
  const ids = placeIds(places);
  let rowsFor: ReturnType<typeof rowsOfPlans> | undefined;
  const makePlan = (clusterId: ClusterId): typeof NO_PLAN => {
    rowsFor ??= rowsOfPlans(rowsIn(places, source.rows), places, clocks);
    return clusterRepairPlan({ ...source, clusters: places, rows: rowsFor(clusterId) }, [clusterId]);
  };
  const needs: ClusterNeed[] = [];
  for (const clock of sortByNeed(clocks.filter(({ clusterId }) => ids.has(clusterId)))) {
    const { clusterId, cluster, sample, kind, repairOrder } = clock;
    const impacts = impactsOf(clock);
    if (impacts.length === 0 && repairOrder.length === 0) continue;
    const isRepairable = isBroken({ impacts }) || repairOrder.length > 0;
    let made: typeof NO_PLAN | undefined;
    // Made on demand: a plan takes milliseconds to make, and callers read only a few of the plans for a large fleet.
    const getPlan = (): typeof NO_PLAN => (made ??= isRepairable ? makePlan(clusterId) : NO_PLAN);
    needs.push({
      clusterId,
      cluster,
      sample,
      kind,
      impacts,
      isRepairable,
      get steps() {
        return getPlan().steps;
      },
      get unsure() {
        return getPlan().warnings.filter(({ text }) => text === UNSURE || text === CONTRADICTED);
      },
    });
  }
  return needs.sort(compareLane);
}

/**
 * Returns a function that lists the rows on which a cluster's plan depends: its own and those of the hosts. With this
 * index, a plan need not read all rows.
 */
function rowsOfPlans(
  rows: readonly BoardRow[],
  places: readonly ClusterPlace[],
  clocks: readonly PowerOffClock[],
): (cluster: ClusterId) => readonly BoardRow[] {
  const wide = new Set([
    ...places.flatMap(({ id, kind }) => (kind === 'moc' ? id : [])),
    ...clocks.flatMap(({ clusterId, kind }) => (kind === 'workload' ? [] : clusterId)),
  ]);
  const positions = new Map<ClusterId, number[]>();
  const wideAt: number[] = [];
  for (const [at, { clusterId }] of rows.entries()) {
    if (wide.has(clusterId)) wideAt.push(at);
    addTo(positions, clusterId, at);
  }
  return (cluster) => {
    const own = wide.has(cluster) ? [] : (positions.get(cluster) ?? []);
    return [...wideAt, ...own].sort((a, b) => a - b).map((at) => rows[at]!);
  };
}

function placeIds(places: readonly ClusterPlace[]): ReadonlySet<ClusterId> {
  return new Set(places.map(({ id }) => id));
}

/** Returns the original list if all rows qualify. */
function rowsIn(places: readonly ClusterPlace[], rows: readonly BoardRow[]): readonly BoardRow[] {
  const ids = placeIds(places);
  const own = rows.filter(({ clusterId }) => ids.has(clusterId));
  return own.length === rows.length ? rows : own;
}

/**
 * The lanes of a fleet, worst first. `down`: the API server, etcd or the KMS plugin of a cluster cannot serve.
 * `falling`: one of them will stop unless somebody acts. `attention`: anything else that stopped, will stop or is late.
 * `stale`: all of that may be over, because the credentials should have renewed themselves since the last reading.
 */
export const FLEET_LANES = ['down', 'falling', 'attention', 'stale'] as const;
export type FleetLane = (typeof FLEET_LANES)[number];

/** Without these, a cluster serves nobody. */
const SERVING: ReadonlySet<ImpactId> = new Set<ImpactId>(['cluster', 'api-server', 'secrets']);
const STATE_OF_LANE = { down: 'stopped', falling: 'stopping' } as const;

type CountedImpact = Pick<NeedImpact, 'id' | 'state' | 'atMs'>;
interface CountedNeed {
  impacts: readonly CountedImpact[];
}

/** Returns `undefined` if there are no impacts, because the steps then concern only the hosts. */
export function findLane({ impacts }: CountedNeed): FleetLane | undefined {
  if (impacts.length === 0) return undefined;
  const current = impacts.filter(({ state }) => state !== 'outdated');
  if (current.length === 0) return 'stale';
  const states = new Set(current.flatMap(({ id, state }) => (SERVING.has(id) ? state : [])));
  return states.has('stopped') ? 'down' : states.has('stopping') ? 'falling' : 'attention';
}

/** Lists the impacts that put a cluster into its lane. */
export function listDeciding<I extends CountedImpact>(impacts: readonly I[], lane: FleetLane): I[] {
  const current = impacts.filter(({ state }) => state !== 'outdated');
  return lane === 'down' || lane === 'falling'
    ? current.filter(({ id, state }) => SERVING.has(id) && state === STATE_OF_LANE[lane])
    : current;
}

/** Returns the earliest time at which the cluster went or goes into its lane; `undefined` if no time is known. */
export function findLaneTime({ impacts }: CountedNeed, lane: FleetLane): number | undefined {
  const times = listDeciding(impacts, lane).flatMap(({ atMs }) => atMs ?? []);
  return times.length === 0 ? undefined : least(times);
}

/** Compares needs by lane, and within `falling` by time. In other lanes, needs keep their order of repair. */
export function compareLane(a: CountedNeed, b: CountedNeed): number {
  const [one, other] = [a, b].map(getRank) as [number, number];
  if (one !== other || FLEET_LANES[one] !== 'falling') return one - other;
  return (findLaneTime(a, 'falling') ?? 0) - (findLaneTime(b, 'falling') ?? 0);
}

function getRank(need: CountedNeed): number {
  const lane = findLane(need);
  return lane === undefined ? FLEET_LANES.length : FLEET_LANES.indexOf(lane);
}

interface LaneCount {
  clusters: number;
  /** The first cluster in the order of repair. */
  cluster: string;
  /** Present if that cluster belongs to the sample fleet. */
  sample?: true;
  /** When that cluster went or goes into the lane; absent if unknown. */
  first?: Instant;
}

export type LaneCounts = Partial<Record<FleetLane, LaneCount>>;

/** Returns whether something has stopped, so that no downtime is safe before a repair. */
export function isBroken({ impacts: [worst] }: CountedNeed): boolean {
  return worst?.state === 'stopped';
}

/** Returns the need with which to begin; `undefined` if nothing known today requires a repair. */
export function findFirstRepair(needs: readonly ClusterNeed[]): ClusterNeed | undefined {
  return needs.find(isDueForRepair);
}

/** Returns whether something known today requires a repair. */
export function isDueForRepair(need: ClusterNeed): boolean {
  return need.isRepairable && findLane(need) !== 'stale';
}

/** Counts the clusters in each lane. `needs` must be in the order of repair. */
export function countLanes(needs: readonly (CountedNeed & Pick<ClusterNeed, 'cluster' | 'sample'>)[]): LaneCounts {
  const counts: LaneCounts = {};
  for (const lane of FLEET_LANES) {
    const own = needs.filter((need) => findLane(need) === lane);
    const [first] = own;
    if (first === undefined) continue;
    const { cluster, sample } = first;
    const atMs = findLaneTime(first, lane);
    counts[lane] = { clusters: own.length, cluster, sample, ...(atMs !== undefined && { first: instantFromMs(atMs) }) };
  }
  return counts;
}
