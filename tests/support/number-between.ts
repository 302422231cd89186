import fc from 'fast-check';

const STEPS = 1_000_000;

/** A number between two others, both included, anywhere between them: nearly everything that `fc.double` draws is next to 0. */
export function numberBetween(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: STEPS }).map((step) => min + ((max - min) * step) / STEPS);
}
