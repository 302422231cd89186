import { isSameList } from '../../core/shared/lists.ts';

/**
 * Keeps an unchanged question; otherwise, every tick and every changed setting would restart the work on its answer.
 */
export class SameQuestion<T extends object> {
  #parts: readonly unknown[] = [];
  #question: T | undefined;

  /** Returns the previous question if all `parts` are identical. */
  reuse(question: T, parts: readonly unknown[]): T {
    if (this.#question !== undefined && isSameList(parts, this.#parts)) return this.#question;
    this.#parts = parts;
    return (this.#question = question);
  }
}
