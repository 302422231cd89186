import { expect, test } from 'vitest';
import { watchDays } from './renewals.ts';

test('in a year, every client and every node renews within its window, none is missed, and the CA of the cloud agent lasts', async () => {
  const days = 350;
  const { faults, renewals } = await watchDays(days);
  expect(faults).toEqual([]);
  expect(renewals).toBeGreaterThan((days / 4) * 40);
  console.log(`${renewals} renewals in ${days} days`);
});
