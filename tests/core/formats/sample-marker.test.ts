import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import { readSampleMarker, writeSampleMarker } from '../../../core/formats/sample-marker.ts';

const MARKER = { createdAt: instant('2026-11-24T12:00:00Z'), files: ['a', 'b/c.yaml'] };

test('a written marker is read back', () => {
  expect(readSampleMarker(writeSampleMarker(MARKER))).toEqual(MARKER);
});

test('the marker of a later version is still accepted', () => {
  const text = writeSampleMarker(MARKER).replace('"version": 1', '"version": 2, "more": {}');
  expect(readSampleMarker(text)).toEqual(MARKER);
});

describe('the reader of sample markers rejects', () => {
  test.each([
    ['empty text', ''],
    ['other JSON', '{"files": []}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another kind', writeSampleMarker(MARKER).replace('arcwarden-sample', 'arcwarden')],
    ['a marker without a version', writeSampleMarker(MARKER).replace('"version": 1,', '')],
    ['a marker without a date', writeSampleMarker(MARKER).replace('2026-', 'x')],
    ['a marker without a list', writeSampleMarker(MARKER).replace('"files"', '"file"')],
    ['a truncated marker', writeSampleMarker(MARKER).slice(0, -4)],
  ])('%s', (_, text) => {
    expect(readSampleMarker(text)).toBeUndefined();
  });

  test('any other text, without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readSampleMarker(text)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});

test('names that lead out of the folder are ignored', () => {
  const files = ['../a', 'b/../c', '/etc/d', 'e//f', './g', 'h\\..\\i', '', 'C:\\j', 'k/l'];
  const text = JSON.stringify({ ...JSON.parse(writeSampleMarker(MARKER)), files: [...files, 7] });
  expect(readSampleMarker(text)?.files).toEqual(['k/l']);
});
