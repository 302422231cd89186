import type { BoardRow } from '../../core/domain/board.ts';
import type { LifetimeClasses } from '../../core/domain/catalogue/lifetimes.ts';
import type { FactsByCluster } from '../../core/domain/cluster-facts.ts';
import type { ClusterId } from '../../core/domain/credential.ts';
import { deploymentsOf } from '../../core/domain/deployment.ts';
import type { ClusterPlace, Deployment } from '../../core/domain/deployment.ts';
import { believedCauses, diagnose } from '../../core/domain/diagnose.ts';
import { inventoryEvidence, rowsAbout } from '../../core/domain/evidence.ts';
import type { FailureId } from '../../core/domain/failure.ts';
import { DAY_MS, HOUR_MS, msOf } from '../../core/domain/instant.ts';
import type { PowerOffClock } from '../../core/domain/power-off.ts';

/** A cluster, or the hosts of a deployment, and what the inventory alone says is the matter with it. */
export interface RepairPlace {
  id: ClusterId;
  name: string;
  kind: PowerOffClock['kind'];
  sample: boolean;
  /** Of its deployment: only one is repaired at a time. */
  deployment: number;
  /** Credentials that have expired and count. */
  expired: number;
  /** Causes that are believed, the surest first. */
  causes: readonly FailureId[];
}

export interface PlacesInput {
  clusters: readonly ClusterPlace[];
  rows: readonly BoardRow[];
  facts: FactsByCluster;
  classes: LifetimeClasses;
  clocks: readonly PowerOffClock[];
  nowMs: number;
}

/** Every cluster, those in most need first, as the clocks are. */
export function repairPlaces(input: PlacesInput): RepairPlace[] {
  const { clusters, facts, clocks } = input;
  const rows = new Map<ClusterId, BoardRow[]>();
  for (const row of input.rows) {
    const known = rows.get(row.clusterId);
    if (known === undefined) rows.set(row.clusterId, [row]);
    else known.push(row);
  }
  const deployments = deploymentsOf(clusters, facts);
  return clocks.flatMap((clock): RepairPlace[] => {
    const place = clusters.find(({ id }) => id === clock.clusterId);
    const at = deployments.findIndex((deployment) => isIn(clock.clusterId, deployment));
    const deployment = deployments[at];
    if (place === undefined || deployment === undefined) return [];
    return [
      {
        ...{ id: place.id, name: place.name, kind: clock.kind, sample: place.sample === true },
        ...{ deployment: at, expired: clock.alreadyExpired.length },
        causes: causesOf(place, deployment, { ...input, rows }),
      },
    ];
  });
}

export function isInTrouble({ expired, causes }: RepairPlace): boolean {
  return expired > 0 || causes.length > 0;
}

function isIn(id: ClusterId, { cloudAgent, clusters }: Deployment): boolean {
  return cloudAgent?.id === id || clusters.some((cluster) => cluster.id === id);
}

type Known = Pick<PlacesInput, 'facts' | 'classes' | 'nowMs'> & {
  rows: ReadonlyMap<ClusterId, readonly BoardRow[]>;
};

function causesOf(
  place: ClusterPlace,
  deployment: Deployment,
  { rows, facts, classes, nowMs }: Known,
): FailureId[] {
  const agent = deployment.cloudAgent?.id;
  const ids = agent === undefined || agent === place.id ? [place.id] : [place.id, agent];
  const about = rowsAbout(
    place,
    ids.flatMap((id) => rows.get(id) ?? []),
    [deployment],
  );
  const stated = ids.map((id) => facts[id] ?? {});
  const offSince = stated.find((each) => each.offSince !== undefined)?.offSince;
  const updatedAt = stated.find((each) => each.lastUpdatedAt !== undefined)?.lastUpdatedAt;
  const { causes } = diagnose({
    texts: [],
    answers: {
      ...(offSince !== undefined && { offHours: (nowMs - msOf(offSince)) / HOUR_MS }),
      ...(updatedAt !== undefined && { daysSinceUpdate: (nowMs - msOf(updatedAt)) / DAY_MS }),
    },
    inventory: inventoryEvidence(about, nowMs, classes),
  });
  return believedCauses(causes).map(({ failure }) => failure);
}
