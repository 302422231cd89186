import type { Citation } from '../../shared/citation.ts';
import { OVERVIEW_REVOCATION } from '../../knowledge/model/sources/sources.ts';
import {
  ROW_CUTOFF,
  ROW_DNS,
  ROW_IP,
  ROW_ONE_VALUE,
  ROW_SERIAL_FORMS,
  ROW_SPELLING,
} from '../../knowledge/model/sources/sources-revocation.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import {
  PUBLISHED_NAMESPACE,
  type ConsequenceId,
  type DraftEntry,
  type RevocationDraft,
} from '../../shared/renew-revocation/draft.ts';
import type { KnownCertificate } from './inventory-index.ts';
import { ENTRY_RULES, listDotless } from './lint-entry.ts';
import { KNOWN_RULES } from './lint-known.ts';
import { OBJECT_RULES } from './lint-object.ts';
import { getKnownIndex, type Posting } from './postings.ts';
import { addressesInRange } from './range.ts';
import { isAcceptable, setField, type DraftFix, type LintedEntry, type LintFinding, type RuleContext } from './rule.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { checkEntry, type EntryFault, type EntryFaultRule } from '../../shared/renew-revocation/structure.ts';

export interface LintContext {
  now: Instant;
  certificates: readonly KnownCertificate[];
}

export interface LintResult {
  findings: LintFinding[];
  /** Consequences to confirm before the object is written, as far as the draft alone shows them. */
  consequences: readonly ConsequenceId[];
  entries: readonly LintedEntry[];
  /** Absent if an error is unacceptable or nothing would be revoked. */
  object?: RenewRevocation;
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
  'revocation.blank': [ROW_SPELLING],
  'revocation.bad-not-before': [OVERVIEW_REVOCATION],
  'revocation.not-before-form': [OVERVIEW_REVOCATION, ROW_CUTOFF],
};

export function lintDraft(draft: RevocationDraft, { now, certificates }: LintContext): LintResult {
  const inventory = getKnownIndex(certificates);
  // Kept no longer than the draft, which may contain any values.
  const unmatched = new Map<string, Posting>();
  const read = draft.entries.map((written, index) => ({ written, index, ...checkEntry(written) }));
  const entries = read.flatMap(({ written, index, entry }): LintedEntry[] =>
    entry === undefined ? [] : [{ ...inventory.find(entry, unmatched), index, written }],
  );
  const context: RuleContext = { nowMs: epochMs(now), inventory, dotless: listDotless(entries) };
  const findings = [
    ...read.flatMap((one) =>
      one.faults.map((fault): LintFinding => {
        const citations = FAULT_CITATIONS[fault.rule];
        return { ...fault, entryIndex: one.index, citations, fixes: listFixes(fault, one, context) };
      }),
    ),
    ...entries.flatMap((one) => entryFindings(one, context)),
    ...OBJECT_RULES.flatMap(({ id, severity, citations, check }): LintFinding[] =>
      check({ draft, entries }, context).map((one) => ({ rule: id, severity, citations, fixes: [], ...one })),
    ),
  ].sort((one, other) => (one.entryIndex ?? -1) - (other.entryIndex ?? -1));
  const consequences = [...new Set(findings.flatMap(({ consequence }) => consequence ?? []))];
  const isSound = entries.length > 0 && findings.every(isAcceptable);
  return { findings, consequences, entries, object: isSound ? buildObject(draft, entries) : undefined };
}

function buildObject(
  { name = '', namespace = PUBLISHED_NAMESPACE, description = '' }: RevocationDraft,
  entries: readonly LintedEntry[],
): RenewRevocation {
  return { name, namespace, description: description || undefined, entries: entries.map(({ entry }) => entry) };
}

function listFixes(
  { rule, params = {}, field }: EntryFault,
  { written, index: entryIndex }: { written: DraftEntry; index: number },
  { inventory }: RuleContext,
): DraftFix[] {
  switch (rule) {
    case 'revocation.kind-spelling':
      return [setField(entryIndex, field, params.published ?? '')];
    case 'revocation.not-before-form':
      return [setField(entryIndex, field, params.readAs ?? '')];
    case 'revocation.blank':
      return [setField(entryIndex, field, (written[field] ?? '').trim())];
    case 'revocation.value-extra':
      return [{ kind: 'unset', entryIndex, field }];
    case 'revocation.ip-range': {
      const found = addressesInRange(written.ip ?? '', inventory.addresses);
      const entries = found.map((ip) => ({ ...written, ip }));
      return found.length === 0 ? [] : [{ kind: 'replace', entryIndex, entries }];
    }
    default:
      return [];
  }
}

const RULES = [...KNOWN_RULES, ...ENTRY_RULES];

function entryFindings(one: LintedEntry, context: RuleContext): LintFinding[] {
  return RULES.flatMap(({ id, severity, field, citations, check }): LintFinding[] => {
    const violation = field !== undefined && one.written[field] === undefined ? undefined : check(one, context);
    if (violation === undefined) return [];
    return [{ rule: id, severity, entryIndex: one.index, citations, field, fixes: [], ...violation }];
  });
}

export const LINT_RULES: readonly { id: string; citations: readonly Citation[] }[] = [
  ...[...RULES, ...OBJECT_RULES].map(({ id, citations }) => ({ id, citations })),
  ...Object.entries(FAULT_CITATIONS).map(([id, citations]) => ({ id, citations })),
];
