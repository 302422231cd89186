import { isSameList } from '../../core/shared/lists.ts';

/**
 * Returns the previous question while the next one asks the same: otherwise each tick and each setting would start the
 * work on an answer again.
 */
export class SameQuestion<T extends object> {
  #parts: readonly unknown[] = [];
  #question: T | undefined;

  /** `parts`: everything asked, compared by identity. */
  reuse(question: T, parts: readonly unknown[]): T {
    if (this.#question !== undefined && isSameList(parts, this.#parts)) return this.#question;
    this.#parts = parts;
    return (this.#question = question);
  }
}
