import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonText, terminalCell, terminalLine, terminalText } from '../../../core/shared/terminal-text.ts';

/** Hidden characters, listed without the Unicode properties by which the code finds them. */
const NEVER: readonly (readonly [from: number, to: number, what: string])[] = [
  [0x00, 0x08, 'controls, among them the bell'],
  [0x0b, 0x0c, 'vertical tab and form feed'],
  [0x0e, 0x1f, 'controls, among them escape'],
  [0x7f, 0x9f, 'delete and C1, among them the 8-bit CSI and OSC'],
  [0xad, 0xad, 'soft hyphen'],
  [0x61c, 0x61c, 'Arabic letter mark'],
  [0x115f, 0x1160, 'Hangul fillers'],
  [0x180e, 0x180e, 'Mongolian vowel separator'],
  [0x200b, 0x200c, 'zero-width space and non-joiner'],
  [0x200e, 0x200f, 'marks of direction'],
  [0x2028, 0x202e, 'separators, embeddings and overrides'],
  [0x2060, 0x206f, 'word joiner, isolates and the rest'],
  [0x3164, 0x3164, 'Hangul filler'],
  [0xd800, 0xdfff, 'surrogates'],
  [0xfeff, 0xfeff, 'byte order mark'],
  [0xfff9, 0xfffb, 'interlinear annotations'],
  [0xe0001, 0xe007f, 'tags'],
];

function hasHidden(text: string): boolean {
  return [...text].some((character) => {
    const point = character.codePointAt(0) ?? 0;
    return NEVER.some(([from, to]) => point >= from && point <= to);
  });
}

const hidden = fc
  .constantFrom(...NEVER)
  .chain(([from, to]) => fc.integer({ min: from, max: to }))
  .map((point) => String.fromCodePoint(point));
/** Text with any number of hidden characters. */
const hostile = fc
  .array(fc.oneof(hidden, fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('\n', '\r\n', '\r', '\t', '👩‍👩‍👧')))
  .map((parts) => parts.join(''));

describe('text prepared for a terminal', () => {
  test('contains no terminal controls or hidden characters, whatever its source', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(hasHidden(terminalText(text))).toBe(false);
      }),
    );
  });

  test('has the same number of lines as before, and carriage returns only at line ends', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = terminalText(text);
        expect(shown.split('\n')).toHaveLength(text.split('\n').length);
        expect(shown.replaceAll('\r\n', '')).not.toContain('\r');
      }),
    );
  });

  test('stays the same if it is prepared again', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(terminalText(terminalText(text))).toBe(terminalText(text));
      }),
    );
  });

  test.each(NEVER.map(([point, , what]) => [what, point]))('shows %s as its code point', (_what, point) => {
    const character = String.fromCodePoint(point);
    expect(terminalText(`a${character}b`)).toBe(`a\\u{${point.toString(16)}}b`);
  });

  test.each([
    'CN=retail-east, O="Contoso, Ltd."',
    'two lines\nand a\ttab',
    'as Windows ends them\r\nand goes on',
    '証明書の有効期限が切れています（東京）',
    '葛\u{E0100}城市',
    'ﾊﾝｶｸ と 👍🏽 と 🇯🇵',
    'Zürich naïve e\u0301',
    '👩‍👩‍👧‍👦 👩🏽‍💻 ❤️‍🔥 🏳️‍🌈',
    '\\u{1b}[31m',
  ])('leaves %j unchanged', (text) => {
    expect(terminalText(text)).toBe(text);
  });

  test('shows a zero-width joiner as a code point unless it joins pictographs', () => {
    expect(terminalText('retail\u200D-east')).toBe(String.raw`retail\u{200d}-east`);
  });
});

describe('a name printed within a line', () => {
  test('cannot start a new line or shift the columns of a table', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(hasHidden(terminalLine(text))).toBe(false);
        expect(terminalLine(text)).not.toMatch(/[\n\r]/u);
        expect(terminalCell(text)).not.toMatch(/[\n\r\t]/u);
      }),
    );
    expect(terminalLine('a\r\nb\nc')).toBe(String.raw`a\u{d}\u{a}b\u{a}c`);
  });
});

describe('a JSON document', () => {
  test('contains no terminal controls or hidden characters, and parses to the same value', () => {
    fc.assert(
      fc.property(fc.record({ name: hostile, list: fc.array(hostile), any: fc.jsonValue() }), (value) => {
        const text = jsonText(value);
        expect(hasHidden(text)).toBe(false);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('is indented by two spaces', () => {
    expect(jsonText({ name: '東京', other: '\u001B\u0085\u202E' })).toBe(
      '{\n  "name": "東京",\n  "other": "\\u001b\\u0085\\u202e"\n}',
    );
  });
});

test('every hidden character is shown as a code point', () => {
  for (let point = 0; point <= 0x10ffff; point += 1) {
    const character = String.fromCodePoint(point);
    if (hasHidden(character)) expect(terminalText(`a${character}b`), point.toString(16)).not.toContain(character);
  }
});
