/** First characters that a spreadsheet takes for the start of a formula. Source: OWASP, CSV Injection. */
const FORMULA_START = /^[=+\-@\t\r]/u;

/** Lets Excel see that a file is UTF-8: the byte order mark. */
export const CSV_MARK = '\uFEFF';

/**
 * One CSV field. Quoted when RFC 4180 section 2 requires it; text that a spreadsheet would run as a formula gets an
 * apostrophe in front, so that it is shown and not run.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && FORMULA_START.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with CRLF after it, as RFC 4180 has it. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

export function csvText(records: readonly (readonly (string | number | null)[])[]): string {
  return CSV_MARK + records.map(csvLine).join('');
}
