import type { Instant } from '../../shared/instant.ts';
import type { Action, Failure } from './actions/actions.ts';
import type { SimulationEvent } from './events.ts';
import { instantOf, secondOf } from './moments.ts';
import { replaceAllLost } from './nodes.ts';
import { opened } from './open.ts';
import { act } from './actions/perform.ts';
import { begin, proceed, run } from './run.ts';
import type { DeploymentState } from './state.ts';
import type { World } from './mutable-state.ts';

/** Steps at a stretch: some ten milliseconds of work. */
const STRETCH_STEPS = 20_000;

/**
 * What becomes of a deployment over a long time, followed in one go and changed in place: the same as `advance` and `perform`
 * in turn give, without a state in between. Of what repeats itself the first is told and the rest counted.
 */
export class Future {
  readonly events: SimulationEvent[] = [];
  readonly #world: World;
  /** Numbers of certificates by place when it began; of places made later there is none. */
  readonly #before: ReadonlyMap<number, number>;

  constructor(state: DeploymentState) {
    this.#world = opened(state, this.events, { isTerse: true });
    this.#before = new Map(state.certificates.map(({ slot, issueNumber }) => [slot, issueNumber]));
  }

  get now(): Instant {
    return instantOf(this.#world.now);
  }

  /** Lets time pass up to and including a moment, with `pause` after every stretch. */
  async until(moment: Instant, pause: () => Promise<void>): Promise<void> {
    begin(this.#world, secondOf(moment));
    while (!proceed(this.#world, STRETCH_STEPS)) await pause();
  }

  /** Does things at one moment, one after the other; then what falls due by them. Why each did nothing, in their order. */
  perform(actions: readonly Action[]): (Failure | undefined)[] {
    const failures = actions.map((action) => act(this.#world, action));
    replaceAllLost(this.#world);
    run(this.#world, this.#world.now);
    return failures;
  }

  /** How many certificates were issued in each place that there was in the beginning. */
  issued(): Map<number, number> {
    const issued = new Map<number, number>();
    for (const { number, issueNumber } of this.#world.slots) {
      const before = this.#before.get(number);
      if (before !== undefined) issued.set(number, issueNumber - before);
    }
    return issued;
  }
}
