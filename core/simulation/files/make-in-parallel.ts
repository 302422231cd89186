/** Limits parallel key generation, so that one thread of the pool is left for files. */
const AT_ONCE = 3;
const PROGRESS_STEP = 8;

/** Runs tasks that make keys and certificates, a few at a time and in their order. */
export async function makeInParallel(
  tasks: readonly (() => Promise<unknown>)[],
  {
    onProgress = () => {},
    pause,
  }: { onProgress?: ((progress: { made: number; total: number }) => void) | undefined; pause: () => Promise<void> },
): Promise<void> {
  const total = tasks.length;
  let made = 0;
  const queue = tasks.values();
  const work = async (): Promise<void> => {
    for (const task of queue) {
      await task();
      made += 1;
      if (made % PROGRESS_STEP !== 0) continue;
      onProgress({ made, total });
      await pause();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  onProgress({ made, total });
}
