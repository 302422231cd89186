import type { Citation } from './citation.ts';
import { OVERVIEW_REVOCATION } from './catalogue/sources.ts';
import {
  ROW_CUTOFF,
  ROW_DNS,
  ROW_IP,
  ROW_ONE_VALUE,
  ROW_SERIAL_FORMS,
  ROW_SPELLING,
} from './catalogue/sources-revocation.ts';
import type { Instant } from './instant.ts';
import { msOf } from './instant.ts';
import { PUBLISHED_NAMESPACE } from './revocation-draft.ts';
import type {
  ConsequenceId,
  DraftEntry,
  LintedDraft,
  RevocationDraft,
} from './revocation-draft.ts';
import type { KnownCertificate } from './revocation-known.ts';
import { ENTRY_RULES } from './revocation-lint-entry.ts';
import { KNOWN_RULES } from './revocation-lint-known.ts';
import { OBJECT_RULES } from './revocation-lint-object.ts';
import { postingsOf } from './revocation-postings.ts';
import type { Posting } from './revocation-postings.ts';
import { addressesInRange } from './revocation-range.ts';
import type { CheckedEntry, DraftFix, LintFinding, RuleContext } from './revocation-rule.ts';
import { serialIndex } from './revocation-serial.ts';
import type { SerialIndex } from './revocation-serial.ts';
import { checkEntry } from './revocation-structure.ts';
import type { EntryFault, EntryFaultRule } from './revocation-structure.ts';

export interface LintContext {
  now: Instant;
  /** What the inventory holds; empty when nothing is known. */
  certificates: readonly KnownCertificate[];
}

export interface Linting {
  /** What is about the object first, then by entry. */
  findings: LintFinding[];
  /** What has to be named before the object is written, by what the draft alone tells. */
  consequences: readonly ConsequenceId[];
  /** Absent when there is an error that nobody can take upon himself, or nothing to revoke. */
  linted?: LintedDraft;
}

const FAULT_CITATIONS: Record<EntryFaultRule, readonly [Citation, ...Citation[]]> = {
  'revocation.kind-missing': [OVERVIEW_REVOCATION],
  'revocation.kind-unknown': [OVERVIEW_REVOCATION],
  'revocation.kind-spelling': [OVERVIEW_REVOCATION, ROW_SPELLING],
  'revocation.value-missing': [OVERVIEW_REVOCATION],
  'revocation.value-extra': [OVERVIEW_REVOCATION, ROW_ONE_VALUE],
  'revocation.bad-serial': [ROW_SERIAL_FORMS],
  'revocation.bad-dns': [ROW_DNS],
  'revocation.bad-ip': [ROW_IP],
  'revocation.ip-range': [OVERVIEW_REVOCATION, ROW_IP],
  'revocation.bad-not-before': [OVERVIEW_REVOCATION],
  'revocation.not-before-form': [OVERVIEW_REVOCATION, ROW_CUTOFF],
};

/**
 * Judges a draft by every rule, against what is known of the cluster's certificates. The one place that makes a
 * `LintedDraft`; whether its consequences were confirmed is asked where it is written.
 */
export function lintDraft(draft: RevocationDraft, { now, certificates }: LintContext): Linting {
  const byEntry: LintFinding[][] = draft.entries.map(() => []);
  const checked = checkedEntries(draft, certificates, byEntry);
  const context = ruleContext(checked, { nowMs: msOf(now), certificates });
  for (const one of checked) byEntry[one.index]?.push(...entryFindings(one, context));
  const ofObject: LintFinding[] = [];
  for (const { id, severity, citations, check } of OBJECT_RULES)
    for (const { entryIndex, fixes = [], ...violation } of check(
      { draft, entries: checked },
      context,
    ))
      (entryIndex === undefined ? ofObject : (byEntry[entryIndex] ?? ofObject)).push({
        ...{ rule: id, severity, citations, fixes, ...violation },
        ...(entryIndex !== undefined && { entryIndex }),
      });
  const findings = [...ofObject, ...byEntry.flat()];
  const { name = '' } = draft;
  const isSound = findings.every(
    ({ severity, consequence }) => severity !== 'error' || consequence !== undefined,
  );
  const consequences = [...new Set(findings.flatMap(({ consequence }) => consequence ?? []))];
  return isSound && checked.length > 0
    ? { findings, consequences, linted: linted({ ...draft, name }, checked, now, consequences) }
    : { findings, consequences };
}

function linted(
  { name = '', namespace = PUBLISHED_NAMESPACE, description = '' }: RevocationDraft,
  checked: readonly CheckedEntry[],
  now: Instant,
  consequences: readonly ConsequenceId[],
): LintedDraft {
  const object = {
    ...{ name, namespace },
    ...(description !== '' && { description }),
    entries: checked.map(({ entry }) => entry),
  };
  const made: Omit<LintedDraft, symbol> = { object, lintedAt: now, consequences };
  return made as LintedDraft;
}

/** The entries whose form is right, each with what it names; what is wrong with the others is found. */
function checkedEntries(
  draft: RevocationDraft,
  certificates: readonly KnownCertificate[],
  byEntry: readonly LintFinding[][],
): CheckedEntry[] {
  const good: { index: number; written: DraftEntry }[] = [];
  const entries = draft.entries.flatMap((written, index) => {
    const { faults, entry } = checkEntry(written);
    byEntry[index]?.push(
      ...faults.map((fault) => ({
        ...fault,
        entryIndex: index,
        citations: FAULT_CITATIONS[fault.rule],
        fixes: fixesOf(fault, { written, index, certificates }),
      })),
    );
    if (entry === undefined) return [];
    good.push({ index, written });
    return [entry];
  });
  return postingsOf(entries, certificates).map((indexed, at) => {
    const { index = 0, written = {} } = good[at] ?? {};
    return { ...indexed, index, written };
  });
}

function fixesOf(
  { rule, params = {}, field }: EntryFault,
  about: { written: DraftEntry; index: number; certificates: readonly KnownCertificate[] },
): DraftFix[] {
  const { written, index: entryIndex, certificates } = about;
  switch (rule) {
    case 'revocation.kind-spelling':
      return [{ kind: 'set', entryIndex, field, value: params.published ?? '' }];
    case 'revocation.not-before-form':
      return [{ kind: 'set', entryIndex, field, value: params.readAs ?? '' }];
    case 'revocation.value-extra':
      return [{ kind: 'unset', entryIndex, field }];
    case 'revocation.ip-range': {
      const found = addressesInRange(written.ip ?? '', certificates);
      const entries = found.map((ip) => ({ ...written, ip }));
      return found.length === 0 ? [] : [{ kind: 'replace', entryIndex, entries }];
    }
    default:
      return [];
  }
}

function ruleContext(
  checked: readonly CheckedEntry[],
  { nowMs, certificates }: Pick<RuleContext, 'nowMs' | 'certificates'>,
): RuleContext {
  let serials: SerialIndex | undefined;
  let groups: ReadonlyMap<string, string> | undefined;
  let dotless: Map<Posting, Set<number | undefined>> | undefined;
  return {
    nowMs,
    certificates,
    serials: () => (serials ??= serialIndex(certificates)),
    groups: () => (groups ??= groupsOf(certificates)),
    twins: (posting, cutoffMs) =>
      (dotless ??= dotlessOf(checked)).get(posting)?.has(cutoffMs) === true,
  };
}

function groupsOf(certificates: readonly KnownCertificate[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const certificate of certificates)
    for (const group of certificate.groups) groups.set(group.toLowerCase(), group);
  return groups;
}

function dotlessOf(checked: readonly CheckedEntry[]): Map<Posting, Set<number | undefined>> {
  const found = new Map<Posting, Set<number | undefined>>();
  for (const { entry, posting, cutoffMs } of checked) {
    if (entry.kind !== 'DNS' || entry.value.endsWith('.')) continue;
    const cutoffs = found.get(posting) ?? new Set();
    found.set(posting, cutoffs.add(cutoffMs));
  }
  return found;
}

const RULES = [...KNOWN_RULES, ...ENTRY_RULES];

function entryFindings(one: CheckedEntry, context: RuleContext): LintFinding[] {
  return RULES.flatMap(({ id, severity, field, citations, check }): LintFinding[] => {
    const violation = check(one, context);
    if (violation === undefined) return [];
    return [
      {
        ...{ rule: id, severity, entryIndex: one.index, citations },
        ...(field !== undefined && { field }),
        fixes: [],
        ...violation,
      },
    ];
  });
}

/** Every rule with its sources, so that each can be shown to have its texts. */
export const LINT_RULES: readonly { id: string; citations: readonly Citation[] }[] = [
  ...[...RULES, ...OBJECT_RULES].map(({ id, citations }) => ({ id, citations })),
  ...Object.entries(FAULT_CITATIONS).map(([id, citations]) => ({ id, citations })),
];
