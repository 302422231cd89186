import { assess, type Assessment } from '../../expiry/model/assess.ts';
import type { ClusterFleet } from '../../expiry/model/judged-fleet.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { toMilliseconds } from '../../shared/instant.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RunBaseline, RunCount, RunOutcome } from './run.ts';

/** The inventory at one moment: what a run is compared with. */
export type RunFleet = Pick<ClusterFleet, 'now' | 'clusters' | 'classes' | 'facts' | 'rowsOf'>;

/** Not expired, but needing attention all the same. */
const SOON: readonly ExpiryState[] = ['urgent', 'stalled', 'renewal-overdue'];

/** State of a plan's clusters before it is run; those about which nothing is known are left out. */
export function runBaseline({ clusters }: Pick<Plan, 'clusters'>, fleet: RunFleet): RunBaseline[] {
  const wanted = new Set(clusters.flatMap(({ id }) => id ?? []));
  return fleet.clusters
    .filter(({ id }) => wanted.has(id))
    .map((cluster) => ({
      id: cluster.id,
      name: cluster.name,
      ...getCount(judge(cluster, fleet)),
      credentials: cluster.credentials.map((credential) => credential.id),
    }));
}

/** Their state afterwards; a cluster that is no longer in the inventory is left out. */
export function runOutcome(baseline: readonly RunBaseline[], fleet: RunFleet): RunOutcome {
  const clusters = baseline.flatMap(({ id, name, expired, soon, credentials }) => {
    const cluster = fleet.clusters.find((each) => each.id === id);
    if (cluster === undefined) return [];
    const assessments = judge(cluster, fleet);
    return {
      id,
      name,
      before: { expired, soon },
      after: getCount(assessments),
      renewed: renewedIn(cluster, new Set(credentials)),
      stillExpired: assessments.filter(({ state }) => state === 'expired').map(({ row }) => row.id),
    };
  });
  return { readAt: fleet.now, clusters };
}

function judge(cluster: Cluster, { now, classes, rowsOf }: RunFleet): readonly Assessment[] {
  return assess(rowsOf(cluster), { nowMs: toMilliseconds(now), classes });
}

function getCount(assessments: readonly Assessment[]): RunCount {
  return {
    expired: assessments.filter(({ state }) => state === 'expired').length,
    soon: assessments.filter(({ state }) => SOON.includes(state)).length,
  };
}

/** Credentials that replaced an earlier one, over any number of renewals. */
function renewedIn({ credentials, history }: Cluster, before: ReadonlySet<CredentialId>) {
  const replaces = new Map<CredentialId, CredentialId[]>();
  for (const { credential, replacedBy } of history)
    replaces.set(replacedBy, [...(replaces.get(replacedBy) ?? []), credential.id]);
  const followsOne = (id: CredentialId, seen = new Set<CredentialId>()): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return (replaces.get(id) ?? []).some((each) => before.has(each) || followsOne(each, seen));
  };
  return credentials.flatMap(({ id }) => (!before.has(id) && followsOne(id) ? [id] : []));
}
