import type { Instant } from '../../shared/instant.ts';
import type { Source } from '../../shared/source.ts';
import type { Cluster, Credential } from '../model/credential.ts';
import type { ClusterReading } from './schemas.ts';

/** Enough digits to distinguish the states of one file. */
const DIGITS = 16;

/** Returns a reading of the cluster in a file; `undefined` if the file has no checksum. */
export function createReading({ checksum }: { checksum: string | undefined }, at: Instant): ClusterReading | undefined {
  return checksum === undefined ? undefined : { at, checksum: checksum.slice(0, DIGITS) };
}

export function isReadingFrom(reading: ClusterReading, { checksum }: { checksum: string | undefined }): boolean {
  return reading.checksum === checksum?.slice(0, DIGITS);
}

/**
 * Adds the reading from the index to a cluster just loaded from its file. Changes the cluster in place, since no other
 * code has it yet and a copy would decode every certificate.
 */
export function addReading(
  cluster: Cluster,
  file: { checksum: string | undefined },
  reading: ClusterReading | undefined,
): Cluster {
  if (reading === undefined || !isReadingFrom(reading, file)) return cluster;
  const { at } = reading;
  for (const { sources } of cluster.credentials) {
    for (const source of sources) if (source.readAt < at) source.readAt = at;
  }
  return cluster;
}

/**
 * Whether the clusters differ only in that everything was read again at `at`. Replaced credentials are no longer read.
 */
export function isReadAgain(before: Cluster, after: Cluster, at: Instant): boolean {
  return (
    haveSame(before, after, ['credentials', 'history']) &&
    before.history.length === after.history.length &&
    before.history.every((replaced, position) => replaced === after.history[position]) &&
    before.credentials.length === after.credentials.length &&
    before.credentials.every((credential, position) => isFoundAgain(credential, after.credentials[position], at))
  );
}

/** Whether the clusters differ only in read times, and everything reread was read at `at`, later than before. */
export function isSameButForReading(before: Cluster, after: Cluster | undefined, at: Instant): boolean {
  return (
    after !== undefined &&
    haveSame(before, after, ['credentials', 'history', 'revocations']) &&
    revocationsKey(before.revocations) === revocationsKey(after.revocations) &&
    before.credentials.length === after.credentials.length &&
    before.credentials.every((credential, position) => isSameButRead(credential, after.credentials[position], at)) &&
    before.history.length === after.history.length &&
    before.history.every((replaced, position) => {
      const other = after.history[position];
      return (
        other !== undefined &&
        haveSame(replaced, other, ['credential']) &&
        isSameButRead(replaced.credential, other.credential, at)
      );
    })
  );
}

function revocationsKey(revocations: Cluster['revocations']): string | undefined {
  return JSON.stringify(revocations, (name, value: unknown) => (name === 'readAt' ? undefined : value));
}

function isSameButRead(before: Credential, after: Credential | undefined, at: Instant): boolean {
  if (after === undefined || !haveSame(before, after, ['sources', 'der', 'facts'])) return false;
  return (
    before.sources.length === after.sources.length &&
    before.sources.every((source, position) => {
      const read = after.sources[position];
      const isRead = read?.readAt === at || read?.readAt === source.readAt;
      return source.readAt < at && isRead && isSamePlace(source, read);
    })
  );
}

function isFoundAgain(before: Credential, after: Credential | undefined, at: Instant): boolean {
  // Certificates with the same id have the same bytes.
  if (after === undefined || !haveSame(before, after, ['sources', 'der', 'facts'])) return false;
  return (
    before.sources.length === after.sources.length &&
    before.sources.every((source, position) => isSameRead(source, after.sources[position], at))
  );
}

function isSameRead(before: Source, after: Source | undefined, at: Instant): boolean {
  return after?.readAt === at && isSamePlace(before, after);
}

function isSamePlace(before: Source, after: Source): boolean {
  return before.path === after.path && before.entry === after.entry && before.fileModified === after.fileModified;
}

function haveSame<T extends object>(one: T, other: T, but: readonly string[]): boolean {
  const fields = Object.keys(one);
  return (
    fields.length === Object.keys(other).length &&
    fields.every((field) => but.includes(field) || one[field as keyof T] === other[field as keyof T])
  );
}
