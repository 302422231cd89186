import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { SlicedAnswer, type ItemWork } from '../parts/slices.svelte.ts';

/** A step takes as long to be put into words as so many rows of the board to be judged. */
const ROWS_OF_STEP = 20;

/** A plan in words: at once where it is short. */
export class Worded<Plan, Words> {
  readonly #answer = new SlicedAnswer<{ of: Plan; words: Words }>();

  /** For a derived state; `undefined` until all of it is in words. `work`: on its steps or checks. */
  of<Item, Made>(plan: Plan, wording: PlanWording, work: ItemWork<Item, Made, Words>): Words | undefined {
    const { language, translate, zone } = wording;
    const { items, each, join } = work;
    const answer = this.#answer.of([plan, language, translate, zone], items.length * ROWS_OF_STEP, () => ({
      items,
      each,
      join: (made: Made[]) => ({ of: plan, words: join(made) }),
    }));
    return answer?.of === plan ? answer.words : undefined;
  }
}
