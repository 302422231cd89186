import { joinBytes } from '../shared/lists.ts';
import type { Ids } from '../shared/ports.ts';

/** First byte of the mark. No text begins with it, so hardly any output is held back. */
const FIRST_BYTE = 30;

/**
 * Marks the end of a script's output, because a script that stops early may exit with 0 too. The mark cannot be
 * guessed, and the script contains it in parts, so that a printed script does not contain the mark.
 */
export class EndMark {
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

  /** Removes the mark. Holds back output that may be the beginning of the mark. */
  removeMark(chunk: Uint8Array): Uint8Array {
    const all = this.#held.length === 0 ? chunk : joinBytes([this.#held, chunk]);
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
      return joinBytes([all.subarray(0, at), all.subarray(at + mark.length)]);
    }
    return all;
  }

  rest(): Uint8Array {
    const rest = this.#held;
    this.#held = new Uint8Array();
    return rest;
  }
}
