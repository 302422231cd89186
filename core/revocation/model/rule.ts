import type { Citation } from '../../shared/citation.ts';
import type { Severity } from '../../shared/finding.ts';
import type {
  ConsequenceId,
  DraftEntry,
  EntryField,
  ObjectField,
  RevocationDraft,
} from '../../shared/renew-revocation/draft.ts';
import type { IndexedEntry, KnownIndex } from './postings.ts';

export type DraftFix =
  | { kind: 'set'; entryIndex: number; field: EntryField; value: string }
  | { kind: 'unset'; entryIndex: number; field: EntryField }
  /** `insert`: after the entry with this index. `replace`: instead of that entry. */
  | { kind: 'insert' | 'replace'; entryIndex: number; entries: readonly DraftEntry[] }
  | { kind: 'remove'; entryIndex: number }
  | { kind: 'set-object'; field: ObjectField; value: string };

export function setField(entryIndex: number, field: EntryField, value: string): DraftFix {
  return { kind: 'set', entryIndex, field, value };
}

/** A violated rule. Text: `finding.<rule>` with `params`. */
export interface LintFinding {
  rule: string;
  severity: Severity;
  /** Index in `draft.entries`; absent for a finding about the object. */
  entryIndex?: number;
  field?: EntryField | ObjectField;
  params?: Record<string, string | number>;
  /** The first citation supports the rule itself. */
  citations: readonly [Citation, ...Citation[]];
  /** Consequence to confirm before the object is written. An error without a consequence cannot be accepted. */
  consequence?: ConsequenceId;
  fixes: readonly DraftFix[];
}

/** Returns whether an object with this finding may be written, possibly after confirmation. */
export function isAcceptable({ severity, consequence }: Pick<LintFinding, 'severity' | 'consequence'>): boolean {
  return severity !== 'error' || consequence !== undefined;
}

export interface RuleContext {
  nowMs: number;
  inventory: KnownIndex;
  dotless: ReadonlySet<string>;
}

export interface LintedEntry extends IndexedEntry {
  index: number;
  written: DraftEntry;
}

/** Violation of a rule; missing fields come from the rule. */
export type Violation = Partial<Omit<LintFinding, 'rule' | 'severity' | 'citations'>>;

interface Rule extends Pick<LintFinding, 'severity' | 'citations'> {
  id: string;
}

export interface EntryRule extends Rule {
  field?: EntryField;
  check: (entry: LintedEntry, context: RuleContext) => Violation | undefined;
}

export interface ObjectRule extends Rule {
  check: (
    object: { draft: RevocationDraft; entries: readonly LintedEntry[] },
    context: RuleContext,
  ) => readonly Violation[];
}
