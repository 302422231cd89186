import { expect, test } from 'vitest';
import { ImportWork } from '../../../core/inventory/import-work.ts';
import { Cancelling } from '../../../core/shared/stepwise/cancelling.ts';
import { CountedScheduler } from '../../support/ports.ts';

const NEVER = new Promise<string>(() => undefined);

test('whatever does not answer is not waited for, whether the import is cancelled before or meanwhile', async () => {
  for (const isBefore of [true, false]) {
    const signal = new Cancelling();
    const work = new ImportWork(new CountedScheduler(), { signal });
    if (isBefore) signal.abort();
    const waiting = work.waitFor(NEVER);
    if (!isBefore) signal.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'import.cancelled' });
  }
});

test('an answer that comes in time is passed on, and so is a failure', async () => {
  const work = new ImportWork(new CountedScheduler(), { signal: new Cancelling() });
  expect(await work.waitFor(Promise.resolve('files'))).toBe('files');
  await expect(work.waitFor(Promise.reject(new Error('unplugged')))).rejects.toThrow('unplugged');
});
