import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftEntry, RevocationDraft } from '../../../../core/shared/renew-revocation/draft.ts';
import { draftWithDefaults, changeDraft } from '../../../../core/revocation/model/fix.ts';
import type { DraftFix } from '../../../../core/revocation/model/rule.ts';
import type { DraftChange } from '../../../../core/revocation/model/view.ts';
import { readRevocationDrafts } from '../../../../core/formats/renew-revocation/draft-reader.ts';
import { editRevocation } from '../../../../core/revocation/manifest/editor.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');

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

const set = (entryIndex: number, field: 'dns' | 'notBefore' | 'group' | 'ip', value: string): DraftFix => ({
  kind: 'set',
  entryIndex,
  field,
  value,
});
const MOMENT = '2026-11-25T12:00:00Z';

function difference(before: string, after: string | undefined): { gone: string[]; new: string[] } {
  const [old, now] = [before.split('\n'), (after ?? '').split('\n')];
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return { gone: old.slice(start, old.length - end), new: now.slice(start, now.length - end) };
}

describe('one change leaves every other line unchanged', () => {
  test.each<[string, string, DraftFix, { gone: string[]; new: string[] }]>([
    ['a value', WITH_COMMENTS, set(0, 'dns', 'c.d'), { gone: ["          dns: 'a.b'"], new: ['          dns: c.d'] }],
    [
      'a value followed by a comment',
      WITH_COMMENTS,
      set(1, 'group', 'dev'),
      { gone: ['        group: ops  # who'], new: ['        group: dev  # who'] },
    ],
    [
      'a new field, indented like its neighbours',
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
      'removing a field',
      WITH_COMMENTS,
      { kind: 'unset', entryIndex: 1, field: 'group' },
      { gone: ['        group: ops  # who'], new: [] },
    ],
    [
      'removing the field after the dash',
      ARTICLE,
      { kind: 'unset', entryIndex: 1, field: 'description' },
      {
        gone: ['  - description: Revoked certificates by group', '    group: system:nodes'],
        new: ['  - group: system:nodes'],
      },
    ],
    [
      'removing an entry',
      WITH_COMMENTS,
      { kind: 'remove', entryIndex: 1 },
      { gone: ['      - kind: Group', '        group: ops  # who'], new: [] },
    ],
    [
      'adding an entry',
      ARTICLE,
      { kind: 'insert', entryIndex: 2, entries: [{ kind: 'DNS', dns: 'a.b', notBefore: MOMENT }] },
      { gone: [], new: ['  - dns: a.b', '    kind: DNS', `    notBefore: "${MOMENT}"`] },
    ],
    [
      'replacing one entry by two',
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
      'a new description',
      WITH_COMMENTS,
      { kind: 'set-object', field: 'description', value: 'Lost: a laptop' },
      { gone: [], new: ['    description: "Lost: a laptop"'] },
    ],
  ])('%s', (_title, text, fix, expected) => {
    expect(difference(text, editRevocation(text, 0, fix))).toEqual(expected);
  });

  test('a change in JSON leaves valid JSON', () => {
    const object = { kind: 'RenewRevocation', apiVersion: 'certificates.microsoft.com/v1' };
    const entries = [
      { kind: 'DNS', dns: 'a.' },
      { kind: 'Group', group: 'g' },
    ];
    const text = JSON.stringify({ ...object, metadata: { name: 'r' }, spec: { revocations: entries } }, undefined, 2);
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
      expect(read.spec.revocations).toEqual(changeDraft(written.draft, fix).entries);
    }
  });

  test('a change keeps Windows line ends', () => {
    const text = ARTICLE.replaceAll('\n', '\r\n');
    const edited = editRevocation(text, 0, set(4, 'notBefore', MOMENT)) ?? '';
    expect(edited.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(edited).toContain(`    notBefore: "${MOMENT}"\r\n`);
  });

  test('a text without a final line end can be changed', () => {
    const edited = editRevocation(ARTICLE.trimEnd(), 0, set(4, 'notBefore', MOMENT)) ?? '';
    expect(edited.endsWith(`    kind: IP\n    notBefore: "${MOMENT}"\n`)).toBe(true);
  });

  test('the second of two objects can be changed', () => {
    const text = `${ARTICLE}---\n${ARTICLE}`;
    expect(editRevocation(text, 1, { kind: 'remove', entryIndex: 0 })?.startsWith(ARTICLE)).toBe(true);
    expect(editRevocation(text, 2, { kind: 'remove', entryIndex: 0 })).toBeUndefined();
  });

  test('text of several lines can be replaced', () => {
    const text = ARTICLE.replace('My list of revocations', '|\n    one\n    two');
    const fix: DraftFix = { kind: 'set-object', field: 'description', value: 'three' };
    expect(editRevocation(text, 0, fix)).toBe(ARTICLE.replace('My list of revocations', 'three'));
  });

  test('a value can be added to an empty field', () => {
    const text = ARTICLE.replace('    kind: IP\n', '    kind: IP\n    notBefore:   # when?\n');
    expect(editRevocation(text, 0, set(4, 'notBefore', MOMENT))).toBe(
      text.replace('notBefore:   #', `notBefore: "${MOMENT}"   #`),
    );
  });
});

const IP_ENTRY = [{ kind: 'IP', ip: '10.0.0.1' }];
const append = (entries: DraftEntry[] = IP_ENTRY): DraftChange => ({ kind: 'append', entries });
const setName = (name: string): DraftChange => ({ kind: 'set-object', field: 'name', value: name });
const HEAD = 'apiVersion: certificates.microsoft.com/v1\nkind: RenewRevocation\n';

describe('entries added at the end', () => {
  test.each<[string, string, string]>([
    [
      'follow the last entry, before the text after it',
      `${HEAD}spec:\n  revocations:\n    -   kind: DNS # a name\n        dns: a.b # here\n    # the end\n  x: 1\n`,
      `${HEAD}spec:\n  revocations:\n    -   kind: DNS # a name\n        dns: a.b # here\n    - ip: "10.0.0.1"\n      kind: IP\n    # the end\n  x: 1\n`,
    ],
    [
      'in a list in brackets',
      `${HEAD}spec: {revocations: [{kind: IP, ip: "::1"}]}\n`,
      `${HEAD}spec: {revocations: [{kind: IP, ip: "::1"}, {"ip": "10.0.0.1", "kind": "IP"}]}\n`,
    ],
    [
      'in an empty list',
      `${HEAD}spec:\n  revocations: [] # none yet\n  x: 1\n`,
      `${HEAD}spec:\n  revocations: # none yet\n  - ip: "10.0.0.1"\n    kind: IP\n  x: 1\n`,
    ],
    [
      'in an empty list in brackets',
      `${HEAD}spec: {revocations: [ ], x: 1}\n`,
      `${HEAD}spec: {revocations: [{"ip": "10.0.0.1", "kind": "IP"}], x: 1}\n`,
    ],
    [
      'go into a list without a value',
      `${HEAD}spec:\n  revocations:   # soon\n  x: 1\n`,
      `${HEAD}spec:\n  revocations:   # soon\n  - ip: "10.0.0.1"\n    kind: IP\n  x: 1\n`,
    ],
    [
      'replace a list that is null',
      `${HEAD}spec:\n  revocations: ~\n`,
      `${HEAD}spec:\n  revocations:\n  - ip: "10.0.0.1"\n    kind: IP\n`,
    ],
    [
      'get a new list',
      `${HEAD}spec:\n    description: none\n    x: 1\n`,
      `${HEAD}spec:\n    description: none\n    revocations:\n    - ip: "10.0.0.1"\n      kind: IP\n    x: 1\n`,
    ],
    [
      'get a new spec',
      `${HEAD}metadata:\n  name: r\n`,
      `${HEAD}metadata:\n  name: r\nspec:\n  revocations:\n  - ip: "10.0.0.1"\n    kind: IP\n`,
    ],
    [
      'fill an empty spec',
      `${HEAD}spec: {}\nstatus: 1\n`,
      `${HEAD}spec:\n  revocations:\n  - ip: "10.0.0.1"\n    kind: IP\nstatus: 1\n`,
    ],
    [
      'follow an invalid entry',
      `${HEAD}spec:\n  revocations:\n  - none`,
      `${HEAD}spec:\n  revocations:\n  - none\n  - ip: "10.0.0.1"\n    kind: IP\n`,
    ],
    [
      'in JSON',
      '{"kind": "RenewRevocation", "spec": {"revocations": []}}',
      '{"kind": "RenewRevocation", "spec": {"revocations": [{"ip": "10.0.0.1", "kind": "IP"}]}}',
    ],
    [
      'in JSON without a spec',
      '{"kind": "RenewRevocation"}',
      '{"kind": "RenewRevocation", "spec": {"revocations": [{"ip": "10.0.0.1", "kind": "IP"}]}}',
    ],
  ])('%s', (_title, text, expected) => {
    expect(editRevocation(text, 0, append())).toBe(expected);
  });

  test('have Windows line ends if the text has them', () => {
    const text = `${HEAD}spec:\n  revocations: []\n`.replaceAll('\n', '\r\n');
    const edited = editRevocation(text, 0, append()) ?? '';
    expect(edited.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(edited.endsWith('  revocations:\r\n  - ip: "10.0.0.1"\r\n    kind: IP\r\n')).toBe(true);
  });

  test('can be empty at first and be filled in later', () => {
    const text = `${HEAD}spec:\n  revocations:\n  - kind: IP\n`;
    const empty = editRevocation(text, 0, append([{}])) ?? '';
    expect(empty).toBe(`${text}  - {}\n`);
    const filled = editRevocation(empty, 0, set(1, 'group', 'ops'));
    expect(filled).toBe(`${text}  - {"group": "ops"}\n`);
    expect(editRevocation(filled ?? '', 0, { kind: 'unset', entryIndex: 1, field: 'group' })).toBe(empty);
  });

  test('leave the text unchanged if there are none', () => {
    expect(editRevocation(ARTICLE, 0, append([]))).toBe(ARTICLE);
  });

  test('can replace entries that were all removed', () => {
    for (const text of [
      `${HEAD}spec:\n  revocations:\n  - kind: IP\n  x: 1\n`,
      `${HEAD}spec: {revocations: [{kind: IP}], x: 1}\n`,
    ]) {
      const without = editRevocation(text, 0, { kind: 'remove', entryIndex: 0 }) ?? '';
      expect(readRevocationDrafts(without).objects[0]?.draft.entries).toEqual([]);
      const again = editRevocation(without, 0, append()) ?? '';
      expect(readRevocationDrafts(again).objects[0]?.draft.entries).toEqual(IP_ENTRY);
    }
  });
});

describe('a field that the object lacked', () => {
  test.each<[string, string, DraftChange, string]>([
    ['in missing metadata', `${HEAD}spec: {}\n`, setName('r'), `${HEAD}metadata:\n  name: r\nspec: {}\n`],
    [
      'in metadata without a value',
      `${HEAD}metadata: # who\nspec: {}\n`,
      setName('r'),
      `${HEAD}metadata: # who\n  name: r\nspec: {}\n`,
    ],
    [
      'in metadata with braces',
      `${HEAD}metadata: {}\nspec: {}\n`,
      setName('r'),
      `${HEAD}metadata:\n  name: r\nspec: {}\n`,
    ],
    [
      'in a missing spec',
      HEAD,
      { kind: 'set-object', field: 'description', value: 'lost' },
      `${HEAD}spec:\n  description: lost\n`,
    ],
    [
      'at the top level',
      'kind: RenewRevocation\n',
      { kind: 'set-object', field: 'apiVersion', value: 'certificates.microsoft.com/v1' },
      'kind: RenewRevocation\napiVersion: certificates.microsoft.com/v1\n',
    ],
    [
      'in a name that is yet to be filled in',
      `${HEAD}metadata:\n  name: ""\n`,
      setName('lost-laptop'),
      `${HEAD}metadata:\n  name: lost-laptop\n`,
    ],
  ])('%s', (_title, text, change, expected) => {
    expect(editRevocation(text, 0, change)).toBe(expected);
  });

  test('an empty description is removed, and an empty name stays', () => {
    const described = `${HEAD}spec:\n  description: lost # why\n  revocations: []\n`;
    expect(editRevocation(described, 0, { kind: 'set-object', field: 'description', value: '' })).toBe(
      `${HEAD}spec:\n  revocations: []\n`,
    );
    const text = `${HEAD}metadata:\n  name: lost # what\n`;
    expect(editRevocation(text, 0, setName(''))).toBe(text.replace('lost', '""'));
  });

  test('a name that is too long is written unchanged', () => {
    const name = 'n'.repeat(400);
    expect(editRevocation(ARTICLE, 0, setName(name))).toBe(ARTICLE.replace('my-renew-revocation', name));
  });
});

describe('an object added to a text', () => {
  const draft: RevocationDraft = { name: 'lost', entries: [{ kind: 'Group', group: 'ops', notBefore: MOMENT }] };
  const begin: DraftChange = { kind: 'begin', draft };
  const WRITTEN = `${HEAD}metadata:
  name: lost
  namespace: kube-system
spec:
  revocations:
  - group: ops
    kind: Group
    notBefore: "${MOMENT}"
`;

  test.each<[string, string, string]>([
    ['becomes the whole text if there was none', '', WRITTEN],
    ['becomes the whole text if that was blank', ' \n\n', WRITTEN],
    ['follows an existing object', ARTICLE, `${ARTICLE}---\n${WRITTEN}`],
    ['begins on its own line', ARTICLE.trimEnd(), `${ARTICLE}---\n${WRITTEN}`],
    ['follows objects of other kinds', 'kind: A\n', `kind: A\n---\n${WRITTEN}`],
    ['needs no separator after comments alone', '# mine\n', `# mine\n${WRITTEN}`],
    ['fills the empty document at the end', 'kind: A\n---\n', `kind: A\n---\n${WRITTEN}`],
    ['follows a list', `kind: List\nitems: []\n`, `kind: List\nitems: []\n---\n${WRITTEN}`],
    ['follows text of several lines', 'kind: A\nx: |+\n  y\n\n', `kind: A\nx: |+\n  y\n\n---\n${WRITTEN}`],
  ])('%s', (_title, text, expected) => {
    expect(editRevocation(text, 0, begin)).toBe(expected);
  });

  test('has Windows line ends if the existing objects have them', () => {
    const text = ARTICLE.replaceAll('\n', '\r\n');
    expect(editRevocation(text, 0, begin)).toBe(`${text}${`---\n${WRITTEN}`.replaceAll('\n', '\r\n')}`);
  });

  test('may follow an unfinished document', () => {
    const entries = [{}, { kind: 'nonsense' }, { kind: 'DNS', dns: '' }, { dns: 'a b' }];
    const edited = editRevocation('', 0, { kind: 'begin', draft: { entries } }) ?? '';
    expect(readRevocationDrafts(edited).objects[0]?.draft).toEqual({
      apiVersion: 'certificates.microsoft.com/v1',
      kind: 'RenewRevocation',
      namespace: 'kube-system',
      entries,
    });
    expect(edited).toContain('  name: ""\n');
    expect(editRevocation('', 0, { kind: 'begin', draft: { entries: [] } })).toContain('  revocations: []\n');
  });

  test('is not added to JSON, since readers would ignore it', () => {
    expect(editRevocation('{"kind": "RenewRevocation"}\n', 0, begin)).toBeUndefined();
    expect(editRevocation(' [1]', 0, begin)).toBeUndefined();
  });
});

test.each<[string, string, DraftFix]>([
  [
    'an entry shared by two places',
    ARTICLE.replace('- description: Revoked certificates by group', '- &shared\n    description: x').concat(
      '  - *shared\n',
    ),
    set(1, 'group', 'ops'),
  ],
  ['a missing entry', ARTICLE, set(9, 'group', 'ops')],
  ['a missing field', ARTICLE, { kind: 'unset', entryIndex: 1, field: 'notBefore' }],
  ['a list in place of a value', ARTICLE.replace('system:nodes', '[a]'), set(1, 'group', 'ops')],
])('%s must be changed by hand', (_title, text, fix) => {
  expect(editRevocation(text, 0, fix)).toBeUndefined();
});

test('in any layout, a change is made exactly or not at all', () => {
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
      expect(after?.draft).toEqual(changeDraft(before.draft, one));
      // Comments disappear only with a removed line or entry.
      if (one.kind === 'set' || one.kind === 'insert') expect(comments(edited)).toEqual(comments(text));
      const { gone } = difference(text, edited);
      expect(gone.length).toBeLessThanOrEqual(one.kind === 'remove' ? 6 : 2);
    }),
    { numRuns: 500, seed: 11 },
  );
  expect(changed).toBeGreaterThan(250);
});

/** Removes empty values, which are read as if they were absent. */
function dropBlanks({ entries, ...object }: RevocationDraft): object {
  const dropBlankFields = (fields: object): object =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return { ...dropBlankFields(object), entries: entries.map(dropBlankFields) };
}

test('a new object after any text leaves every byte of the text unchanged, and can be read', () => {
  const field = fc.option(fc.string({ maxLength: 12, unit: 'grapheme' }), { nil: undefined });
  const some = <T extends string>(...names: T[]): fc.Arbitrary<{ [N in T]?: string }> =>
    fc
      .record(Object.fromEntries(names.map((name) => [name, field])))
      .map(
        (values) =>
          Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
            [N in T]?: string;
          },
      );
  const draft = fc.tuple(
    some('name', 'namespace', 'description'),
    fc.array(some('description', 'dns', 'group', 'ip', 'kind', 'notBefore', 'serialNumber'), { maxLength: 4 }),
  );
  const texts = ['', '# c\n', ARTICLE, WITH_COMMENTS, ARTICLE.replaceAll('\n', '\r\n'), 'a: [\n'];
  let begun = 0;
  fc.assert(
    fc.property(fc.constantFrom(...texts), draft, (text, [object, entries]) => {
      const made: RevocationDraft = { ...object, entries };
      const edited = editRevocation(text, 0, { kind: 'begin', draft: made });
      if (edited === undefined) return;
      begun += 1;
      expect(edited.startsWith(text)).toBe(true);
      const after = readRevocationDrafts(edited).objects;
      expect(after).toHaveLength(readRevocationDrafts(text).objects.length + 1);
      const read = after.at(-1)?.draft ?? { entries: [] };
      expect(dropBlanks(read)).toEqual(dropBlanks(draftWithDefaults(made)));
    }),
    { numRuns: 400, seed: 17 },
  );
  // A new object is rejected only if the text ends in invalid YAML.
  expect(begun).toBeGreaterThan(300);
});

test('in any layout, an addition changes no other byte or is refused', () => {
  const texts = [
    ARTICLE,
    WITH_COMMENTS,
    ARTICLE.slice(0, ARTICLE.indexOf('  revocations:')),
    `${HEAD}spec: {revocations: [{kind: IP, ip: "::1"}, ]} # c\n`,
    `${HEAD}spec:\n  revocations:\n  -\n    kind: IP\n  - kind: DNS\n`,
    `${HEAD}spec: &s\n  revocations: []\nother: *s\n`,
  ];
  const entry = fc.record({ kind: fc.constantFrom('IP', 'DNS'), dns: fc.string({ maxLength: 9 }) });
  let appended = 0;
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(entry, { minLength: 1 }), (text, entries) => {
      const edited = editRevocation(text, 0, append(entries));
      const [before] = readRevocationDrafts(text).objects;
      if (edited === undefined || before === undefined) return;
      appended += 1;
      const [after] = readRevocationDrafts(edited).objects;
      expect(dropBlanks(after?.draft ?? { entries: [] })).toEqual(
        dropBlanks({ ...before.draft, entries: [...before.draft.entries, ...entries] }),
      );
      let start = 0;
      while (start < text.length && text[start] === edited[start]) start += 1;
      let end = 0;
      while (end < text.length - start && text.at(-1 - end) === edited.at(-1 - end)) end += 1;
      // The brackets of an empty list may be removed.
      expect(text.slice(start, text.length - end)).toMatch(/^(?:| ?\[\])$/u);
    }),
    { numRuns: 300, seed: 23 },
  );
  expect(appended).toBeGreaterThan(200);
});
