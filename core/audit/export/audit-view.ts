import type { AuditListRequest, AuditPage, AuditVerdict } from '../contract.ts';
import { isMessageKey, type Translate } from '../../shared/text/text.ts';
import type { AuditEntry } from '../store/audit-lines.ts';
import type { AuditTrail } from '../store/audit.ts';

/** Limit on faults sent to a window: an unrelated file in place of the trail would have one fault per line. */
const MOST_FAULTS = 200;

/** Throws `file.not-readable`. */
export async function auditPage(
  trail: AuditTrail,
  { before, limit, query, action }: AuditListRequest,
  translate: Translate,
): Promise<AuditPage> {
  const { lines, ...page } = await trail.page({ limit, before, accepts: createSearch({ query, action }, translate) });
  return {
    ...page,
    lines: lines.map(({ line, hash, entry }) => {
      if (entry === undefined) return { line, hash };
      const { at, by, action: word, subject, params } = entry;
      return { line, hash, entry: { at, by, action: word, subject, params } };
    }),
  };
}

/** Returns the matching entries, oldest first. Throws `file.not-readable`. */
export async function listEntries(
  trail: AuditTrail,
  search: Pick<AuditListRequest, 'query' | 'action'>,
  translate: Translate,
): Promise<AuditEntry[]> {
  const accepts = createSearch(search, translate) ?? (() => true);
  return (await trail.list()).filter(accepts);
}

function createSearch(
  { query = '', action }: Pick<AuditListRequest, 'query' | 'action'>,
  translate: Translate,
): ((entry: AuditEntry) => boolean) | undefined {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (action === undefined && words.length === 0) return undefined;
  return (entry) =>
    (action === undefined || entry.action === action) && (words.length === 0 || holds(entry, words, translate));
}

function holds(entry: AuditEntry, words: readonly string[], translate: Translate): boolean {
  const { by, action, subject, params } = entry;
  const key = `audit.action.${action}`;
  const named = isMessageKey(key) ? translate(key) : '';
  const text = [by, action, named, subject, ...Object.values(params)].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Verifies the trail; the verdict includes only the first faults. Throws `file.not-readable`. */
export async function auditVerdict(trail: AuditTrail): Promise<AuditVerdict> {
  const { faults, ...verdict } = await trail.verify();
  return { ...verdict, faults: faults.slice(0, MOST_FAULTS), faultCount: faults.length };
}
