import type { Stepwise } from '../../shared/stepwise/steps.ts';

/** So few are sorted by comparing them with each other. */
const FEW = 12;
/** So many are divided in a few milliseconds. */
const AT_ONCE = 16_384;

/**
 * For each text its rank among the different ones, in the order of `<`. Sorts by one character after the other (multikey
 * quicksort; Bentley and Sedgewick, 1997): texts that begin alike, as names of a fleet do, are not compared from their
 * beginnings again and again.
 */
export function* rankTexts(texts: readonly string[]): Stepwise<Uint32Array> {
  const sorted = yield* CharacterTable.steps(texts);
  return yield* sorted.ranks();
}

/** Texts that are equal before `depth`. */
type Part = readonly [first: number, end: number, depth: number];

/** The characters of many texts in one array: several times faster to look at than the texts. */
class CharacterTable {
  readonly #characters: Uint16Array;
  /** Where each text begins, and finally the total length. */
  readonly #starts: Uint32Array;
  readonly #order: Uint32Array;

  private constructor(characters: Uint16Array, starts: Uint32Array) {
    this.#characters = characters;
    this.#starts = starts;
    this.#order = new Uint32Array(starts.length - 1);
    for (let index = 0; index < this.#order.length; index++) this.#order[index] = index;
  }

  static *steps(texts: readonly string[]): Stepwise<CharacterTable> {
    const starts = new Uint32Array(texts.length + 1);
    for (let index = 0; index < texts.length; index++) starts[index + 1] = starts[index]! + texts[index]!.length;
    const characters = new Uint16Array(starts[texts.length]!);
    yield;
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index]!;
      const start = starts[index]!;
      for (let place = 0; place < text.length; place++) characters[start + place] = text.charCodeAt(place);
      if (index % AT_ONCE === AT_ONCE - 1) yield;
    }
    return new CharacterTable(characters, starts);
  }

  *ranks(): Stepwise<Uint32Array> {
    const order = this.#order;
    const open: Part[] = [[0, order.length, 0]];
    let done = 0;
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      const [first, end, depth] = part;
      done += end - first;
      if (end - first <= FEW) this.#sortFew(first, end, depth);
      else {
        const middle = this.#at(order[(first + end) >>> 1]!, depth);
        const [smaller, larger] = yield* this.#divide(part, middle);
        if (smaller > first) open.push([first, smaller, depth]);
        if (end > larger) open.push([larger, end, depth]);
        // Those that have ended are equal.
        if (middle > 0) open.push([smaller, larger, depth + 1]);
      }
      if (done < AT_ONCE) continue;
      done = 0;
      yield;
    }
    const ranks = new Uint32Array(order.length);
    let rank = 0;
    for (let place = 1; place < order.length; place++) {
      if (this.#compare(order[place - 1]!, order[place]!, 0) !== 0) rank += 1;
      ranks[order[place]!] = rank;
      if (place % AT_ONCE === 0) yield;
    }
    return ranks;
  }

  /** The character after `depth` others, from 1 on; 0 where the text has ended. */
  #at(text: number, depth: number): number {
    const place = this.#starts[text]! + depth;
    return place < this.#starts[text + 1]! ? this.#characters[place]! + 1 : 0;
  }

  /** Moves what has a smaller character than `middle` to the front, and what has a larger one to the end. */
  *#divide([first, end, depth]: Part, middle: number): Stepwise<[smaller: number, larger: number]> {
    const order = this.#order;
    let [smaller, larger] = [first, end];
    for (let place = first, left = end - first; place < larger; left--) {
      const text = order[place]!;
      const character = this.#at(text, depth);
      if (character < middle) {
        order[place++] = order[smaller]!;
        order[smaller++] = text;
      } else if (character > middle) {
        order[place] = order[--larger]!;
        order[larger] = text;
      } else place += 1;
      if (left % AT_ONCE === 0) yield;
    }
    return [smaller, larger];
  }

  #sortFew(first: number, end: number, depth: number): void {
    const order = this.#order;
    for (let next = first + 1; next < end; next++) {
      const text = order[next]!;
      let place = next;
      for (; place > first && this.#compare(order[place - 1]!, text, depth) > 0; place--)
        order[place] = order[place - 1]!;
      order[place] = text;
    }
  }

  #compare(left: number, right: number, depth: number): number {
    for (let at = depth; ; at++) {
      const character = this.#at(left, at);
      const difference = character - this.#at(right, at);
      if (difference !== 0 || character === 0) return difference;
    }
  }
}
