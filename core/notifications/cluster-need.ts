import type { Assessment } from '../expiry/model/assess.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { RenewalObstacles } from '../expiry/model/renewal-obstacle.ts';
import { clusterClock } from '../availability/model/power-off.ts';
import { getSeverity, type NeedOrder } from '../availability/model/power-off-need.ts';
import { listImpacts, type NeedImpact } from '../repair/model/impact.ts';
import { isHarmless } from '../repair/model/needs.ts';
import type { ClusterPlace } from '../plan/model/deployment.ts';

export interface OrderedNeed extends NeedOrder {
  cluster: string;
  impacts: readonly NeedImpact[];
}

/** Judges a cluster by the credentials that count for it; `undefined` if nothing needs to be done. */
export function findNeed(
  place: ClusterPlace,
  assessments: readonly Assessment[],
  { nowMs, classes, facts }: Pick<ClusterFleet, 'classes' | 'facts'> & { nowMs: number },
): OrderedNeed | undefined {
  const open = assessments.filter(({ state }) => !isHarmless(state));
  // A cluster that has been off for too long needs attention even if all its credentials are valid.
  const isOff = facts[place.id]?.offSince !== undefined;
  if (assessments.length === 0 || (open.length === 0 && !isOff)) return undefined;
  // Rows are left out, since no report depends on renewal times.
  const obstacles = new RenewalObstacles([], classes, nowMs);
  const own = assessments.map(({ row }) => row);
  const clock = clusterClock(place, { own, obstacles }, { nowMs, classes, facts });
  const states = new Map(open.map(({ row, state }) => [row, state]));
  const impacts = listImpacts(clock, { getState: (row) => states.get(row), nowMs });
  if (impacts.length === 0) return undefined;
  return { cluster: clock.cluster, impacts, severity: getSeverity(clock), safeUntilMs: clock.safeUntilMs };
}
