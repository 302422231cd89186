import type { AuditEntry } from '../../core/audit/store/audit-lines.ts';

/** Lines of a trail without those that say that an act has begun. */
export function endedActs(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.filter(({ params }) => params['phase'] !== 'begun');
}
