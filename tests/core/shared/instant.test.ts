import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, instantFromMs, toMilliseconds, parseInstant } from '../../../core/shared/instant.ts';

test.each([
  ['2026-11-24T23:00:00Z', '2026-11-24T23:00:00Z'],
  ['2026-11-24T23:00:00.999Z', '2026-11-24T23:00:00Z'],
  ['2026-11-25T08:00:00+09:00', '2026-11-24T23:00:00Z'],
])('%s is read as %s', (text, expected) => {
  expect(parseInstant(text)).toBe(expected);
});

test.each(['2026-11-24', '2026-11-24 23:00:00Z', '2026-11-24T23:00:00', '2026-13-24T23:00:00Z', '', 'now'])(
  '"%s" is not an instant',
  (text) => {
    expect(parseInstant(text)).toBeUndefined();
    expect(() => instant(text)).toThrow('not an instant');
  },
);

test('an instant read back from its milliseconds is the same, for every second of years 1 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
      expect(toMilliseconds(instantFromMs(seconds * 1_000))).toBe(seconds * 1_000);
    }),
  );
});
