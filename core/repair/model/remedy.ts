import { findFailure } from '../../knowledge/model/failures/failures.ts';
import type { Failure, FailureId, RemedyStep } from '../../knowledge/model/failure.ts';
import { REPAIR_STEP_IDS, findRepairStepId, type RepairStepId } from '../../availability/model/repair-order.ts';
import type { PowerOffClock } from '../../availability/model/power-off.ts';

/*
 * The remedy of a failure for one cluster: references to other failures are followed, whatever is not for this kind of
 * cluster is left out, and every step knows its position in the order across both layers.
 */

export type RepairKind = PowerOffClock['kind'];

/** A step of a remedy at its position. */
export interface RemedyPlace {
  failure: Failure;
  step: RemedyStep;
  /** Its step in the order across layers, where it is one of the commands of that order. */
  repair?: RepairStepId;
  /** Steps with a lower rank come first; halves lie in between. */
  rank: number;
  /** Cases in which it is done at all; keys of the catalogues. */
  only: readonly string[];
  /** Done once for all clusters of a deployment. */
  isOfHost: boolean;
}

/** What comes before everything, and after it. */
const FIRST = -2;
/** What would undo a repair, removed before it. */
export const REVOCATION = -1;
export const LAST = REPAIR_STEP_IDS.length;

export function getRank(id: RepairStepId): number {
  return REPAIR_STEP_IDS.indexOf(id);
}

/** Position of remedies that contain no command of that order. */
const RANKS: Partial<Record<FailureId, number>> = {
  // In place of the cmdlet, and before the cloud credentials and whatever is done for them by hand: their repair needs
  // an API server. Source: Azure/aksArc issues 233 and 127.
  F02: getRank('kubelet') + 0.25,
  F10: getRank('management-kubeconfig'),
  F16: getRank('node-agent'),
  F18: getRank('kubelet') + 0.5,
  // Without the module nothing runs, and logs are collected before anything changes.
  F23: FIRST,
  F24: getRank('credential') - 0.5,
  F26: FIRST,
  F34: REVOCATION,
  F35: FIRST,
};

/** Repairs of a workload cluster, which apply to nothing else. */
const OF_WORKLOAD: readonly (RepairStepId | undefined)[] = [
  ...(['kubelet', 'cloud', 'load-balancer', 'credential'] as const),
  ...(['ad-auth-uninstall', 'ad-auth-install'] as const),
];

/** Cmdlets with a name only work on workload clusters. */
const OF_WORKLOAD_ALONE = / -name <cluster>/u;

/** Cases decided by the kind of a cluster. */
const KIND_CASES: Readonly<Record<string, 'host' | 'workload'>> = {
  'repair.only.management': 'host',
  'repair.only.workload': 'workload',
  'repair.only.each-cluster': 'workload',
};

/**
 * Determined by what was done before: such steps come after all others, even when one of them is done a second time.
 */
const FALLBACKS: readonly string[] = [
  ...['repair.only.still-failing', 'repair.only.still-starting'],
  ...['repair.only.still-out-of-policy', 'repair.only.not-production'],
];
/** Added to the rank of such a step. */
export const FALLBACK = 100;

/** Case in which the remedy continues at the management cluster. */
const MANAGEMENT_DOWN = 'repair.only.management-down';

/**
 * Every step of the remedy of a failure, and of those at which it continues, each failure once along the way. `kind`
 * `undefined`: it is unknown which cluster it is.
 */
export function remedyPlaces(
  id: FailureId,
  kind: RepairKind | undefined,
  only: readonly string[] = [],
  before: readonly FailureId[] = [],
): RemedyPlace[] {
  const failure = findFailure(id);
  if (failure === undefined || before.includes(id)) return [];
  const way = [...before, id];
  const places: RemedyPlace[] = [];
  for (const step of failure.steps) {
    const cases = listRemedyCases(step, kind, only);
    // Every plan ends with repeating what failed.
    if (cases === undefined || step.id === 'again') continue;
    if (step.continues !== undefined) {
      const isAtHost = step.only === MANAGEMENT_DOWN;
      places.push(...remedyPlaces(step.continues, isAtHost ? 'management' : kind, cases, way));
      continue;
    }
    const place = findPlace(failure, step, kind, cases);
    if (place !== undefined) places.push(place);
    // No cmdlet makes the kubeconfig of the management cluster.
    else if (findRepairStepId(step.command) === 'credential') places.push(...remedyPlaces('F10', kind, cases, way));
  }
  return ranked(places, failure);
}

/** `undefined`: it is not one of those for which the step is meant. */
function listRemedyCases(
  { only: own }: RemedyStep,
  kind: RepairKind | undefined,
  only: readonly string[],
): readonly string[] | undefined {
  if (own === undefined || only.includes(own)) return only;
  const wanted = KIND_CASES[own];
  if (wanted === undefined || kind === undefined) return [...only, own];
  return (kind === 'workload') === (wanted === 'workload') ? only : undefined;
}

/** `undefined`: there is no such step for this kind of cluster. */
function findPlace(
  failure: Failure,
  step: RemedyStep,
  kind: RepairKind | undefined,
  only: readonly string[],
): RemedyPlace | undefined {
  const repair = findRepairStepId(step.command);
  const isOfHost =
    (kind !== undefined && kind !== 'workload') ||
    (repair === undefined ? isHostFailure(failure) : !OF_WORKLOAD.includes(repair));
  if (kind !== undefined && kind !== 'workload' && OF_WORKLOAD.includes(repair)) {
    if (repair !== 'kubelet' && repair !== 'cloud') return undefined;
    // Repairing the hosts repairs both layers of the management cluster.
    const host = hostStep();
    return { failure, step: host, repair: 'host', rank: Number.NaN, only, isOfHost: true };
  }
  if (kind !== undefined && kind !== 'workload' && OF_WORKLOAD_ALONE.test(step.command ?? '')) return undefined;
  return { failure, step, only, isOfHost, rank: Number.NaN, repair };
}

function hostStep(): RemedyStep {
  const step = findFailure('F17')?.steps.find((each) => findRepairStepId(each.command) === 'host');
  if (step === undefined) throw new Error('no step that repairs the hosts');
  return step;
}

/** Whether nothing in its remedy is about one cluster. */
export function isHostFailure({ id, steps }: Failure): boolean {
  if (id === 'F10') return true;
  return steps.every(
    ({ place, command = '' }) => (place === 'host' || place === 'every-host') && !command.includes('<cluster>'),
  );
}

/**
 * Steps outside the order come before the next one in it, otherwise after the last; other remedies carry less weight.
 */
function ranked(places: readonly RemedyPlace[], { id }: Failure): RemedyPlace[] {
  const known = places.map(({ repair, rank }) => (repair === undefined ? rank : getRank(repair)));
  const near = (at: number, isWanted: (place: RemedyPlace | undefined) => boolean) => {
    const ranks = known.flatMap((rank, index) =>
      Number.isNaN(rank) || !isWanted(places[index]) ? [] : { rank, index },
    );
    const next = ranks.find(({ index }) => index > at);
    const last = ranks.findLast(({ index }) => index < at);
    return next !== undefined ? next.rank - 0.5 : last !== undefined ? last.rank + 0.5 : undefined;
  };
  return places.map((place, at) => {
    // Belongs to another remedy, and is already in its position.
    if (place.failure.id !== id) return place;
    const rank =
      (place.repair === undefined ? undefined : getRank(place.repair)) ??
      RANKS[id] ??
      near(at, (other) => other?.failure.id === id) ??
      near(at, () => true) ??
      LAST;
    return { ...place, rank };
  });
}

/** The cases that only become clear afterwards. */
export function listFallbacks({ only }: Pick<RemedyPlace, 'only'>): string[] {
  return only.filter((each) => FALLBACKS.includes(each));
}
