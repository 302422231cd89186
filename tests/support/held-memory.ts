import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Share of the time spent on measuring, which collects all garbage. */
const SHARE = 0.1;
const LEAST_INTERVAL_MS = 200;

export interface Watched<Result> {
  result: Result;
  /** In bytes above the start. */
  mostHeldBytes: number;
}

/**
 * Runs a function and watches the memory that it holds. Collects garbage before measuring: when that happens
 * automatically differs between versions of Node, and says nothing about the function.
 */
export async function watchHeldMemory<Result>(run: () => Promise<Result>): Promise<Watched<Result>> {
  const collectGarbage = exposeCollector();
  const measureHeld = () => {
    // Array buffers count as freed only once the next collection begins.
    for (let round = 0; round < 2; round += 1) collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = measureHeld();
  let most = before;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const begun = performance.now();
    most = Math.max(most, measureHeld());
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

function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
