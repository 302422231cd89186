/**
 * The functions that the preload exposes to the page. The preload does not know the methods: their names have the form
 * `feature.method`, and main refuses all others.
 */
export interface Bridge {
  /** Returns the answer; a long answer comes as lines of JSON (`readLine`). */
  call(method: string, argument?: unknown): Promise<unknown>;
  /** Calls `listener` for every `feature.event` until the caller calls the returned function. */
  listen(event: string, listener: (payload: unknown) => void): () => void;
}
