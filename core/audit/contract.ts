import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { fileTicket, name, pageLimit } from '../shared/contract/schemas.ts';
import type { Instant } from '../shared/instant.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';

const auditListRequest = z.strictObject({
  /** If present, only lines with a lower number are listed. */
  before: z.int().min(1).optional(),
  limit: pageLimit,
  /** Words to find in an entry, or in the text of its action in the window's language. */
  query: name.optional(),
  action: name.optional(),
});
export type AuditListRequest = z.infer<typeof auditListRequest>;

export const AUDIT_METHODS = {
  list: method(auditListRequest).reads().answers<AuditPage>(),
  verify: method().reads().answers<AuditVerdict>(),
  export: method({ format: z.enum(['json', 'csv']), target: fileTicket })
    .exports('audit.exported', ({ format }) => ({ format }))
    .answers<SavedFile>(),
};

export type AuditApi = Calls<typeof AUDIT_METHODS>;

/** `lines`: the new number of lines in the trail. */
export interface AuditEvents {
  appended: { lines: number };
}

/** Documented in `docs/data-formats.md`. */
export interface AuditLine {
  /** 1-based. */
  line: number;
  hash: string;
  /** Absent if the line is not a valid entry. */
  entry?: AuditedAction;
}

export interface AuditedAction {
  at: Instant;
  by: string;
  /** For example `revocation.written`; its text has the key `audit.action.<action>`. */
  action: string;
  subject: string;
  params: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditPage {
  /** Number of lines in the file, regardless of the request. */
  total: number;
  /** Date of the first line, if that is a valid entry. */
  since?: Instant;
  lines: AuditLine[];
  /**
   * Value of `before` for the next page; absent if this page reaches the first line. A search stops after many lines,
   * even without a match.
   */
  next?: number;
}

export interface AuditVerdict {
  lines: number;
  head: string;
  /** The first faults, at most 200; their texts have the keys `finding.<rule>`. */
  faults: { rule: string; line: number }[];
  faultCount: number;
}
