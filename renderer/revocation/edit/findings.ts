import type { Severity } from '../../../core/shared/finding.ts';
import type { EntryField, ObjectField } from '../../../core/shared/renew-revocation/draft.ts';
import type { JudgedFinding, RevocationJudgement } from '../../../core/revocation/model/view.ts';

/** Fields of the form. Findings about other fields are shown below the form. */
const SHOWN_FIELDS: readonly string[] = ['name', 'namespace', 'description'] satisfies ObjectField[];

export function objectFindings(judgement: RevocationJudgement | undefined, shown: number) {
  const all = judgement?.findings ?? [];
  const ofText = all.filter(({ objectIndex }) => objectIndex === undefined);
  const own = all.filter(({ objectIndex }) => objectIndex === shown);
  return {
    /** Findings about the whole text: its syntax, and objects that are not revocations. */
    ofText,
    isUnreadable: isUnreadable(judgement),
    /** Findings about one field of the object; without `wanted`, about everything that has no field in the form. */
    ofObject: (wanted?: ObjectField) =>
      own.filter(({ entryIndex, field }) => {
        if (entryIndex !== undefined) return false;
        const isShown = field !== undefined && SHOWN_FIELDS.includes(field);
        return wanted === undefined ? !isShown : field === wanted;
      }),
    ofEntry: (index: number) => own.filter(({ entryIndex }) => entryIndex === index),
    elsewhere: all.length - ofText.length - own.length,
    counts: listCounts([...ofText, ...own]),
  };
}

/** Returns whether the text cannot be parsed completely, for example while a word is being typed. */
export function isUnreadable(judgement: RevocationJudgement | undefined): boolean {
  return (judgement?.findings ?? []).some(
    ({ rule, severity, objectIndex }) => objectIndex === undefined && severity === 'error' && rule.startsWith('yaml.'),
  );
}

/** Returns the field that a finding is about; if there is none, the only field that its fixes change. */
export function findEditedField({ field, fixes }: JudgedFinding): EntryField | ObjectField | undefined {
  if (field !== undefined) return field;
  const fields = new Set(fixes.map((fix) => ('field' in fix ? fix.field : undefined)));
  return fields.size === 1 ? [...fields][0] : undefined;
}

export function listCounts(findings: readonly JudgedFinding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
