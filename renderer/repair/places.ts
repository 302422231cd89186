import type { BoardRow } from '../../core/expiry/model/board-row.ts';
import type { LifetimeClasses } from '../../core/knowledge/model/credentials/lifetimes.ts';
import type { FactsByCluster } from '../../core/plan/model/cluster-facts.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import type { TriageId } from '../../core/knowledge/model/triage.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { listDeployments, type ClusterPlace, type Deployment } from '../../core/plan/model/deployment.ts';
import { believedCauses, diagnose } from '../../core/repair/model/diagnose.ts';
import { inventoryEvidence, rowsAbout } from '../../core/repair/model/evidence.ts';
import type { ClusterNeed } from '../../core/repair/model/needs.ts';
import type { FailureId } from '../../core/knowledge/model/failure.ts';
import {
  knownAnswers,
  lastSeenRunningMs,
  rolesBehind,
  type KnownAnswers,
} from '../../core/repair/model/known-answers.ts';
import { namesOfCluster, type NamedCluster } from '../../core/plan/model/command-name.ts';
import type { PowerOffClock } from '../../core/power-off/model/power-off.ts';

/** A cluster, or the hosts of a deployment, and the problems that the inventory alone shows. */
export interface RepairPlace extends NamedCluster {
  id: ClusterId;
  kind: PowerOffClock['kind'];
  sample: boolean;
  /** Number of its deployment: only one is repaired at a time. */
  deployment: number;
  /** How many things do not work. */
  stopped: number;
  /** Causes thought to apply, the most certain first. */
  causes: readonly FailureId[];
}

export interface PlacesInput {
  clusters: readonly ClusterPlace[];
  rows: readonly BoardRow[];
  facts: FactsByCluster;
  classes: LifetimeClasses;
  clocks: readonly PowerOffClock[];
  /** What is in need of it. */
  needs: readonly ClusterNeed[];
  nowMs: number;
}

/** Every cluster, those in most need first, in the same order as the clocks. */
export function repairPlaces(input: PlacesInput): RepairPlace[] {
  const { clusters, facts, clocks, needs } = input;
  const rows = rowsByCluster(input.rows);
  const deployments = listDeployments(clusters, facts);
  return clocks.flatMap((clock): RepairPlace[] => {
    const place = clusters.find(({ id }) => id === clock.clusterId);
    const at = deployments.findIndex((deployment) => isIn(clock.clusterId, deployment));
    const deployment = deployments[at];
    if (place === undefined || deployment === undefined) return [];
    return [
      {
        id: place.id,
        ...namesOfCluster(place),
        kind: clock.kind,
        sample: place.sample === true,
        deployment: at,
        stopped: countStopped(needs.find(({ clusterId }) => clusterId === place.id)),
        causes: listCauses(place, deployment, { ...input, rows }),
      },
    ];
  });
}

export function isInTrouble({ stopped, causes }: RepairPlace): boolean {
  return stopped > 0 || causes.length > 0;
}

function countStopped(need: ClusterNeed | undefined): number {
  return (need?.impacts ?? []).filter(({ state }) => state === 'stopped').length;
}

/** What the inventory, and earlier statements, reveal about one cluster or the hosts of a deployment. */
export interface PlaceKnown {
  answers: KnownAnswers;
  /** When its newest self-renewing certificate was issued. */
  ranMs?: number;
  /** The latest time at which anything about it was read. */
  readMs?: number;
  /** The cloud agent that it runs on, or that it is. */
  agent?: ClusterId;
  /** Expired credentials without which a layer fails. */
  expiredBehind: (layer: TriageId) => RoleId[];
}

/** `undefined` for one that has no credentials. */
export function findKnownAnswers(id: ClusterId, input: PlacesInput): PlaceKnown | undefined {
  const { clusters, facts, clocks, classes, nowMs } = input;
  const clock = clocks.find(({ clusterId }) => clusterId === id);
  const deployment = listDeployments(clusters, facts).find((each) => isIn(id, each));
  if (clock === undefined || deployment === undefined) return undefined;
  const { ids, about } = aboutPlace(id, deployment, rowsByCluster(input.rows));
  const { expired } = inventoryEvidence(about, nowMs, classes);
  const ranMs = lastSeenRunningMs(about, id, nowMs);
  const readMs = about.flatMap(({ confirmedMs }) => confirmedMs ?? []);
  const agent = deployment.cloudAgent?.id;
  return {
    answers: knownAnswers({ ids, rows: about, facts, nowMs }),
    ranMs,
    ...(readMs.length > 0 && { readMs: Math.max(...readMs) }),
    agent,
    expiredBehind: (layer) =>
      isLayerOf(layer, clock.kind) ? rolesBehind(layer).filter((role) => expired?.has(role) === true) : [],
  };
}

/** Both kinds of clusters have a role of the same name, such as the token of the KMS plugin. */
function isLayerOf(layer: TriageId, kind: PowerOffClock['kind']): boolean {
  if (layer === 'management-kms') return kind === 'management';
  if (layer === 'workload-kms' || layer === 'workload-api-server') return kind === 'workload';
  return true;
}

type RowsByCluster = ReadonlyMap<ClusterId, readonly BoardRow[]>;

function rowsByCluster(all: readonly BoardRow[]): RowsByCluster {
  const rows = new Map<ClusterId, BoardRow[]>();
  for (const row of all) {
    const known = rows.get(row.clusterId);
    if (known === undefined) rows.set(row.clusterId, [row]);
    else known.push(row);
  }
  return rows;
}

function aboutPlace(
  id: ClusterId,
  deployment: Deployment,
  rows: RowsByCluster,
): { ids: ClusterId[]; about: BoardRow[] } {
  const agent = deployment.cloudAgent?.id;
  const ids = agent === undefined || agent === id ? [id] : [id, agent];
  const all = ids.flatMap((each) => rows.get(each) ?? []);
  return { ids, about: rowsAbout({ id }, all, [deployment]) };
}

function isIn(id: ClusterId, { cloudAgent, clusters }: Deployment): boolean {
  return cloudAgent?.id === id || clusters.some((cluster) => cluster.id === id);
}

type Known = Pick<PlacesInput, 'facts' | 'classes' | 'nowMs'> & { rows: RowsByCluster };

function listCauses({ id }: ClusterPlace, deployment: Deployment, { rows, facts, classes, nowMs }: Known): FailureId[] {
  const { ids, about } = aboutPlace(id, deployment, rows);
  const { causes } = diagnose({
    texts: [],
    known: knownAnswers({ ids, rows: about, facts, nowMs }),
    inventory: inventoryEvidence(about, nowMs, classes),
  });
  return believedCauses(causes).map(({ failure }) => failure);
}
