/** With this limit, time and place fit into one number without rounding. */
const PLACES = 2 ** 21;
const FIRST_CAPACITY = 1_024;

/**
 * A binary heap of plain numbers, ordered by second and then by place. Seconds count from `base` and cover 136 years.
 */
export class DueQueue {
  readonly #base: number;
  #keys = new Float64Array(FIRST_CAPACITY);
  #size = 0;

  constructor(base: number) {
    this.#base = base;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** The queue must not be empty. */
  get second(): number {
    return Math.floor((this.#keys[0] ?? 0) / PLACES) + this.#base;
  }

  get place(): number {
    const key = this.#keys[0] ?? 0;
    // For large numbers, the operator `%` takes ten times as long.
    return key - Math.floor(key / PLACES) * PLACES;
  }

  push(second: number, place: number): void {
    const key = this.#key(second, place);
    if (this.#size === this.#keys.length) {
      const wider = new Float64Array(this.#size * 2);
      wider.set(this.#keys);
      this.#keys = wider;
    }
    this.#size += 1;
    this.#raise(this.#size - 1, key);
  }

  pop(): void {
    this.#size -= 1;
    if (this.#size > 0) this.#sink(this.#keys[this.#size] ?? 0);
  }

  replaceFirst(second: number, place: number): void {
    this.#sink(this.#key(second, place));
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
