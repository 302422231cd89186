import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, instantFromMs, isInstant, epochMs, parseInstant } from '../../../core/shared/instant.ts';

test.each([
  ['2026-11-24T23:00:00Z', '2026-11-24T23:00:00Z'],
  ['2026-11-24T23:00:00.999Z', '2026-11-24T23:00:00Z'],
  ['2026-11-25T08:00:00+09:00', '2026-11-24T23:00:00Z'],
])('%s is read as %s', (text, expected) => {
  expect(parseInstant(text)).toBe(expected);
});

test.each([
  ...['2026-11-24', '2026-11-24 23:00:00Z', '2026-11-24T23:00:00', '2026-13-24T23:00:00Z', '', 'now'],
  ...['2026-02-29T23:00:00Z', '2026-04-31T00:00:00+02:00', '2026-11-24T24:00:00Z', '2026-11-24T23:00:60Z'],
])('"%s" is not an instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
  expect(() => instant(text)).toThrow('not an instant');
});

test('an instant converted to milliseconds and back is unchanged, for every second of the years 1 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
      expect(epochMs(instantFromMs(seconds * 1_000))).toBe(seconds * 1_000);
    }),
  );
});

test('instants are written and read as by Date, for every second in the range of Date', () => {
  fc.assert(
    fc.property(fc.integer({ min: -8_640_000_000_000, max: 8_640_000_000_000 }), (seconds) => {
      const ms = seconds * 1_000;
      const written = new Date(ms).toISOString().replace('.000Z', 'Z');
      expect(instantFromMs(ms)).toBe(written);
      expect(instantFromMs(ms + 999)).toBe(written);
      expect(epochMs(instantFromMs(ms))).toBe(ms);
    }),
  );
  expect(() => instantFromMs(Number.NaN)).toThrow(RangeError);
});

test('text in the form of an instant is an instant if and only if Date.parse accepts it', () => {
  const digits = (most: number): fc.Arbitrary<string> =>
    fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));
  const texts = fc
    .tuple(fc.constantFrom('0000', '2026', '2028', '9999'), ...[14, 33, 25, 61, 61].map(digits))
    .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  fc.assert(
    fc.property(texts, (text) => {
      expect(isInstant(text)).toBe(!Number.isNaN(Date.parse(text)));
    }),
    { numRuns: 2_000, examples: [['2026-02-31T23:59:59Z'], ['2026-02-28T24:00:00Z'], ['2026-02-28T24:00:01Z']] },
  );
});

test.each<unknown>([
  '2026-11-24',
  '2026-11-24T23:00:00.5Z',
  '2026-11-24T23:00:00+00:00',
  ' 2026-11-24T23:00:00Z',
  '2026-11-24T23:00:00Z\n',
  1_795_561_200_000,
  null,
])('%j does not have the form of an instant', (value) => {
  expect(isInstant(value)).toBe(false);
});
