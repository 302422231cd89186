import { refuseCertificate } from '../pki/model/admission.ts';
import { isWithin } from '../pki/model/renewal.ts';
import type { RefusalReason } from './actions/refusals.ts';
import type { MutableCluster, IdentityWork, Node, CertificateSlot, MutableState } from './mutable-state.ts';

/** Whether a certificate is within its validity period at a given time of some clock. */
function isSlotWithin(slot: CertificateSlot, local: number): boolean {
  return isWithin(local, slot.notBefore, slot.end - 1);
}

/** Whether it and its issuer are, by the clock of whoever accepts it. */
export function isValid(world: MutableState, slot: CertificateSlot): boolean {
  const local = world.now + slot.judge.offset;
  return isSlotWithin(slot, local) && (slot.issuer === undefined || isSlotWithin(slot.issuer, local));
}

/** Since when it has been running without interruption; `undefined` while it is not. */
export function clusterRunsSince(world: MutableState, cluster: MutableCluster | undefined): number | undefined {
  if (!world.hostPower.running) return undefined;
  if (cluster === undefined) return world.hostPower.since;
  if (!cluster.power.running) return undefined;
  return Math.max(world.hostPower.since, cluster.power.since);
}

/** Same for a client of the cloud agent. One that has to log in when it starts and could not is not running. */
export function clientRunsSince(world: MutableState, identity: IdentityWork): number | undefined {
  const since = clusterRunsSince(world, identity.cluster);
  if (since === undefined || !identity.client.running || !identity.started) return undefined;
  return Math.max(since, identity.client.since);
}

/** Why no API server of a cluster responds; `undefined` when one does. */
export function apiServerProblem(
  world: MutableState,
  cluster: MutableCluster,
): 'cluster-off' | 'kms-plugin-not-started' | 'certificate-not-valid' | undefined {
  // Its certificates may be further ahead than the world is.
  if (world.now < cluster.steadyUntil) return undefined;
  if (clusterRunsSince(world, cluster) === undefined) return 'cluster-off';
  if (cluster.identities.get('kms-plugin')?.started === false) return 'kms-plugin-not-started';
  return servingNode(world, cluster) === undefined ? 'certificate-not-valid' : undefined;
}

/** A control-plane node whose certificates let an API server respond. */
export function servingNode(world: MutableState, { nodes }: MutableCluster): Node | undefined {
  return nodes.find(({ serving }) => serving.length > 0 && serving.every((slot) => isValid(world, slot)));
}

/**
 * Why a certificate of a cluster cannot be issued. While the world runs, power, clocks and control planes stay as they
 * are and certificates only get better: what holds now need not be checked again before the first of them expires.
 */
export function issuingProblem(
  world: MutableState,
  cluster: MutableCluster,
  issuer: CertificateSlot,
): 'api-server-down' | 'issuer-not-valid' | undefined {
  if (world.now < cluster.calmUntil || world.now < cluster.steadyUntil) return undefined;
  if (apiServerProblem(world, cluster) !== undefined) return 'api-server-down';
  if (!isValid(world, issuer)) return 'issuer-not-valid';
  const needed = [...cluster.authorities.values(), ...(servingNode(world, cluster)?.serving ?? [])];
  if (needed.every((slot) => isValid(world, slot)))
    cluster.calmUntil = Math.min(...needed.map(({ end }) => end)) - cluster.clock.offset;
  return undefined;
}

/** Whether kubelets' requests for serving certificates are approved in a cluster. Source: Azure/aksArc issue 237. */
export function isApproverWorking(world: MutableState, cluster: MutableCluster): boolean {
  const approver = cluster.identities.get('cert-manager');
  return (
    approver === undefined ||
    (clientRunsSince(world, approver) !== undefined && clientProblem(world, approver) === undefined)
  );
}

/** Why a client does not accept the certificate that the cloud agent presents. */
export function serverProblem(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  const server = world.agent.server;
  const issuer = server?.issuer;
  if (server === undefined || issuer === undefined) throw new Error('a cloud agent without CA');
  if (!identity.trusts.includes(issuer)) return 'unknown-authority';
  const local = world.now + identity.slot.own.offset;
  return isSlotWithin(server, local) && isSlotWithin(issuer, local) ? undefined : 'server-not-valid';
}

/** Why the cloud agent does not accept a client's certificate. */
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

/** Why a client cannot talk to the cloud agent using its certificate. */
export function connectionProblem(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  return serverProblem(world, identity) ?? clientProblem(world, identity);
}

/** Programs that log in with their token whenever they start. Sources: known issues (KMS pod); Azure/aksArc issue 173. */
export const LOGS_IN_AT_START: readonly string[] = ['kms-plugin', 'node-agent'];
/** Programs that run only while somebody uses them. Source: Azure/aksArc issues 168 and 169. */
export const TOOLS: readonly string[] = ['mocctl', 'kvactl'];

/** Whether a running client whose certificate has expired logs in again by itself. Sources: moc-sdk-for-go; issue 168. */
export function logsInAgain({ profile }: Pick<IdentityWork, 'profile'>): boolean {
  return (
    profile.renewal.value.by === 'client-itself' && !LOGS_IN_AT_START.includes(profile.id) && profile.id !== 'mocctl'
  );
}
