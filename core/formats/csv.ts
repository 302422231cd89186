/**
 * Matches positions before text that a spreadsheet takes for a formula, including full-width characters from Japanese
 * IMEs. A spreadsheet that uses another separator may start a new cell inside our fields. Source: OWASP, CSV Injection.
 */
const BEFORE_FORMULA = /(?<=^|[;\t\r\n]) *(?=[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu;

/** The byte order mark, from which Excel recognises UTF-8. */
export const CSV_MARK = '\uFEFF';

/**
 * Formats one CSV field, quoted if RFC 4180 section 2 requires it or a spreadsheet could split it. If a spreadsheet
 * would run the text as a formula, an apostrophe in front makes it show the text.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value.replace(BEFORE_FORMULA, "'$&") : String(value);
  return /[",;\t\r\n]/u.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Includes the CRLF. Source: RFC 4180. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

export function csvText(records: readonly (readonly (string | number | null)[])[]): string {
  return CSV_MARK + records.map(csvLine).join('');
}
