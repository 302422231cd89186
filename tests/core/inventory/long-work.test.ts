import { expect, test } from 'vitest';
import { LongWork } from '../../../core/inventory/long-work.ts';
import { Cancelling } from '../../../core/shared/stepwise/cancelling.ts';
import { CountedScheduler } from '../../support/ports.ts';

const NEVER = new Promise<string>(() => undefined);

test('a wait ends if the work is cancelled before or during the wait', async () => {
  for (const isBefore of [true, false]) {
    const signal = new Cancelling();
    const work = new LongWork(new CountedScheduler(), signal);
    if (isBefore) signal.abort();
    const waiting = work.waitFor(NEVER);
    if (!isBefore) signal.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'import.cancelled' });
  }
});

test('a result or failure that arrives in time is returned', async () => {
  const work = new LongWork(new CountedScheduler(), new Cancelling());
  expect(await work.waitFor(Promise.resolve('files'))).toBe('files');
  await expect(work.waitFor(Promise.reject(new Error('unplugged')))).rejects.toThrow('unplugged');
});

test('long work yields to other work every fifty milliseconds', async () => {
  const scheduler = new CountedScheduler(5);
  const work = new LongWork(scheduler);
  for (let count = 0; count < 1_000; count += 1) await work.pause();
  // Each reading advances the clock by five milliseconds, and every yield needs one additional reading.
  expect(scheduler.yields).toBe(Math.floor(1_000 / 10));
});

test('short steps rarely read the clock, and end within ten steps after a cancellation', async () => {
  const scheduler = new CountedScheduler(5);
  const signal = new Cancelling();
  const work = new LongWork(scheduler, signal);
  for (let count = 0; count < 1_000; count += 1) await work.step();
  expect(scheduler.yields).toBe(Math.floor(1_000 / 8 / 10));
  signal.abort();
  let steps = 0;
  const takeSteps = async (): Promise<void> => {
    for (; steps < 1_000; steps += 1) await work.step();
  };
  await expect(takeSteps()).rejects.toMatchObject({ code: 'import.cancelled' });
  expect(steps).toBeLessThan(10);
});
