import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_YAML_LENGTH, readsAsOtherType, readYaml, type YamlNode } from '../../../../core/formats/yaml/yaml.ts';
import { measureCost } from '../../../support/cost.ts';

function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'text') return node.text;
  if (node.kind === 'list') return node.items.map(plain);
  return [...node.entries].map(([key, value]) => [key, plain(value)]);
}

function readTree(text: string): unknown {
  const reading = readYaml(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return plain(reading.root);
}

function readFindings(text: string): object[] {
  const reading = readYaml(text);
  return reading.ok ? [] : reading.findings;
}

test.each([
  ['a number with a leading zero', 'name: 012', [['name', '012']]],
  ['a date', 'name: 2026-01-01', [['name', '2026-01-01']]],
  ['a switch', 'name: no', [['name', 'no']]],
  ['a long number', 'name: 123456789012345678901', [['name', '123456789012345678901']]],
  [
    'nothing',
    'name:\nother: x',
    [
      ['name', ''],
      ['other', 'x'],
    ],
  ],
  ['folded text', 'name: >-\n  a\n  b\n', [['name', 'a b']]],
  ['bytes', 'name: !!binary YWJj', [['name', 'YWJj']]],
  [
    'an alias',
    'a: &x y\nb: *x',
    [
      ['a', 'y'],
      ['b', 'y'],
    ],
  ],
  [
    'the later of two anchors with the same name',
    'a: &x 1\nb: &x 2\nc: *x',
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '2'],
    ],
  ],
  ['JSON', '{"a": [1, true, null, "\\ud83d\\ude00\\/"]}', [['a', ['1', 'true', 'null', '😀/']]]],
  ['a key named __proto__', '__proto__: {polluted: x}', [['__proto__', [['polluted', 'x']]]]],
])('%s is read as written', (_, text, tree) => {
  expect(readTree(text)).toEqual(tree);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('JSON is read as by JSON.parse, but with every scalar as text', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const stringifyLeaves = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(stringifyLeaves);
    if (value === null || typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
    return Object.entries(value).map(([key, inner]) => [key, stringifyLeaves(inner)]);
  };
  fc.assert(
    fc.property(json, (value) => {
      expect(readTree(JSON.stringify(value))).toEqual(stringifyLeaves(value));
    }),
  );
});

test('every node has its line and column', () => {
  const reading = readYaml('a:\n  b: x\n');
  const inner = reading.ok && reading.root?.kind === 'map' ? reading.root.entries.get('a') : undefined;
  const leaf = inner?.kind === 'map' ? inner.entries.get('b') : undefined;
  expect(leaf).toMatchObject({ line: 2, column: 6 });
});

test.each([
  ['a duplicate key', 'a: 1\nb: 2\na: 3', 'yaml.duplicate-key', 3],
  ['a duplicate key in JSON', '{"a":1,\n"a":2}', 'yaml.duplicate-key', 2],
  ['an unclosed list', 'a: [1,\n2', 'yaml.invalid', 2],
  ['a tab as indentation', 'a:\n\tb: 1', 'yaml.invalid', 2],
  ['a second document', 'a: 1\n---\nb: 2', 'yaml.several-documents', 2],
  ['an unknown alias', 'a: *b', 'yaml.invalid', 1],
])('%s is refused with its position', (_, text, rule, line) => {
  expect(readFindings(text)[0]).toMatchObject({ rule, severity: 'error', place: { line } });
});

test('an error never quotes the text, which may be secret', () => {
  const secret = 'eyJhbGciOiJSUzI1NiJ9';
  for (const text of [`token: "${secret}`, `token: ${secret}: x`, `{token: ${secret}`, `? *${secret}`]) {
    expect(JSON.stringify(readYaml(text))).not.toContain(secret);
  }
});

describe('hostile text', () => {
  const repeat = (text: string, length = 900_000): string => text.repeat(Math.floor(length / text.length));
  const laughs = (inner: string): string =>
    [
      `a0: &a0 ${inner}`,
      ...Array.from({ length: 20 }, (_, index) => {
        const before = `*a${index}`;
        return `a${index + 1}: &a${index + 1} [${Array(9).fill(before).join(',')}]`;
      }),
    ].join('\n');

  test.each([
    ['nested lists on one line', repeat('- '), 'yaml.too-deep'],
    ['nested lists in brackets', repeat('['), 'yaml.too-deep'],
    ['nested mappings', repeat('{"a":'), 'yaml.too-deep'],
    ['nested keys', repeat('? '), 'yaml.too-deep'],
    ['nested values', repeat(': '), 'yaml.too-deep'],
    ['indentation', Array.from({ length: 1300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'yaml.too-deep'],
    ['a billion laughs', laughs('[lol, lol]'), 'yaml.alias-bomb'],
    ['an alias inside its own anchor', 'a: &a [*a]', 'yaml.alias-bomb'],
    ['very many keys', Array.from({ length: 90_000 }, (_, index) => `k${index}: v`).join('\n'), 'yaml.too-complex'],
    ['very many errors', repeat('"'), 'yaml.too-complex'],
    ['ten megabytes', repeat('a: b\n', 10 * 1024 ** 2), 'yaml.too-large'],
    ['one character too many', 'x'.repeat(MAX_YAML_LENGTH + 1), 'yaml.too-large'],
  ])('of %s is refused immediately', (_, text, rule) => {
    const cost = measureCost(() => expect(readFindings(text)[0]).toMatchObject({ rule }));
    expect(cost).toBeLessThan(3_000);
  });

  test('is refused if too long, but not at the maximum length', () => {
    expect(readTree(`a: "${'x'.repeat(MAX_YAML_LENGTH - 6)}"`)).toHaveLength(1);
  });

  test('is refused if nested too deeply, but not at 64 levels', () => {
    expect(readFindings('['.repeat(64) + ']'.repeat(64))).toEqual([]);
  });
});

test.each([
  '012',
  '0x1f',
  '1e3',
  '1_000',
  '1:30',
  'yes',
  'Off',
  'TRUE',
  '~',
  'null',
  '.inf',
  '2026-01-01',
  '+1',
  '3.14',
])('%s is reported as text that another reader may read as another type', (text) => {
  expect(readsAsOtherType({ text, plain: true })).toBe(text !== '1:30');
  expect(readsAsOtherType({ text, plain: false })).toBe(false);
});

test.each(['retail-east', '10.0.0.1:6443', 'https://x:6443', 'a1', 'eyJh.x', 'LS0tLS1CRUdJTi=='])(
  '%s is text in every reader',
  (text) => {
    expect(readsAsOtherType({ text, plain: true })).toBe(false);
  },
);

test('any text is read or refused without an exception', () => {
  const marks = fc.constantFrom(
    '- ',
    ': ',
    '? ',
    '&a ',
    '*a',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '|',
    '>',
    '#',
    '\n',
    '\t',
    '---',
    '...',
    '%',
    '!',
    '!!binary ',
    ',',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(marks, fc.string({ maxLength: 4 })), { maxLength: 40 }),
      (parts) => void readYaml(parts.join('')),
    ),
    { numRuns: 600 },
  );
});
