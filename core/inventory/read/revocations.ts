import type { ImportedRevocation, LiftRequest } from '../contract.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Cluster } from '../model/credential.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { isSameRevocation } from '../../revocation/model/renewal-refusal.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { clusterIn, type InventoryStore, type UnplacedRevocation } from '../../store/inventory-store.ts';
import { compareText } from '../assign/candidate.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import { pathParts } from '../assign/path-parts.ts';

/** A RenewRevocation object in a file, not yet assigned to a cluster. */
export interface RevocationCandidate {
  object: RenewRevocation;
  path: string;
  entry: string;
  fileModified: Instant;
  isAlone: boolean;
  /** Comes from a file of a sample fleet. */
  sample?: true;
}

export interface RevocationReading {
  revocations: readonly RevocationCandidate[];
  /** Paths of all files that were read: an object that one of them held before and no longer holds is gone. */
  read: ReadonlySet<string>;
}

/** An object and its cluster, as far as known. */
interface Placed {
  known: KnownRevocation;
  clusterId: ClusterId | undefined;
}

/**
 * Assigns the objects in files to their clusters; those whose cluster is unknown are kept apart and reconsidered at
 * every import. Of one object in several files the most recently changed file counts. Returns what was found, in file
 * order. `store.*` problems when the store cannot be written.
 */
export async function takeRevocations(
  store: InventoryStore,
  { revocations, read }: RevocationReading,
  { isSample, now }: { isSample: boolean; now: Instant },
): Promise<ImportedRevocation[]> {
  const own = revocations.filter(({ sample = false }) => sample === isSample);
  const clusters = store.clusters().filter(({ kind, sample = false }) => kind === 'kubernetes' && sample === isSample);
  const unplaced = store.unplacedRevocations();
  const former: Placed[] = [
    ...clusters.flatMap(({ id, revocations: list = [] }) => list.map((known) => ({ known, clusterId: id }))),
    ...unplaced
      .filter(({ sample = false }) => sample === isSample)
      .map(({ known }) => ({ known, clusterId: undefined })),
  ];
  if (own.length === 0 && former.length === 0) return [];
  const placer = new RevocationPlacer(clusters);
  const found = own.map((candidate): Placed => {
    const known = toKnownRevocation(candidate, { former, now });
    const before = former.find((one) => isFrom(one.known, known));
    return { known, clusterId: placer.find(candidate.path) ?? before?.clusterId };
  });
  const kept = former
    .filter(({ known }) => !read.has(known.source.path))
    .map(({ known, clusterId }) => ({ known, clusterId: clusterId ?? placer.find(known.source.path) }));
  const all = [...found, ...kept];
  for (const cluster of clusters) {
    const next = pickNewest(all.filter(({ clusterId }) => clusterId === cluster.id));
    if (isEqual(next, cluster.revocations ?? [])) continue;
    const { revocations: _, ...others } = cluster;
    await store.update({ ...others, ...(next.length > 0 && { revocations: next }) });
  }
  const others = unplaced.filter(({ sample = false }) => sample !== isSample);
  const left = pickNewest(all.filter(({ clusterId }) => clusterId === undefined)).map((known): UnplacedRevocation => ({
    known,
    ...(isSample && { sample: true }),
  }));
  if (!isEqual([...others, ...left], [...unplaced])) await store.keepUnplacedRevocations([...others, ...left]);
  const nameOf = new Map(clusters.map(({ id, name }) => [id, name]));
  return found.map(({ known: { object, source, liftedAt }, clusterId }) => {
    const cluster = clusterId === undefined ? undefined : nameOf.get(clusterId);
    return {
      name: object.name,
      namespace: object.namespace,
      entries: object.entries.length,
      source: { path: source.path, entry: source.entry },
      ...(clusterId !== undefined && cluster !== undefined && { clusterId, cluster }),
      ...(isSample && { sample: true }),
      ...(liftedAt !== undefined && { lifted: true }),
    };
  });
}

/** What an admin said about an object holds as long as its contents stay the same. */
function toKnownRevocation(
  { object, path, entry, fileModified, isAlone }: RevocationCandidate,
  { former, now }: { former: readonly Placed[]; now: Instant },
): KnownRevocation {
  const same = former.find(
    ({ known }) => known.liftedAt !== undefined && known.source.path === path && isEqual(known.object, object),
  );
  const liftedAt = same?.known.liftedAt;
  return { object, source: { path, entry, fileModified, readAt: now }, isAlone, liftedAt };
}

function isFrom(left: KnownRevocation, right: KnownRevocation): boolean {
  return left.source.path === right.source.path && isSameRevocation(left.object, right.object);
}

/** One for each namespace and name, from the most recently changed file. */
function pickNewest(placed: readonly Placed[]): KnownRevocation[] {
  const newest = placed
    .map(({ known }) => known)
    .sort(
      (left, right) =>
        compareText(left.object.namespace, right.object.namespace) ||
        compareText(left.object.name, right.object.name) ||
        compareText(right.source.fileModified, left.source.fileModified) ||
        compareText(left.source.path, right.source.path) ||
        compareText(left.source.entry, right.source.entry),
    );
  return newest.filter((known, at) => {
    const before = newest[at - 1];
    return before === undefined || !isSameRevocation(before.object, known.object);
  });
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Shared folders, such as the root of a drive: what lies in them is together by chance. */
const SHARED_FOLDERS: ReadonlySet<string> = new Set(['home', 'users', 'tmp', 'temp', 'downloads']);

/**
 * Finds the cluster of an object by the place of its file, since an object names no cluster: the cluster whose name
 * occurs in the file name, else in the nearest folder; else the only cluster with other files in the nearest folder
 * that has any. Of two equally good ones neither is chosen.
 */
export class RevocationPlacer {
  readonly #names: readonly { id: ClusterId; name: string }[];
  /** Clusters by the folders that hold files of theirs, at any depth. */
  readonly #byFolder = new Map<string, Set<ClusterId>>();

  constructor(clusters: readonly Cluster[]) {
    this.#names = clusters.filter(({ name }) => !isGenericName(name));
    for (const { id, credentials } of clusters)
      for (const { sources } of credentials) for (const { path } of sources) this.#note(pathParts(path), id);
  }

  find(path: string): ClusterId | undefined {
    const parts = pathParts(path);
    for (const part of [...parts].reverse()) {
      const named = this.#namedIn(part);
      if (named.length > 0) return named.length === 1 ? named[0] : undefined;
    }
    for (let length = parts.length - 1; length > 1; length -= 1) {
      if (SHARED_FOLDERS.has((parts[length - 1] ?? '').toLowerCase())) return undefined;
      const near = this.#byFolder.get(parts.slice(0, length).join('/'));
      if (near !== undefined) return near.size === 1 ? [...near][0] : undefined;
    }
    return undefined;
  }

  /** The longest names in a part of a path, so that `east-2` is not taken for `east`. */
  #namedIn(part: string): ClusterId[] {
    const text = part.toLowerCase();
    const fitting = this.#names.filter(({ name }) => isWordIn(name.toLowerCase(), text));
    const longest = Math.max(0, ...fitting.map(({ name }) => name.length));
    return fitting.filter(({ name }) => name.length === longest).map(({ id }) => id);
  }

  #note(parts: readonly string[], id: ClusterId): void {
    for (let length = parts.length - 1; length > 0; length -= 1) {
      const folder = parts.slice(0, length).join('/');
      const known = this.#byFolder.get(folder);
      if (known === undefined) this.#byFolder.set(folder, new Set([id]));
      else if (known.has(id)) return;
      else known.add(id);
    }
  }
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Whether a text contains a word that is not part of a longer one. */
function isWordIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at).at(-1) ?? '';
    const after = text.charAt(at + word.length);
    if (!LETTER_OR_DIGIT.test(before) && !LETTER_OR_DIGIT.test(after)) return true;
  }
  return false;
}

/**
 * Records that an object is no longer in force, or is again; returns the same object when that is already known.
 * `cluster.unknown`, `revocation.unknown`, `store.*`.
 */
export async function liftRevocation(
  store: InventoryStore,
  { clusterId, lifted, ...wanted }: LiftRequest,
  now: Instant,
): Promise<Cluster> {
  const cluster = clusterIn(store, clusterId);
  const { revocations = [] } = cluster;
  const known = revocations.find(({ object }) => isSameRevocation(object, wanted));
  if (known === undefined) throw new ConsoleError('revocation.unknown', { name: wanted.name });
  if ((known.liftedAt !== undefined) === lifted) return cluster;
  const { liftedAt: _, ...inForce } = known;
  const next: KnownRevocation = lifted ? { ...inForce, liftedAt: now } : inForce;
  const changed = { ...cluster, revocations: revocations.map((one) => (one === known ? next : one)) };
  await store.update(changed);
  return changed;
}
