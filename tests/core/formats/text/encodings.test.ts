import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, strictUtf8 } from '../../../../core/formats/text/text-encoding.ts';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const addMark = (mark: number[], bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(mark), bytes]);

const SAMPLE = 'apiVersion: v1\r\nname: 東京クラスター\r\n';

test.each([
  ['UTF-8', Buffer.from(SAMPLE)],
  ['UTF-8 with a mark', addMark([0xef, 0xbb, 0xbf], Buffer.from(SAMPLE))],
  ['UTF-16 LE with a mark', addMark([0xff, 0xfe], Buffer.from(SAMPLE, 'utf16le'))],
  ['UTF-16 BE with a mark', addMark([0xfe, 0xff], utf16be(SAMPLE))],
  ['UTF-16 LE without a mark', Buffer.from(SAMPLE, 'utf16le')],
  ['UTF-16 BE without a mark', utf16be(SAMPLE)],
])('text in %s is decoded unchanged', (_, bytes) => {
  expect(decodeText(bytes)).toMatchObject({ text: SAMPLE, damaged: false });
});

test('ASCII text is decoded in every encoding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 4 }), (text) => {
      const read = (bytes: Uint8Array): string | undefined => decodeText(bytes)?.text;
      expect(read(Buffer.from(text))).toBe(text);
      expect(read(Buffer.from(text, 'utf16le'))).toBe(text);
      expect(read(utf16be(text))).toBe(text);
      expect(read(addMark([0xff, 0xfe], Buffer.from(text, 'utf16le')))).toBe(text);
    }),
  );
});

test('text in Shift_JIS is reported as damaged, but its ASCII characters are kept', () => {
  const shiftJis = Buffer.concat([Buffer.from('name: '), Buffer.from([0x93, 0x8c, 0x8b, 0x9e])]);
  const decoded = decodeText(shiftJis);
  expect(decoded?.damaged).toBe(true);
  expect(decoded?.text.startsWith('name: ')).toBe(true);
});

test('a binary file is not read as text', () => {
  expect(decodeText(Uint8Array.from({ length: 4096 }, (_, index) => index % 7))).toBeUndefined();
});

test('bytes that begin within a character are reported as damaged, even at the start of a buffer', () => {
  const bytes = new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer, 0, 100);
  bytes.set(Buffer.from('\x80\xbfname: a', 'latin1'));
  expect(() => strictUtf8(bytes)).toThrow(TypeError);
  expect(decodeText(bytes.subarray(0, 9))).toMatchObject({ text: '\ufffd\ufffdname: a', damaged: true });
});

test('a truncated character is reported as damaged at any position, also at the end of a block of 64 bytes', () => {
  for (const length of [1, 63, 64, 65, 127, 128, 129, 200])
    for (const lead of [0xc3, 0xe3, 0xf0, 0xff])
      for (let at = 0; at < length; at += 1) {
        const bytes = new Uint8Array(length).fill(0x61);
        bytes[at] = lead;
        expect(() => strictUtf8(bytes), `${lead} at ${at} of ${length}`).toThrow(TypeError);
        expect(() => strictUtf8(addMark([0xef, 0xbb, 0xbf], bytes)), `${lead} at ${at} of ${length}`).toThrow(
          TypeError,
        );
      }
});

test('text that contains the replacement character is valid', () => {
  for (const mark of ['left-out', 'kept'] as const)
    expect(strictUtf8(Buffer.from('a\ufffdb\ufffd'), mark)).toBe('a\ufffdb\ufffd');
  expect(strictUtf8(Buffer.from('\ufeffa\ufffd'), 'kept')).toBe('\ufeffa\ufffd');
  expect(strictUtf8(Buffer.from('\ufeffa\ufffd'))).toBe('a\ufffd');
});

test('strict UTF-8 accepts the same bytes as Node’s decoder, with or without a byte order mark', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const peer = (bytes: Uint8Array): string | undefined => {
    // Node's decoder is reliable in every runtime if another byte comes first.
    const behind = Buffer.concat([Buffer.from('a'), bytes]);
    try {
      return decoder.decode(behind).slice(1);
    } catch {
      return undefined;
    }
  };
  const own = (bytes: Uint8Array): string | undefined => {
    try {
      return strictUtf8(bytes, 'kept');
    } catch {
      return undefined;
    }
  };
  const character = fc.oneof(
    fc.constantFrom('\ufeff', 'a', 'é', '漢', '😀').map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 2 }),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 4 }), (parts) => {
      const bytes = Buffer.concat(parts);
      expect(own(bytes)).toBe(peer(bytes));
    }),
  );
  expect(strictUtf8(Buffer.from('\ufeffa'))).toBe('a');
});

test('arbitrary bytes are decoded or refused without an exception', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decodeText(bytes)));
});
