/**
 * Returns the milliseconds that `work` takes, from which a test derives how far ahead an instant must be on this
 * machine.
 */
export function measureMs(work: () => unknown): number {
  const begun = Date.now();
  work();
  return Date.now() - begun;
}
