import type { Cluster } from '../model/credential.ts';
import type { UnreadableEntry } from './cluster-format.ts';
import type { JsonObject } from '../../store/migrations.ts';

/** Omits entries that were imported again, which repairs them. */
export function findMissingEntries(unreadable: readonly UnreadableEntry[], cluster: Cluster): UnreadableEntry[] {
  if (unreadable.length === 0) return [];
  const ids = new Set<unknown>([
    ...cluster.credentials.map(({ id }) => id),
    ...cluster.history.map(({ credential }) => credential.id),
  ]);
  return unreadable.filter(({ list, raw }) => {
    const entry = list === 'history' ? getField(raw, 'credential') : raw;
    return !ids.has(getField(entry, 'id') ?? raw);
  });
}

function getField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[name] : undefined;
}
