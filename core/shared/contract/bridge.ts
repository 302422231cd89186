/**
 * The functions that the preload exposes to the page. It does not know the names: they have the form `feature.method`,
 * and main refuses all others.
 */
export interface Bridge {
  /** Returns the answer; a long one as lines of JSON (`readLine`). */
  call(method: string, argument?: unknown): Promise<unknown>;
  /** Calls `listener` for every `feature.event` until the returned function is called. */
  listen(event: string, listener: (payload: unknown) => void): () => void;
}
