import type { Assessment } from '../../expiry/model/assess.ts';
import type { JudgedCluster } from '../../expiry/model/judged-fleet.ts';
import type { CredentialId } from '../../shared/ids.ts';
import type { Cluster } from '../../inventory/model/credential.ts';
import type { Instant } from '../../shared/instant.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RunBaseline, RunCount, RunOutcome } from './run.ts';

/** Not expired, but needing attention all the same. */
const SOON: readonly ExpiryState[] = ['urgent', 'stalled', 'renewal-overdue'];

/** State of a plan's clusters before it is run; those about which nothing is known are left out. */
export function runBaseline({ clusters }: Pick<Plan, 'clusters'>, judged: readonly JudgedCluster[]): RunBaseline[] {
  const wanted = new Set(clusters.flatMap(({ id }) => id ?? []));
  return judged
    .filter(({ cluster: { id } }) => wanted.has(id))
    .map(({ cluster: { id, name, credentials }, assessments }) => ({
      id,
      name,
      ...getCount(assessments),
      credentials: credentials.map((credential) => credential.id),
    }));
}

/** Their state afterwards; a cluster that is no longer in the inventory is left out. */
export function runOutcome(
  baseline: readonly RunBaseline[],
  judged: readonly JudgedCluster[],
  readAt: Instant,
): RunOutcome {
  const clusters = baseline.flatMap(({ id, name, expired, soon, credentials }) => {
    const found = judged.find(({ cluster }) => cluster.id === id);
    if (found === undefined) return [];
    const { cluster, assessments } = found;
    return {
      id,
      name,
      before: { expired, soon },
      after: getCount(assessments),
      renewed: renewedIn(cluster, new Set(credentials)),
      stillExpired: assessments.filter(({ state }) => state === 'expired').map(({ row }) => row.id),
    };
  });
  return { readAt, clusters };
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
