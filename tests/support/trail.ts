import type { AuditEntry } from '../../core/audit/store/audit-lines.ts';

/** Lines of a trail without those that say that an act has begun, or has failed. */
export function doneActs(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.filter(({ params: { phase = 'done' } }) => phase === 'done');
}

/** Paths without those of the trail in the data folder of tests, to which everything that is tried adds lines. */
export function withoutTrail(paths: readonly string[]): string[] {
  return paths.filter((path) => !path.startsWith('/data/audit'));
}
