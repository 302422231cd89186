import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ClusterPlace } from '../../plan/model/deployment.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';

/** A fleet whose rows are made cluster by cluster. */
interface FleetRows<C extends ClusterPlace> {
  clusters: readonly C[];
  rowsOf: (cluster: C) => readonly BoardRow[];
  /** Of what is part of no cluster. */
  others: readonly BoardRow[];
}

/** Whoever has one is a management cluster, or approves what others ask for. */
const WIDE_ROLES: ReadonlySet<RoleId> = new Set<RoleId>(['management-kubeconfig', 'caph', 'cert-manager-token']);
/** By cluster, which is another object after each change: a million rows are not made again for each plan. */
const wide = new WeakMap<ClusterPlace, ReadonlySet<RoleId>>();

/**
 * The rows that the plan of some clusters depends on, named by id or name: theirs, and those of hosts and management clusters.
 * All rows where none is named, or where they are made already.
 */
export function selectRelatedRows<C extends ClusterPlace>(
  fleet: FleetRows<C> | { rows: readonly BoardRow[] },
  chosen: readonly string[],
): readonly BoardRow[] {
  if ('rows' in fleet) return fleet.rows;
  const { clusters, rowsOf, others } = fleet;
  const named = new Set(chosen);
  const rolesOf = new Map<C, ReadonlySet<RoleId>>();
  let isWhole = chosen.length === 0;
  for (const cluster of isWhole ? [] : clusters) {
    let roles = wide.get(cluster);
    if (roles === undefined) {
      roles = new Set(rowsOf(cluster).flatMap(({ role }) => (WIDE_ROLES.has(role) ? role : [])));
      wide.set(cluster, roles);
    }
    rolesOf.set(cluster, roles);
    // A token with the hosts is for the cluster of the longest name in its own: all names count.
    isWhole ||= cluster.kind === 'moc' && roles.has('cert-manager-token');
  }
  const rows: BoardRow[] = [];
  for (const cluster of clusters) {
    const { id, name, kind } = cluster;
    const isRelated =
      named.has(id) || named.has(name) || kind === 'moc' || isManagementName(name) || rolesOf.get(cluster)?.size !== 0;
    if (!isWhole && !isRelated) continue;
    for (const row of rowsOf(cluster)) rows.push(row);
  }
  for (const row of others) rows.push(row);
  return rows;
}
