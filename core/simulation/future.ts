import type { Instant } from '../shared/instant.ts';
import type { Action, FailedAction } from './actions/actions.ts';
import type { SimulationEvent } from './events.ts';
import { instantFromSecond, secondFromInstant, type MutableState } from './mutable-state.ts';
import { replaceAllLost } from './nodes.ts';
import { openState } from './open.ts';
import { act } from './actions/perform.ts';
import { begin, proceed, run } from './run.ts';
import type { DeploymentState } from './state.ts';

/** About ten milliseconds of work. */
const STRETCH_STEPS = 20_000;

/**
 * Simulates a deployment over a long time and changes it in place. The result is the same as with alternating calls of
 * `advance` and `perform`, but without intermediate states. Repeated events are not reported.
 */
export class Future {
  readonly events: SimulationEvent[] = [];
  readonly #world: MutableState;
  /** Issue numbers at the start, by slot. */
  readonly #before: ReadonlyMap<number, number>;

  constructor(state: DeploymentState) {
    this.#world = openState(state, this.events, { isTerse: true });
    this.#before = new Map(state.certificates.map(({ slot, issueNumber }) => [slot, issueNumber]));
  }

  get currentInstant(): Instant {
    return instantFromSecond(this.#world.now);
  }

  async advanceTo(moment: Instant, pause: () => Promise<void>): Promise<void> {
    begin(this.#world, secondFromInstant(moment));
    while (!proceed(this.#world, STRETCH_STEPS)) await pause();
  }

  /**
   * Performs actions at one instant, with everything that becomes due because of them. Returns for each action the
   * reason if it did nothing, otherwise `undefined`.
   */
  perform(actions: readonly Action[]): (FailedAction | undefined)[] {
    const failures = actions.map((action) => act(this.#world, action));
    replaceAllLost(this.#world);
    run(this.#world, this.#world.now);
    return failures;
  }

  countIssued(): Map<number, number> {
    const issued = new Map<number, number>();
    for (const { number, issueNumber } of this.#world.slots) {
      const before = this.#before.get(number);
      if (before !== undefined) issued.set(number, issueNumber - before);
    }
    return issued;
  }
}
