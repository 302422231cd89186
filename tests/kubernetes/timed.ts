/** How long something takes here, in milliseconds: by it a test knows how far ahead a moment has to be. */
export function timed(work: () => unknown): number {
  const begun = Date.now();
  work();
  return Date.now() - begun;
}
