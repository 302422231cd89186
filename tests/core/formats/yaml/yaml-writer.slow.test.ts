import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeYaml, type YamlValue } from '../../../../core/formats/yaml/yaml-writer.ts';
import { readYaml, readYamlDocuments, type YamlNode } from '../../../../core/formats/yaml/yaml.ts';
import { needPython } from '../../../support/tools.ts';

/** Texts that some YAML reader would read as another type if they were unquoted. */
const TREACHEROUS = [
  ...['', ' ', 'a ', ' a', '~', 'null', 'Null', 'true', 'False', 'yes', 'NO', 'on', 'Off', 'y', 'N'],
  ...['0', '-1', '+1', '012', '0o14', '0x1f', '1_000', '1.5', '.5', '5.', '1e3', 'e12345', 'E+1', '12e45678', '.inf'],
  ...['-.INF', '.NaN', '12:30:45', '190:20:30', '2026-11-24', '2026-11-24T12:00:00Z', '07401b'],
  ...['- a', 'a: b', 'a:', 'a #b', '#a', '&a', '*a', '!a', '!!str a', '|', '>', '%a', '@a', '`a', '?'],
  ...['? a', '[a', ']', '{a', '}', ',', '"', "'", "it's", '---', '...', '<<', '=', '-', '--- a'],
  ...['a\nb', 'a\r\nb', '\ta', 'a\tb', '\u0085', '\u2028', '\u2029', '\ufeffa', '\u0000', '\u007f'],
  ...['\\', '\\n', 'a\u001bb', '日本語', '😀', '\ufffe', 'a\u200bb', 'C:\\AksHci', 'a'.repeat(300)],
  'https://10.0.0.1:6443',
  'system:node:a',
  'kubernetes.io/tls',
];

const text = fc.oneof(
  fc.constantFrom(...TREACHEROUS),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'0123456789.:-+_eExX TZ'), maxLength: 8 }),
);
const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));
const document = fc.oneof(fc.array(value, { maxLength: 4 }), fc.dictionary(text, value, { maxKeys: 4 }));

/** Converts our reader's tree into plain values, in which every scalar is text. */
function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'text') return node.text;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, inner]) => [key, plain(inner)]));
}

function stringifyLeaves(written: YamlValue): unknown {
  if (Array.isArray(written)) return (written as YamlValue[]).map(stringifyLeaves);
  if (typeof written !== 'object') return String(written);
  return Object.fromEntries(Object.entries(written).map(([key, inner]) => [key, stringifyLeaves(inner as YamlValue)]));
}

test('our reader reads every value back as text', () => {
  fc.assert(
    fc.property(document, (written) => {
      const reading = readYaml(writeYaml(written));
      expect(reading.ok && plain(reading.root)).toEqual(stringifyLeaves(written));
    }),
    { numRuns: 80 },
  );
});

test.each(['core', 'yaml-1.1'] as const)('a YAML library with the schema %s reads the same values', (schema) => {
  const version = schema === 'core' ? '1.2' : '1.1';
  fc.assert(
    fc.property(document, (written) => {
      const read: unknown = parse(writeYaml(written), { schema, version, merge: false });
      expect(read).toEqual(written);
    }),
    { numRuns: 80 },
  );
});

test('Python’s YAML 1.1 reader reads every ambiguous text as text', (context) => {
  const python = needPython(context, 'yaml');
  const written = { list: TREACHEROUS, ...Object.fromEntries(TREACHEROUS.map((key) => [key, 1])) };
  const script = 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin.buffer), sys.stdout)';
  const said = execFileSync(python, ['-c', script], { input: writeYaml(written) });
  expect(JSON.parse(said.toString('utf8'))).toEqual(written);
});

test('unambiguous text is not quoted, as in kubectl’s output', () => {
  const written = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'List',
    server: 'https://api.example.test:6443',
    items: [{ usages: ['digital signature', 'server auth'], empty: {}, none: [] }, [['a']], 1, true],
    username: 'system:node:worker-1',
    left: undefined,
    'token-id': '123456',
    expiration: '2026-11-24T12:00:00Z',
  };
  expect(writeYaml(written)).toBe(`apiVersion: certificates.k8s.io/v1
kind: List
server: https://api.example.test:6443
items:
- usages:
  - digital signature
  - server auth
  empty: {}
  none: []
- - - a
- 1
- true
username: system:node:worker-1
token-id: "123456"
expiration: "2026-11-24T12:00:00Z"
`);
});

test('several documents are read back separately', () => {
  const readings = readYamlDocuments([{ a: '1' }, ['b'], {}].map(writeYaml).join('---\n'));
  expect(readings.map((reading) => reading.ok && plain(reading.root))).toEqual([{ a: '1' }, ['b'], {}]);
});

test('writing a number that would lose digits throws an error', () => {
  expect(() => writeYaml({ a: 1.5 })).toThrow('whole numbers');
  expect(() => writeYaml({ a: 2 ** 60 })).toThrow('whole numbers');
});
