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
import { toMilliseconds, type Instant } from '../../shared/instant.ts';
import {
  PUBLISHED_NAMESPACE,
  type ConsequenceId,
  type DraftEntry,
  type LintedDraft,
  type RevocationDraft,
} from '../../shared/renew-revocation/draft.ts';
import type { KnownCertificate } from './inventory-index.ts';
import { ENTRY_RULES } from './lint-entry.ts';
import { KNOWN_RULES } from './lint-known.ts';
import { OBJECT_RULES } from './lint-object.ts';
import { buildPostings, knownIndex, type Posting } from './postings.ts';
import { addressesInRange, knownAddresses, type KnownAddress } from './range.ts';
import type { LintedEntry, DraftFix, LintFinding, RuleContext } from './rule.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import { checkEntry, type EntryFault, type EntryFaultRule } from '../../shared/renew-revocation/structure.ts';

export interface LintContext {
  now: Instant;
  /** Certificates of the inventory; empty when nothing is known. */
  certificates: readonly KnownCertificate[];
}

export interface Linting {
  /** Findings about the object first, then by entry. */
  findings: LintFinding[];
  /** Consequences to confirm before the object is written, as far as they follow from the draft alone. */
  consequences: readonly ConsequenceId[];
  /** Well-formed entries, each with what it matches. */
  checked: readonly LintedEntry[];
  /** Absent when there is an error that nobody can accept, or nothing to revoke. */
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

/** Lints one draft. */
export function lintDraft(draft: RevocationDraft, context: LintContext): Linting {
  const [linting = { findings: [], consequences: [], checked: [] }] = lintDrafts([draft], context);
  return linting;
}

/**
 * Lints drafts by every rule, against the known certificates: each on its own, but looking through the certificates
 * only once. The only place that makes a `LintedDraft`; whether its consequences were confirmed is checked where it is
 * written.
 */
export function lintDrafts(drafts: readonly RevocationDraft[], context: LintContext): Linting[] {
  const { now, certificates } = context;
  const shared = { nowMs: toMilliseconds(now), certificates, ...buildLookups(certificates) };
  const read = drafts.map((draft) => readEntries(draft, shared));
  const indexed = buildPostings(
    read.flatMap(({ good }) => good.map(({ entry }) => entry)),
    certificates,
  );
  let next = 0;
  return read.map(({ draft, good, byEntry }) => {
    const checked = indexed.slice(next, (next += good.length)).map((one, at): LintedEntry => {
      const { index = 0, written = {} } = good[at] ?? {};
      return { ...one, index, written };
    });
    return linting({ draft, checked, byEntry }, { ...shared, twins: twinsIn(checked) }, context);
  });
}

/** `byEntry` holds the form faults of each entry. */
function linting(
  { draft, checked, byEntry }: Pick<ReadDraft, 'draft' | 'byEntry'> & { checked: LintedEntry[] },
  context: RuleContext,
  { now }: LintContext,
): Linting {
  for (const one of checked) byEntry[one.index]?.push(...entryFindings(one, context));
  const ofObject: LintFinding[] = [];
  for (const { id, severity, citations, check } of OBJECT_RULES)
    for (const { entryIndex, fixes = [], ...violation } of check({ draft, entries: checked }, context))
      (entryIndex === undefined ? ofObject : (byEntry[entryIndex] ?? ofObject)).push({
        rule: id,
        severity,
        citations,
        fixes,
        ...violation,
        ...(entryIndex !== undefined && { entryIndex }),
      });
  const findings = [...ofObject, ...byEntry.flat()];
  const { name = '' } = draft;
  const isSound = findings.every(({ severity, consequence }) => severity !== 'error' || consequence !== undefined);
  const consequences = [...new Set(findings.flatMap(({ consequence }) => consequence ?? []))];
  return isSound && checked.length > 0
    ? { findings, consequences, checked, linted: linted({ ...draft, name }, checked, now, consequences) }
    : { findings, consequences, checked };
}

function linted(
  { name = '', namespace = PUBLISHED_NAMESPACE, description = '' }: RevocationDraft,
  checked: readonly LintedEntry[],
  now: Instant,
  consequences: readonly ConsequenceId[],
): LintedDraft {
  const object = {
    name,
    namespace,
    ...(description !== '' && { description }),
    entries: checked.map(({ entry }) => entry),
  };
  const made: Omit<LintedDraft, symbol> = { object, lintedAt: now, consequences };
  return made as LintedDraft;
}

interface ReadDraft {
  draft: RevocationDraft;
  /** Well-formed entries with their positions. */
  good: { index: number; written: DraftEntry; entry: RevocationEntry }[];
  byEntry: LintFinding[][];
}

function readEntries(draft: RevocationDraft, { addresses }: Lookups): ReadDraft {
  const good: ReadDraft['good'] = [];
  const byEntry = draft.entries.map((written, index): LintFinding[] => {
    const { faults, entry } = checkEntry(written);
    if (entry !== undefined) good.push({ index, written, entry });
    return faults.map((fault) => ({
      ...fault,
      entryIndex: index,
      citations: FAULT_CITATIONS[fault.rule],
      fixes: listFixes(fault, { written, index, addresses }),
    }));
  });
  return { draft, good, byEntry };
}

function listFixes(
  { rule, params = {}, field }: EntryFault,
  about: { written: DraftEntry; index: number; addresses: Lookups['addresses'] },
): DraftFix[] {
  const { written, index: entryIndex, addresses } = about;
  switch (rule) {
    case 'revocation.kind-spelling':
      return [{ kind: 'set', entryIndex, field, value: params.published ?? '' }];
    case 'revocation.not-before-form':
      return [{ kind: 'set', entryIndex, field, value: params.readAs ?? '' }];
    case 'revocation.value-extra':
      return [{ kind: 'unset', entryIndex, field }];
    case 'revocation.ip-range': {
      const found = addressesInRange(written.ip ?? '', addresses());
      const entries = found.map((ip) => ({ ...written, ip }));
      return found.length === 0 ? [] : [{ kind: 'replace', entryIndex, entries }];
    }
    default:
      return [];
  }
}

/** What depends on the certificates alone, computed when a rule first asks for it. */
interface Lookups extends Pick<RuleContext, 'index' | 'groups'> {
  addresses: () => readonly KnownAddress[];
}

/** While typing, many texts are judged against the same certificates. */
const knownLookups = new WeakMap<readonly KnownCertificate[], Lookups>();

function buildLookups(certificates: readonly KnownCertificate[]): Lookups {
  const known = knownLookups.get(certificates);
  if (known !== undefined) return known;
  let groups: ReadonlyMap<string, string> | undefined;
  let addresses: readonly KnownAddress[] | undefined;
  const made: Lookups = {
    index: knownIndex(certificates),
    groups: () => (groups ??= listGroups(certificates)),
    addresses: () => (addresses ??= knownAddresses(certificates)),
  };
  knownLookups.set(certificates, made);
  return made;
}

function twinsIn(checked: readonly LintedEntry[]): RuleContext['twins'] {
  let dotless: Map<Posting, Set<number | undefined>> | undefined;
  return (posting, cutoffMs) => (dotless ??= indexDotless(checked)).get(posting)?.has(cutoffMs) === true;
}

function listGroups(certificates: readonly KnownCertificate[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const certificate of certificates)
    for (const group of certificate.groups) groups.set(group.toLowerCase(), group);
  return groups;
}

function indexDotless(checked: readonly LintedEntry[]): Map<Posting, Set<number | undefined>> {
  const found = new Map<Posting, Set<number | undefined>>();
  for (const { entry, posting, cutoffMs } of checked) {
    if (entry.kind !== 'DNS' || entry.value.endsWith('.')) continue;
    const cutoffs = found.get(posting) ?? new Set();
    found.set(posting, cutoffs.add(cutoffMs));
  }
  return found;
}

const RULES = [...KNOWN_RULES, ...ENTRY_RULES];

function entryFindings(one: LintedEntry, context: RuleContext): LintFinding[] {
  return RULES.flatMap(({ id, severity, field, citations, check }): LintFinding[] => {
    const violation = check(one, context);
    if (violation === undefined) return [];
    return [{ rule: id, severity, entryIndex: one.index, citations, field, fixes: [], ...violation }];
  });
}

/** Every rule with its sources, so that tests can check for its texts. */
export const LINT_RULES: readonly { id: string; citations: readonly Citation[] }[] = [
  ...[...RULES, ...OBJECT_RULES].map(({ id, citations }) => ({ id, citations })),
  ...Object.entries(FAULT_CITATIONS).map(([id, citations]) => ({ id, citations })),
];
