import type { AuditEntry } from '../../core/audit/store/audit-lines.ts';

/** Keeps only the entries about completed actions. */
export function listDone(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.filter(({ params: { phase = 'done' } }) => phase === 'done');
}

/** Removes the paths of the audit trail, which grows with every attempt. */
export function dropTrail(paths: readonly string[]): string[] {
  return paths.filter((path) => !path.startsWith('/data/audit'));
}
