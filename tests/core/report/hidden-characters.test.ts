import { expect, test } from 'vitest';
import { markdownCode, markdownText } from '../../../core/formats/markdown.ts';

/** Characters that reorder or hide text: bidirectional controls and zero-width characters. */
const HIDING = [0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068];
const ALL = [...HIDING, 0x2069].map((code) => String.fromCodePoint(code));

test.each(ALL.map((character) => [(character.codePointAt(0) ?? 0).toString(16), character]))(
  'U+%s in a name becomes an escape in Markdown',
  (hex, character) => {
    const name = `retail${character}gpj.exe`;
    expect(markdownText(name)).toBe(`retail\\\\u\\{${hex}\\}gpj.exe`);
    expect(markdownCode(name)).toBe(`\`retail\\u{${hex}}gpj.exe\``);
  },
);

test('a byte order mark becomes a space in Markdown, while the variation selector of a kanji is kept', () => {
  expect(markdownText('a\ufeffb')).toBe('a b');
  expect(markdownText('葛\u{e0100}城')).toBe('葛\u{e0100}城');
});
