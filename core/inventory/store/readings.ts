import type { Instant } from '../../shared/instant.ts';
import { isSameList } from '../../shared/lists.ts';
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

/** Changes a newly loaded cluster in place, since a copy would decode every certificate. */
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

/** Returns whether the clusters differ only in that everything but replaced credentials was reread at `at`. */
export function isReadAgain(before: Cluster, after: Cluster, at: Instant): boolean {
  return (
    haveSame(before, after, ['credentials', 'history']) &&
    isSameList(before.history, after.history) &&
    arePairs(before.credentials, after.credentials, (one, other) =>
      isReread(one, other, (_, { readAt }) => readAt === at),
    )
  );
}

/** Returns whether the clusters differ only in read times, some of which changed to the later time `at`. */
export function isSameButForReading(before: Cluster, after: Cluster | undefined, at: Instant): boolean {
  const isSame = (one: Credential, other: Credential): boolean =>
    isReread(one, other, (source, { readAt }) => source.readAt < at && (readAt === at || readAt === source.readAt));
  return (
    after !== undefined &&
    haveSame(before, after, ['credentials', 'history', 'revocations']) &&
    revocationsKey(before.revocations) === revocationsKey(after.revocations) &&
    arePairs(before.credentials, after.credentials, isSame) &&
    arePairs(
      before.history,
      after.history,
      (one, other) => haveSame(one, other, ['credential']) && isSame(one.credential, other.credential),
    )
  );
}

function revocationsKey(revocations: Cluster['revocations']): string | undefined {
  return JSON.stringify(revocations, (name, value: unknown) => (name === 'readAt' ? undefined : value));
}

/** Returns whether the credentials differ only in read times of their sources, and `isRead` accepts all of these. */
function isReread(one: Credential, other: Credential, isRead: (source: Source, reread: Source) => boolean): boolean {
  // Certificates with the same id have the same bytes.
  return (
    haveSame(one, other, ['sources', 'der', 'facts']) &&
    arePairs(one.sources, other.sources, (source, reread) => isSamePlace(source, reread) && isRead(source, reread))
  );
}

function isSamePlace(before: Source, after: Source): boolean {
  return haveSame(before, after, ['readAt']);
}

function arePairs<T>(one: readonly T[], other: readonly T[], fit: (one: T, other: T) => boolean): boolean {
  return one.length === other.length && one.every((each, at) => fit(each, other[at]!));
}

function haveSame<T extends object>(one: T, other: T, but: readonly string[]): boolean {
  const fields = Object.keys(one);
  return (
    fields.length === Object.keys(other).length &&
    fields.every((field) => but.includes(field) || one[field as keyof T] === other[field as keyof T])
  );
}
