import type { ClusterId } from '../../../core/shared/ids.ts';
import type { ConsequenceId } from '../../../core/shared/renew-revocation/draft.ts';
import {
  IMPACT_GROUPS,
  type ClusterImpact,
  type Guard,
  type ImpactGroup,
  type RevocationImpact,
  type Share,
} from '../../../core/revocation/model/view.ts';
import { sum } from '../../../core/revocation/text/impact-text.ts';

/** More squares than this cannot be counted at a glance. */
export const MOST_CELLS = 24;

type ShownDanger = Exclude<ConsequenceId, 'future-certificates' | 'not-yet-issued' | 'wide-suffix'>;

interface PictureCell extends Share {
  group: ImpactGroup;
  danger?: ShownDanger;
}

interface PictureRow {
  cluster: string;
  cells: readonly PictureCell[];
  total: Share;
  /** The admin's own credential, if it belongs to this cluster. */
  own?: 'matched' | 'kept';
}

export interface ClusterRow extends PictureRow {
  clusterId: ClusterId;
  byRole: ClusterImpact['byRole'];
}

export interface BlastPicture {
  groups: readonly ImpactGroup[];
  /** Groups with one square per certificate in every displayed cluster; the other groups have bars. */
  counted: ReadonlySet<ImpactGroup>;
  /** Total of all clusters; absent if there is only one cluster. */
  all?: PictureRow;
  /** Sorted by number of matches, largest first. */
  rows: readonly ClusterRow[];
  hidden: number;
  untouched: number;
}

/** Lays out the effects of a text by cluster and holder, in at most `most` rows. */
export function blastPicture(
  { clusters }: RevocationImpact,
  guard: Guard,
  { most, showsUntouched }: { most: number; showsUntouched: boolean },
): BlastPicture {
  const touched = clusters.filter(({ shares }) => shares.total.matched > 0);
  const wanted = [...(showsUntouched ? clusters : touched)].sort(compareByMatches);
  const dangers = dangersBy(guard);
  const rows = wanted.slice(0, most).map((cluster) => buildRow(cluster, dangers));
  const groups = IMPACT_GROUPS.filter((group) => clusters.some(({ shares }) => shares[group].known > 0));
  const isCounted = (group: ImpactGroup): boolean =>
    rows.every(({ cells }) => cells.every((cell) => cell.group !== group || cell.known <= MOST_CELLS));
  return {
    groups,
    counted: new Set(groups.filter(isCounted)),
    all: clusters.length > 1 ? buildAllRow(clusters) : undefined,
    rows,
    hidden: wanted.length - rows.length,
    untouched: clusters.length - touched.length,
  };
}

function compareByMatches(one: ClusterImpact, other: ClusterImpact): number {
  const [own, others] = [one.shares.total, other.shares.total];
  return (
    others.matched - own.matched ||
    others.matched / others.known - own.matched / own.known ||
    (one.cluster < other.cluster ? -1 : 1)
  );
}

function buildRow(
  { clusterId, cluster, shares, byRole }: ClusterImpact,
  dangers: ReadonlyMap<string, ReadonlySet<ConsequenceId>>,
): ClusterRow {
  const own = dangers.get(cluster) ?? new Set();
  return {
    clusterId,
    cluster,
    byRole,
    total: shares.total,
    cells: IMPACT_GROUPS.map((group) => {
      const share = shares[group];
      return { group, ...share, danger: share.matched > 0 ? findDanger(group, own, shares) : undefined };
    }),
    own: shares.inUse.known === 0 ? undefined : shares.inUse.matched > 0 ? 'matched' : 'kept',
  };
}

function buildAllRow(clusters: readonly ClusterImpact[]): PictureRow {
  return {
    cluster: '',
    cells: IMPACT_GROUPS.map((group) => ({ group, ...sum(clusters.map(({ shares }) => shares[group])) })),
    total: sum(clusters.map(({ shares }) => shares.total)),
  };
}

function dangersBy({ consequences }: Guard): Map<string, Set<ConsequenceId>> {
  const found = new Map<string, Set<ConsequenceId>>();
  for (const { id, clusters } of consequences)
    for (const cluster of clusters) found.set(cluster, (found.get(cluster) ?? new Set()).add(id));
  return found;
}

/** Returns the most severe danger in a group. Without workers, all kubelets are on the control plane. */
function findDanger(
  group: ImpactGroup,
  dangers: ReadonlySet<ConsequenceId>,
  shares: ClusterImpact['shares'],
): ShownDanger | undefined {
  const hasWorkers = shares.workers.known > 0;
  const candidates: Record<ImpactGroup, readonly ShownDanger[]> = {
    controlPlane: [
      'control-plane',
      'all-api-servers',
      'etcd',
      ...(hasWorkers ? [] : (['all-kubelets'] as const)),
      ...(shares.admins.matched > 0 ? [] : (['system-masters'] as const)),
    ],
    workers: ['all-kubelets'],
    admins: ['last-admin', 'system-masters'],
    others: [],
  };
  return candidates[group].find((id) => dangers.has(id));
}
