import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvField, csvText } from '../../../core/report/csv.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' padded ', '" padded "'],
  [42, '42'],
  [-42, '-42'],
  [null, ''],
])('%j is written as %j', (value, expected) => {
  expect(csvField(value)).toBe(expected);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j cannot become a formula in a spreadsheet', (text) => {
  expect(csvField(text).replace(/^"/u, '')).toMatch(/^'/u);
});

/** Reads CSV strictly by RFC 4180: written for this test alone, so that writer and reader do not share a mistake. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quoted) {
      if (character !== '"') field += character;
      else if (text.charAt(index + 1) === '"') {
        field += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      record.push(field);
      field = '';
    } else if (character === '\r' && text.charAt(index + 1) === '\n') {
      records.push([...record, field]);
      record = [];
      field = '';
      index += 1;
    } else field += character;
  }
  return records;
}

test('whatever the fields contain, a reader that follows RFC 4180 recovers them', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'é', '証', ',', '"', '\r', '\n', ' ', '=') });
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      (records) => {
        const safe = records.map((fields) => fields.map((text) => (/^[=\r]/u.test(text) ? `'${text}` : text)));
        expect(parseCsv(csvText(records).slice(1))).toEqual(safe);
      },
    ),
  );
});
