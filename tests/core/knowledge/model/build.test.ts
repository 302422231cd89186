import { describe, expect, test } from 'vitest';
import { findBuild, isInRange } from '../../../../core/knowledge/model/build.ts';

describe('the build number', () => {
  test.each([
    ['1.0.14.10928', [1, 0, 14, 10928]],
    ['1.0.14.x', [1, 0, 14]],
    ['1.0.14', [1, 0, 14]],
    [' v1.0.2.10723\r\n', [1, 0, 2, 10723]],
  ])('is read from "%s"', (text, build) => {
    expect(findBuild(text)).toEqual(build);
  });

  test.each(['', 'latest', '1', '1.0.14.10928.1', '1..2', '-1.0', '1.0.9999999999'])(
    'is not read from "%s"',
    (text) => {
      expect(findBuild(text)).toBeUndefined();
    },
  );

  test.each([
    ['1.0.10.10512', false],
    ['1.0.10.10513', true],
    ['1.0.10.10514', true],
    ['1.0.9.99999', false],
    ['2.0', true],
  ])('%s is in a range from 1.0.10.10513: %s', (text, expected) => {
    expect(isInRange(findBuild(text) ?? [], { from: '1.0.10.10513' })).toBe(expected);
  });

  test.each([
    ['1.0.13.10928', true],
    ['1.0.14.10928', true],
    ['1.0.15', false],
    ['1.1', false],
  ])('%s is in a range until 1.0.14, which includes all builds of 1.0.14: %s', (text, expected) => {
    expect(isInRange(findBuild(text) ?? [], { until: '1.0.14' })).toBe(expected);
  });
});
