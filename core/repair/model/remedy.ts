import { findFailure } from '../../knowledge/model/failures/failures.ts';
import type { Failure, FailureId, RemedyStep } from '../../knowledge/model/failure.ts';
import { findRepairStepId } from '../../availability/model/repair-order.ts';
import { REPAIR_STEP_IDS, type RepairStepId } from '../../knowledge/model/credentials/repair-steps.ts';
import type { PowerOffClock } from '../../availability/model/power-off.ts';
import { MANAGEMENT_DOWN } from './cases.ts';

/*
 * The remedy of a failure for one cluster: references are resolved, steps for other kinds of clusters are omitted, and
 * all steps are ranked across hosts and cluster.
 */

export type RepairKind = PowerOffClock['kind'];

export interface RemedyPlace {
  failure: Failure;
  step: RemedyStep;
  /** Present if the command belongs to the repair order. */
  repair?: RepairStepId;
  /** Lower ranks come first. */
  rank: number;
  /** Catalogue keys of the cases in which the step applies. */
  only: readonly string[];
  /** Whether the step is performed once for all clusters. */
  isOfHost: boolean;
}

const FIRST = -2;
/** Revocations would undo repairs, so they are removed first. */
export const REVOCATION = -1;
export const LAST = REPAIR_STEP_IDS.length;
export const FALLBACK = 100;

export function getRank(id: RepairStepId): number {
  // The new kubeconfig follows all other steps, including steps that depend on the result of earlier steps.
  return id === 'credential' ? 2 * FALLBACK : REPAIR_STEP_IDS.indexOf(id);
}

/** Ranks of remedies whose commands are not in the repair order. */
const RANKS: Partial<Record<FailureId, number>> = {
  // F02 replaces the cmdlet and precedes cloud credentials, which need an API server. Source: Azure/aksArc issues 233
  // and 127.
  F02: getRank('kubelet') + 0.25,
  F10: getRank('management-kubeconfig'),
  F16: getRank('node-agent'),
  F18: getRank('kubelet') + 0.5,
  // Nothing works without the module, and logs are collected before any change.
  F23: FIRST,
  F24: getRank('credential') - 0.5,
  F26: FIRST,
  F34: REVOCATION,
  F35: FIRST,
};

const OF_WORKLOAD: readonly (RepairStepId | undefined)[] = [
  ...(['kubelet', 'cloud', 'load-balancer', 'credential', 'ad-auth-uninstall', 'ad-auth-install'] as const),
];

/** Maps each case to whether it concerns workload clusters. */
const KIND_CASES: Readonly<Record<string, boolean>> = {
  'repair.only.management': false,
  'repair.only.workload': true,
  'repair.only.each-cluster': true,
};

/** Cases that depend on the result of earlier steps. Their steps come last, even if they repeat other steps. */
const FALLBACKS: readonly string[] = [
  ...['repair.only.still-failing', 'repair.only.still-starting'],
  ...['repair.only.still-out-of-policy', 'repair.only.not-production'],
];

/**
 * Lists the steps of a failure's remedy and of the remedies that continue it, each failure once. `kind` is `undefined`
 * if unknown.
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
    // Every plan ends with a retry.
    if (cases === undefined || step.id === 'again') continue;
    if (step.continues !== undefined) {
      const isAtHost = step.only === MANAGEMENT_DOWN;
      places.push(...remedyPlaces(step.continues, isAtHost ? 'management' : kind, cases, way));
      continue;
    }
    const place = findPlace(failure, step, kind, cases);
    if (place !== undefined) places.push(place);
    // No cmdlet creates a kubeconfig for the management cluster.
    else if (findRepairStepId(step.command) === 'credential') places.push(...remedyPlaces('F10', kind, cases, way));
  }
  return rankPlaces(places, failure);
}

function listRemedyCases(
  { only: own }: RemedyStep,
  kind: RepairKind | undefined,
  only: readonly string[],
): readonly string[] | undefined {
  if (own === undefined || only.includes(own)) return only;
  const wanted = KIND_CASES[own];
  if (wanted === undefined || kind === undefined) return [...only, own];
  return (kind === 'workload') === wanted ? only : undefined;
}

/** Returns `undefined` if the step does not apply to this kind of cluster. */
function findPlace(
  failure: Failure,
  step: RemedyStep,
  kind: RepairKind | undefined,
  only: readonly string[],
): RemedyPlace | undefined {
  const repair = findRepairStepId(step.command);
  const common = { failure, only, rank: Number.NaN };
  if (kind === undefined || kind === 'workload') {
    const isOfHost = repair === undefined ? isHostFailure(failure) : !OF_WORKLOAD.includes(repair);
    return { ...common, step, repair, isOfHost };
  }
  // The repair of the hosts covers both layers.
  if (repair === 'kubelet' || repair === 'cloud')
    return { ...common, step: getHostStep(), repair: 'host', isOfHost: true };
  // Only commands for workload clusters contain the name of a cluster.
  if (OF_WORKLOAD.includes(repair) || / -name <cluster>/u.test(step.command ?? '')) return undefined;
  return { ...common, step, repair, isOfHost: true };
}

function getHostStep(): RemedyStep {
  return findFailure('F17')!.steps.find(({ command }) => findRepairStepId(command) === 'host')!;
}

/** Returns whether no step of the failure concerns a single cluster. */
export function isHostFailure({ id, steps }: Failure): boolean {
  if (id === 'F10') return true;
  return steps.every(
    ({ place, command = '' }) => (place === 'host' || place === 'every-host') && !command.includes('<cluster>'),
  );
}

/**
 * Ranks each unranked step before the next ranked step, or else after the last one. Steps of the same remedy are
 * considered first.
 */
function rankPlaces(places: readonly RemedyPlace[], { id }: Failure): RemedyPlace[] {
  const known = places.map(({ repair, rank }) => (repair === undefined ? rank : getRank(repair)));
  const neighborRank = (at: number, isWanted: (place: RemedyPlace | undefined) => boolean) => {
    const ranked = [...known.entries()].filter(([index, rank]) => !Number.isNaN(rank) && isWanted(places[index]));
    const next = ranked.find(([index]) => index > at);
    if (next !== undefined) return next[1] - 0.5;
    const last = ranked.findLast(([index]) => index < at);
    return last === undefined ? undefined : last[1] + 0.5;
  };
  return places.map((place, at) => {
    // The place already has a rank from another remedy.
    if (place.failure.id !== id) return place;
    const rank =
      (place.repair === undefined ? undefined : getRank(place.repair)) ??
      RANKS[id] ??
      neighborRank(at, (other) => other?.failure.id === id) ??
      neighborRank(at, () => true) ??
      LAST;
    return { ...place, rank };
  });
}

export function listFallbacks({ only }: Pick<RemedyPlace, 'only'>): string[] {
  return only.filter((each) => FALLBACKS.includes(each));
}
