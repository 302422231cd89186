import { PROFILES } from '../../pki/model/profiles.ts';
import { findRotationStage, isRotating, nextRotationStage, trustAnchors } from '../../pki/model/rotation.ts';
import { schedule } from '../due.ts';
import { issue, note } from '../issue.ts';
import { learnAuthorities, renewClient, renewServer } from '../renewal.ts';
import { certificateId, getIssuer, newSlot, getRotatingCas } from '../slots.ts';
import { clientRunsSince, connectionProblem } from '../validity.ts';
import type { IdentityWork, CertificateSlot, MutableState } from '../mutable-state.ts';

export function addAuthority(world: MutableState): CertificateSlot {
  const slot = newSlot(world, { profile: PROFILES['cloud-agent-ca'], holder: { kind: 'cloud-agent' } }, {});
  issue(world, slot, 'fresh', slot);
  world.agent.trusted.push(slot);
  return slot;
}

export function rotateFurther(world: MutableState): void {
  const { agent } = world;
  const connected = listConnectedClients(world);
  const [oldest] = agent.trusted;
  const step = nextRotationStage(agent.stage);
  agent.stage = step;
  if (step === 'both-trusted') addAuthority(world);
  if (step === 'withdrawn') {
    agent.trusted = trustAnchors(getRotatingCas(world));
    agent.stage = findRotationStage({ hasOld: oldest?.expired === false, isOldWithdrawn: true, hasReissued: true });
  }
  const { newest } = getRotatingCas(world);
  note(world, `ca-${step}`, () => ({ certificate: certificateId(newest), params: {} }));
  if (step === 'reissuing') reissue(world, connected);
  // After the old CA is withdrawn, the newest CA is also the oldest, whose next stage is scheduled.
  else schedule(world, newest);
}

/**
 * Reissues the certificates of the cloud agent and of clients that can connect; other clients are updated at renewal.
 */
function reissue(world: MutableState, connected: readonly IdentityWork[]): void {
  const { server } = world.agent;
  if (server === undefined) throw new Error('a cloud agent without certificate');
  renewServer(world, server, getIssuer(world, server));
  schedule(world, server);
  for (const identity of connected) {
    learnAuthorities(world, identity);
    if (identity.profile.renewal.value.by === 'nobody') continue;
    if (connectionProblem(world, identity) === undefined) renewClient(world, identity);
    schedule(world, identity.slot);
  }
}

/** Performs one stage or all remaining stages. Clients that can connect receive the trusted CAs immediately. */
export function rotateByHand(world: MutableState, isWhole: boolean): void {
  do {
    const connected = listConnectedClients(world);
    rotateFurther(world);
    for (const identity of connected) learnAuthorities(world, identity);
  } while (isWhole && isRotating(world.agent.stage));
}

function listConnectedClients(world: MutableState): IdentityWork[] {
  return world.identities.filter(
    (identity) => clientRunsSince(world, identity) !== undefined && connectionProblem(world, identity) === undefined,
  );
}
