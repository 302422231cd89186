import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import { readYaml, readYamlDocuments } from '../../../../core/formats/yaml/yaml.ts';

test('every document is read separately, with lines counted from the start of the text', () => {
  const readings = readYamlDocuments('a: 1\n---\nb: [1,\n---\n- c\n--- "d"\n');
  expect(readings.map(({ ok }) => ok)).toEqual([true, false, true, true]);
  expect(readings).toMatchObject([
    { root: { kind: 'map', line: 1, column: 1 } },
    { findings: [{ rule: 'yaml.invalid', place: { line: 4 } }] },
    { root: { kind: 'list', line: 5 } },
    { root: { kind: 'text', text: 'd', line: 6, column: 5 } },
  ]);
});

test('a text with one document is read with the same result as by the reader for one document', () => {
  for (const text of ['a: 1', '{"a": [1, 2]}', 'a: 1\na: 2', 'a: [', '# nothing', '']) {
    const alone = readYaml(text);
    const [first = { ok: true, root: undefined }, second] = readYamlDocuments(text);
    expect(first).toEqual(alone);
    expect(second).toBeUndefined();
  }
});

test('an anchor is valid only in its own document', () => {
  expect(readYamlDocuments('a: &x 1\n---\nb: *x\n')).toMatchObject([
    { ok: true },
    { ok: false, findings: [{ rule: 'yaml.invalid', place: { line: 3 } }] },
  ]);
});

test('the limits apply to all documents of a text together', () => {
  const list = (items: string): string => `[${Array(10).fill(items).join(',')}]`;
  const laughs = `---\na: &a ${list('x')}\nb: &b ${list('*a')}\nc: &c ${list('*b')}\nd: ${list('*c')}\n`;
  const readings = readYamlDocuments(laughs.repeat(10));
  expect(readings).toHaveLength(10);
  const refused = readings.filter(({ ok }) => !ok);
  // Each document has more than 12,000 nodes, so the eighth exceeds 100,000.
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ findings: [{ rule: 'yaml.alias-bomb' }] });
});

test('the reader finds as many documents as the yaml library', () => {
  const piece = fc.constantFrom('a: 1\n', '---\n', '...\n', '# c\n', '- x\n', '"s"\n', '%YAML 1.2\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      const theirs = parseAllDocuments(text);
      expect(readYamlDocuments(text)).toHaveLength(Array.isArray(theirs) ? theirs.length : 0);
    }),
  );
});
