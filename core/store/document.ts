import { Low } from 'lowdb';
import { catchUnflushed, type DurableJsonFile } from './durable-json-file.ts';

/** Runs actions in call order. A failed action does not stop the next. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async idle(): Promise<void> {
    await this.#last;
  }
}

/**
 * A file with its content in memory. Readers see the content on disk: the new content after a successful write, or else
 * the old content.
 */
export class StoredDocument<T> {
  /** Set directly only for content that is stored elsewhere: an assignment writes nothing. */
  value: T;
  #file: DurableJsonFile<T> | (() => DurableJsonFile<T>);

  /** A function for `file` is called at the first read or write. Most files of a large fleet need neither. */
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

  /** Replaces the content of the file. Calls must be sequential: callers use a `Queue` for each file. */
  async replace(value: T): Promise<void> {
    const unflushed = await catchUnflushed(new Low(this.file, value).write());
    this.value = value;
    if (unflushed !== undefined) throw unflushed;
  }
}
