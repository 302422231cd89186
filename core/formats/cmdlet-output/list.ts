import { measureCells } from './table.ts';

/* The output of `Format-List`: one property per line, with values broken at the width of the console. */

function fieldLine(line: string): { name: string; value: string; indent: number; colon: number } | undefined {
  const colon = line.indexOf(':');
  if (colon < 1 || colon > 80) return undefined;
  const name = line.slice(0, colon).trim();
  const value = line.slice(colon + 1).trim();
  const isName = /^[\p{L}_][\p{L}\p{N}_ .()%/-]{0,63}$/u.test(name);
  // Addresses and paths contain colons as well.
  if (!isName || value.startsWith('//') || (name.length === 1 && value.startsWith('\\'))) return undefined;
  const words = name.split(' ').filter((word) => word !== '').length;
  if (words > 4 || (words > 1 && line[colon - 1] !== ' ')) return undefined;
  return { name, value, indent: line.length - line.trimStart().length, colon };
}

export function isFieldLine(line: string): boolean {
  return fieldLine(line) !== undefined;
}

interface ListField {
  name: string;
  column: number;
  lines: string[];
}

export interface ListBlock {
  line: number;
  fields: readonly ListField[];
}

/** Reads the fields. The first line must begin a field; indented lines continue the previous value. */
export function fieldsOfList(lines: readonly string[]): ListField[] {
  const first = fieldLine(lines[0] ?? '');
  const fields: ListField[] = [];
  for (const line of lines) {
    const field = fieldLine(line);
    const isField =
      field !== undefined &&
      field.indent <= (first?.indent ?? 0) &&
      (!field.name.includes(' ') || field.colon === first?.colon);
    if (isField) fields.push({ name: field.name, column: field.colon + 2, lines: [line] });
    else fields.at(-1)?.lines.push(line);
  }
  return fields;
}

export function makeRecords<Field>(
  blocks: readonly ListBlock[],
  makeField: (name: string, text: string) => Field,
): { line: number; fields: Field[] }[] {
  const width = wrapWidth(blocks.flatMap(({ fields }) => fields.flatMap((field) => field.lines.slice(0, -1))));
  return blocks.map(({ line, fields }) => ({
    line,
    fields: fields.map((field) => makeField(field.name, joinLines(field, width))),
  }));
}

/**
 * Finds the width at which the console broke values. With European cultures it breaks lines after blanks, which it
 * keeps, and breaks only long words; with others it fills every line. `Infinity` if the blanks were lost.
 */
function wrapWidth(broken: readonly string[]): number {
  const widths = broken.map(measureCells);
  const longest = widths.reduce((most, width) => Math.max(most, width), 0);
  if (broken.some((line) => line.endsWith(' '))) return longest;
  const isFilled = widths.every((width) => width >= longest - 1);
  return isFilled && widths.filter((width) => width === longest).length > 1 ? longest : Infinity;
}

function joinLines({ column, lines }: ListField, width: number): string {
  let value = (lines[0] ?? '').slice(column - 1).trim();
  lines.slice(1).forEach((line, index) => {
    const above = (lines[index] ?? '').slice(column - 1);
    const isIndented = line.slice(0, column).trim() === '';
    const isFilled = measureCells(lines[index] ?? '') >= width;
    const isInWord = isFilled || (isOneWord(above) && isOneWord(line));
    const hasBlank = !isIndented || above.endsWith(' ') || line[column] === ' ' || !isInWord;
    value += (hasBlank && value !== '' ? ' ' : '') + line.trim();
  });
  return value;
}

/** Whether the text is one word. A console that breaks lines at blanks breaks only words longer than a line. */
function isOneWord(text: string): boolean {
  return !text.trim().includes(' ');
}
