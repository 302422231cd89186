import type { KubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import { ClusterLookup } from '../plan/model/cluster-lookup.ts';
import { namesOfCluster, type NamedCluster } from '../plan/model/command-name.ts';
import {
  listDeployments,
  listMembers,
  needOneDeployment,
  type ClusterPlace,
  type Deployment,
} from '../plan/model/deployment.ts';
import { epochMs } from '../shared/instant.ts';
import type { PlanningRules } from '../maintenance/model/rules.ts';
import { powerOffClocks, type PowerOffClock } from '../availability/model/power-off.ts';
import { clusterRepairPlan } from '../repair/model/needs.ts';
import type { RepairChoice, RepairSource } from '../repair/model/request.ts';
import type { ClusterId } from '../shared/ids.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { UpdateAnswers } from './contract.ts';
import type { UpdateParts } from './model/planning.ts';
import { isManagementName } from '../plan/model/cluster-name.ts';
import type { KnownVersions } from './model/versions.ts';
import type { UpdateRequest, UpdateTarget } from './model/plan.ts';

export interface UpdateSource extends RepairSource {
  minutes: PlanningRules['minutes'];
  versions: KnownVersions;
}

export interface UpdateChoice
  extends Pick<UpdateAnswers, 'onlySystem'>, Pick<RepairChoice, 'clusters' | 'deployment' | 'namesFirst'> {
  /** By default, `all`. */
  parts?: UpdateParts;
  /** By id or name of a cluster; the empty string stands for all other clusters. */
  versions: ReadonlyMap<string, KubernetesVersion>;
}

/**
 * Determines what to plan for one deployment: its hosts, and clusters in the order of the choice or the inventory. A
 * sample fleet counts only if there is no real fleet. Throws `cluster.unknown` or `plan.deployment-needed`.
 */
export function updateRequest(source: UpdateSource, choice: UpdateChoice): UpdateRequest {
  const real = source.clusters.filter(({ sample }) => sample !== true);
  const places = real.length > 0 ? real : source.clusters;
  const meant = lookUpMeant(source, choice, places);
  const deployment = findDeployment(source, choice, meant);
  const members = deployment === undefined ? [] : listMembers(deployment);
  const ids = new Set(members.map(({ id }) => id));
  const rows = source.rows.filter(({ clusterId }) => ids.has(clusterId));
  const { classes, facts } = source;
  const clocks = powerOffClocks(members, rows, { nowMs: epochMs(source.now), classes, facts });
  const agent = deployment?.cloudAgent;
  const windowsServer = agent === undefined ? undefined : source.facts[agent.id]?.windowsServer;
  const targets = choice.parts === 'hosts' ? [] : listTargets({ source, choice, meant, clocks, deployment });
  return {
    now: source.now,
    versions: source.versions,
    minutes: source.minutes,
    clocks,
    repair: clusterRepairPlan({ ...source, clusters: members, clocks }, listClusterIds(clocks, targets)),
    host: agent && { id: agent.id, name: agent.name },
    windowsServer,
    parts: choice.parts ?? 'all',
    targets,
  };
}

function listClusterIds(clocks: readonly PowerOffClock[], targets: readonly UpdateTarget[]): ClusterId[] {
  const hosts = clocks.filter(({ kind }) => kind !== 'workload').map(({ clusterId }) => clusterId);
  return [...hosts, ...targets.flatMap(({ id }) => id ?? [])];
}

type KnownCluster = NamedCluster & Partial<ClusterPlace>;

interface Meant {
  places: readonly ClusterPlace[];
  printed: readonly KnownCluster[];
  find: (word: string) => readonly KnownCluster[];
}

function lookUpMeant(
  { clusters, versions }: UpdateSource,
  choice: UpdateChoice,
  places: readonly ClusterPlace[],
): Meant {
  const names = new Set(places.map(({ name }) => name));
  const printed = versions.clusters.flatMap(({ name }): KnownCluster[] => (names.has(name) ? [] : [{ name }]));
  const lookup = new ClusterLookup<KnownCluster>([...clusters, ...printed]);
  const counted = new Set<KnownCluster>([...places, ...printed]);
  return { places, printed, find: (word) => lookup.find(word, choice).filter((each) => counted.has(each)) };
}

function findDeployment(
  { facts }: UpdateSource,
  { clusters, deployment: wanted }: UpdateChoice,
  { places, printed, find }: Meant,
): Deployment | undefined {
  const all = listDeployments(places, facts);
  if (wanted !== undefined) {
    const meant = find(wanted);
    const found = all.find((each) => listMembers(each).some((member) => meant.includes(member)));
    if (found === undefined) throw new ConsoleError('cluster.unknown', { cluster: wanted });
    return found;
  }
  const isAnythingKnown = places.length > 0 || printed.length > 0;
  for (const cluster of clusters)
    if (isAnythingKnown && find(cluster).length === 0) throw new ConsoleError('cluster.unknown', { cluster });
  // A name that occurs only in the output belongs to no known deployment.
  const named = new Set(clusters.flatMap((cluster) => find(cluster).flatMap(({ id }) => id ?? [])));
  const possible = named.size === 0 ? all : all.filter((each) => listMembers(each).some(({ id }) => named.has(id)));
  if (possible.length > 1) throw needOneDeployment(possible);
  return possible[0];
}

interface TargetInput {
  source: UpdateSource;
  choice: UpdateChoice;
  meant: Meant;
  clocks: readonly PowerOffClock[];
  deployment: Deployment | undefined;
}

/** Includes clusters that only the output contains. */
function listTargets({ source, choice, meant, clocks, deployment }: TargetInput): UpdateTarget[] {
  const { printed, find } = meant;
  const management = new Set(clocks.filter(({ kind }) => kind === 'management').map(({ clusterId }) => clusterId));
  const ofInventory = (deployment?.clusters ?? []).filter(({ id }) => !management.has(id));
  const known = [...ofInventory, ...printed].filter(({ name }) => !isManagementName(name));
  const isKnown = new Set(known);
  const wanted = choice.clusters.filter((each) => each !== choice.deployment);
  const chosen =
    wanted.length === 0
      ? known
      : wanted.flatMap((each): readonly KnownCluster[] => {
          const found = find(each);
          if (found.length === 0 && known.length === 0) return [{ name: each }];
          return found.length === 1
            ? found.filter((cluster) => isKnown.has(cluster))
            : known.filter((cluster) => found.includes(cluster));
        });
  const names = new Set<string>();
  // Cmdlets accept the names that they print.
  const ofCmdlets = new Set(source.versions.clusters.map(({ name }) => name));
  const targets: UpdateTarget[] = [];
  for (const place of chosen) {
    const { id, name } = place;
    if (names.has(name)) continue;
    names.add(name);
    const version = versionFor(place, choice, meant);
    targets.push({
      id,
      ...(ofCmdlets.has(name) ? { name } : namesOfCluster(place)),
      version,
      ...(choice.onlySystem && { onlySystem: true as const }),
    });
  }
  return targets;
}

function versionFor(cluster: KnownCluster, { versions }: UpdateChoice, { find }: Meant): KubernetesVersion | undefined {
  const { id, name } = cluster;
  const own = [name, ...(id === undefined ? [] : [id])].find((word) => {
    const found = find(word);
    return versions.has(word) && (found.length === 0 || found.includes(cluster));
  });
  return versions.get(own ?? '');
}
