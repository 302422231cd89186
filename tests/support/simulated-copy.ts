import { adopt } from '../../core/simulation/adopt/adopt.ts';
import { closeState } from '../../core/simulation/close.ts';
import { matchIn } from '../../core/simulation/issue.ts';
import { openState } from '../../core/simulation/open.ts';
import type { CertificateState, ClusterState, DeploymentState, NodeState } from '../../core/simulation/state.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import type { Cluster } from '../../core/inventory/model/credential.ts';
import { ClusterLookup } from '../../core/plan/model/cluster-lookup.ts';
import { listDeployments } from '../../core/plan/model/deployment.ts';
import type { RunFleet } from '../../core/runs/model/outcome.ts';
import { addTo } from '../../core/shared/lists.ts';
import type { Plan } from '../../core/plan/model/plan.ts';
import { ConsoleError } from '../../core/shared/problem.ts';
import type { KnownRevocation } from '../../core/shared/renew-revocation/known.ts';
import { scriptText } from '../../core/runs/targets/plan-scripts.ts';

export type SimulationRequest = Pick<RunFleet, 'clusters' | 'facts' | 'now'> & { plan: Plan };

export interface RevocationFile {
  cluster: string;
  object: KnownRevocation['object'];
}

export interface SimulationFacts {
  state: DeploymentState;
  names: ReadonlyMap<string, string>;
  newestBuild?: string;
  /** Revocation objects by path of their file, for `kubectl delete -f`. */
  files?: ReadonlyMap<string, readonly RevocationFile[]>;
}

/** Copies the deployment of a plan from the inventory, with everything switched on. Throws `run.not-in-inventory`. */
export function copyDeployment({ clusters, facts, now, plan }: SimulationRequest): SimulationFacts {
  const lookup = new ClusterLookup(clusters);
  const wanted = new Set(plan.clusters.flatMap(({ id, name }) => lookup.find(id ?? name).map((found) => found.id)));
  const isWanted = ({ id }: { id: ClusterId }): boolean => wanted.has(id);
  const deployment = listDeployments(clusters, facts).find(
    (each) => each.clusters.some(isWanted) || (each.cloudAgent !== undefined && isWanted(each.cloudAgent)),
  );
  if (deployment === undefined) throw new ConsoleError('run.not-in-inventory', {});
  const findClusters = (id: ClusterId | undefined) =>
    clusters.filter((cluster) => cluster.id === id).map((cluster) => ({ cluster }));
  const [cloudAgent] = findClusters(deployment.cloudAgent?.id);
  const members = deployment.clusters.flatMap(({ id }) => findClusters(id));
  const { state } = adopt({ now, clusters: members, isStalled: () => false, cloudAgent });
  const names = new Map<string, string>(members.map(({ cluster }) => [cluster.id, cluster.name]));
  const build = plan.steps.find(({ id }) => id === 'update-host')?.check?.prints?.[0];
  const inForce = members.map(({ cluster }) => [cluster.id, listInForce(cluster)] as const);
  return {
    state: applyRevocations(breakExpired(state, plan, names), new Map(inForce)),
    names,
    files: listFiles(inForce),
    newestBuild: build,
  };
}

/**
 * Applies the consequences of expiry, because the inventory does not contain the state of machines. Everything that the
 * plan repairs counts as broken.
 */
function breakExpired(state: DeploymentState, plan: Plan, names: ReadonlyMap<string, string>): DeploymentState {
  const isExpired = ({ expired }: CertificateState): boolean => expired === true;
  const ofClusters = new Map<string, CertificateState[]>();
  for (const record of state.certificates) addTo(ofClusters, record.cluster ?? '', record);
  const isOut = (cluster: string): boolean =>
    ofClusters.get(cluster)?.some((each) => each.profile === 'apiserver' && isExpired(each)) === true;
  const isIn = (finds: (plan: Plan, cluster: string) => boolean, { name, kind }: ClusterState) =>
    finds(plan, kind === 'management' ? '' : (names.get(name) ?? name));
  const locked = new Set(state.clusters.filter((cluster) => isIn(findsDeadlock, cluster)).map(({ name }) => name));
  return {
    ...state,
    settings: { ...state.settings, repairNeedsApiServer: locked.size > 0 },
    clusters: state.clusters.map((cluster) => ({
      ...cluster,
      nodes: cluster.nodes.map((node) => checkNode(node, ofClusters.get(cluster.name) ?? [])),
      renewers: {
        ...cluster.renewers,
        ...(isIn(findsCrashingRenewal, cluster) && { 'renewal-controller': { running: false, since: state.now } }),
      },
    })),
    identities: state.identities.map((identity) => {
      const { profile, cluster = '', token } = identity;
      if (profile !== 'kms-plugin') return identity;
      // A control plane with expired certificates was switched off, and its plugin logs in at every start.
      const isLocked = locked.has(cluster) || (token.expired === true && isOut(cluster));
      return isLocked ? { ...identity, started: false } : identity;
    }),
  };
}

/** Marks a node as lost if the client certificate of its kubelet has expired, because the node cannot be reached. */
function checkNode(node: NodeState, certificates: readonly CertificateState[]): NodeState {
  const isLost = certificates.some(
    ({ profile, holder, expired }) =>
      profile === 'kubelet-client' && holder.kind === 'node' && holder.node === node.name && expired === true,
  );
  return isLost ? { ...node, lost: true } : node;
}

/** A plan creates the login file by hand only if the API server is down. */
function findsDeadlock({ steps }: Plan, cluster: string): boolean {
  return steps.some(
    ({ command, only, cluster: of = '' }) =>
      of === cluster &&
      only === undefined &&
      command !== undefined &&
      scriptText(command).startsWith('mocctl.exe security identity rotate'),
  );
}

function findsCrashingRenewal({ steps }: Plan, cluster: string): boolean {
  return steps.some(
    ({ because, only, cluster: of = '' }) => of === cluster && only === undefined && because.failures.includes('F18'),
  );
}

function listInForce({ revocations = [] }: Cluster): KnownRevocation[] {
  return revocations.filter(({ liftedAt }) => liftedAt === undefined);
}

function applyRevocations(
  state: DeploymentState,
  inForce: ReadonlyMap<string, readonly KnownRevocation[]>,
): DeploymentState {
  const world = openState(
    {
      ...state,
      clusters: state.clusters.map((cluster) => ({
        ...cluster,
        revocations: (inForce.get(cluster.name) ?? []).map(({ object }) => object),
      })),
    },
    undefined,
  );
  for (const slot of world.slots) {
    const by = matchIn(world, slot);
    if (by === undefined) continue;
    slot.revokedBy = by;
    slot.record = undefined;
  }
  return closeState(world);
}

function listFiles(
  inForce: readonly (readonly [string, readonly KnownRevocation[]])[],
): ReadonlyMap<string, readonly RevocationFile[]> {
  const files = new Map<string, RevocationFile[]>();
  for (const [cluster, revocations] of inForce)
    for (const { object, source } of revocations) addTo(files, source.path, { cluster, object });
  return files;
}
