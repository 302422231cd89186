import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Share of the time that measuring may take, since each measurement collects all garbage. */
const SHARE = 0.1;
const LEAST_INTERVAL_MS = 200;

export interface Watched<Result> {
  result: Result;
  /** The highest amount of memory held, in bytes above the amount at the start. */
  mostHeldBytes: number;
}

/**
 * Runs a function and measures the memory that it holds. Collects garbage before each measurement, because the time of
 * automatic collection differs between versions of Node and does not depend on the function.
 */
export async function watchHeldMemory<Result>(run: () => Promise<Result>): Promise<Watched<Result>> {
  const collectGarbage = exposeCollector();
  const measureHeld = () => {
    // Array buffers count as freed only when the next collection begins.
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
