import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFleets } from './check.ts';

const FLEETS = Number(process.env['ARCWARDEN_FLEETS'] ?? 2_000);

test('statements about generated fleets are true, and plans repair their clusters and nothing else', async () => {
  const seed = fc.readConfigureGlobal().seed ?? 1;
  const { counterexamples, ...counts } = await checkFleets({ fleets: FLEETS, seed });
  console.log(`seed ${seed}: ${JSON.stringify(counts)}, ${counterexamples.length} counterexamples`);
  expect(counterexamples).toEqual([]);
});
