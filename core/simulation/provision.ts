import { PROFILES } from '../pki/model/profiles.ts';
import { DAY_MS, type Instant } from '../shared/instant.ts';
import { CLUSTER_ROOT_IDS, IDENTITY_PROFILE_IDS } from '../pki/model/profile.ts';
import { addAuthority } from './actions/ca-rotation.ts';
import { closeState } from './close.ts';
import { addClusterIdentities, addHostIdentities } from './identities.ts';
import { issue } from './issue.ts';
import { instantFromSecond, seconds, type MutableCluster, type MutableState } from './mutable-state.ts';
import { addNode, issueFresh, nodeValues } from './nodes.ts';
import { addClusterWork, openState } from './open.ts';
import { newSlot } from './slots.ts';
import { TOOLS } from './validity.ts';
import type { ClusterState, DeploymentSettings, DeploymentState, HostNode } from './state.ts';

export interface ClusterPlan {
  name: string;
  controlPlane: number;
  workers: number;
  /** Prefix of the machines' IPv4 addresses, such as `172.16.10`. */
  network: string;
}

export interface DeploymentPlan {
  seed: string;
  at: Instant;
  cloudAgentFqdn: string;
  hosts: readonly HostNode[];
  management: ClusterPlan;
  clusters: readonly ClusterPlan[];
  /** By default, a newer build whose tools are used once a week. */
  settings?: Partial<DeploymentSettings>;
}

const AUTO_ROTATED = IDENTITY_PROFILE_IDS.filter((id) => id !== 'extra-admin' && !TOOLS.includes(id));

export const DEFAULT_DEPLOYMENT_SETTINGS: DeploymentSettings = {
  identityValidityMs: 90 * DAY_MS,
  // Source: Azure/aksArc issue 145.
  kubeconfigValidityMs: 365 * DAY_MS,
  autoRotate: AUTO_ROTATED,
  toolUseIntervalMs: 7 * DAY_MS,
  caRotatesItself: true,
  repairNeedsApiServer: false,
};

const API_SERVER = 5;
/** Lower numbers are reserved for the API server and other uses. */
const FIRST_MACHINE = 10;
const LAST_MACHINE = 254;

export function provisionDeployment(plan: DeploymentPlan): DeploymentState {
  const world = openState(emptyDeployment(plan), undefined);
  addCloudAgent(world, plan);
  addHostIdentities(world);
  addCluster(world, plan.management, 'management');
  for (const cluster of plan.clusters) addCluster(world, cluster, 'workload');
  return closeState(world);
}

export function emptyDeployment({
  seed,
  at,
  hosts,
  cloudAgentFqdn,
  settings,
}: Omit<DeploymentPlan, 'management' | 'clusters'>): DeploymentState {
  return {
    seed,
    now: at,
    settings: { ...DEFAULT_DEPLOYMENT_SETTINGS, ...settings },
    hostPower: { running: true, since: at },
    hostClockOffsetMs: 0,
    hosts: [...hosts],
    cloudAgent: { fqdn: cloudAgentFqdn, stage: 'single', trusted: [] },
    clusters: [],
    identities: [],
    certificates: [],
    slotsMade: 0,
  };
}

function addCloudAgent(world: MutableState, { hosts, cloudAgentFqdn }: DeploymentPlan): void {
  const authority = addAuthority(world);
  const server = newSlot(
    world,
    { profile: PROFILES['cloud-agent-server'], holder: { kind: 'cloud-agent' } },
    { 'cloud-agent-fqdn': cloudAgentFqdn, 'host-ip': hosts.map(({ ip }) => ip) },
  );
  issue(world, server, 'fresh', authority);
  world.agent.server = server;
}

export function addCluster(world: MutableState, plan: ClusterPlan, kind: ClusterState['kind']): MutableCluster {
  const machines = plan.controlPlane + plan.workers;
  if (plan.controlPlane < 1 || FIRST_MACHINE + machines - 1 > LAST_MACHINE)
    throw new Error(`${plan.name} cannot have ${machines} machines`);
  if (world.clusterByName.has(plan.name)) throw new Error(`there is a cluster ${plan.name}`);
  const cluster = addClusterWork(world, {
    ...createClusterState(plan.name, kind, instantFromSecond(world.now)),
    endpoints: [`${plan.network}.${API_SERVER}`],
  });
  for (const profile of CLUSTER_ROOT_IDS) {
    const holder = { kind: 'cluster', cluster: plan.name } as const;
    const slot = newSlot(world, { profile: PROFILES[profile], holder, cluster }, {});
    issue(world, slot, 'fresh', slot);
    cluster.authorities.set(profile, slot);
  }
  for (let made = 0; made < machines; made += 1)
    addNode(world, cluster, {
      role: made < plan.controlPlane ? 'control-plane' : 'worker',
      ip: `${plan.network}.${FIRST_MACHINE + made}`,
    });
  addClusterIdentities(world, cluster);
  addKubeconfig(world, cluster);
  return cluster;
}

export function createClusterState(name: string, kind: ClusterState['kind'], now: Instant): ClusterState {
  const running = { running: true, since: now };
  return {
    name,
    kind,
    nodes: [],
    nodesMade: 0,
    power: running,
    clockOffsetMs: 0,
    renewers: { 'renewal-controller': running, kubelet: running },
    revocations: [],
    endpoints: [],
  };
}

/** Adds an admin's client certificate, which has a longer life and is never renewed. */
function addKubeconfig(world: MutableState, cluster: MutableCluster): void {
  const slot = newSlot(
    world,
    {
      profile: PROFILES.admin,
      holder: { kind: 'workstation', cluster: cluster.state.name },
      cluster,
      validity: seconds(world.state.settings.kubeconfigValidityMs),
    },
    nodeValues(cluster),
  );
  cluster.kubeconfig = slot;
  issueFresh(world, slot);
}
