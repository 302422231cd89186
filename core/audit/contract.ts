import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { fileTicket, name, pageLimit } from '../shared/contract/schemas.ts';
import type { Instant } from '../shared/instant.ts';
import type { SavedFile } from '../shared/saved-file.ts';

const auditListRequest = z.strictObject({
  /** Only lines before the one with this number; absent: from the last. */
  before: z.int().min(1).optional(),
  limit: pageLimit,
  /** Words that who, what, on what or the details hold, in the language of the window too. */
  query: name.optional(),
  /** A word such as `revocation.written`. */
  action: name.optional(),
});
export type AuditListRequest = z.infer<typeof auditListRequest>;

/** Who did what when. */
export const AUDIT_METHODS = {
  /** Newest first. */
  list: method(auditListRequest).reads().answers<AuditPage>(),
  /** Reads the whole trail and holds every line against the one before. */
  verify: method().reads().answers<AuditVerdict>(),
  /** Every line as it is, with what `verify` says of it. */
  export: method({ format: z.enum(['json', 'csv']), target: fileTicket })
    .exports('audit.exported', ({ format }) => ({ format }))
    .answers<SavedFile>(),
};

export type AuditApi = Calls<typeof AUDIT_METHODS>;

/** A line more; how many there are now. */
export interface AuditEvents {
  appended: { lines: number };
}

/** One line of the audit trail; documented in `docs/data-formats.md`. */
export interface AuditLine {
  /** 1-based, as the file is now. */
  line: number;
  /** SHA-256. */
  hash: string;
  /** Absent when it is no line of a trail. */
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
  /** Lines of the file, whatever was asked for. */
  total: number;
  /** When the first was written; absent when there is none that can be read. */
  since?: Instant;
  lines: AuditLine[];
  /**
   * What to ask for as `before` to go on; absent when the first line was looked at. A search comes back with what it has,
   * also with nothing, after many lines.
   */
  next?: number;
}

export interface AuditVerdict {
  lines: number;
  /** SHA-256 of the last line, to be kept elsewhere. */
  head: string;
  /** Texts: `finding.<rule>`; empty when nothing was changed. The first of them when there are very many. */
  faults: { rule: string; line: number }[];
  faultCount: number;
}
