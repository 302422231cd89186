import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import { namesOfCluster } from '../../plan/model/command-name.ts';
import { listDeployments, type ClusterPlace, type Deployment } from '../../plan/model/deployment.ts';
import type { PowerOffClock } from '../../power-off/model/power-off.ts';
import { isManagementName } from '../../update/model/versions.ts';
import type { RepairTarget } from './plan.ts';

/*
 * Looks up what a choice may mean. Kept for a fleet: it is planned cluster by cluster, and each plan would go through all
 * clusters otherwise.
 */

interface Splitting {
  samples: readonly ClusterPlace[];
  real: readonly ClusterPlace[];
}
const splittings = new WeakMap<readonly ClusterPlace[], Splitting>();

/** The clusters of sample fleets, and the others; the very list where there are no samples. */
export function splitSamples(places: readonly ClusterPlace[]): Splitting {
  let splitting = splittings.get(places);
  if (splitting === undefined) {
    const samples = places.filter(({ sample }) => sample === true);
    const real = samples.length === 0 ? places : places.filter(({ sample }) => sample !== true);
    splittings.set(places, (splitting = { samples, real }));
  }
  return splitting;
}

/** Deployments, and by what their hosts and clusters are called: names and ids. */
interface CalledDeployments {
  all: readonly { deployment: Deployment; calls: ReadonlySet<string> }[];
  calls: ReadonlySet<string>;
}
const called = new WeakMap<readonly ClusterPlace[], CalledDeployments & { facts: FactsByCluster }>();

export function calledDeployments(places: readonly ClusterPlace[], facts: FactsByCluster): CalledDeployments {
  const known = called.get(places);
  if (known?.facts === facts) return known;
  const all = listDeployments(places, facts).map((deployment) => ({
    deployment,
    calls: listCalls(listMembers(deployment)),
  }));
  const made = { all, calls: listCalls(places), facts };
  called.set(places, made);
  return made;
}

function listCalls(places: readonly ClusterPlace[]): ReadonlySet<string> {
  return new Set(places.flatMap(({ id, name }) => [id, name]));
}

/** The hosts, then what runs on them. */
export function listMembers({ cloudAgent, clusters }: Deployment): ClusterPlace[] {
  return [...(cloudAgent === undefined ? [] : [cloudAgent]), ...clusters];
}

/** What of a deployment can be repaired. */
interface DeploymentTargets {
  hosts: readonly RepairTarget[];
  workloads: readonly RepairTarget[];
  /** Workloads by id and by name, in their order. */
  called: ReadonlyMap<string, readonly RepairTarget[]>;
}
const targets = new WeakMap<Deployment, DeploymentTargets & { clocks: readonly PowerOffClock[] }>();

export function deploymentTargets(deployment: Deployment, clocks: readonly PowerOffClock[]): DeploymentTargets {
  const known = targets.get(deployment);
  if (known?.clocks === clocks) return known;
  const clockOf = new Map(clocks.map((clock) => [clock.clusterId, clock]));
  const all = listMembers(deployment).map((place) => toTarget(place, clockOf.get(place.id)));
  const isWorkload = ({ kind }: RepairTarget): boolean => kind === 'workload';
  const workloads = all.filter(isWorkload);
  const byCall = new Map<string, RepairTarget[]>();
  for (const target of workloads)
    for (const call of new Set([target.id, target.name])) {
      if (call === undefined) continue;
      const others = byCall.get(call);
      if (others === undefined) byCall.set(call, [target]);
      else others.push(target);
    }
  const made = { hosts: all.filter((target) => !isWorkload(target)), workloads, called: byCall, clocks };
  targets.set(deployment, made);
  return made;
}

function toTarget(place: ClusterPlace, clock: PowerOffClock | undefined): RepairTarget {
  const { id, name, kind } = place;
  const known = kind === 'moc' ? 'host' : isManagementName(name) ? 'management' : 'workload';
  return { id, ...namesOfCluster(place), kind: clock?.kind ?? known, failures: [], clock };
}
