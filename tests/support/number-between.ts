import fc from 'fast-check';

const STEPS = 1_000_000;

/**
 * Draws a number anywhere between two others, both included: nearly every number that `fc.double` draws is next to 0.
 */
export function numberBetween(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: STEPS }).map((step) => min + ((max - min) * step) / STEPS);
}
