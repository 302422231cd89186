import { isSameList } from '../../core/shared/lists.ts';

/** Half a frame; the other half is left for drawing and input. */
const SLICE_MS = 8;
const FRAME_AT_LATEST_MS = 300;

/** Work on up to this many rows causes no noticeable delay. */
export const FEW_ROWS = 20_000;

/**
 * Maps items in slices, so that the page can draw and respond in between; returns `undefined` if the result is no
 * longer needed.
 */
export async function mapInSlices<Item, Made>(
  items: readonly Item[],
  each: (item: Item) => Made,
  isWanted: () => boolean = () => true,
): Promise<Made[] | undefined> {
  const made: Made[] = [];
  let until = 0;
  for (const item of items) {
    if (performance.now() >= until) {
      await nextTask();
      if (!isWanted()) return undefined;
      until = performance.now() + SLICE_MS;
    }
    made.push(each(item));
  }
  return made;
}

/** Waits until the latest change is drawn. A hidden window may draw nothing, so the wait is limited. */
export function nextFrame(): Promise<unknown> {
  const drawn = new Promise((done) => requestAnimationFrame(done)).then(nextTask);
  return Promise.race([drawn, new Promise((done) => setTimeout(done, FRAME_AT_LATEST_MS))]);
}

/** Uses a message, which avoids the minimum delay of timers (4 ms). */
function nextTask(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}

/** Describes work on many items whose results are combined into one answer. */
export interface ItemWork<Item, Made, Answer> {
  items: readonly Item[];
  each: (item: Item) => Made;
  join: (made: Made[]) => Answer;
}

export function workAtOnce<Item, Made, Answer>({ items, each, join }: ItemWork<Item, Made, Answer>): Answer {
  return join(items.map((item) => each(item)));
}

/**
 * While an answer about many rows is being computed, the previous answer stays; an answer about few rows is immediate.
 */
export class SlicedAnswer<Answer> {
  #question: readonly unknown[] = [];
  #answer: Answer | undefined;
  #answers = $state(0);

  /** Returns `undefined` before the first answer; for use in a derived state. */
  latestAnswer<Item, Made>(
    question: readonly unknown[],
    rows: number,
    work: () => ItemWork<Item, Made, Answer>,
  ): Answer | undefined {
    void this.#answers;
    const asked = this.#question;
    if (isSameList(question, asked)) return this.#answer;
    this.#question = question;
    if (rows <= FEW_ROWS) this.#answer = workAtOnce(work());
    else void this.#find(question, work);
    return this.#answer;
  }

  async #find<Item, Made>(question: readonly unknown[], work: () => ItemWork<Item, Made, Answer>): Promise<void> {
    await nextTask();
    const isWanted = (): boolean => this.#question === question;
    if (!isWanted()) return;
    const { items, each, join } = work();
    const made = await mapInSlices(items, each, isWanted);
    if (made === undefined || !isWanted()) return;
    this.#answer = join(made);
    this.#answers += 1;
  }
}
