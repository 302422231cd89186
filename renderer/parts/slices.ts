import type { Stepwise } from '../../core/inventory/model/steps.ts';

/** Half of a frame: the rest is for drawing and for keys. */
const SLICE_MS = 8;

/** Runs long work in slices, between which the page draws and answers; `undefined` when it is not wanted any more. */
export async function runInSlices<T>(steps: Stepwise<T>, isWanted: () => boolean = () => true): Promise<T | undefined> {
  let until = performance.now() + SLICE_MS;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() < until) continue;
    await nextTask();
    if (!isWanted()) return undefined;
    until = performance.now() + SLICE_MS;
  }
}

/** A message comes without the four milliseconds that a timer takes at least. */
function nextTask(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}
