import { PROFILES } from '../pki/model/profiles.ts';
import type { ClientType } from '../pki/model/identity.ts';
import type { ProfileId } from '../pki/model/profile.ts';
import type { ProfileValues } from '../pki/issue/profile-template.ts';
import { issue } from './issue.ts';
import { seconds, type MutableCluster, type IdentityWork, type MutableState } from './mutable-state.ts';
import { getIssuer, nameSlot, newSlot, newToken } from './slots.ts';

/** Profiles by location of their clients. Source: domain tables. */
const IN_EVERY_CLUSTER: readonly ProfileId[] = ['kms-plugin', 'csi', 'cert-manager', 'cloud-provider'];
const IN_MANAGEMENT: readonly ProfileId[] = [...IN_EVERY_CLUSTER, 'cloud-operator', 'caph'];
const IN_WORKLOAD: readonly ProfileId[] = [...IN_EVERY_CLUSTER, 'load-balancer'];
const ON_HOST: readonly ProfileId[] = ['mocctl', 'kvactl'];

/** Source: microsoft/moc, enum ClientType. The assignment is inferred, but no rule depends on it. */
const CLIENT_TYPES: Partial<Record<ProfileId, ClientType>> = {
  'node-agent': 'Node',
  'load-balancer': 'LoadBalancer',
  mocctl: 'Admin',
  kvactl: 'Admin',
  'extra-admin': 'Admin',
};

export function getClientType(profile: ProfileId): ClientType {
  return CLIENT_TYPES[profile] ?? 'ControlPlane';
}

export function addHostIdentities(world: MutableState): void {
  for (const { name } of world.state.hosts) addIdentity(world, { profile: 'node-agent', name, host: name });
  for (const profile of ON_HOST) addIdentity(world, { profile, name: `${profile}-admin` });
}

export function addClusterIdentities(world: MutableState, cluster: MutableCluster): void {
  const profiles = cluster.state.kind === 'management' ? IN_MANAGEMENT : IN_WORKLOAD;
  const { name } = cluster.state;
  for (const profile of profiles) {
    // Only the KMS plugin's name is public.
    const own = profile === 'kms-plugin' ? `KMSPlugin-${name}-moc-kms-plugin` : `${name}-${profile}`;
    addIdentity(world, { profile, name: own, cluster });
  }
}

interface NewIdentity {
  profile: ProfileId;
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
    clientType: getClientType(spec.profile),
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

/** Updates the machine named in the next certificate. Keeps a name that must contain a cluster if none is known. */
export function nameIdentity(world: MutableState, identity: IdentityWork): void {
  const { cluster, profile } = identity;
  if (cluster === undefined && profile.subject.value.commonName.includes('<cluster>')) return;
  nameSlot(world, identity.slot, identityValues(world, identity));
}

/**
 * Returns values for a client on the first control-plane node of its cluster; without a cluster, on its own host or
 * else on the first host.
 */
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
  return { identity: name, host: machine.name, 'host-ip': machine.ip, cluster: cluster?.state.name };
}
