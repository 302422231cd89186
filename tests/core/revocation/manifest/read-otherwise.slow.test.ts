import { describe, expect, test } from 'vitest';
import { readRevocationDrafts } from '../../../../core/formats/renew-revocation/draft-reader.ts';
import { lintText } from '../../../../core/revocation/lint-text.ts';
import { instant } from '../../../../core/shared/instant.ts';

const SAFE = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: safe
  namespace: kube-system
spec:
  revocations:
  - kind: Group
    group: ops
    notBefore: "2026-11-20T00:00:00Z"
`;
const HIDDEN = '{kind: DNS, dns: kubernetes}';

/** In each case, kubectl 1.32 (`kubectl patch --local`) finds the hidden entry or refuses the text. */
describe('a text that kubectl would read differently is an error', () => {
  test.each<[string, string, string, { line: number; column: number }]>([
    ...(['\r', '\u0085', '\u2028', '\u2029'] as const).map(
      (end): [string, string, string, { line: number; column: number }] => [
        `a line that U+${end.charCodeAt(0).toString(16).padStart(4, '0')} ends`,
        SAFE.replace('  - kind: Group', `  # note${end}  - ${HIDDEN}\n  - kind: Group`),
        'line-end',
        { line: 8, column: 9 },
      ],
    ),
    ['a merged list', `${SAFE}  <<: {revocations: [${HIDDEN}]}\n`, 'merge', { line: 11, column: 3 }],
    [
      'a merged object',
      `<<: {apiVersion: certificates.microsoft.com/v1, kind: RenewRevocation}\n---\n${SAFE}`,
      'merge',
      { line: 1, column: 1 },
    ],
    [
      'a kind in Base64',
      SAFE.replace('kind: RenewRevocation', 'kind: !!binary UmVuZXdSZXZvY2F0aW9u'),
      'tag',
      { line: 2, column: 16 },
    ],
    [
      'a field in Base64',
      SAFE.replace('  revocations:', '  !!binary cmV2b2NhdGlvbnM=:'),
      'tag',
      { line: 7, column: 12 },
    ],
    ['an instant tagged as null', SAFE.replace('notBefore: ', 'notBefore: !!null '), 'tag', { line: 10, column: 23 }],
  ])('%s', (_title, text, what, place) => {
    expect(readRevocationDrafts(text).findings).toContainEqual({
      rule: 'revocation.read-otherwise',
      severity: 'error',
      place,
      params: { what },
    });
  });

  test.each([
    ['Windows line ends', SAFE.replaceAll('\n', '\r\n')],
    ['a redundant tag', SAFE.replace('group: ops', 'group: !!str ops')],
    ['two less-than signs in quotes', SAFE.replace('group: ops', 'group: "<<"')],
    ['an escape in quotes', SAFE.replace('group: ops', 'group: "a\\u2028b"')],
  ])('a text with %s is not an error', (_title, text) => {
    expect(readRevocationDrafts(text).findings).toEqual([]);
  });
});

test.each([
  ['an entry', SAFE.replace('- kind: Group\n    group: ops', '- <<: {kind: Group, group: ops}'), 8],
  [
    'a list of entries',
    SAFE.replace(/revocations:[^]*$/u, '<<: {revocations: [{kind: serialnumber, serialNumber: ab}]}'),
    7,
  ],
  [
    'one of several mappings',
    SAFE.replace('- kind: Group\n    group: ops', '- <<: [{kind: Group}, {kind: IP, group: ops}]'),
    8,
  ],
  ['metadata', SAFE.replace('name: safe\n  namespace: kube-system', '<<: {name: safe, namespace: kube-system}'), 4],
  ['spec', SAFE.replace(/spec:[^]*$/u, '<<: {spec: {revocations: [{kind: serialnumber, serialNumber: ab}]}}'), 6],
])('a merge key in %s is the only error, since the merged fields are read as present', (_title, text, line) => {
  const { findings } = lintText(text, { now: instant('2026-11-25T00:00:00Z'), certificates: [] });
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors).toMatchObject([{ rule: 'revocation.read-otherwise', params: { what: 'merge' }, place: { line } }]);
});

test.each([
  ['of another kind', 'kind: ConfigMapList\nitems:'],
  ['with different capitals', 'kind: List\nItems:'],
  ['without a kind', 'items:'],
])('objects are found in items %s, as kubectl finds them', (_title, head) => {
  const item = SAFE.trimEnd()
    .split('\n')
    .map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`))
    .join('\n');
  const { objects } = readRevocationDrafts(`apiVersion: v1\n${head}\n${item}\n`);
  expect(objects.map(({ draft }) => draft.name)).toEqual(['safe']);
});
