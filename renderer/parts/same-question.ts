import { isSameList } from '../../core/shared/lists.ts';

/**
 * The former question as long as the next one asks the same: a question is made anew with every tick and every setting, and
 * whatever answers it would begin again each time.
 */
export class SameQuestion<T extends object> {
  #parts: readonly unknown[] = [];
  #question: T | undefined;

  /** `parts`: all that the question asks, what is not a primitive by its identity. */
  of(question: T, parts: readonly unknown[]): T {
    if (this.#question !== undefined && isSameList(parts, this.#parts)) return this.#question;
    this.#parts = parts;
    return (this.#question = question);
  }
}
