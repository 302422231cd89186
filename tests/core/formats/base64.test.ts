import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../core/store/base64.ts';

test('base64 is what Node writes, and comes back as it was', () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, (content) => {
      const text = encodeBase64(content);
      expect(text).toBe(Buffer.from(content).toString('base64'));
      expect(decodeBase64(text)).toEqual(content);
    }),
  );
});

test('a content of several chunks is encoded whole', () => {
  const content = new Uint8Array(20_000).map((_, at) => at % 251);
  expect(encodeBase64(content)).toBe(Buffer.from(content).toString('base64'));
});

test.each([
  'A',
  'AA',
  'AAA',
  'AA=',
  'A===',
  '====',
  'AB==',
  'AAB=',
  'AA A',
  'AA\n==',
  'AA-_',
  '…AAA',
  'AA==AAAA',
])('%j is not base64 that was written here', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
