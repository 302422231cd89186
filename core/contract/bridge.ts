/** What the preload puts into the page. It knows no names: those are of the form `feature.method`, and main refuses others. */
export interface Bridge {
  call(method: string, argument?: unknown): Promise<unknown>;
  /** Calls `listener` at every `feature.event` until the returned function is called. */
  listen(event: string, listener: (payload: unknown) => void): () => void;
}
