import type { AuditEntry } from '../../core/audit/store/audit-lines.ts';

/** Keeps only the lines about completed actions. */
export function listDone(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.filter(({ params: { phase = 'done' } }) => phase === 'done');
}

/** Removes the paths of the trail, to which every attempt adds lines. */
export function dropTrail(paths: readonly string[]): string[] {
  return paths.filter((path) => !path.startsWith('/data/audit'));
}
