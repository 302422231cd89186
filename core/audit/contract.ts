import type { Instant } from '../shared/instant.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import type { Result } from '../shared/problem.ts';
import type { FileTicket } from '../shared/ticket.ts';

/** Who did what when. */
export interface AuditApi {
  /** Newest first. */
  list(request: AuditListRequest): Promise<Result<AuditPage>>;
  /** Reads the whole trail and holds every line against the one before. */
  verify(): Promise<Result<AuditVerdict>>;
  /** Every line as it is, with what `verify` says of it. */
  export(request: { format: 'json' | 'csv'; target: FileTicket }): Promise<Result<SavedFile>>;
}

/** A line more; how many there are now. */
export interface AuditEvents {
  appended: { lines: number };
}

export interface AuditListRequest {
  /** Only lines before the one with this number; absent: from the last. */
  before?: number;
  limit: number;
  /** Words that who, what, on what or the details hold, in the language of the window too. */
  query?: string;
  /** A word such as `revocation.written`. */
  action?: string;
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
