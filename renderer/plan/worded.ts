import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { SlicedAnswer, type ItemWork } from '../parts/slices.svelte.ts';

/** Formatting a step takes as long as judging this many rows of the board. */
const ROWS_OF_STEP = 20;

export class Worded<Plan, Words> {
  readonly #answer = new SlicedAnswer<{ of: Plan; words: Words }>();

  /** Returns the words, or `undefined` until everything is formatted; for use in a derived state. */
  getWords<Item, Made>(plan: Plan, wording: PlanWording, work: ItemWork<Item, Made, Words>): Words | undefined {
    const { language, translate, zone } = wording;
    const { items, each, join } = work;
    const answer = this.#answer.latestAnswer([plan, language, translate, zone], items.length * ROWS_OF_STEP, () => ({
      items,
      each,
      join: (made: Made[]) => ({ of: plan, words: join(made) }),
    }));
    return answer?.of === plan ? answer.words : undefined;
  }
}
