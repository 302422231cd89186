import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';
import { isScalar, parseDocument, visit } from 'yaml';

import { ROOT } from '../../../../build/paths.mjs';
import { instant } from '../../../../core/shared/instant.ts';
import { completionAt, type Completion } from '../../../../core/revocation/model/completion.ts';

const FACTS = {
  now: instant('2026-11-24T12:00:00Z'),
  groups: [
    { group: 'system:nodes', certificates: 12 },
    { group: 'on', certificates: 1 },
    { group: 'ops: night', certificates: 1 },
  ],
};
const ARTICLE = readFileSync(join(ROOT, 'tests/fixtures/revocation/article.yaml'), 'utf8');

/** Returns the completion at the position of `|`. */
function completeAt(marked: string): Completion | undefined {
  const offset = marked.indexOf('|');
  return completionAt(marked.replace('|', ''), offset, FACTS);
}

function listOffers(marked: string): string[] {
  return completeAt(marked)?.options.map(({ text }) => text) ?? [];
}

/** Returns the text after choosing an option at the position of `|`. */
function applyOption(marked: string, text: string): string {
  const found = completeAt(marked);
  const option = found?.options.find((each) => each.text === text);
  if (found === undefined || option === undefined) throw new Error(`${text} is not offered`);
  const offset = marked.indexOf('|');
  return marked.slice(0, found.from) + (option.insert ?? option.text) + marked.slice(offset + 1);
}

const OBJECT = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: lost
spec:
  description: Lost
  revocations:
  - kind: Group
`;

describe('fields', () => {
  test.each([
    ['empty text', '|', ['apiVersion', 'kind', 'metadata', 'spec']],
    ['a partly typed field', 'me|', ['apiVersion', 'kind', 'metadata', 'spec']],
    ['an object with some fields', 'kind: RenewRevocation\n|', ['apiVersion', 'metadata', 'spec']],
    ['the metadata', 'metadata:\n  |', ['name', 'namespace']],
    ['metadata above a name', 'metadata:\n  |\n  name: a', ['namespace']],
    ['the spec', 'spec:\n  |', ['description', 'revocations']],
    ['an entry', `${OBJECT}  - |`, ['kind', 'serialNumber', 'group', 'dns', 'ip', 'notBefore', 'description']],
    ['an entry with a kind', `${OBJECT}    |`, ['group', 'notBefore', 'description']],
    ['an entry above its kind', 'spec:\n  revocations:\n  - |\n    kind: DNS', ['dns', 'notBefore', 'description']],
    ['an entry with its value', `${OBJECT}    group: a\n    |`, ['notBefore', 'description']],
    ['an indented entry', 'spec:\n    revocations:\n      - kind: IP\n        |', ['ip', 'notBefore', 'description']],
    [
      'an entry before another',
      'spec:\n  revocations:\n  - kind: IP\n    |\n  - kind: DNS\n    dns: a\n    notBefore: b',
      ['ip', 'notBefore', 'description'],
    ],
    [
      'an entry of an object in a List',
      'kind: List\nitems:\n- kind: RenewRevocation\n  spec:\n    revocations:\n    - kind: IP\n      |',
      ['ip', 'notBefore', 'description'],
    ],
    ['a second document', `${OBJECT}---\n|`, ['apiVersion', 'kind', 'metadata', 'spec']],
    [
      'an empty list',
      'spec:\n  revocations:\n    |',
      ['- kind: serialnumber', '- kind: Group', '- kind: DNS', '- kind: IP'],
    ],
    ['the line below an entry', `${OBJECT}  |`, ['- kind: serialnumber', '- kind: Group', '- kind: DNS', '- kind: IP']],
  ])('are offered in %s', (_title, marked, fields) => {
    expect(listOffers(marked)).toEqual(fields);
  });

  test('are inserted with the start of their nested fields, in the correct column', () => {
    expect(applyOption('|', 'metadata')).toBe('metadata:\n  ');
    expect(applyOption('spec:\n  rev|', 'revocations')).toBe('spec:\n  revocations:\n  - ');
    expect(applyOption('metadata:\n  |', 'name')).toBe('metadata:\n  name: ');
  });

  test('replace a name before an existing colon', () => {
    expect(applyOption('metadata:\n  na|: a', 'namespace')).toBe('metadata:\n  namespace: a');
  });

  test.each([
    ['a comment', '# |'],
    ['a comment after a value', 'kind: RenewRevocation # |'],
    ['text of several lines', 'spec:\n  description: |-\n    Lost\n    |'.replace('|-', '>-')],
    ['an object of another kind', 'kind: ConfigMap\nmetadata:\n  |'],
    ['an unknown field', 'spec:\n  other:\n    |'],
    ['a value without restrictions', 'metadata:\n  name: |'],
    ['the middle of a value', 'kind: Renew| # b'.replace(' # b', 'Rev')],
    ['a dash without its space', `${OBJECT}  -|`],
    ['the spaces before a field', `spec:\n |  description: a`],
    ['a colon without its space', 'kind:|'],
  ])('are not offered in %s', (_title, marked) => {
    expect(completeAt(marked)).toBeUndefined();
  });
});

describe('values', () => {
  test.each([
    ['apiVersion: |', ['certificates.microsoft.com/v1']],
    ['kind: Ren|', ['RenewRevocation']],
    ['metadata:\n  namespace: |', ['kube-system']],
    [`${OBJECT}  - kind: |`, ['serialnumber', 'Group', 'DNS', 'IP']],
    [`${OBJECT}    notBefore: |`, ['"2026-11-24T12:00:00Z"']],
    [`${OBJECT}    group: sys|`, ['system:nodes', '"on"', '"ops: night"']],
  ])('are offered in %j', (marked, values) => {
    expect(listOffers(marked)).toEqual(values);
  });

  test('also replace a typed quotation mark', () => {
    expect(applyOption(`${OBJECT}    notBefore: "20|`, '"2026-11-24T12:00:00Z"')).toBe(
      `${OBJECT}    notBefore: "2026-11-24T12:00:00Z"`,
    );
  });

  test('have a description if something is known about the value', () => {
    expect(completeAt(`${OBJECT}    group: |`)?.options[0]?.about).toEqual({ kind: 'group', certificates: 12 });
  });

  test.each(FACTS.groups)('have the same meaning to a parser with and without quotation marks: $group', ({ group }) => {
    const [first] = (completeAt(`${OBJECT}    group: |`)?.options ?? []).filter(({ text }) => text.includes(group));
    const text = applyOption(`${OBJECT}    group: |`, first?.text ?? '');
    expect(parseDocument(text).getIn(['spec', 'revocations', 0, 'group'])).toBe(group);
  });
});

/** Removes each field of the sample, as found by a parser, and completes it again. */
test.each([
  ['as published', ARTICLE],
  [
    'with a deeper indent',
    ARTICLE.replaceAll(/^ {2}(?=-)| {2}(?= {2}\w)/gmu, '    ').replaceAll(
      /^ {2}(?=(?:description|name|namespace|revocations):)/gmu,
      '  ',
    ),
  ],
  ['as the second document', `kind: ConfigMap\n---\n${ARTICLE}`],
  ['in a List', `kind: List\nitems:\n- ${ARTICLE.replaceAll('\n', '\n  ')}`],
])('every field of the sample is offered at its position, %s', (_title, text) => {
  const places: { key: string; start: number; end: number }[] = [];
  for (const document of [parseDocument(text.split('---\n').at(-1) ?? '')]) {
    expect(document.errors).toEqual([]);
    const shift = text.length - (text.split('---\n').at(-1) ?? '').length;
    visit(document, {
      Pair(_, { key, value }) {
        if (!isScalar(key) || !isScalar(value)) return;
        const [start = 0] = key.range ?? [];
        const [, end = 0] = value.range ?? [];
        places.push({ key: String(key.value), start: shift + start, end: shift + end });
      },
    });
  }
  const asked = places.filter(({ key, start }) => key !== 'kind' || start > 120);
  expect(asked.length).toBeGreaterThan(15);
  for (const { key, start, end } of asked) {
    const found = completionAt(text.slice(0, start) + text.slice(end), start, FACTS);
    expect(
      found?.options.map((option) => option.text),
      `${key} at ${String(start)}`,
    ).toContain(key);
    expect(found?.from).toBe(start);
  }
});
