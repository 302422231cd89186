import { expect, test } from 'vitest';
import { RenewalWatch, START, STEP_HOURS, watchDays, listWatchedFiles } from './renewals.ts';
import { SteppedLab } from './stepped-lab.ts';

/* The real code of every machine on a clock that the test moves; `npm run proof lab` lets a year pass. */

const DAYS = 70;

test(`in ${DAYS} days, every client and every node renews within its window, while nobody acts`, async () => {
  const { faults, renewals } = await watchDays(DAYS);
  expect(faults).toEqual([]);
  // Certificates of four days, and one renewal or more of each of 90 days.
  expect(renewals).toBeGreaterThan((DAYS / 4) * 40);
});

test('with the cloud agent away for two days, every client recovers afterwards', async () => {
  const lab = new SteppedLab(START);
  const description = await lab.create();
  await lab.start(description);
  const files = listWatchedFiles(description);
  const isOfAgent = (file: string): boolean => /cloudconfig|kubelet-server|server\.crt$/u.test(file);
  const watch = new RenewalWatch(files, STEP_HOURS);
  // The certificates of the clients are ten days old, so that they are due on day 53.
  for (let hours = 0; hours < 52 * 24; hours += STEP_HOURS) await lab.pass(STEP_HOURS);
  await lab.stop('cloud-agent');
  for (let hours = 0; hours < 48; hours += STEP_HOURS) {
    await lab.pass(STEP_HOURS);
    await watch.look(lab, isOfAgent);
  }
  expect(lab.log.some((line) => line.includes('renewal failed: dial tcp'))).toBe(true);
  await lab.start(description, ['cloud-agent']);
  for (let hours = 0; hours < 96; hours += STEP_HOURS) {
    await lab.pass(STEP_HOURS);
    await watch.look(lab, isOfAgent);
  }
  for (const file of files) {
    const { fromMs, toMs, seenMs } = await lab.readCertificate(file);
    expect(seenMs, file).toBeLessThan(fromMs + 0.85 * (toMs - fromMs));
  }
  await lab.stopAll();
  expect(watch.faults).toEqual([]);
});
