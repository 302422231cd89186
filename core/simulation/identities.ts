import { PROFILES } from '../pki/model/profiles.ts';
import type { ClientType } from '../pki/model/identity.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { ProfileValues } from '../pki/issue/profile-template.ts';
import { issue } from './issue.ts';
import { seconds } from './moments.ts';
import { getIssuer, nameSlot, newSlot, newToken } from './slots.ts';
import type { MutableCluster, IdentityWork, MutableState } from './mutable-state.ts';

/** By where they run. Source: domain tables. */
interface Client {
  profile: ProfileId;
  clientType: ClientType;
}

const IN_EVERY_CLUSTER: readonly Client[] = [
  { profile: 'kms-plugin', clientType: 'ControlPlane' },
  { profile: 'csi', clientType: 'ControlPlane' },
  { profile: 'cert-manager', clientType: 'ControlPlane' },
  { profile: 'cloud-provider', clientType: 'ControlPlane' },
];
const IN_MANAGEMENT: readonly Client[] = [
  ...IN_EVERY_CLUSTER,
  { profile: 'cloud-operator', clientType: 'ControlPlane' },
  { profile: 'caph', clientType: 'ControlPlane' },
];
const IN_WORKLOAD: readonly Client[] = [...IN_EVERY_CLUSTER, { profile: 'load-balancer', clientType: 'LoadBalancer' }];
const ON_HOST: readonly Client[] = [
  { profile: 'mocctl', clientType: 'Admin' },
  { profile: 'kvactl', clientType: 'Admin' },
];

/** A node agent for each machine, and the admin's tools. */
export function addHostIdentities(world: MutableState): void {
  for (const { name } of world.state.hosts)
    addIdentity(world, { profile: 'node-agent', clientType: 'Node', name, host: name });
  for (const client of ON_HOST) addIdentity(world, { ...client, name: `${client.profile}-admin` });
}

export function addClusterIdentities(world: MutableState, cluster: MutableCluster): void {
  const clients = cluster.state.kind === 'management' ? IN_MANAGEMENT : IN_WORKLOAD;
  for (const client of clients) addIdentity(world, { ...client, name: nameIn(cluster, client.profile), cluster });
}

/** Only the KMS plugin's name is public. */
function nameIn({ state }: MutableCluster, profile: ProfileId): string {
  return profile === 'kms-plugin' ? `KMSPlugin-${state.name}-moc-kms-plugin` : `${state.name}-${profile}`;
}

interface NewIdentity extends Client {
  name: string;
  cluster?: MutableCluster;
  host?: string;
  /** In seconds, for token and certificate. */
  validity?: number;
}

export function addIdentity(world: MutableState, spec: NewIdentity): IdentityWork {
  const profile = PROFILES[spec.profile];
  const validity = spec.validity ?? seconds(world.state.settings.identityValidityMs);
  const { name, cluster, host } = spec;
  const holder = { kind: 'identity', identity: name } as const;
  const slot = newSlot(world, { profile, holder, cluster, validity }, identityValues(world, { name, cluster, host }));
  const issuedAt = world.now + world.hostClock.offset;
  const identity: IdentityWork = {
    name,
    profile,
    clientType: spec.clientType,
    cluster,
    host,
    token: newToken(issuedAt, issuedAt + validity),
    autoRotate: world.state.settings.autoRotate.includes(spec.profile),
    revoked: false,
    client: { running: true, since: world.now },
    started: true,
    trusts: [...world.agent.trusted],
    slot,
    state: undefined,
  };
  slot.identity = identity;
  world.identities.push(identity);
  cluster?.identities.set(spec.profile, identity);
  issue(world, slot, 'fresh', getIssuer(world, slot));
  return identity;
}

/** The next certificate names the machine of now. A client read without the cluster in its name keeps its name. */
export function nameIdentity(world: MutableState, identity: IdentityWork): void {
  const { cluster, profile } = identity;
  if (cluster === undefined && profile.subject.value.commonName.includes('<cluster>')) return;
  nameSlot(world, identity.slot, identityValues(world, identity));
}

/** Clients run on the first control-plane node of their cluster, or on their own or the first host. */
function identityValues(
  world: MutableState,
  { name, cluster, host }: Pick<IdentityWork, 'name' | 'cluster' | 'host'>,
): ProfileValues {
  const { hosts } = world.state;
  const machine =
    cluster === undefined
      ? (hosts.find((each) => each.name === host) ?? hosts[0])
      : cluster.nodes.find(({ state }) => state.role === 'control-plane')?.state;
  if (machine === undefined) throw new Error(`no machine for ${name}`);
  return {
    identity: name,
    host: machine.name,
    'host-ip': machine.ip,
    ...(cluster !== undefined && { cluster: cluster.state.name }),
  };
}
