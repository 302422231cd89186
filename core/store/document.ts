import { Low } from 'lowdb';
import type { DurableJsonFile } from './durable-json-file.ts';

/** Runs actions one after the other, in call order; a failed one does not stop the next. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything requested so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

/**
 * One file and its content in memory. Readers see what is on disk: a new content only once it is durable, and the old
 * one when writing failed.
 */
export class StoredDocument<T> {
  readonly file: DurableJsonFile<T>;
  readonly #low: Low<T>;
  #value: T;

  constructor(file: DurableJsonFile<T>, value: T) {
    this.file = file;
    this.#low = new Low(file, value);
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  async load(): Promise<void> {
    await this.#low.read();
    this.#value = this.#low.data;
  }

  /** What the file says together with what is kept elsewhere; nothing is written. */
  complete(value: T): void {
    this.#low.data = value;
    this.#value = value;
  }

  /** Not for concurrent use: the caller keeps a `Queue` for the file. */
  async replace(value: T): Promise<void> {
    this.#low.data = value;
    try {
      await this.#low.write();
      this.#value = value;
    } finally {
      this.#low.data = this.#value;
    }
  }
}
