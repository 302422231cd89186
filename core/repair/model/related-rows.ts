import { append } from '../../shared/lists.ts';
import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { APPROVERS, ROLES } from '../../knowledge/model/credentials/roles.ts';
import type { ClusterPlace } from '../../plan/model/deployment.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';

interface FleetRows<C extends ClusterPlace> {
  clusters: readonly C[];
  listRows: (cluster: C) => readonly BoardRow[];
  /** Rows that belong to no cluster. */
  others: readonly BoardRow[];
}

/** Returns whether a role identifies a management cluster, or a cluster that approves requests of others. */
function isWide(role: RoleId): boolean {
  return ROLES[role].marksManagement === true || APPROVERS.has(role);
}

/** Cached per cluster object, which every change replaces; without a cache, a plan would read a million rows. */
const wide = new WeakMap<ClusterPlace, ReadonlySet<RoleId>>();

/**
 * Selects the rows on which the plan of the named clusters depends: their own, and those of hosts and management
 * clusters. Returns all rows if no cluster is named or `fleet` already lists rows.
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
    // A token stored with the hosts belongs to the cluster with the longest name that is contained in the token's name,
    // so all names are needed.
    isWhole ||= cluster.kind === 'moc' && [...roles].some((role) => APPROVERS.has(role));
  }
  const rows: BoardRow[] = [];
  for (const cluster of clusters) {
    const { id, name, kind } = cluster;
    const isRelated =
      isWhole ||
      named.has(id) ||
      named.has(name) ||
      kind === 'moc' ||
      isManagementName(name) ||
      rolesByCluster.get(cluster)?.size !== 0;
    if (isRelated) append(rows, listRows(cluster));
  }
  append(rows, others);
  return rows;
}
