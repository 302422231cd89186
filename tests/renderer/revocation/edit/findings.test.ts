import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { instant } from '../../../../core/shared/instant.ts';
import type { JudgedFinding, RevocationJudgement } from '../../../../core/revocation/model/view.ts';
import { judgeText } from '../../../../core/revocation/evaluate.ts';
import { TextState } from '../../../../renderer/i18n/text.svelte.ts';
import { entryView, getValueField } from '../../../../renderer/revocation/edit/entry.ts';
import { findEditedField, objectFindings } from '../../../../renderer/revocation/edit/findings.ts';
import { consequenceLine, fileText, fixText, revocationName } from '../../../../renderer/revocation/texts.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../../fixtures/revocation/article.yaml'), 'utf8');
const NOW = instant('2026-11-24T12:00:00Z');
const english = new TextState(
  () => 'en',
  () => 'utc',
);

function judge(text: string): RevocationJudgement {
  const known = { clusters: [], certificates: [], serialSpelling: 'serialnumber' } as const;
  return judgeText(text, { ...known, now: NOW }).judgement;
}

function listRules(findings: readonly JudgedFinding[]): string[] {
  return findings.map(({ rule }) => rule.replace('revocation.', ''));
}

describe('findings in the form', () => {
  test('shows findings at their entries, and at the fields that they concern or that their fixes change', () => {
    const findings = objectFindings(judge(ARTICLE), 0);
    const placed = [1, 2, 3, 4].map((entry) =>
      findings
        .ofEntry(entry)
        .map((finding) => `${listRules([finding]).join('')} at ${findEditedField(finding) ?? 'the entry'}`)
        .sort(),
    );
    expect(placed).toEqual([
      ['no-not-before at notBefore', 'wide-group at group'],
      ['dns-trailing-dot at dns', 'no-not-before at notBefore'],
      ['no-not-before at notBefore'],
      ['no-not-before at notBefore'],
    ]);
  });

  test('shows findings about the object at their field, or below the form if the field is not in the form', () => {
    const text = ARTICLE.replace('kube-system', 'other').replace('/v1', '/v2');
    const findings = objectFindings(judge(text), 0);
    expect([
      listRules(findings.ofObject('namespace')),
      listRules(findings.ofObject('name')),
      listRules(findings.ofObject()),
    ]).toEqual([['namespace'], [], ['api-version']]);
  });

  test('counts findings about other objects, and shows them once the object is chosen', () => {
    const text = `${ARTICLE}---\n${ARTICLE.replace('kube-system', 'other')}`;
    const [first, second] = [0, 1].map((shown) => objectFindings(judge(text), shown));
    expect(first?.elsewhere).toBe(judge(text).findings.length - (second?.elsewhere ?? 0));
    expect(listRules(second?.ofObject('namespace') ?? [])).toEqual(['namespace']);
    expect(listRules(first?.ofObject('namespace') ?? [])).toEqual([]);
  });

  test('shows the line where the text can no longer be parsed', () => {
    const text = 'kind: [RenewRevocation\n';
    const findings = objectFindings(judge(text), 0);
    expect(findings.isUnreadable).toBe(true);
    expect(findings.ofText.every(({ place }) => place.line !== undefined)).toBe(true);
  });
});

describe('entries in the form', () => {
  test.each([
    [{ kind: 'Group', group: 'a' }, 'group', 'Group'],
    [{ kind: 'group', group: 'a' }, 'group', 'Group'],
    [{ kind: 'SerialNumber', serialNumber: '1' }, 'serialNumber', 'serialnumber'],
    [{ kind: 'DNS', ip: '::1' }, 'ip', 'DNS'],
    [{ kind: 'DNS' }, 'dns', 'DNS'],
    [{ kind: 'Other', ip: '::1' }, 'ip', undefined],
    [{}, 'serialNumber', undefined],
  ] as const)('shows for %o the field %s and the kind %s', (entry, field, kind) => {
    expect(getValueField(entry)).toBe(field);
    expect(entryView(entry).kind).toBe(kind);
  });

  test('shows a cutoff with an offset as a time, and no time for an invalid cutoff', () => {
    expect(entryView({ notBefore: '2026-11-24T21:00:00+09:00' }).notBeforeMs).toBe(Date.parse('2026-11-24T12:00:00Z'));
    expect(entryView({ notBefore: 'yesterday' })).toEqual({ field: 'serialNumber' });
  });
});

describe('texts', () => {
  test('describes a fix by its effect', () => {
    const at = { entryIndex: 1 };
    const entries = [
      { kind: 'IP', ip: '10.0.0.1' },
      { kind: 'IP', ip: '10.0.0.2' },
    ];
    expect(
      (
        [
          { kind: 'set', ...at, field: 'notBefore', value: '2026-11-25T13:05:00Z' },
          { kind: 'set-object', field: 'namespace', value: 'kube-system' },
          { kind: 'unset', ...at, field: 'notBefore' },
          { kind: 'insert', ...at, entries: entries.slice(0, 1) },
          { kind: 'replace', ...at, entries },
          { kind: 'remove', ...at },
        ] as const
      ).map((fix) => fixText(english, fix)),
    ).toEqual([
      'Set notBefore to 2026-11-25T13:05:00Z',
      'Set namespace to kube-system',
      'Remove notBefore',
      'Add an entry: 10.0.0.1',
      'Replace it with 2 entries: 10.0.0.1, 10.0.0.2',
      'Remove this entry',
    ]);
  });

  test('names a document by its objects; without objects, by its goal', () => {
    expect(revocationName(english, { names: ['a', 'b'] })).toBe('a, b');
    expect(revocationName(english, { names: [], goal: 'node' })).toBe('A node was compromised');
    expect(revocationName(english, { names: [] })).toBe('No name yet');
  });

  test('states the most important fact about a file', () => {
    const file = { name: 'a.yaml', path: '/a.yaml', at: NOW, sha256: '' } as const;
    const describeFile = (edited: boolean, onDisk: 'same' | 'changed' | 'gone' | 'unreadable'): string =>
      fileText(english, { ...file, edited, onDisk });
    expect(fileText(english, undefined)).toBe('not saved as a file');
    expect(describeFile(false, 'same')).toMatch(/^a\.yaml, same as the file \(/u);
    expect(describeFile(true, 'same')).toMatch(/^a\.yaml, edited since /u);
    expect(describeFile(true, 'changed')).toBe('a.yaml, changed by another program');
    expect(describeFile(false, 'gone')).toBe('a.yaml is missing');
  });

  test('names the clusters in which a consequence occurs', () => {
    const citations = [{ certainty: 'inferred', work: 'source.overview' }] as const;
    const line = (clusters: readonly string[]): string =>
      consequenceLine(english, { id: 'all-api-servers', phrase: 'all API servers', clusters, citations });
    expect(line(['east', 'west'])).toBe(
      'No API server is left: each loses its own certificate, or the one that it uses for etcd. Clusters: east, west.',
    );
    expect(line([])).toContain('kubeadm');
  });
});
