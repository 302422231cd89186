import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import type { TriageId } from '../../core/knowledge/model/triage.ts';
import { greatest } from '../../core/shared/lists.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { listDeployments, listMembers, type Deployment } from '../../core/plan/model/deployment.ts';
import { causesToTreat, diagnose } from '../../core/repair/model/diagnose.ts';
import { groupRows, inventoryEvidence } from '../../core/repair/model/evidence.ts';
import type { ClusterNeed } from '../../core/repair/model/needs.ts';
import type { RepairSource } from '../../core/repair/model/request.ts';
import type { FailureId } from '../../core/knowledge/model/failure.ts';
import { collectAnswers, lastSeenRunningMs, rolesBehind } from '../../core/repair/model/known-answers.ts';
import { namesOfCluster, type NamedCluster } from '../../core/plan/model/command-name.ts';
import type { PowerOffClock } from '../../core/availability/model/power-off.ts';
import type { ItemWork } from '../parts/slices.svelte.ts';

/** A cluster, or the hosts of a deployment, with the problems found in the inventory. */
export interface RepairPlace extends NamedCluster {
  id: ClusterId;
  kind: PowerOffClock['kind'];
  sample: boolean;
  /** Index of the deployment; only one deployment is repaired at a time. */
  deployment: number;
  stopped: number;
}

export interface PlacesInput extends Omit<RepairSource, 'now' | 'clocks'> {
  clocks: readonly PowerOffClock[];
  needs: readonly ClusterNeed[];
  nowMs: number;
}

/** Lists the places with the worst needs first, and the others in the order of their clocks. */
export function repairPlaces({ clusters, facts, clocks, needs }: PlacesInput): RepairPlace[] {
  const placesById = new Map(clusters.map((place) => [place.id, place]));
  const stopCounts = new Map(
    needs.map(({ clusterId, impacts }) => [clusterId, impacts.filter(({ state }) => state === 'stopped').length]),
  );
  const deploymentsById = new Map<ClusterId, number>();
  for (const [at, deployment] of listDeployments(clusters, facts).entries())
    for (const { id } of listMembers(deployment)) deploymentsById.set(id, at);
  return clocks.flatMap(({ clusterId, kind }): RepairPlace[] => {
    const place = placesById.get(clusterId);
    const deployment = deploymentsById.get(clusterId);
    if (place === undefined || deployment === undefined) return [];
    const { id, sample } = place;
    const stopped = stopCounts.get(id) ?? 0;
    return [{ id, ...namesOfCluster(place), kind, sample: sample === true, deployment, stopped }];
  });
}

/** For each cluster, the most certain cause comes first. */
export type CausesByCluster = ReadonlyMap<ClusterId, readonly FailureId[]>;

/** Finds the causes visible in the inventory, one cluster at a time. */
export function causeWork(
  input: PlacesInput,
): ItemWork<PowerOffClock, readonly [ClusterId, readonly FailureId[]], CausesByCluster> {
  const { clusters, facts, clocks } = input;
  const deployments = listDeployments(clusters, facts);
  const rowsAbout = groupRows(input.rows, deployments);
  const deploymentsById = new Map<ClusterId, Deployment>();
  for (const deployment of deployments)
    for (const { id } of listMembers(deployment)) deploymentsById.set(id, deployment);
  return {
    items: clocks,
    each: ({ clusterId }) => {
      const deployment = deploymentsById.get(clusterId);
      if (deployment === undefined) return [clusterId, []];
      return [clusterId, listCauses(idsAbout(clusterId, deployment), rowsAbout(clusterId), input)];
    },
    join: (causes) => new Map(causes.filter(([, found]) => found.length > 0)),
  };
}

export type PlaceKnown = NonNullable<ReturnType<typeof findKnownAnswers>>;

/** Returns `undefined` for a cluster that has no clock or deployment. */
export function findKnownAnswers(id: ClusterId, input: PlacesInput) {
  const { clusters, facts, clocks, classes, nowMs } = input;
  const clock = clocks.find(({ clusterId }) => clusterId === id);
  const deployment = listDeployments(clusters, facts).find((each) =>
    listMembers(each).some((place) => place.id === id),
  );
  if (clock === undefined || deployment === undefined) return undefined;
  const ids = idsAbout(id, deployment);
  const about = groupRows(input.rows, [deployment])(id);
  const { expired } = inventoryEvidence(about, nowMs, { classes });
  const readMs = about.flatMap(({ confirmedMs }) => confirmedMs ?? []);
  return {
    answers: collectAnswers({ ids, rows: about, facts, nowMs }),
    /** Time at which the newest self-renewing certificate of the cluster was issued. */
    ranMs: lastSeenRunningMs(about, id, nowMs),
    readMs: readMs.length === 0 ? undefined : greatest(readMs),
    /** The cloud agent on which the cluster runs; for a cloud agent, itself. */
    agent: deployment.cloudAgent?.id,
    expiredBehind: (layer: TriageId): RoleId[] =>
      isLayerIn(layer, clock.kind) ? rolesBehind(layer).filter((role) => expired?.has(role) === true) : [],
  };
}

/**
 * Returns whether clusters of this kind have the layer. Workload and management clusters have roles of the same name,
 * such as the KMS plugin's token.
 */
function isLayerIn(layer: TriageId, kind: PowerOffClock['kind']): boolean {
  if (layer === 'management-kms') return kind === 'management';
  if (layer === 'workload-kms' || layer === 'workload-api-server') return kind === 'workload';
  return true;
}

function idsAbout(id: ClusterId, { cloudAgent }: Deployment): ClusterId[] {
  return cloudAgent === undefined || cloudAgent.id === id ? [id] : [id, cloudAgent.id];
}

function listCauses(
  ids: readonly ClusterId[],
  about: readonly BoardRow[],
  { facts, classes, nowMs }: Pick<PlacesInput, 'facts' | 'classes' | 'nowMs'>,
): FailureId[] {
  const { causes } = diagnose({
    texts: [],
    known: collectAnswers({ ids, rows: about, facts, nowMs }),
    inventory: inventoryEvidence(about, nowMs, { classes }),
  });
  return causesToTreat(causes).map(({ failure }) => failure);
}
