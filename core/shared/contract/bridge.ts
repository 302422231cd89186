/**
 * Exposed by the preload, which has no list of methods: names have the form `feature.method`, and main refuses unknown
 * ones.
 */
export interface Bridge {
  /** Returns the answer; a long answer comes as lines of JSON (`readLine`). */
  call(method: string, argument?: unknown): Promise<unknown>;
  /** Calls `listener` for every `feature.event` until the returned function is called. */
  listen(event: string, listener: (payload: unknown) => void): () => void;
}
