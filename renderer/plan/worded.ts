import type { Stepwise } from '../../core/shared/stepwise/steps.ts';
import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { SlicedAnswer } from '../parts/slices.svelte.ts';

/** A step takes as long to be put into words as so many rows of the board to be judged. */
const ROWS_OF_STEP = 20;

/** What a plan says, in words: at once where it is short. */
export class Worded<Plan, Words> {
  readonly #answer = new SlicedAnswer<{ of: Plan; words: Words }>();

  /** For a derived state; `undefined` until all of it is in words. `length`: how many steps or checks it has. */
  of(plan: Plan, wording: PlanWording, length: number, steps: () => Stepwise<Words>): Words | undefined {
    const { language, translate, zone } = wording;
    const all = function* (): Stepwise<{ of: Plan; words: Words }> {
      return { of: plan, words: yield* steps() };
    };
    const answer = this.#answer.of([plan, language, translate, zone], length * ROWS_OF_STEP, all);
    return answer?.of === plan ? answer.words : undefined;
  }
}
