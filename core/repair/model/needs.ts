import { least } from '../../shared/lists.ts';
import { assess, assessSteps, type Assessment } from '../../expiry/model/assess.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import { ROWS_AT_ONCE } from '../../expiry/model/row-tables.ts';
import { runSteps, type Stepwise } from '../../shared/stepwise/steps.ts';
import type { Plan, PlanStep } from '../../plan/model/plan.ts';
import type { ClusterPlace } from '../../plan/model/deployment.ts';
import { powerOffClocks, type PowerOffClock } from '../../availability/model/power-off.ts';
import { sortByNeed } from '../../availability/model/power-off-need.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { instantFromMs, toMilliseconds, type Instant } from '../../shared/instant.ts';
import { IMPACT_STATES, listImpacts, type NeedImpact, type ImpactState } from './impact.ts';
import { repairPlan } from './plan.ts';
import { repairRequest, type RepairSource } from './request.ts';

/*
 * What somebody has to do, and where: one answer, which board, power-off view, report, update and repair, notifications and
 * the command line all show.
 */

/** A cluster, or the hosts of a deployment, of which something does not work, will stop, or is late. */
export interface ClusterNeed {
  clusterId: ClusterId;
  cluster: string;
  sample?: true;
  kind: PowerOffClock['kind'];
  /** The worst first; never empty. */
  impacts: readonly NeedImpact[];
  /** What repairs it, beginning with the hosts that it runs on; empty where everything in it still works. */
  steps: readonly PlanStep[];
}

/**
 * The plan that repairs clusters with the hosts that they run on, or hosts alone, from all that is known about them and
 * without anybody’s symptoms; without steps for none. `cluster.unknown`, `plan.deployment-needed`.
 */
export function clusterRepairPlan(source: RepairSource, clusters: readonly ClusterId[]): Plan {
  const request = repairRequest(source, { clusters, failures: [], texts: [], answers: {} });
  // Without a choice it would be about everything.
  return repairPlan(clusters.length === 0 ? { ...request, targets: [] } : request);
}

/** Most credentials of a fleet: nothing follows from them. */
const HARMLESS: ReadonlySet<ExpiryState> = new Set(['renewal-due', 'fine', 'unknown']);

/** Whether nothing follows from a credential in this state. */
export function isHarmless(state: ExpiryState): boolean {
  return HARMLESS.has(state);
}

/** Everything in need, in the order in which to begin. A sample fleet counts only where there is nothing else. */
export function fleetNeeds(source: RepairSource): ClusterNeed[] {
  // What prints a list asks for all assessments as well.
  return runSteps(
    needSteps(source, function* (rows, moment) {
      return assess(rows, moment);
    }),
  );
}

/** The same in steps, for what needs nothing but that. */
export function fleetNeedSteps(source: RepairSource): Stepwise<ClusterNeed[]> {
  return needSteps(source, assessSteps);
}

function* needSteps(source: RepairSource, assessed: typeof assessSteps): Stepwise<ClusterNeed[]> {
  const { now, rows, classes, facts } = source;
  const nowMs = toMilliseconds(now);
  const places = listRealPlaces(source.clusters);
  const ids = new Set(places.map(({ id }) => id));
  const isWhole = rows.every(({ clusterId }) => ids.has(clusterId));
  const own = isWhole ? rows : rows.filter(({ clusterId }) => ids.has(clusterId));
  const clocks = source.clocks ?? powerOffClocks(places, own, { nowMs, classes, facts });
  const assessments = new Map<BoardRow, Assessment>();
  let seen = 0;
  for (const one of source.assessments ?? (yield* assessed(own, { nowMs, classes }))) {
    if (!isHarmless(one.state)) assessments.set(one.row, one);
    if (++seen % ROWS_AT_ONCE === 0) yield;
  }
  const rowsFor = yield* rowsOfPlans(own, places, clocks);
  const needs: ClusterNeed[] = [];
  for (const clock of sortByNeed(clocks.filter(({ clusterId }) => ids.has(clusterId)))) {
    const { clusterId, cluster, sample, kind } = clock;
    const impacts = listImpacts(clock, { assessments, nowMs });
    yield;
    if (impacts.length === 0) continue;
    const planned = (): readonly PlanStep[] =>
      isBroken({ impacts })
        ? clusterRepairPlan({ ...source, clusters: places, rows: rowsFor(clusterId), clocks }, [clusterId]).steps
        : [];
    let steps: readonly PlanStep[] | undefined;
    needs.push({
      ...{ clusterId, cluster, ...(sample && { sample }), kind, impacts },
      // A plan takes milliseconds, and of a large fleet few are looked at.
      get steps() {
        return (steps ??= planned());
      },
    });
  }
  return needs.sort(byImpact);
}

/**
 * The rows that the plan of a cluster looks at, in their order: its own, and those of whatever clusters run on. Each plan
 * would go through all rows otherwise.
 */
function* rowsOfPlans(
  rows: readonly BoardRow[],
  places: readonly ClusterPlace[],
  clocks: readonly PowerOffClock[],
): Stepwise<(cluster: ClusterId) => readonly BoardRow[]> {
  const wide = new Set([
    ...places.flatMap(({ id, kind }) => (kind === 'moc' ? id : [])),
    ...clocks.flatMap(({ clusterId, kind }) => (kind === 'workload' ? [] : clusterId)),
  ]);
  const positions = new Map<ClusterId, number[]>();
  const wideAt: number[] = [];
  for (const [at, { clusterId }] of rows.entries()) {
    if (wide.has(clusterId)) wideAt.push(at);
    const known = positions.get(clusterId);
    if (known === undefined) positions.set(clusterId, [at]);
    else known.push(at);
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) yield;
  }
  return (cluster) => {
    const own = wide.has(cluster) ? [] : (positions.get(cluster) ?? []);
    return [...wideAt, ...own].sort((a, b) => a - b).map((at) => rows[at]!);
  };
}

function listRealPlaces<P extends ClusterPlace>(places: readonly P[]): readonly P[] {
  const real = places.filter(({ sample }) => sample !== true);
  return real.length > 0 ? real : places;
}

/** What is counted of a need. */
interface CountedNeed {
  impacts: readonly Pick<NeedImpact, 'state' | 'atMs'>[];
}

/** Orders by the worst of each; of those that are as bad as each other, the order stays. */
export function byImpact(a: CountedNeed, b: CountedNeed): number {
  return getRank(a) - getRank(b);
}

function getRank({ impacts: [worst] }: CountedNeed): number {
  return worst === undefined ? IMPACT_STATES.length : IMPACT_STATES.indexOf(worst.state);
}

/** How many things in how many clusters are in one state. */
export interface NeedCount {
  clusters: number;
  /** Of those clusters, the first to begin with. */
  cluster: string;
  /** It belongs to a sample fleet, as then all do. */
  sample?: true;
  impacts: number;
  /** Since when, or from when on, the first of them; absent where that is unknown. */
  first?: Instant;
}

/** What there is of each state; absent where there is nothing. */
export type NeedCounts = Partial<Record<ImpactState, NeedCount>>;

/** Whether something does not work, so that no time off is safe before it is repaired. */
export function isBroken({ impacts: [worst] }: CountedNeed): boolean {
  return worst?.state === 'stopped';
}

/** Counts what somebody has to do. */
export function countNeeds(needs: readonly (CountedNeed & Pick<ClusterNeed, 'cluster' | 'sample'>)[]): NeedCounts {
  const counts: NeedCounts = {};
  for (const state of IMPACT_STATES) {
    const affected = needs.filter(({ impacts }) => impacts.some((impact) => impact.state === state));
    const [first] = affected;
    if (first === undefined) continue;
    const impacts = affected.flatMap((need) => need.impacts.filter((impact) => impact.state === state));
    const times = impacts.flatMap(({ atMs }) => atMs ?? []);
    counts[state] = {
      clusters: affected.length,
      cluster: first.cluster,
      ...(first.sample && { sample: true }),
      impacts: impacts.length,
      ...(times.length > 0 && { first: instantFromMs(least(times)) }),
    };
  }
  return counts;
}
