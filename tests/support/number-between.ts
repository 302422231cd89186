import fc from 'fast-check';

const STEPS = 1_000_000;

/** Draws numbers spread between two others, both included; nearly every number that `fc.double` draws is close to 0. */
export function numberBetween(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: STEPS }).map((step) => min + ((max - min) * step) / STEPS);
}
