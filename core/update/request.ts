import type { KubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import type { BoardRow } from '../expiry/model/board-row.ts';
import type { LifetimeClasses } from '../knowledge/model/credentials/lifetimes.ts';
import type { FactsByCluster } from '../plan/model/cluster-facts.ts';
import { namesOfCluster, type NamedCluster } from '../plan/model/command-name.ts';
import { listDeployments, type ClusterPlace, type Deployment } from '../plan/model/deployment.ts';
import { toMilliseconds, type Instant } from '../shared/instant.ts';
import type { PlanningRules } from '../maintenance/model/rules.ts';
import { powerOffClocks, type PowerOffClock } from '../power-off/model/power-off.ts';
import { clusterRepairPlan } from '../repair/model/needs.ts';
import type { ClusterId } from '../shared/ids.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { UpdateParts } from './model/planning.ts';
import { isManagementName, type KnownVersions } from './model/versions.ts';
import type { UpdateRequest, UpdateTarget } from './plan.ts';

/** What is known: the inventory, the admin's statements, and output of cmdlets. */
export interface UpdateSource {
  now: Instant;
  clusters: readonly ClusterPlace[];
  /** Rows of all of them. */
  rows: readonly BoardRow[];
  facts: FactsByCluster;
  classes: LifetimeClasses;
  minutes: PlanningRules['minutes'];
  versions: KnownVersions;
}

/** What to update. */
export interface UpdateChoice {
  /** Absent: `all`. */
  parts?: UpdateParts;
  /** By name or id; empty: every workload cluster of the deployment. */
  clusters: readonly string[];
  /** By name or id of its cloud agent; required when clusters of several deployments would be meant. */
  deployment?: string;
  /** Target versions: by name or id of a cluster, under an empty text for all others. */
  versions: ReadonlyMap<string, KubernetesVersion>;
  onlySystem: boolean;
}

/**
 * Resolves what to plan for one deployment: its hosts, and the clusters in the order chosen, else of the inventory. A
 * sample fleet counts only when there is nothing else. `cluster.unknown`, `plan.deployment-needed`.
 */
export function updateRequest(source: UpdateSource, choice: UpdateChoice): UpdateRequest {
  const real = source.clusters.filter(({ sample }) => sample !== true);
  const places = real.length > 0 ? real : source.clusters;
  const deployment = chosenDeployment(source, choice, places);
  const members = [
    ...(deployment?.cloudAgent === undefined ? [] : [deployment.cloudAgent]),
    ...(deployment?.clusters ?? []),
  ];
  const ids = new Set(members.map(({ id }) => id));
  const clocks = powerOffClocks(
    members,
    source.rows.filter(({ clusterId }) => ids.has(clusterId)),
    { nowMs: toMilliseconds(source.now), classes: source.classes, facts: source.facts },
  );
  const agent = deployment?.cloudAgent;
  const windowsServer = agent === undefined ? undefined : source.facts[agent.id]?.windowsServer;
  const targets = choice.parts === 'hosts' ? [] : listTargets({ source, choice, places, clocks, deployment });
  return {
    now: source.now,
    versions: source.versions,
    minutes: source.minutes,
    clocks,
    repair: clusterRepairPlan({ ...source, clusters: members, clocks }, chosenIds(clocks, targets)),
    ...(agent !== undefined && { host: { id: agent.id, name: agent.name } }),
    windowsServer,
    parts: choice.parts ?? 'all',
    targets,
  };
}

/** Hosts and clusters that an update goes through, and that a repair is planned for. */
function chosenIds(clocks: readonly PowerOffClock[], targets: readonly UpdateTarget[]): ClusterId[] {
  const hosts = clocks.filter(({ kind }) => kind !== 'workload').map(({ clusterId }) => clusterId);
  return [...hosts, ...targets.flatMap(({ id }) => id ?? [])];
}

function isMeant(wanted: string, { id, name }: { id?: string; name: string }): boolean {
  return wanted === id || wanted === name;
}

function chosenDeployment(
  { facts, versions }: UpdateSource,
  { clusters, deployment: wanted }: UpdateChoice,
  places: readonly ClusterPlace[],
): Deployment | undefined {
  const all = listDeployments(places, facts);
  if (wanted !== undefined) {
    const found = all.find(({ cloudAgent }) => cloudAgent !== undefined && isMeant(wanted, cloudAgent));
    if (found === undefined) throw new ConsoleError('cluster.unknown', { cluster: wanted });
    return found;
  }
  // A name known only from an output belongs to no known deployment.
  const named = clusters.filter((cluster) => places.some((place) => isMeant(cluster, place)));
  const isAnythingKnown = places.length > 0 || versions.clusters.length > 0;
  for (const cluster of clusters)
    if (isAnythingKnown && !named.includes(cluster) && !versions.clusters.some((each) => isMeant(cluster, each)))
      throw new ConsoleError('cluster.unknown', { cluster });
  const possible =
    named.length === 0
      ? all
      : all.filter(({ cloudAgent, clusters: members }) =>
          [...members, ...(cloudAgent === undefined ? [] : [cloudAgent])].some((place) =>
            named.some((cluster) => isMeant(cluster, place)),
          ),
        );
  if (possible.length > 1)
    throw new ConsoleError('plan.deployment-needed', {
      names: possible.map(({ cloudAgent, clusters: members }) => cloudAgent?.name ?? members[0]?.name ?? '').join(', '),
    });
  return possible[0];
}

interface TargetInput {
  source: UpdateSource;
  choice: UpdateChoice;
  places: readonly ClusterPlace[];
  clocks: readonly PowerOffClock[];
  deployment: Deployment | undefined;
}

/** Workload clusters of the deployment, and those known only from an output. */
function listTargets({ source, choice, places, clocks, deployment }: TargetInput): UpdateTarget[] {
  const management = new Set(clocks.filter(({ kind }) => kind === 'management').map(({ clusterId }) => clusterId));
  const ofInventory = (deployment?.clusters ?? []).filter(
    ({ id, name }) => !management.has(id) && !isManagementName(name),
  );
  const names = new Set(places.map(({ name }) => name));
  const ofOutputs = source.versions.clusters
    .filter(({ name }) => !names.has(name) && !isManagementName(name))
    .map(({ name }): Partial<ClusterPlace> & NamedCluster => ({ name }));
  const known = [...ofInventory, ...ofOutputs];
  const wanted = choice.clusters.filter((each) => each !== choice.deployment);
  const chosen =
    wanted.length === 0
      ? known
      : wanted.flatMap((each) => {
          const found = known.filter((place) => isMeant(each, place));
          // Typed by somebody who has nothing else.
          return found.length > 0 || known.length > 0 || names.has(each) ? found : [{ name: each }];
        });
  const distinct = chosen.filter((one, at) => chosen.findIndex(({ name }) => name === one.name) === at);
  return distinct.map((place) => {
    const { id, name } = place;
    const version = choice.versions.get(name) ?? choice.versions.get(id ?? '') ?? choice.versions.get('');
    // What a cmdlet printed is a name that cmdlets take.
    const isPrinted = source.versions.clusters.some((each) => each.name === name);
    return {
      id,
      ...(isPrinted ? { name } : namesOfCluster(place)),
      version,
      ...(choice.onlySystem && { onlySystem: true as const }),
    };
  });
}
