import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, decodeOwnBase64, encodeBase64 } from '../../../../core/formats/der/base64.ts';

test('the encoder returns the same Base64 as Node, and the decoder for our own Base64 reverses it', () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, (content) => {
      const text = encodeBase64(content);
      expect(text).toBe(Buffer.from(content).toString('base64'));
      expect(decodeOwnBase64(text)).toEqual(content);
    }),
  );
});

test('input longer than one chunk is encoded completely', () => {
  const content = new Uint8Array(20_000).map((_, at) => at % 251);
  expect(encodeBase64(content)).toBe(Buffer.from(content).toString('base64'));
});

test.each(['A', 'AA', 'AAA', 'AA=', 'A===', '====', 'AB==', 'AAB=', 'AA A', 'AA\n==', 'AA-_', '…AAA', 'AA==AAAA'])(
  'the decoder for our own Base64 refuses %j',
  (text) => {
    expect(decodeOwnBase64(text)).toBeUndefined();
  },
);

test('Base64 from Node is decoded in either alphabet, with or without padding and line breaks', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
      const text = Buffer.from(bytes).toString('base64');
      const broken = text.replace(new RegExp(`.{${width}}`, 'gu'), '$& \r\n\t');
      for (const form of [text, broken, text.replace(/=+$/u, '')]) {
        expect(Buffer.from(decodeBase64(form) ?? [1])).toEqual(Buffer.from(bytes));
      }
      expect(Buffer.from(decodeBase64(Buffer.from(bytes).toString('base64url')) ?? [1])).toEqual(Buffer.from(bytes));
      expect(encodeBase64(bytes)).toBe(text);
    }),
  );
});

test.each(['A', 'AAAAA', 'AA=A', 'AAA==', '=', 'AA*A', 'AAAA=', 'ÄÄÄÄ'])('%j is not Base64', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
