import type { AuditAction } from '../audit/model/audit.ts';
import { instantFromMs } from '../shared/instant.ts';
import type { Guard } from './model/view.ts';
import type { AuditRecord } from '../audit/store/audit.ts';

/** What of a manifest goes into the audit trail, wherever it was written or sent from. */
export interface ManifestFacts {
  /** Of its objects. */
  names: readonly string[];
  /** Of the text, in lower-case hex. */
  sha256: string;
  /** Entries of all objects, and certificates that they match. */
  entries: number;
  matched: number;
  /** Milliseconds since 1970; absent when nothing that is matched is still valid. */
  exposureUntilMs?: number;
  guard: Guard;
}

/** The line of the trail that tells of it; `more` says where it went. */
export function manifestRecord(
  action: AuditAction,
  by: string,
  { names, sha256, entries, matched, exposureUntilMs, guard }: ManifestFacts,
  more: NonNullable<AuditRecord['params']> = {},
): AuditRecord {
  return {
    by,
    action,
    subject: names.join(', '),
    params: {
      ...more,
      sha256,
      entries,
      matched,
      ...(exposureUntilMs !== undefined && { exposureUntil: instantFromMs(exposureUntilMs) }),
      ...(guard.phrase !== undefined && { understood: guard.phrase }),
    },
  };
}
