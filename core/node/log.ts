import { appendFileSync, chmodSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../shared/ports.ts';

export const LOG_NAME = 'arcwarden.log';
const LIMIT_BYTES = 1024 * 1024;
const VALUE_LIMIT = 4_000;

const WITHHELD = '[withheld]';
/** A private key in PEM, its Base64 in kubeconfig and MOC files, and a JWT. */
const SECRETS = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/u,
  /LS0tLS1CRUdJTi[A-Za-z0-9+/]{16}/u,
  /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/u,
];

/**
 * Opens a log in `<folder>/arcwarden.log`: one JSON document per line with `at`, `level`, `message` and further facts.
 * At 1 MB the file is renamed to `arcwarden.log.previous`. Callers never pass secrets; a value that still looks like a
 * private key or a token is written as `[withheld]`. Failed entries, for instance on a full disk, are counted; the next
 * successful entry reports their number.
 */
export function nodeLog(folder: string): Log {
  const path = join(folder, LOG_NAME);
  let missing = 0;
  return {
    write(level, message, facts = {}) {
      const entry = {
        at: new Date().toISOString(),
        level,
        message: safe(message),
        ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, safe(value)])),
        missingBefore: missing || undefined,
      };
      try {
        append(folder, path, `${JSON.stringify(entry)}\n`);
        missing = 0;
      } catch {
        missing += 1;
      }
    },
  };
}

function safe(value: string | number): string | number {
  if (typeof value === 'number') return value;
  if (SECRETS.some((secret) => secret.test(value))) return WITHHELD;
  return value.length > VALUE_LIMIT ? `${value.slice(0, VALUE_LIMIT)}…` : value;
}

function append(folder: string, path: string, line: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size !== undefined && size + Buffer.byteLength(line) > LIMIT_BYTES) renameSync(path, `${path}.previous`);
  appendFileSync(path, line, { mode: 0o600 });
  if (size === undefined) chmodSync(path, 0o600);
}
