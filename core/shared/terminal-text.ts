/*
 * Names, paths and messages come from files of any origin. Control characters in them would act on the terminal, and
 * format characters reorder or hide their neighbours: such characters appear as `\u{1b}` instead.
 */

/** Joins pictographs into one (a family, a profession). Source: Unicode Technical Standard #51, section 2.2. */
const EMOJI_JOINER = String.raw`(?<=\p{Extended_Pictographic}[\u{FE0F}\p{Emoji_Modifier}]?)\u{200D}(?=\p{Extended_Pictographic})`;
/**
 * Controls, format characters, line separators, lone surrogates, and other invisible characters. Variation selectors
 * are allowed: they distinguish kanji in Japanese names.
 */
const HIDDEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}`;

/** Matches hidden characters, apart from exceptions, which are checked second: most text has no hidden characters. */
const invisiblePattern = (exceptions: string): RegExp => new RegExp(`(?=${HIDDEN})(?!${exceptions})[^]`, 'gu');

/** Line feeds, tabs and Windows line endings stay unchanged. */
const IN_TEXT = invisiblePattern(String.raw`\n|\t|\r\n|${EMOJI_JOINER}`);
const IN_LINE = invisiblePattern(String.raw`\t|${EMOJI_JOINER}`);
const IN_CELL = invisiblePattern(EMOJI_JOINER);
/** JSON escapes every joiner, since the reader gets the same value. */
const IN_JSON = invisiblePattern(String.raw`\n`);

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/**
 * Matches text with anything but ASCII, punctuation, symbols, kana and kanji. It matches UTF-16 units, which is faster:
 * surrogates are none of these.
 */
const UNUSUAL = /[^\n -~\u2010-\u2027\u2190-\u2bff\u3001-\u30ff\u4e00-\u9fff]/;

/** Makes text safe for a terminal; line breaks stay. */
export function terminalText(text: string): string {
  return UNUSUAL.test(text) ? text.replace(IN_TEXT, escapeCharacter) : text;
}

/** Makes a part of a line safe, such as a name in a sentence: it cannot start a new line. */
export function terminalLine(text: string): string {
  return text.replace(IN_LINE, escapeCharacter);
}

/** Makes a table cell safe, where a tab would shift the columns. */
export function terminalCell(text: string): string {
  return text.replace(IN_CELL, escapeCharacter);
}

/** Formats indented JSON that parses to the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return UNUSUAL.test(text) ? text.replace(IN_JSON, jsonEscape) : text;
}

export function jsonEscape(character: string): string {
  // JSON escapes UTF-16 units.
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
