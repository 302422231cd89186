import type { Instant } from '../shared/instant.ts';
import { closeState } from './close.ts';
import type { SimulationEvent } from './events.ts';
import { secondFromInstant } from './mutable-state.ts';
import { openState } from './open.ts';
import { run } from './run.ts';
import type { DeploymentState } from './state.ts';

/**
 * Simulates up to and including `to`. One long step has the same result as many short steps. Events are in
 * chronological order; with `log: false`, there are none.
 */
export function advance(state: DeploymentState, to: Instant, { log = true }: { log?: boolean } = {}) {
  if (to < state.now) throw new Error(`${to} is before ${state.now}`);
  const events: SimulationEvent[] = [];
  const world = openState(state, log ? events : undefined);
  run(world, secondFromInstant(to));
  return { state: closeState(world), events, counts: world.counts };
}
