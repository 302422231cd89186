import { assess } from '../../expiry/model/assess.ts';
import type { ClusterFleet } from '../../expiry/model/judged-fleet.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { epochMs } from '../../shared/instant.ts';
import { addTo } from '../../shared/lists.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import { fleetNeeds, isDueForRepair } from '../../repair/model/needs.ts';
import { listRealPlaces } from '../../plan/model/deployment.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RunBaseline, RunCount, RunOutcome } from './run.ts';

export type RunFleet = Pick<ClusterFleet, 'now' | 'clusters' | 'classes' | 'facts' | 'listRows'>;

const SOON: readonly ExpiryState[] = ['urgent', 'stalled', 'renewal-overdue'];

/** Records the state of a plan's clusters before a run, without clusters that are not in the inventory. */
export function runBaseline({ clusters }: Pick<Plan, 'clusters'>, fleet: RunFleet): RunBaseline[] {
  const wanted = new Set(clusters.flatMap(({ id }) => id ?? []));
  return fleet.clusters
    .filter(({ id }) => wanted.has(id))
    .map((cluster) => ({
      id: cluster.id,
      name: cluster.name,
      ...judgeCluster(cluster, fleet).count,
      credentials: cluster.credentials.map((credential) => credential.id),
    }));
}

/**
 * Compares the clusters after a run with their state before it, without clusters that are no longer in the inventory.
 */
export function runOutcome(baseline: readonly RunBaseline[], fleet: RunFleet): RunOutcome {
  const own = new Set(baseline.map(({ id }) => id));
  const isSample = fleet.clusters.find(({ id }) => own.has(id))?.sample;
  // The fleet leaves out samples beside real clusters, so a run on either is judged among its own kind.
  const places = fleet.clusters.filter(({ sample }) => sample === isSample);
  const needs = fleetNeeds({ ...fleet, clusters: places, rows: places.flatMap((each) => fleet.listRows(each)) });
  const clusters = baseline.flatMap(({ id, name, expired, soon, credentials }) => {
    const cluster = fleet.clusters.find((each) => each.id === id);
    if (cluster === undefined) return [];
    const { count, expired: still } = judgeCluster(cluster, fleet);
    const impacts = needs.find(({ clusterId }) => clusterId === id)?.impacts ?? [];
    return {
      id,
      name,
      before: { expired, soon },
      after: count,
      renewed: findRenewals(cluster, new Set(credentials)),
      stillExpired: still.map((row) => row.id),
      names: still.map((row) => row.name),
      stopped: impacts.flatMap((impact) => (impact.state === 'stopped' ? impact.id : [])),
    };
  });
  const others = needs.filter((need) => !own.has(need.clusterId) && isDueForRepair(need));
  const isOfFleet = listRealPlaces(fleet.clusters).some(({ id }) => own.has(id));
  return { readAt: fleet.now, clusters, elsewhere: isOfFleet ? others.length : 0 };
}

function judgeCluster(
  cluster: Cluster,
  { now, classes, listRows }: RunFleet,
): { count: RunCount; expired: BoardRow[] } {
  const assessments = assess(listRows(cluster), { nowMs: epochMs(now), classes });
  const expired = assessments.flatMap(({ state, row }) => (state === 'expired' ? [row] : []));
  const soon = assessments.filter(({ state }) => SOON.includes(state)).length;
  return { count: { expired: expired.length, soon }, expired };
}

function findRenewals({ credentials, history }: Cluster, before: ReadonlySet<CredentialId>) {
  const replaces = new Map<CredentialId, CredentialId[]>();
  for (const { credential, replacedBy } of history) addTo(replaces, replacedBy, credential.id);
  const followsOne = (id: CredentialId, seen = new Set<CredentialId>()): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return (replaces.get(id) ?? []).some((each) => before.has(each) || followsOne(each, seen));
  };
  return credentials.flatMap(({ id }) => (!before.has(id) && followsOne(id) ? [id] : []));
}
