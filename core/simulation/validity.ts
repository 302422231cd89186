import { refuseCertificate } from '../pki/model/admission.ts';
import { isWithin } from '../pki/model/renewal.ts';
import type { RefusalReason } from './actions/refusals.ts';
import type { MutableCluster, IdentityWork, Node, CertificateSlot, MutableState } from './mutable-state.ts';

/** `local` is the time on the clock of the party that accepts the certificate. */
function isSlotWithin(slot: CertificateSlot, local: number): boolean {
  return isWithin(local, slot.notBefore, slot.end - 1);
}

/** Checks a certificate and its issuer by the clock of the party that accepts it. */
export function isValid(world: MutableState, slot: CertificateSlot): boolean {
  const local = world.now + slot.judge.offset;
  return isSlotWithin(slot, local) && (slot.issuer === undefined || isSlotWithin(slot.issuer, local));
}

export function clusterRunsSince(world: MutableState, cluster: MutableCluster | undefined): number | undefined {
  if (!world.hostPower.running) return undefined;
  if (cluster === undefined) return world.hostPower.since;
  if (!cluster.power.running) return undefined;
  return Math.max(world.hostPower.since, cluster.power.since);
}

export function clientRunsSince(world: MutableState, identity: IdentityWork): number | undefined {
  const since = clusterRunsSince(world, identity.cluster);
  if (since === undefined || !identity.client.running || !identity.started) return undefined;
  return Math.max(since, identity.client.since);
}

export function apiServerProblem(
  world: MutableState,
  cluster: MutableCluster,
): 'cluster-off' | 'kms-plugin-not-started' | 'certificate-not-valid' | undefined {
  // Certificates may be renewed ahead of the simulated time.
  if (world.now < cluster.steadyUntil) return undefined;
  if (clusterRunsSince(world, cluster) === undefined) return 'cluster-off';
  if (cluster.identities.get('kms-plugin')?.started === false) return 'kms-plugin-not-started';
  return findServingNode(world, cluster) === undefined ? 'certificate-not-valid' : undefined;
}

export function findServingNode(world: MutableState, { nodes }: MutableCluster): Node | undefined {
  return nodes.find(({ serving }) => serving.length > 0 && serving.every((slot) => isValid(world, slot)));
}

/**
 * Returns the reason if no certificate can be issued. During a run, power, clocks and control planes do not change and
 * certificates are only renewed, so the result holds until the first of them expires.
 */
export function issuanceProblem(
  world: MutableState,
  cluster: MutableCluster,
  issuer: CertificateSlot,
): 'api-server-down' | 'issuer-not-valid' | undefined {
  if (world.now < cluster.calmUntil || world.now < cluster.steadyUntil) return undefined;
  if (apiServerProblem(world, cluster) !== undefined) return 'api-server-down';
  if (!isValid(world, issuer)) return 'issuer-not-valid';
  const needed = [...cluster.authorities.values(), ...(findServingNode(world, cluster)?.serving ?? [])];
  if (needed.every((slot) => isValid(world, slot)))
    cluster.calmUntil = Math.min(...needed.map(({ end }) => end)) - cluster.clock.offset;
  return undefined;
}

/** Returns whether kubelet requests are approved. Source: Azure/aksArc issue 237. */
export function isApproverWorking(world: MutableState, cluster: MutableCluster): boolean {
  const approver = cluster.identities.get('cert-manager');
  return (
    approver === undefined ||
    (clientRunsSince(world, approver) !== undefined && clientProblem(world, approver) === undefined)
  );
}

/** Returns the reason if the client refuses the cloud agent's certificate. */
export function serverProblem(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  const server = world.agent.server;
  const issuer = server?.issuer;
  if (server === undefined || issuer === undefined) throw new Error('a cloud agent without CA');
  if (!identity.trusts.includes(issuer)) return 'unknown-authority';
  const local = world.now + identity.slot.own.offset;
  return isSlotWithin(server, local) && isSlotWithin(issuer, local) ? undefined : 'server-not-valid';
}

/** Returns the reason if the cloud agent refuses the client's certificate. */
function clientProblem(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  const { slot } = identity;
  const local = world.now + world.hostClock.offset;
  const { issuer, notBefore, end } = slot;
  return refuseCertificate(
    {
      isIssuerTrusted: issuer !== undefined && world.agent.trusted.includes(issuer),
      notBefore,
      notAfter: end - 1,
      isIssuerValid: issuer !== undefined && isSlotWithin(issuer, local),
      isRevoked: identity.revoked,
    },
    local,
  );
}

export function connectionProblem(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  return serverProblem(world, identity) ?? clientProblem(world, identity);
}

/** Clients that log in with their token at every startup. Sources: known issues (KMS pod); Azure/aksArc issue 173. */
export const LOGS_IN_AT_START: readonly string[] = ['kms-plugin', 'node-agent'];
/** Clients that run only while they are used. Source: Azure/aksArc issues 168 and 169. */
export const TOOLS: readonly string[] = ['mocctl', 'kvactl'];

/**
 * Returns whether a client logs in again after its certificate has expired. Sources: moc-sdk-for-go; Azure/aksArc issue
 * 168.
 */
export function logsInAgain({ profile }: Pick<IdentityWork, 'profile'>): boolean {
  return (
    profile.renewal.value.by === 'client-itself' && !LOGS_IN_AT_START.includes(profile.id) && profile.id !== 'mocctl'
  );
}
