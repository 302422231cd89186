import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much of the time may go into looking, which collects all garbage. */
const SHARE = 0.1;
const LEAST_INTERVAL_MS = 200;

export interface Watched<Result> {
  result: Result;
  /** The most that was held at any moment that was looked at, in bytes more than before. */
  mostHeldBytes: number;
}

/**
 * Runs something and watches what it holds on to. What is garbage is collected first: when that would happen by itself
 * differs between versions of Node, and says nothing about the code that is run.
 */
export async function watchHeldMemory<Result>(run: () => Promise<Result>): Promise<Watched<Result>> {
  const collectGarbage = exposedCollector();
  const held = () => {
    // What array buffers took is only counted as free once the next collection begins.
    for (let round = 0; round < 2; round += 1) collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  let most = before;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const begun = performance.now();
    most = Math.max(most, held());
    timer = setTimeout(look, Math.max(LEAST_INTERVAL_MS, (performance.now() - begun) / SHARE));
  };
  look();
  try {
    const result = await run();
    clearTimeout(timer);
    look();
    return { result, mostHeldBytes: most - before };
  } finally {
    clearTimeout(timer);
  }
}

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
