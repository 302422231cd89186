import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftEntry } from '../../../core/domain/revocation-draft.ts';
import { fixedDraft } from '../../../core/domain/revocation-fix.ts';
import type { DraftFix } from '../../../core/domain/revocation-rule.ts';
import { readRevocationDrafts } from '../../../core/formats/revocation-draft-reader.ts';
import { editRevocation } from '../../../core/formats/revocation-editor.ts';

const ARTICLE = readFileSync(
  join(import.meta.dirname, '../../fixtures/revocation/article.yaml'),
  'utf8',
);

const WITH_COMMENTS = `# kept by hand
apiVersion: certificates.microsoft.com/v1
kind:   RenewRevocation   # spelled with care
metadata:
    namespace: kube-system
    name: "lost-laptop"
    labels: {team: ops}   # nobody here knows labels
spec:
    revocations:
      # the laptop
      -   kind: DNS     # a name
          # a comment inside
          dns: 'a.b'
          note: [1, 2,   3]

      - kind: Group
        group: ops  # who

      # the last one
      - {kind: IP, ip: 10.0.0.1,   extra: 1}
status: {}
---
kind: ConfigMap
`;

const set = (
  entryIndex: number,
  field: 'dns' | 'notBefore' | 'group' | 'ip',
  value: string,
): DraftFix => ({
  kind: 'set',
  entryIndex,
  field,
  value,
});
const MOMENT = '2026-11-25T12:00:00Z';

/** Lines that only one of two texts has. */
function difference(before: string, after: string | undefined): { gone: string[]; new: string[] } {
  const [old, now] = [before.split('\n'), (after ?? '').split('\n')];
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end))
    end += 1;
  return { gone: old.slice(start, old.length - end), new: now.slice(start, now.length - end) };
}

describe('one change leaves every other line as it was', () => {
  test.each<[string, string, DraftFix, { gone: string[]; new: string[] }]>([
    [
      'a value',
      WITH_COMMENTS,
      set(0, 'dns', 'c.d'),
      { gone: ["          dns: 'a.b'"], new: ['          dns: c.d'] },
    ],
    [
      'a value with a comment behind it',
      WITH_COMMENTS,
      set(1, 'group', 'dev'),
      { gone: ['        group: ops  # who'], new: ['        group: dev  # who'] },
    ],
    [
      'a new field, indented as its neighbours',
      WITH_COMMENTS,
      set(0, 'notBefore', MOMENT),
      { gone: [], new: [`          notBefore: "${MOMENT}"`] },
    ],
    [
      'a new field in braces',
      WITH_COMMENTS,
      set(2, 'notBefore', MOMENT),
      {
        gone: ['      - {kind: IP, ip: 10.0.0.1,   extra: 1}'],
        new: [`      - {kind: IP, ip: 10.0.0.1,   extra: 1, notBefore: "${MOMENT}"}`],
      },
    ],
    [
      'a field less',
      WITH_COMMENTS,
      { kind: 'unset', entryIndex: 1, field: 'group' },
      { gone: ['        group: ops  # who'], new: [] },
    ],
    [
      'the field behind the dash less',
      ARTICLE,
      { kind: 'unset', entryIndex: 1, field: 'description' },
      {
        gone: ['  - description: Revoked certificates by group', '    group: system:nodes'],
        new: ['  - group: system:nodes'],
      },
    ],
    [
      'an entry less',
      WITH_COMMENTS,
      { kind: 'remove', entryIndex: 1 },
      { gone: ['      - kind: Group', '        group: ops  # who'], new: [] },
    ],
    [
      'an entry more',
      ARTICLE,
      { kind: 'insert', entryIndex: 2, entries: [{ kind: 'DNS', dns: 'a.b', notBefore: MOMENT }] },
      { gone: [], new: ['  - dns: a.b', '    kind: DNS', `    notBefore: "${MOMENT}"`] },
    ],
    [
      'two in place of one',
      ARTICLE,
      {
        kind: 'replace',
        entryIndex: 4,
        entries: [
          { kind: 'IP', ip: '10.0.0.1' },
          { kind: 'IP', ip: '10.0.0.2' },
        ],
      },
      {
        gone: ['  - description: Revoked certificates by IP', '    ip: 170.63.128.124'],
        new: ['  - ip: "10.0.0.1"', '    kind: IP', '  - ip: "10.0.0.2"'],
      },
    ],
    [
      'the name',
      WITH_COMMENTS,
      { kind: 'set-object', field: 'name', value: 'found-laptop' },
      { gone: ['    name: "lost-laptop"'], new: ['    name: found-laptop'] },
    ],
    [
      'the kind',
      WITH_COMMENTS.replace('RenewRevocation', 'renewrevocation'),
      { kind: 'set-object', field: 'kind', value: 'RenewRevocation' },
      {
        gone: ['kind:   renewrevocation   # spelled with care'],
        new: ['kind:   RenewRevocation   # spelled with care'],
      },
    ],
    [
      'a description that there was not',
      WITH_COMMENTS,
      { kind: 'set-object', field: 'description', value: 'Lost: a laptop' },
      { gone: [], new: ['    description: "Lost: a laptop"'] },
    ],
  ])('%s', (_title, text, fix, expected) => {
    expect(difference(text, editRevocation(text, 0, fix))).toEqual(expected);
  });

  test('in JSON it stays JSON', () => {
    const object = { kind: 'RenewRevocation', apiVersion: 'certificates.microsoft.com/v1' };
    const entries = [
      { kind: 'DNS', dns: 'a.' },
      { kind: 'Group', group: 'g' },
    ];
    const text = JSON.stringify(
      { ...object, metadata: { name: 'r' }, spec: { revocations: entries } },
      undefined,
      2,
    );
    for (const fix of [
      set(0, 'dns', 'a'),
      set(1, 'notBefore', MOMENT),
      { kind: 'unset', entryIndex: 0, field: 'dns' },
      { kind: 'remove', entryIndex: 0 },
      { kind: 'remove', entryIndex: 1 },
      { kind: 'insert', entryIndex: 1, entries: [{ kind: 'IP', ip: '::1' }] },
      { kind: 'set-object', field: 'namespace', value: 'kube-system' },
    ] satisfies DraftFix[]) {
      const edited = editRevocation(text, 0, fix);
      const [written] = readRevocationDrafts(text).objects;
      if (edited === undefined || written === undefined) throw new Error(JSON.stringify(fix));
      const read = JSON.parse(edited) as { spec: { revocations: DraftEntry[] } };
      expect(read.spec.revocations).toEqual(fixedDraft(written.draft, fix).entries);
    }
  });

  test('with the line ends of Windows', () => {
    const text = ARTICLE.replaceAll('\n', '\r\n');
    const edited = editRevocation(text, 0, set(4, 'notBefore', MOMENT)) ?? '';
    expect(edited.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(edited).toContain(`    notBefore: "${MOMENT}"\r\n`);
  });

  test('where the text ends without a line end', () => {
    const edited = editRevocation(ARTICLE.trimEnd(), 0, set(4, 'notBefore', MOMENT)) ?? '';
    expect(edited.endsWith(`    kind: IP\n    notBefore: "${MOMENT}"\n`)).toBe(true);
  });

  test('in the second of two objects', () => {
    const text = `${ARTICLE}---\n${ARTICLE}`;
    expect(editRevocation(text, 1, { kind: 'remove', entryIndex: 0 })?.startsWith(ARTICLE)).toBe(
      true,
    );
    expect(editRevocation(text, 2, { kind: 'remove', entryIndex: 0 })).toBeUndefined();
  });

  test('in place of a text over several lines', () => {
    const text = ARTICLE.replace('My list of revocations', '|\n    one\n    two');
    const fix: DraftFix = { kind: 'set-object', field: 'description', value: 'three' };
    expect(editRevocation(text, 0, fix)).toBe(ARTICLE.replace('My list of revocations', 'three'));
  });

  test('where a field has no value', () => {
    const text = ARTICLE.replace('    kind: IP\n', '    kind: IP\n    notBefore:   # when?\n');
    expect(editRevocation(text, 0, set(4, 'notBefore', MOMENT))).toBe(
      text.replace('notBefore:   #', `notBefore: "${MOMENT}"   #`),
    );
  });
});

test.each<[string, string, DraftFix]>([
  [
    'an entry that two places share',
    ARTICLE.replace(
      '- description: Revoked certificates by group',
      '- &shared\n    description: x',
    ).concat('  - *shared\n'),
    set(1, 'group', 'ops'),
  ],
  ['an entry that is not there', ARTICLE, set(9, 'group', 'ops')],
  ['a field that is not there', ARTICLE, { kind: 'unset', entryIndex: 1, field: 'notBefore' }],
  ['a list in place of a value', ARTICLE.replace('system:nodes', '[a]'), set(1, 'group', 'ops')],
])('%s is left to be changed by hand', (_title, text, fix) => {
  expect(editRevocation(text, 0, fix)).toBeUndefined();
});

test('whatever is changed in whatever layout, it is that change and no other, or none', () => {
  const field = fc.constantFrom('dns', 'group', 'ip', 'notBefore', 'kind', 'description');
  const fix: fc.Arbitrary<DraftFix> = fc.oneof(
    fc.record({
      kind: fc.constant('set' as const),
      entryIndex: fc.nat(5),
      field,
      value: fc.string({ minLength: 1, maxLength: 8 }),
    }),
    fc.record({ kind: fc.constant('unset' as const), entryIndex: fc.nat(5), field }),
    fc.record({ kind: fc.constant('remove' as const), entryIndex: fc.nat(5) }),
    fc.record({
      kind: fc.constant('insert' as const),
      entryIndex: fc.nat(5),
      entries: fc.constant([{ kind: 'Group', group: 'g' }]),
    }),
  );
  const comments = (text: string): string[] => text.match(/# [a-z ?]+/gu) ?? [];
  let changed = 0;
  fc.assert(
    fc.property(fc.constantFrom(ARTICLE, WITH_COMMENTS), fix, (text, one) => {
      const edited = editRevocation(text, 0, one);
      const [before] = readRevocationDrafts(text).objects;
      if (edited === undefined || before === undefined) return;
      changed += 1;
      const [after] = readRevocationDrafts(edited).objects;
      expect(after?.draft).toEqual(fixedDraft(before.draft, one));
      // Comments go with the line or the entry that is taken away, and with nothing else.
      if (one.kind === 'set' || one.kind === 'insert')
        expect(comments(edited)).toEqual(comments(text));
      const { gone } = difference(text, edited);
      expect(gone.length).toBeLessThanOrEqual(one.kind === 'remove' ? 6 : 2);
    }),
    { numRuns: 500, seed: 11 },
  );
  expect(changed).toBeGreaterThan(250);
});
