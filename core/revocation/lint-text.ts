import { OVERVIEW_REVOCATION } from '../knowledge/model/sources/sources.ts';
import { ROW_SERIAL_FORMS, YAML_SPECIFICATION } from '../knowledge/model/sources/sources-revocation.ts';
import type { Citation } from '../shared/citation.ts';
import type { Finding } from '../shared/finding.ts';
import { lintDraft, type LintContext, type LintResult } from './model/lint.ts';
import type { EntryField, ObjectField } from '../shared/renew-revocation/draft.ts';
import type { LintFinding } from './model/rule.ts';
import type { JudgedFinding } from './model/view.ts';
import {
  readRevocationDrafts,
  type WrittenRevocation,
  type WrittenRevocations,
} from '../formats/renew-revocation/draft-reader.ts';

export interface LintedObject extends LintResult {
  written: WrittenRevocation;
}

export interface LintedText {
  objects: LintedObject[];
  findings: JudgedFinding[];
}

/** Faults that the parser also reports; the rules describe them in more detail. */
const ALSO_RULES: ReadonlySet<string> = new Set([
  'revocation.no-name',
  'revocation.no-entries',
  'revocation.api-version',
  'revocation.object-kind',
]);
const NO_OBJECT: JudgedFinding = {
  rule: 'revocation.no-object',
  severity: 'error',
  place: { line: 1, column: 1 },
  citations: [OVERVIEW_REVOCATION],
  fixes: [],
};

/** Reads the objects in a text and checks them by all rules. Never throws. */
export function lintText(text: string, context: LintContext): LintedText {
  return lintWritten(readRevocationDrafts(text), context);
}

export function lintWritten(read: WrittenRevocations, context: LintContext): LintedText {
  const objects = read.objects.map((written) => ({ written, ...lintDraft(written.draft, context) }));
  const all = [
    ...read.findings
      .filter(({ rule }) => !ALSO_RULES.has(rule))
      .map((finding) => ({ ...finding, citations: citationsFor(finding), fixes: [] })),
    ...objects.flatMap(({ written, findings }, objectIndex) =>
      findings.map((finding) => placeFinding(finding, written, objectIndex)),
    ),
  ];
  if (objects.length === 0 && all.length === 0) all.push(NO_OBJECT);
  return { objects, findings: all.sort(compareByPlace) };
}

function citationsFor({ rule }: Finding): readonly [Citation, ...Citation[]] {
  if (rule === 'yaml.number-as-text') return [ROW_SERIAL_FORMS];
  const isOfYaml = rule.startsWith('yaml.') || rule === 'revocation.read-otherwise';
  return isOfYaml ? [YAML_SPECIFICATION] : [OVERVIEW_REVOCATION];
}

function placeFinding(finding: LintFinding, written: WrittenRevocation, objectIndex: number): JudgedFinding {
  const { entryIndex, field } = finding;
  const place =
    entryIndex === undefined
      ? written.placeOfField((field as ObjectField | undefined) ?? 'kind')
      : written.placeOfEntry(entryIndex, field as EntryField | undefined);
  return { ...finding, place, objectIndex };
}

function compareByPlace(one: JudgedFinding, other: JudgedFinding): number {
  const { line = 0, column = 0 } = one.place;
  return line - (other.place.line ?? 0) || column - (other.place.column ?? 0);
}
