import { schedule } from '../due.ts';
import { issue, note } from '../issue.ts';
import { renewServer } from '../renewal.ts';
import { certificateId, newSlot, profileOf } from '../slots.ts';
import type { Slot, World } from '../mutable-state.ts';

/*
 * The CA of the cloud agent changes in three stages, so that nobody is locked out who renews in between: two are trusted
 * and clients learn the new one; the agent shows a certificate of the new one; the old one is withdrawn.
 * Source: microsoft/moc, credential monitor (`Single`, `Overlap`); the stages themselves are inferred.
 */

/** A new CA of the cloud agent, trusted beside what there is. */
export function addAuthority(world: World): Slot {
  const slot = newSlot(world, { profile: profileOf('cloud-agent-ca'), holder: { kind: 'cloud-agent' } }, {});
  issue(world, slot, 'fresh', slot);
  world.agent.trusted.push(slot);
  return slot;
}

/** The next stage, whatever it is. */
export function rotateFurther(world: World): void {
  switch (world.agent.phase) {
    case 'single':
      return beginOverlap(world);
    case 'overlap':
      return showNewAuthority(world);
    case 'reissued':
      return withdrawOldAuthority(world);
  }
}

function beginOverlap(world: World): void {
  const added = addAuthority(world);
  world.agent.phase = 'overlap';
  noteStage(world, 'ca-overlap', added);
  schedule(world, added);
}

function showNewAuthority(world: World): void {
  const { server } = world.agent;
  const newest = newestOf(world);
  if (server === undefined) throw new Error('a cloud agent without certificate');
  renewServer(world, server, newest);
  world.agent.phase = 'reissued';
  noteStage(world, 'ca-reissued', newest);
  schedule(world, server);
}

function withdrawOldAuthority(world: World): void {
  const newest = newestOf(world);
  world.agent.trusted.splice(0, world.agent.trusted.length, newest);
  world.agent.phase = 'single';
  noteStage(world, 'ca-withdrawn', newest);
  // From now on it is the oldest, which has a next stage.
  schedule(world, newest);
}

function newestOf({ agent }: World): Slot {
  const newest = agent.trusted.at(-1);
  if (newest === undefined) throw new Error('a cloud agent without CA');
  return newest;
}

function noteStage(world: World, kind: 'ca-overlap' | 'ca-reissued' | 'ca-withdrawn', newest: Slot): void {
  note(world, kind, () => ({ certificate: certificateId(newest), params: { trusted: world.agent.trusted.length } }));
}

/** Of which CA the cloud agent's own certificate is. */
export function serverIssuer({ agent }: World): Slot {
  const issuer = agent.phase === 'overlap' ? agent.trusted[0] : agent.trusted.at(-1);
  if (issuer === undefined) throw new Error('a cloud agent without CA');
  return issuer;
}
