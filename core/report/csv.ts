/** First characters that a spreadsheet takes for the beginning of a formula. Source: OWASP, CSV Injection. */
const FORMULA_START = /^[=+\-@\t\r]/u;

/** The byte order mark, by which Excel recognises UTF-8. */
export const CSV_MARK = '\uFEFF';

/**
 * One CSV field, quoted when RFC 4180 section 2 requires it; text that a spreadsheet would run as a formula gets an
 * apostrophe in front, so that it is displayed instead.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && FORMULA_START.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record followed by CRLF, as in RFC 4180. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

export function csvText(records: readonly (readonly (string | number | null)[])[]): string {
  return CSV_MARK + records.map(csvLine).join('');
}
