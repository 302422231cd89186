import { PROFILES } from '../pki/model/profiles.ts';
import { DAY_MS, type Instant } from '../shared/instant.ts';
import { IDENTITY_PROFILE_IDS } from '../pki/model/profile.ts';
import { addAuthority } from './actions/ca-rotation.ts';
import { closeState } from './close.ts';
import { addClusterIdentities, addHostIdentities } from './identities.ts';
import { issue } from './issue.ts';
import { instantFromSecond, seconds } from './moments.ts';
import { addNode, issueFresh, nodeValues } from './nodes.ts';
import { addClusterWork, openState } from './open.ts';
import { newSlot } from './slots.ts';
import { TOOLS } from './validity.ts';
import type { ClusterState, DeploymentSettings, DeploymentState, HostNode } from './state.ts';
import type { MutableCluster, MutableState } from './mutable-state.ts';

export interface ClusterPlan {
  name: string;
  /** 1, 3 or 5. */
  controlPlane: number;
  workers: number;
  /** The beginning of the machines' IPv4 addresses, such as `172.16.10`. */
  network: string;
  /** By default `<network>.5`. */
  endpoints?: readonly string[];
  /** By default kubeadm's, also seen in Azure/aksArc issue 178. */
  serviceIp?: string;
  serviceDomain?: string;
}

export interface DeploymentPlan {
  /** Serial numbers and the names of machines derive from it. */
  seed: string;
  at: Instant;
  cloudAgentFqdn: string;
  hosts: readonly HostNode[];
  management: ClusterPlan;
  clusters: readonly ClusterPlan[];
  /** By default a newer build whose tools are used once a week. */
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

/** The API server and others have lower numbers. */
const FIRST_MACHINE = 10;
const LAST_MACHINE = 254;

export function provisionDeployment(plan: DeploymentPlan): DeploymentState {
  const world = openState(emptyDeployment(plan), undefined);
  const { server } = addCloudAgent(world, plan);
  world.agent.server = server;
  addHostIdentities(world);
  addCluster(world, plan.management, 'management');
  for (const cluster of plan.clusters) addCluster(world, cluster, 'workload');
  return closeState(world);
}

function emptyDeployment({ seed, at, hosts, cloudAgentFqdn, settings }: DeploymentPlan): DeploymentState {
  return {
    seed,
    now: at,
    lastUpdatedAt: at,
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

function addCloudAgent(world: MutableState, { hosts, cloudAgentFqdn }: DeploymentPlan) {
  const authority = addAuthority(world);
  const server = newSlot(
    world,
    { profile: PROFILES['cloud-agent-server'], holder: { kind: 'cloud-agent' } },
    { 'cloud-agent-fqdn': cloudAgentFqdn, 'host-ip': hosts.map(({ ip }) => ip) },
  );
  issue(world, server, 'fresh', authority);
  return { server };
}

export function addCluster(world: MutableState, plan: ClusterPlan, kind: ClusterState['kind']): MutableCluster {
  const machines = plan.controlPlane + plan.workers;
  if (plan.controlPlane < 1 || FIRST_MACHINE + machines - 1 > LAST_MACHINE)
    throw new Error(`${plan.name} cannot have ${machines} machines`);
  if (world.clusterByName.has(plan.name)) throw new Error(`there is a cluster ${plan.name}`);
  const cluster = addClusterWork(world, getCluster(plan, kind, instantFromSecond(world.now)));
  for (const profile of ['cluster-ca', 'etcd-ca', 'front-proxy-ca'] as const) {
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

function getCluster(plan: ClusterPlan, kind: ClusterState['kind'], now: Instant): ClusterState {
  const running = { running: true, since: now };
  return {
    name: plan.name,
    kind,
    nodes: [],
    nodesMade: 0,
    power: running,
    clockOffsetMs: 0,
    renewers: { 'renewal-controller': running, kubelet: running },
    revocations: [],
    lastUpdatedAt: now,
    endpoints: plan.endpoints ?? [`${plan.network}.5`],
    serviceIp: plan.serviceIp ?? '10.96.0.1',
    serviceDomain: plan.serviceDomain ?? 'cluster.local',
  };
}

/** Adds an admin's client certificate on a workstation, with a longer life, which nobody renews. */
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
