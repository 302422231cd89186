import type { Instant } from '../shared/instant.ts';
import { closed } from './close.ts';
import type { EventKind, SimulationEvent } from './events.ts';
import { toSimulatedSecond } from './moments.ts';
import { opened } from './open.ts';
import { run } from './run.ts';
import type { DeploymentState } from './state.ts';

export interface Advanced {
  state: DeploymentState;
  /** In the order in which they happened; empty with `log: false`. */
  events: SimulationEvent[];
  counts: Record<EventKind, number>;
}

/**
 * A deployment at a later instant, with everything that fell due after its own instant and up to and including the
 * later one. One step gives the same result as many. The cost is small per event, plus once per certificate. Going back
 * is a bug and throws.
 */
export function advance(state: DeploymentState, to: Instant, { log = true }: { log?: boolean } = {}): Advanced {
  if (to < state.now) throw new Error(`${to} is before ${state.now}`);
  const events: SimulationEvent[] = [];
  const world = opened(state, log ? events : undefined);
  run(world, toSimulatedSecond(to));
  return { state: closed(world), events, counts: world.counts };
}
