import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { fileTicket, name, pageLimit } from '../shared/contract/schemas.ts';
import type { Instant } from '../shared/instant.ts';
import type { SavedFile } from '../shared/saved-file.ts';

const auditListRequest = z.strictObject({
  /** Number of a line; only earlier lines are listed. Absent: from the last. */
  before: z.int().min(1).optional(),
  limit: pageLimit,
  /** Words to find anywhere in an entry, also in the window's language. */
  query: name.optional(),
  /** A word such as `revocation.written`. */
  action: name.optional(),
});
export type AuditListRequest = z.infer<typeof auditListRequest>;

/** The audit trail: who did what when. */
export const AUDIT_METHODS = {
  /** Newest first. */
  list: method(auditListRequest).reads().answers<AuditPage>(),
  /** Reads the whole trail and checks every line against the one before. */
  verify: method().reads().answers<AuditVerdict>(),
  /** Writes every line unchanged, with the findings of `verify`. */
  export: method({ format: z.enum(['json', 'csv']), target: fileTicket })
    .exports('audit.exported', ({ format }) => ({ format }))
    .answers<SavedFile>(),
};

export type AuditApi = Calls<typeof AUDIT_METHODS>;

/** A line was added; `lines` is the new total. */
export interface AuditEvents {
  appended: { lines: number };
}

/** One line of the audit trail; documented in `docs/data-formats.md`. */
export interface AuditLine {
  /** 1-based, as the file is now. */
  line: number;
  /** SHA-256. */
  hash: string;
  /** Absent when the text is not a line of a trail. */
  entry?: AuditedAction;
}

export interface AuditedAction {
  at: Instant;
  by: string;
  /** A word such as `revocation.written`; text: `audit.action.<word>`. */
  action: string;
  subject: string;
  params: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditPage {
  /** Lines in the file, whatever the request. */
  total: number;
  /** Date of the first line; absent when none is readable. */
  since?: Instant;
  lines: AuditLine[];
  /**
   * Value of `before` for the next page; absent once the first line was examined. A search returns after many lines,
   * even without a result.
   */
  next?: number;
}

export interface AuditVerdict {
  lines: number;
  /** SHA-256 of the last line, to be noted elsewhere. */
  head: string;
  /** Texts: `finding.<rule>`; empty for an intact trail. Only the first ones when there are very many. */
  faults: { rule: string; line: number }[];
  faultCount: number;
}
