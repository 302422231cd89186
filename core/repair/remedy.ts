import { failureOf } from '../knowledge/model/failures/failures.ts';
import type { Failure, FailureId, RemedyStep } from '../knowledge/model/failure.ts';
import { REPAIR_STEP_IDS, repairStepIdOf, type RepairStepId } from './model/repair-order.ts';
import type { PowerOffClock } from '../power-off/model/power-off.ts';

/*
 * The remedy of a failure for one cluster: what it hands on to other failures is followed, what is not for this kind of cluster
 * left out, and every step knows where it stands in the order across both layers.
 */

export type RepairKind = PowerOffClock['kind'];

/** A step of a remedy in its place. */
export interface RemedyPlace {
  failure: Failure;
  step: RemedyStep;
  /** Of the order across layers, where it is one of its commands. */
  repair?: RepairStepId;
  /** Steps with a lower one come first; halves stand in between. */
  rank: number;
  /** Cases in which it is done at all; keys of the catalogues. */
  only: readonly string[];
  /** Done once for all clusters of a deployment. */
  isOfHost: boolean;
}

/** What comes before everything, and behind it. */
const FIRST = -2;
/** What would undo a repair, taken away before it. */
export const REVOCATION = -1;
const LAST = REPAIR_STEP_IDS.length;

export function rankOf(id: RepairStepId): number {
  return REPAIR_STEP_IDS.indexOf(id);
}

/** Where remedies stand that have no command of that order in them. */
const RANKS: Partial<Record<FailureId, number>> = {
  F10: rankOf('management-kubeconfig'),
  F16: rankOf('node-agent'),
  F18: rankOf('kubelet') + 0.5,
  // Without the module nothing runs, and logs are collected before anything changes.
  F23: FIRST,
  F24: rankOf('credential') - 0.5,
  F26: FIRST,
  F34: REVOCATION,
  F35: FIRST,
};

/** Repairs of a workload cluster, which know no other. */
const OF_WORKLOAD: readonly (RepairStepId | undefined)[] = [
  ...(['kubelet', 'cloud', 'load-balancer', 'credential'] as const),
  ...(['ad-auth-uninstall', 'ad-auth-install'] as const),
];

/** Cmdlets with a name know workload clusters alone. */
const OF_WORKLOAD_ALONE = / -name <cluster>/u;

/** Cases that the kind of a cluster decides. */
const KIND_CASES: Readonly<Record<string, 'host' | 'workload'>> = {
  'repair.only.management': 'host',
  'repair.only.workload': 'workload',
  'repair.only.each-cluster': 'workload',
};

/** Told by what was done before: such steps stand behind all others, even where one of them is done a second time. */
const FALLBACKS: readonly string[] = [
  ...['repair.only.no-effect', 'repair.only.still-failing', 'repair.only.still-starting'],
  ...['repair.only.still-out-of-policy', 'repair.only.not-production'],
];
const FALLBACK = 100;

/** In which the remedy goes on at the management cluster. */
const MANAGEMENT_DOWN = 'repair.only.management-down';

/**
 * Every step of the remedy of a failure, and of those in which it goes on, each failure once on the way. `kind` `undefined`: it is
 * not known which cluster it is.
 */
export function remedyPlaces(
  id: FailureId,
  kind: RepairKind | undefined,
  only: readonly string[] = [],
  before: readonly FailureId[] = [],
): RemedyPlace[] {
  const failure = failureOf(id);
  if (failure === undefined || before.includes(id)) return [];
  const way = [...before, id];
  const places: RemedyPlace[] = [];
  for (const step of failure.steps) {
    const cases = casesOf(step, kind, only);
    // That what failed is run again is the end of every plan.
    if (cases === undefined || step.id === 'again') continue;
    if (step.continues !== undefined) {
      const isAtHost = step.only === MANAGEMENT_DOWN;
      places.push(...remedyPlaces(step.continues, isAtHost ? 'management' : kind, cases, way));
      continue;
    }
    const place = placeOf(failure, step, kind, cases);
    if (place !== undefined) places.push(place);
    // The kubeconfig of the management cluster is no cmdlet’s.
    else if (repairOf(step) === 'credential') places.push(...remedyPlaces('F10', kind, cases, way));
  }
  return ranked(places, failure);
}

/** `undefined`: it is none of those for which the step is. */
function casesOf(
  { only: own }: RemedyStep,
  kind: RepairKind | undefined,
  only: readonly string[],
): readonly string[] | undefined {
  if (own === undefined || only.includes(own)) return only;
  const wanted = KIND_CASES[own];
  if (wanted === undefined || kind === undefined) return [...only, own];
  return (kind === 'workload') === (wanted === 'workload') ? only : undefined;
}

function repairOf({ command }: RemedyStep): RepairStepId | undefined {
  return command === undefined ? undefined : repairStepIdOf(command);
}

/** `undefined`: no step of this kind of cluster. */
function placeOf(
  failure: Failure,
  step: RemedyStep,
  kind: RepairKind | undefined,
  only: readonly string[],
): RemedyPlace | undefined {
  const repair = repairOf(step);
  const isOfHost =
    (kind !== undefined && kind !== 'workload') ||
    (repair === undefined ? isHostFailure(failure) : !OF_WORKLOAD.includes(repair));
  if (kind !== undefined && kind !== 'workload' && OF_WORKLOAD.includes(repair)) {
    if (repair !== 'kubelet' && repair !== 'cloud') return undefined;
    // The hosts’ repair is that of both layers of the management cluster.
    const host = hostStep();
    return { failure, step: host, repair: 'host', rank: Number.NaN, only, isOfHost: true };
  }
  if (kind !== undefined && kind !== 'workload' && OF_WORKLOAD_ALONE.test(step.command ?? '')) return undefined;
  return { failure, step, only, isOfHost, rank: Number.NaN, repair };
}

function hostStep(): RemedyStep {
  const step = failureOf('F17')?.steps.find((each) => repairOf(each) === 'host');
  if (step === undefined) throw new Error('no step that repairs the hosts');
  return step;
}

/** Nothing in its remedy is about one cluster. */
export function isHostFailure({ id, steps }: Failure): boolean {
  if (id === 'F10') return true;
  return steps.every(
    ({ place, command = '' }) => (place === 'host' || place === 'every-host') && !command.includes('<cluster>'),
  );
}

/** Steps that are none of the order stand before the next that is, else behind the last; other remedies count less. */
function ranked(places: readonly RemedyPlace[], { id }: Failure): RemedyPlace[] {
  const known = places.map(({ repair, rank }) => (repair === undefined ? rank : rankOf(repair)));
  const near = (at: number, isWanted: (place: RemedyPlace | undefined) => boolean) => {
    const has = (rank: number, index: number): boolean => !Number.isNaN(rank) && isWanted(places[index]);
    const next = known.find((rank, index) => index > at && has(rank, index));
    const last = known.findLast((rank, index) => index < at && has(rank, index));
    return next !== undefined ? next - 0.5 : last !== undefined ? last + 0.5 : undefined;
  };
  return places.map((place, at) => {
    // Of another remedy, and in its place already.
    if (place.failure.id !== id) return place;
    const rank =
      (place.repair === undefined ? undefined : rankOf(place.repair)) ??
      RANKS[id] ??
      near(at, (other) => other?.failure.id === id) ??
      near(at, () => true) ??
      LAST;
    return { ...place, rank };
  });
}

/** Whether somebody only knows afterwards that it is needed. */
export function isFallback({ only }: Pick<RemedyPlace, 'only'>): boolean {
  return only.some((each) => FALLBACKS.includes(each));
}

/** Where it stands among all steps of its cluster. */
export function placeRank(place: RemedyPlace): number {
  return place.rank + (isFallback(place) ? FALLBACK : 0);
}
