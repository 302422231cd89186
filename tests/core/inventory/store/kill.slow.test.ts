import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { killImports, killLoop } from './kill-loop.ts';

/** `npm run fuzz kill` sets a higher number. */
const KILLS = Number(process.env['ARCWARDEN_KILLS'] ?? 5);

test.each([
  ['in a write loop loses at most the write in flight and never an earlier one', killLoop],
  ['during an import leaves only whole clusters, including every reported one', killImports],
])('kill -9 %s', async (_what, kill) => {
  const report = await kill(KILLS, temporaryFolder());
  expect(report.failures).toEqual([]);
  expect(report.kills).toBe(KILLS);
  expect(report.updates).toBeGreaterThan(0);
});
