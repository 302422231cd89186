export type FileKind =
  | 'index'
  | 'settings'
  | 'cluster'
  | 'correction'
  | 'authority'
  | 'keyring'
  | 'channels'
  | 'marks'
  | 'watch'
  | 'audit-head'
  | 'revocation'
  | 'run'
  | 'lab-agent'
  | 'labs'
  | 'shared';
export type JsonObject = Record<string, unknown>;

export const SCHEMA_VERSION = 1;

/** `apply` converts the content of a whole file; it may throw on unusable content. */
export interface Migration {
  from: number;
  to: number;
  apply(kind: FileKind, content: JsonObject): JsonObject;
}

/**
 * None so far. To add a step, raise `SCHEMA_VERSION`, append the step here, and keep a file of the old version in the
 * tests. A file is migrated in memory when read and on disk at its next change, so opening a folder with a newer
 * program changes nothing on disk.
 */
export const MIGRATIONS: readonly Migration[] = [];

export type Migrated =
  { outcome: 'current'; content: JsonObject } | { outcome: 'newer'; schema: number } | { outcome: 'damaged' };

/** Returns content in the current version; `damaged` if it has no version or no step leads to the current one. */
export function migrate(kind: FileKind, content: JsonObject, migrations: readonly Migration[]): Migrated {
  const schema = content['schema'];
  if (typeof schema !== 'number' || !Number.isInteger(schema)) return { outcome: 'damaged' };
  if (schema > SCHEMA_VERSION) return { outcome: 'newer', schema };
  let current = content;
  for (let version = schema; version < SCHEMA_VERSION;) {
    const step = migrations.find(({ from }) => from === version);
    if (step === undefined || step.to <= version) return { outcome: 'damaged' };
    try {
      current = { ...step.apply(kind, current), schema: step.to };
    } catch {
      return { outcome: 'damaged' };
    }
    version = step.to;
  }
  return { outcome: 'current', content: current };
}
