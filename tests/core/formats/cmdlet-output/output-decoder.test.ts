import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutputDecoder } from '../../../../core/formats/cmdlet-output/output-decoder.ts';

function decodeInChunks(bytes: Uint8Array, size: number): string {
  const decoder = new OutputDecoder();
  let text = '';
  for (let at = 0; at < bytes.length; at += size) text += decoder.take(bytes.slice(at, at + size));
  return text + decoder.end();
}

const JAPANESE = '証明書の有効期限が切れています。\r\nUpdate-AksHci\r\n';

test('UTF-8 is decoded completely, wherever the chunks end', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\uFEFF]/u.test(text)),
      fc.integer({ min: 1, max: 9 }),
      (text, size) => {
        const line = `out: ${text}\n`;
        expect(decodeInChunks(Buffer.from(line), size)).toBe(line);
      },
    ),
    { numRuns: 200 },
  );
});

describe.each([1, 2, 3, 1_000])('in chunks of %i bytes', (size) => {
  test('a line in code page 932 between lines in UTF-8 is decoded', () => {
    // "期限" in code page 932, as iconv encodes it.
    const line = Buffer.from([0x8a, 0xfa, 0x8c, 0xc0, 0x0d, 0x0a]);
    const bytes = Buffer.concat([Buffer.from('状態\n'), line, Buffer.from('期限\n')]);
    expect(decodeInChunks(bytes, size)).toBe('状態\n期限\r\n期限\n');
  });

  test('UTF-16 is decoded with a byte order mark, or without one if the text is ASCII', () => {
    expect(decodeInChunks(Buffer.from(`\uFEFF${JAPANESE}`, 'utf16le'), size)).toBe(JAPANESE);
    const plain = Buffer.from('Name : host01\n', 'utf16le');
    expect(decodeInChunks(plain, size)).toBe('Name : host01\n');
  });

  test('bytes that are not text in any encoding become replacement characters and do not hide other lines', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0x80, 0xff, 0x0a]), Buffer.from('good\n')]);
    const text = decodeInChunks(bytes, size);
    expect(text).toContain('\u{FFFD}');
    expect(text.endsWith('good\n')).toBe(true);
  });
});

test('once the encoding is known, each line appears as soon as it ends, however short', () => {
  const decoder = new OutputDecoder();
  expect(decoder.take(Buffer.from('Updating the cluster\n'))).toBe('Updating the cluster\n');
  expect(decoder.take(Buffer.from('Done\n'))).toBe('Done\n');
});
