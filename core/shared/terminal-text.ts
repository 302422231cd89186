/*
 * Names, paths and messages come from files that anybody may have made. A terminal obeys control characters in them, and
 * format characters reorder or hide what stands beside them: they are shown as `\u{1b}` instead.
 */

/** Joins pictographs to one (a family, a profession); source: Unicode Technical Standard #51, section 2.2. */
const EMOJI_JOINER = String.raw`(?<=\p{Extended_Pictographic}[\u{FE0F}\p{Emoji_Modifier}]?)\u{200D}(?=\p{Extended_Pictographic})`;
/**
 * Controls, format characters, separators of lines, lone surrogates, and what else is invisible. Not variation selectors:
 * kanji in Japanese names are told apart by them.
 */
const HIDDEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}`;

/** What is hidden, but for the exceptions. They are looked for second: in most text nothing is hidden. */
const hiddenBut = (exceptions: string): RegExp => new RegExp(`(?=${HIDDEN})(?!${exceptions})[^]`, 'gu');

/** Line feeds, tabs and Windows line endings stay. */
const IN_TEXT = hiddenBut(String.raw`\n|\t|\r\n|${EMOJI_JOINER}`);
const IN_LINE = hiddenBut(String.raw`\t|${EMOJI_JOINER}`);
const IN_CELL = hiddenBut(EMOJI_JOINER);
/** In JSON every joiner is written as an escape, since that is the same value to whoever reads it. */
const IN_JSON = hiddenBut(String.raw`\n`);

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/**
 * Whether there is anything but what most text consists of: ASCII, punctuation, symbols, kana and kanji. By its UTF-16 units,
 * which is faster: halves of characters are none of these.
 */
const UNUSUAL = /[^\n -~\u2010-\u2027\u2190-\u2bff\u3001-\u30ff\u4e00-\u9fff]/;

/** A text of any number of lines, as a terminal may have it. */
export function terminalText(text: string): string {
  return UNUSUAL.test(text) ? text.replace(IN_TEXT, escaped) : text;
}

/** The same of a part of a line, such as a name in a sentence, which can begin no line of its own. */
export function terminalLine(text: string): string {
  return text.replace(IN_LINE, escaped);
}

/** The same of a cell of a table, in which a tab would move the columns. */
export function terminalCell(text: string): string {
  return text.replace(IN_CELL, escaped);
}

/** A value as indented JSON, which a terminal may have as it is; whoever parses it gets the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return UNUSUAL.test(text) ? text.replace(IN_JSON, jsonEscape) : text;
}

/** A character as a string of JSON may have it: the escapes of its UTF-16 units. */
export function jsonEscape(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
