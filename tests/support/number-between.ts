import fc from 'fast-check';

const STEPS = 1_000_000;

/**
 * Draws numbers spread evenly between two others, both included; nearly all numbers that `fc.double` draws are close to
 * 0.
 */
export function numberBetween(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: STEPS }).map((step) => min + ((max - min) * step) / STEPS);
}
