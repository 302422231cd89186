import { Low } from 'lowdb';
import { catchUnflushed, type DurableJsonFile } from './durable-json-file.ts';

/** Runs actions one after the other, in call order; a failed one does not stop the next. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all actions requested so far have ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

/**
 * One file and its content in memory. Readers see the content on disk: new content once it is written, and the old
 * content if writing failed.
 */
export class StoredDocument<T> {
  /** Setting it adds content that is kept elsewhere and writes nothing. */
  value: T;
  #file: DurableJsonFile<T> | (() => DurableJsonFile<T>);

  /** A function makes the file when it is read or written: few files of a large fleet ever are. */
  constructor(file: DurableJsonFile<T> | (() => DurableJsonFile<T>), value: T) {
    this.#file = file;
    this.value = value;
  }

  get file(): DurableJsonFile<T> {
    if (typeof this.#file === 'function') this.#file = this.#file();
    return this.#file;
  }

  async load(): Promise<void> {
    const low = new Low(this.file, this.value);
    await low.read();
    this.value = low.data;
  }

  /** Not for concurrent use: the caller has a `Queue` for the file. */
  async replace(value: T): Promise<void> {
    const unflushed = await catchUnflushed(new Low(this.file, value).write());
    this.value = value;
    if (unflushed !== undefined) throw unflushed;
  }
}
