import type { Invocation } from '../../shared/verb/invocation.ts';
import { AuditTrail } from '../store/audit.ts';

/** Throws `store.absent`. */
export function openTrailToRead(invocation: Invocation): Promise<AuditTrail> {
  return invocation.world.openToRead(invocation, (...given) => AuditTrail.open(...given));
}

/** Runs `work` while no other process can write to the trail. Throws `store.locked`. */
export function useTrail<T>(invocation: Invocation, work: (trail: AuditTrail) => Promise<T>): Promise<T> {
  const { world } = invocation;
  return world.workAlone(
    invocation,
    (ports, dataFolder) => AuditTrail.open(ports, dataFolder, { claim: world.claim }),
    work,
  );
}
