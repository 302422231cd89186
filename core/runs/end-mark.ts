import type { Ids } from '../shared/ports.ts';

/** No text begins with it, so that almost nothing is held back. */
const FIRST_BYTE = 30;

/**
 * Printed by a script as the last thing that it does, since a program that never got so far may also end with 0. Nobody
 * can guess it, and the script has it in parts, so that printing the script does not print the mark.
 */
export class EndMark {
  /** To be put together in this order. */
  readonly parts: readonly [string, string];
  readonly #bytes: Uint8Array;
  #held = new Uint8Array();
  #isSeen = false;

  constructor(ids: Ids) {
    this.parts = [`${ids.next()}.`, ids.next()];
    this.#bytes = Uint8Array.of(FIRST_BYTE, ...new TextEncoder().encode(this.parts.join('')));
  }

  get isSeen(): boolean {
    return this.#isSeen;
  }

  /** The output without the mark. Its end may be held back until more has come. */
  withoutIt(chunk: Uint8Array): Uint8Array {
    const all = joined(this.#held, chunk);
    const mark = this.#bytes;
    this.#held = new Uint8Array();
    for (let at = all.indexOf(FIRST_BYTE); at >= 0; at = all.indexOf(FIRST_BYTE, at + 1)) {
      const found = all.subarray(at, at + mark.length);
      if (!found.every((byte, index) => byte === mark[index])) continue;
      if (found.length < mark.length) {
        this.#held = Uint8Array.from(found);
        return all.subarray(0, at);
      }
      this.#isSeen = true;
      return joined(all.subarray(0, at), all.subarray(at + mark.length));
    }
    return all;
  }

  /** Output held back as a possible mark that turned out to be none. */
  rest(): Uint8Array {
    const rest = this.#held;
    this.#held = new Uint8Array();
    return rest;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}
