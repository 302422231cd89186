import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDay, readMoment, readTimeOfDay, writeMoment } from '../../../../renderer/parts/forms/written-time.ts';

test.each([
  ['2026-12-03 22:00', '2026-12-03 22:00:00'],
  ['2026/12/3 9:05', '2026-12-03 09:05:00'],
  ['2026-12-03T22:00:30', '2026-12-03 22:00:30'],
  [' 2026-12-03 ', '2026-12-03 00:00:00'],
  ['2024-02-29 00:00', '2024-02-29 00:00:00'],
])('%j is read as %s', (text, expected) => {
  expect(writeMoment(readMoment(text) ?? Number.NaN, 'second')).toBe(expected);
});

test.each([
  '',
  'tomorrow',
  '2026-02-30 10:00',
  '2026-13-01',
  '2026-12-03 24:00',
  '2026-12-03 10:60',
  '12/03/2026 10:00 PM',
])('%j is no moment', (text) => {
  expect(readMoment(text)).toBeUndefined();
});

test('every moment is read as it was written', () => {
  const span = { min: Date.UTC(2000, 0, 2), max: Date.UTC(2100, 0, 1) };
  fc.assert(
    fc.property(fc.integer(span), (ms) => {
      const text = writeMoment(ms, 'second');
      expect(writeMoment(readMoment(text) ?? Number.NaN, 'second')).toBe(text);
    }),
  );
});

test('any text is read or refused, and what is read has one form', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const read of [readDay, readTimeOfDay]) {
        const found = read(text);
        if (found !== undefined) expect(read(found)).toBe(found);
      }
    }),
  );
  expect([readTimeOfDay('9:05'), readTimeOfDay('24:00'), readDay('2026/2/3')]).toEqual([
    '09:05',
    undefined,
    '2026-02-03',
  ]);
});
