import { refuseToken } from '../pki/model/admission.ts';
import { matchNext, issue, noteSlot, refuse } from './issue.ts';
import { nameIdentity } from './identities.ts';
import type { RefusalReason } from './actions/refusals.ts';
import { getIssuer } from './slots.ts';
import { connectionProblem, isValid, issuanceProblem, serverProblem } from './validity.ts';
import type { IdentityWork, CertificateSlot, MutableState } from './mutable-state.ts';

/**
 * Attempts one renewal like the cluster's renewer or kubelet. A revoked certificate is replaced like any other, unless
 * an entry also matches the new one. Source: the article, "Certificate revocation"; the place of the check is inferred.
 */
export function renewInCluster(world: MutableState, slot: CertificateSlot): void {
  const { cluster, issuer } = slot;
  if (cluster === undefined || issuer === undefined) throw new Error('not of a cluster');
  const problem = issuanceProblem(world, cluster, issuer);
  if (problem !== undefined) return refuse(world, slot, problem);
  const by = matchNext(world, slot);
  if (by !== undefined) return refuse(world, slot, 'revoked', { by });
  issue(world, slot, 'renewed', issuer);
}

/** Attempts one renewal like a client. The old certificate authenticates the client, so it must still be accepted. */
export function renewClient(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  const issuer = getIssuer(world, identity.slot);
  const problem = connectionProblem(world, identity) ?? (isValid(world, issuer) ? undefined : 'issuer-not-valid');
  if (problem === undefined) {
    learnAuthorities(world, identity);
    issue(world, identity.slot, 'renewed', issuer);
  } else refuse(world, identity.slot, problem);
  return problem;
}

export function renewServer(world: MutableState, slot: CertificateSlot, issuer: CertificateSlot): void {
  if (isValid(world, issuer)) issue(world, slot, 'renewed', issuer);
  else refuse(world, slot, 'issuer-not-valid');
}

export function learnAuthorities({ agent }: MutableState, identity: IdentityWork): void {
  const { trusts } = identity;
  if (trusts.length === agent.trusted.length && trusts.every((ca) => agent.trusted.includes(ca))) return;
  identity.trusts = [...agent.trusted];
  identity.state = undefined;
}

/** Logs in with the token. Source: microsoft/moc-sdk-for-go, the login flow; Azure/aksArc issues 127 and 169. */
export function loginClient(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  const issuer = getIssuer(world, identity.slot);
  const problem = loginProblem(world, identity, issuer);
  if (problem === undefined) {
    learnAuthorities(world, identity);
    nameIdentity(world, identity);
    issue(world, identity.slot, 'fresh', issuer);
  } else refuse(world, identity.slot, problem, { kind: 'login-refused' });
  return problem;
}

function loginProblem(world: MutableState, identity: IdentityWork, issuer: CertificateSlot): RefusalReason | undefined {
  const server = serverProblem(world, identity);
  if (server !== undefined) return server;
  const { issuedAt, expiresAt } = identity.token;
  // A client has either its newest token or one that is not accepted.
  const refusal = refuseToken(
    { issuedAt, expiresAt, isIdentityRevoked: identity.revoked, isCurrent: true },
    world.now + world.hostClock.offset,
  );
  if (refusal !== undefined)
    return refusal === 'revoked' ? 'revoked' : refusal === 'not-yet-valid' ? 'token-not-yet-valid' : 'token-expired';
  return isValid(world, issuer) ? undefined : 'issuer-not-valid';
}

export function start(world: MutableState, identity: IdentityWork): RefusalReason | undefined {
  const problem = loginClient(world, identity);
  identity.started = problem === undefined;
  identity.state = undefined;
  noteSlot(world, problem === undefined ? 'client-started' : 'client-not-started', identity.slot, {
    params: () => ({ ...(problem && { reason: problem }) }),
  });
  return problem;
}

/** Renews a token for as long as the previous one was valid. `isRepeat`: see `note`. */
export function renewToken(world: MutableState, identity: IdentityWork, isRepeat = false): void {
  const { token } = identity;
  const life = token.expiresAt - token.issuedAt;
  token.issuedAt = world.now + world.hostClock.offset;
  token.expiresAt = token.issuedAt + life;
  token.generation += 1;
  token.expired = false;
  token.refusedAt = undefined;
  identity.state = undefined;
  noteSlot(world, 'token-rotated', identity.slot, { isRepeat });
}

/**
 * Rotates a token. The client requests the new token and authenticates with its certificate. Source: identity field
 * `autoRotate`; Azure/aksArc issue 292.
 */
export function rotateOwnToken(world: MutableState, identity: IdentityWork): void {
  const problem = connectionProblem(world, identity);
  if (problem === undefined) return renewToken(world, identity, identity.token.generation > 1);
  const isRepeat = identity.token.refusedAt !== undefined;
  identity.token.refusedAt = world.now;
  identity.state = undefined;
  noteSlot(world, 'token-refused', identity.slot, { params: () => ({ reason: problem }), isRepeat });
}
