import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { APPROVERS, ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { ClusterPlace } from '../../plan/model/deployment.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';

/** Lists rows by cluster. */
interface FleetRows<C extends ClusterPlace> {
  clusters: readonly C[];
  listRows: (cluster: C) => readonly BoardRow[];
  /** Rows of no cluster. */
  others: readonly BoardRow[];
}

/** Whether the role's owner is a management cluster, or approves requests from other clusters. */
function isWide(role: RoleId): boolean {
  return ROLES[role].marksManagement === true || APPROVERS.has(role);
}

/** Wide roles by cluster object, which every change replaces. The cache saves plans from rebuilding a million rows. */
const wide = new WeakMap<ClusterPlace, ReadonlySet<RoleId>>();

/**
 * Selects rows that the plan of the named clusters depends on: theirs and those of hosts and management clusters.
 * Returns all rows if none is named or all are already listed.
 */
export function selectRelatedRows<C extends ClusterPlace>(
  fleet: FleetRows<C> | { rows: readonly BoardRow[] },
  chosen: readonly string[],
): readonly BoardRow[] {
  if ('rows' in fleet) return fleet.rows;
  const { clusters, listRows, others } = fleet;
  const named = new Set(chosen);
  const rolesByCluster = new Map<C, ReadonlySet<RoleId>>();
  let isWhole = chosen.length === 0;
  for (const cluster of isWhole ? [] : clusters) {
    let roles = wide.get(cluster);
    if (roles === undefined) {
      roles = new Set(listRows(cluster).flatMap(({ role }) => (isWide(role) ? role : [])));
      wide.set(cluster, roles);
    }
    rolesByCluster.set(cluster, roles);
    // A token stored with the hosts belongs to the cluster with the longest name that its own name contains, so all
    // names count.
    isWhole ||= cluster.kind === 'moc' && [...roles].some((role) => APPROVERS.has(role));
  }
  const rows: BoardRow[] = [];
  for (const cluster of clusters) {
    const { id, name, kind } = cluster;
    const isRelated =
      named.has(id) ||
      named.has(name) ||
      kind === 'moc' ||
      isManagementName(name) ||
      rolesByCluster.get(cluster)?.size !== 0;
    if (!isWhole && !isRelated) continue;
    for (const row of listRows(cluster)) rows.push(row);
  }
  for (const row of others) rows.push(row);
  return rows;
}
