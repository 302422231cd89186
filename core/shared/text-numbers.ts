/** Returns a 53-bit number: the chance that two of a million strings have the same number is 1 in 20,000. */
export function hashText(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return 0x100000000 * (high & 0x1fffff) + (low >>> 0);
}

/** A set that needs 16 to 32 bytes per number. */
export class SeenNumbers {
  readonly #places: Float64Array;
  readonly #mask: number;
  #size = 0;

  constructor(most: number) {
    const length = 2 ** Math.ceil(Math.log2(Math.max(1, most) * 2));
    this.#places = new Float64Array(length).fill(-1);
    this.#mask = length - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** Returns whether the number is new. */
  add(number: number): boolean {
    // The lower bits of a number are as well mixed as the others.
    for (let at = (number >>> 0) & this.#mask; ; at = (at + 1) & this.#mask) {
      const there = this.#places[at];
      if (there === number) return false;
      if (there !== -1) continue;
      this.#places[at] = number;
      this.#size += 1;
      return true;
    }
  }
}
