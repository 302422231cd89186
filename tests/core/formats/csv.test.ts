import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvField, csvText } from '../../../core/formats/csv.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' padded ', '" padded "'],
  [42, '42'],
  [-42, '-42'],
  [null, ''],
])('the value %j is written as %j', (value, expected) => {
  expect(csvField(value)).toBe(expected);
});

test.each([
  ...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1'],
  ...['＝cmd|calc', '＋1', '－1', '＠SUM(A1)', 'a;=1', 'a; @1', 'a\n-1', 'a\r\n＝1', 'a\t+1'],
])('%j cannot become a formula in a spreadsheet, whichever separator the spreadsheet uses', (text) => {
  const cells = csvField(text).split(/[",;\t\r\n]/u);
  expect(cells.filter((cell) => /^[ \t]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
  expect(csvField(text)).toContain("'");
});

test.each(['a=b', 'kube-apiserver', 'ops@contoso.example', 'a; b', 'a, -b'])(
  '%j is not a formula and stays unchanged',
  (text) => {
    expect(csvField(text).replaceAll('"', '')).toBe(text);
  },
);

/** Parses CSV strictly according to RFC 4180, independently of the code under test. */
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

test('an RFC 4180 reader recovers the fields, whatever they contain', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'é', '証', ',', '"', '\r', '\n', ' ', '=') });
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      (records) => {
        const found = parseCsv(csvText(records).slice(1));
        // The test fields contain no apostrophes, so each one here was added by the writer.
        expect(found.map((fields) => fields.map((text) => text.replaceAll("'", '')))).toEqual(records);
      },
    ),
  );
});
