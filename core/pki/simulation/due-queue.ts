/** Places in one queue are below this, so that an instant and a place fit into one exact number. */
const PLACES = 2 ** 21;
const FIRST_CAPACITY = 64;
/** Spans for each place: so few entries are in one at a time that finding the first takes as long among few as among many. */
const SPANS_PER_PLACE = 2;
const FEWEST_SPANS = 64;

/**
 * What falls due when, earliest first, within the same second by place. Only what is due in the span of time under way is in
 * order, as a binary heap of plain numbers; everything later waits unordered in the span that it falls into. Nothing is ever
 * put before what was first. Seconds count from `base` and reach 136 years.
 */
export class DueQueue {
  readonly #base: number;
  readonly #spanSeconds: number;
  /** What waits for each span, the last one for all that is later; absent without anything. */
  readonly #spans: (number[] | undefined)[];
  #span = 0;
  #waiting = 0;
  #keys = new Float64Array(FIRST_CAPACITY);
  #size = 0;

  /** For so many places up to about `until`. */
  constructor(base: number, until = base, places = 1) {
    this.#base = base;
    const spans = Math.max(FEWEST_SPANS, places * SPANS_PER_PLACE);
    this.#spanSeconds = Math.max(1, Math.ceil((until - base) / spans));
    this.#spans = Array.from({ length: spans });
  }

  get isEmpty(): boolean {
    return this.#size === 0 && this.#waiting === 0;
  }

  /** Second of the first entry. Only valid when there is one. */
  get second(): number {
    return Math.floor(this.#first() / PLACES) + this.#base;
  }

  /** Place of the first entry. */
  get place(): number {
    return this.#first() % PLACES;
  }

  #first(): number {
    this.#proceed();
    return this.#keys[0] ?? 0;
  }

  push(second: number, place: number): void {
    const key = this.#key(second, place);
    const span = this.#spanOf(second);
    if (span > this.#span) this.#wait(span, key);
    else this.#order(key);
  }

  pop(): void {
    this.#proceed();
    this.#size -= 1;
    if (this.#size > 0) this.#sink(this.#keys[this.#size] ?? 0);
  }

  /** Same as `pop` followed by `push`, in one pass. */
  replaceFirst(second: number, place: number): void {
    const key = this.#key(second, place);
    const span = this.#spanOf(second);
    this.#proceed();
    if (span <= this.#span) return this.#sink(key);
    this.pop();
    this.#wait(span, key);
  }

  #spanOf(second: number): number {
    return Math.min(this.#spans.length - 1, Math.floor((second - this.#base) / this.#spanSeconds));
  }

  #wait(span: number, key: number): void {
    this.#waiting += 1;
    const waiting = this.#spans[span];
    if (waiting !== undefined) waiting.push(key);
    else this.#spans[span] = [key];
  }

  /** To the next span in which anything is due, when nothing is left of this one. */
  #proceed(): void {
    if (this.#size > 0 || this.#waiting === 0) return;
    let waiting: number[] | undefined;
    while (waiting === undefined) waiting = this.#spans[(this.#span += 1)];
    this.#spans[this.#span] = undefined;
    this.#waiting -= waiting.length;
    for (const key of waiting) this.#order(key);
  }

  #order(key: number): void {
    if (this.#size === this.#keys.length) {
      const wider = new Float64Array(this.#size * 2);
      wider.set(this.#keys);
      this.#keys = wider;
    }
    this.#size += 1;
    this.#raise(this.#size - 1, key);
  }

  #key(second: number, place: number): number {
    if (second < this.#base || place >= PLACES) throw new Error('outside the queue');
    return (second - this.#base) * PLACES + place;
  }

  #raise(start: number, key: number): void {
    const keys = this.#keys;
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = keys[parent] ?? 0;
      if (above <= key) break;
      keys[at] = above;
      at = parent;
    }
    keys[at] = key;
  }

  #sink(key: number): void {
    const keys = this.#keys;
    const size = this.#size;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      const right = child + 1;
      let below = keys[child] ?? 0;
      if (right < size && (keys[right] ?? 0) < below) {
        child = right;
        below = keys[right] ?? 0;
      }
      if (below >= key) break;
      keys[at] = below;
      at = child;
    }
    keys[at] = key;
  }
}
