/** So few are sorted by comparing them with each other. */
const FEW = 12;

/**
 * For each text its rank among the different ones, in the order of `<`. Sorts by some characters after the others (multikey
 * quicksort; Bentley and Sedgewick, 1997): texts that begin alike, as names of a fleet do, are not compared from their
 * beginnings again and again.
 */
export function rankTexts(texts: readonly string[]): Uint32Array {
  const table = new CharacterTable(texts);
  table.sort();
  return table.ranks();
}

/** Texts that are equal before `depth`. */
interface Part {
  first: number;
  end: number;
  depth: number;
  /** Their keys are those of this depth. */
  hasKeys: boolean;
}

/** The characters of many texts in one array: several times faster to look at than the texts. */
class CharacterTable {
  /** Each as its place among the different ones. */
  readonly #characters: Uint16Array;
  /** Where each text begins, and finally the total length. */
  readonly #starts: Uint32Array;
  readonly #order: Uint32Array;
  /** The next characters of the texts in `order`: they lie together, while those of the texts are far from each other. */
  readonly #keys: Float64Array;
  /** A key is a number with as many digits in this base as can be held. */
  readonly #base: number;
  readonly #digits: number;

  constructor(texts: readonly string[]) {
    const starts = new Uint32Array(texts.length + 1);
    for (let index = 0; index < texts.length; index++) starts[index + 1] = starts[index]! + texts[index]!.length;
    const characters = new Uint16Array(starts[texts.length]!);
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index]!;
      const start = starts[index]!;
      for (let place = 0; place < text.length; place++) characters[start + place] = text.charCodeAt(place);
    }
    this.#base = numberCharacters(characters) + 1;
    this.#digits = Math.floor(Math.log(Number.MAX_SAFE_INTEGER) / Math.log(this.#base + 1));
    this.#characters = characters;
    this.#starts = starts;
    this.#order = new Uint32Array(texts.length).map((_, index) => index);
    this.#keys = new Float64Array(texts.length);
  }

  sort(): void {
    const open: Part[] = [{ first: 0, end: this.#order.length, depth: 0, hasKeys: false }];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      const { first, end, depth } = part;
      if (!part.hasKeys) this.#fillKeys(part);
      if (end - first <= FEW) {
        this.#sortFew(part);
        continue;
      }
      const middle = this.#keys[(first + end) >>> 1]!;
      const [smaller, larger] = this.#divide(part, middle);
      open.push({ first, end: smaller, depth, hasKeys: true }, { first: larger, end, depth, hasKeys: true });
      // Those that have ended are equal.
      const hasEnded = middle % this.#base === 0;
      if (!hasEnded) open.push({ first: smaller, end: larger, depth: depth + this.#digits, hasKeys: false });
    }
  }

  ranks(): Uint32Array {
    const order = this.#order;
    const ranks = new Uint32Array(order.length);
    let rank = 0;
    for (let place = 1; place < order.length; place++) {
      if (this.#compare(order[place - 1]!, order[place]!, 0) !== 0) rank += 1;
      ranks[order[place]!] = rank;
    }
    return ranks;
  }

  #fillKeys({ first, end, depth }: Part): void {
    const until = depth + this.#digits;
    for (let place = first; place < end; place++) {
      const text = this.#order[place]!;
      let key = 0;
      for (let at = depth; at < until; at++) key = key * this.#base + this.#at(text, at);
      this.#keys[place] = key;
    }
  }

  /** The character after `depth` others, from 1 on; 0 where the text has ended. */
  #at(text: number, depth: number): number {
    const place = this.#starts[text]! + depth;
    return place < this.#starts[text + 1]! ? this.#characters[place]! + 1 : 0;
  }

  /** Moves what has a smaller key than `middle` to the front, and what has a larger one to the end. */
  #divide({ first, end }: Part, middle: number): [smaller: number, larger: number] {
    const keys = this.#keys;
    let [smaller, larger] = [first, end];
    for (let place = first; place < larger;) {
      const key = keys[place]!;
      if (key < middle) this.#swap(place++, smaller++);
      else if (key > middle) this.#swap(place, --larger);
      else place += 1;
    }
    return [smaller, larger];
  }

  #swap(one: number, other: number): void {
    const text = this.#order[one]!;
    this.#order[one] = this.#order[other]!;
    this.#order[other] = text;
    const key = this.#keys[one]!;
    this.#keys[one] = this.#keys[other]!;
    this.#keys[other] = key;
  }

  #sortFew({ first, end, depth }: Part): void {
    const order = this.#order;
    const keys = this.#keys;
    const next = depth + this.#digits;
    for (let from = first + 1; from < end; from++) {
      const text = order[from]!;
      const key = keys[from]!;
      let place = from;
      for (; place > first; place--) {
        const before = keys[place - 1]!;
        if (before < key || (before === key && this.#compare(order[place - 1]!, text, next) <= 0)) break;
        order[place] = order[place - 1]!;
        keys[place] = before;
      }
      order[place] = text;
      keys[place] = key;
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

/** Puts the place among the different characters where each character was: names have few. Returns how many there are. */
function numberCharacters(characters: Uint16Array): number {
  const numbers = new Uint32Array(2 ** 16);
  for (let place = 0; place < characters.length; place++) numbers[characters[place]!] = 1;
  let different = 0;
  for (let character = 0; character < numbers.length; character++)
    if (numbers[character] === 1) numbers[character] = different++;
  for (let place = 0; place < characters.length; place++) characters[place] = numbers[characters[place]!]!;
  return different;
}
