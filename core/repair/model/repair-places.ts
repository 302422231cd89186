import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { namesOfCluster } from '../../plan/model/command-name.ts';
import { listDeployments, listMembers, type ClusterPlace, type Deployment } from '../../plan/model/deployment.ts';
import { powerOffClocks, type PowerOffClock } from '../../availability/model/power-off.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { JudgedFleet } from '../../expiry/model/judged-fleet.ts';
import { epochMs } from '../../shared/instant.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';
import type { RepairTarget } from './plan.ts';

/* Lookups are cached for each fleet, because a plan for one cluster would otherwise read all clusters. */

interface KnownPlaces {
  samples: readonly ClusterPlace[];
  /** The original list if there are no samples. */
  real: readonly ClusterPlace[];
  lookup: ClusterLookup<ClusterPlace>;
}
const knownPlaces = new WeakMap<readonly ClusterPlace[], KnownPlaces>();

export function lookUpPlaces(places: readonly ClusterPlace[]): KnownPlaces {
  let known = knownPlaces.get(places);
  if (known === undefined) {
    const samples = places.filter(({ sample }) => sample);
    const real = samples.length === 0 ? places : places.filter(({ sample }) => !sample);
    knownPlaces.set(places, (known = { samples, real, lookup: new ClusterLookup(places) }));
  }
  return known;
}

type KnownDeployments = readonly { deployment: Deployment; ids: ReadonlySet<ClusterId> }[];
const deployments = new WeakMap<readonly ClusterPlace[], { all: KnownDeployments; facts: FactsByCluster }>();

export function listKnownDeployments(places: readonly ClusterPlace[], facts: FactsByCluster): KnownDeployments {
  const known = deployments.get(places);
  if (known?.facts === facts) return known.all;
  const all = listDeployments(places, facts).map((deployment) => ({
    deployment,
    ids: new Set(listMembers(deployment).map(({ id }) => id)),
  }));
  deployments.set(places, { all, facts });
  return all;
}

type DeploymentRows = Pick<JudgedFleet, 'now' | 'rows' | 'classes' | 'facts'> & { clocks?: readonly PowerOffClock[] };

interface DeploymentTargets {
  hosts: readonly RepairTarget[];
  workloads: readonly RepairTarget[];
  byId: ReadonlyMap<ClusterId, RepairTarget>;
}
const targets = new WeakMap<Deployment, DeploymentTargets & { clocks: readonly PowerOffClock[] }>();

/** `chosen`: workload clusters to repair; if absent, all. */
export function deploymentTargets(
  source: DeploymentRows,
  deployment: Deployment,
  chosen: ReadonlySet<ClusterId> | undefined,
): DeploymentTargets {
  const known = targets.get(deployment);
  if (known !== undefined && known.clocks === source.clocks) return known;
  const members = listMembers(deployment);
  const ids = new Set(members.map(({ id }) => id));
  const clocks =
    source.clocks ??
    powerOffClocks(
      members,
      source.rows.filter(({ clusterId }) => ids.has(clusterId)),
      { ...source, nowMs: epochMs(source.now), workloads: chosen },
    );
  const clocksById = new Map(clocks.map((clock) => [clock.clusterId, clock]));
  const all = members.map((place): RepairTarget & { id: ClusterId } => {
    const { id, name, kind } = place;
    const clock = clocksById.get(id);
    const usual = kind === 'moc' ? 'host' : isManagementName(name) ? 'management' : 'workload';
    return { id, ...namesOfCluster(place), kind: clock?.kind ?? usual, failures: [], clock };
  });
  const workloads = all.filter(({ kind }) => kind === 'workload');
  const byId = new Map(workloads.map((target) => [target.id, target]));
  const made = { hosts: all.filter(({ kind }) => kind !== 'workload'), workloads, byId, clocks };
  targets.set(deployment, made);
  return made;
}
