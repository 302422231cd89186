import { isSameList } from '../../core/shared/lists.ts';

/**
 * Returns the previous question as long as the next one is the same; otherwise every tick and every changed setting
 * would restart the work on its answer.
 */
export class SameQuestion<T extends object> {
  #parts: readonly unknown[] = [];
  #question: T | undefined;

  /** `parts`: all parts of the question, compared by identity. */
  reuse(question: T, parts: readonly unknown[]): T {
    if (this.#question !== undefined && isSameList(parts, this.#parts)) return this.#question;
    this.#parts = parts;
    return (this.#question = question);
  }
}
