import type { ImportedRevocation, LiftRequest } from '../contract.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Cluster } from '../model/credential.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { isSameRevocation } from '../model/renewal-refusal.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { clusterIn, type InventoryStore } from '../store/inventory-store.ts';
import { compareText } from '../assign/candidate.ts';
import { isGenericName } from '../../plan/model/cluster-name.ts';
import type { LongWork } from '../long-work.ts';
import { addTo } from '../../shared/lists.ts';
import { getFolder, pathParts } from '../assign/path-parts.ts';

export interface RevocationCandidate {
  object: RenewRevocation;
  path: string;
  entry: string;
  fileModified: Instant;
  isAlone: boolean;
  sample?: true;
}

export interface RevocationReading {
  revocations: readonly RevocationCandidate[];
  /** Files that were read. An object that is missing from its file no longer exists. */
  read: ReadonlySet<string>;
}

interface Placed {
  known: KnownRevocation;
  clusterId: ClusterId | undefined;
}

/**
 * Stores the objects found. Those of unknown clusters are kept apart and reconsidered at every import. If several files
 * contain one object, the most recently changed file counts. Returns all objects in file order. Throws `store.*`.
 */
export async function takeRevocations(
  { store, work }: { store: InventoryStore; work: LongWork },
  { revocations, read }: RevocationReading,
  { isSample, now }: { isSample: boolean; now: Instant },
): Promise<ImportedRevocation[]> {
  const isOwn = ({ sample: mark }: { sample?: true }): boolean => (mark === true) === isSample;
  const own = revocations.filter(isOwn);
  const all = store.clusters();
  const unplaced = store.listUnplacedRevocations();
  // The usual case, even in large fleets.
  if (own.length + unplaced.length === 0 && !all.some((cluster) => cluster.revocations !== undefined)) return [];
  const clusters = all.filter((cluster) => cluster.kind === 'kubernetes' && isOwn(cluster));
  const former: Placed[] = [
    ...clusters.flatMap(({ id, revocations: list = [] }) => list.map((known) => ({ known, clusterId: id }))),
    ...unplaced.filter(isOwn).map(({ known }) => ({ known, clusterId: undefined })),
  ];
  if (own.length === 0 && former.length === 0) return [];
  const taken = await assign(work, clusters, { own, former, read, now });
  if (taken.changed.length > 0) await store.updateAll(taken.changed);
  const sample = isSample || undefined;
  const left = [...unplaced.filter((one) => !isOwn(one)), ...taken.left.map((known) => ({ known, sample }))];
  if (!isEqual(left, unplaced)) await store.keepUnplacedRevocations(left);
  const namesById = new Map(clusters.map(({ id, name }) => [id, name]));
  return taken.found.map(({ known: { object, source, liftedAt }, clusterId }) => ({
    name: object.name,
    namespace: object.namespace,
    entries: object.entries.length,
    source: { path: source.path, entry: source.entry },
    clusterId,
    cluster: clusterId && namesById.get(clusterId),
    sample,
    lifted: liftedAt !== undefined || undefined,
  }));
}

async function assign(
  work: LongWork,
  clusters: readonly Cluster[],
  {
    own,
    former,
    read,
    now,
  }: { own: readonly RevocationCandidate[]; former: readonly Placed[]; read: ReadonlySet<string>; now: Instant },
) {
  const placer = new FilePlacer();
  for (const cluster of clusters) {
    await work.pause();
    placer.add(cluster);
  }
  const fromPath = new Map<string, Placed[]>();
  for (const one of former) addTo(fromPath, one.known.source.path, one);
  const found: Placed[] = [];
  for (const candidate of own) {
    await work.step();
    const before = fromPath.get(candidate.path) ?? [];
    const known = buildKnownRevocation(candidate, { before, now });
    const clusterId =
      placer.find(candidate.path) ?? before.find((one) => isSameRevocation(one.known.object, known.object))?.clusterId;
    found.push({ known, clusterId });
  }
  const byCluster = new Map<ClusterId | undefined, KnownRevocation[]>();
  for (const { known, clusterId } of found) addTo(byCluster, clusterId, known);
  for (const { known, clusterId } of former) {
    await work.step();
    if (!read.has(known.source.path)) addTo(byCluster, clusterId ?? placer.find(known.source.path), known);
  }
  const changed: Cluster[] = [];
  for (const cluster of clusters) {
    const next = pickNewest(byCluster.get(cluster.id) ?? []);
    const { revocations = [], ...others } = cluster;
    if (next.length + revocations.length === 0 || isEqual(next, revocations)) continue;
    changed.push({ ...others, ...(next.length > 0 && { revocations: next }) });
  }
  return { found, changed, left: pickNewest(byCluster.get(undefined) ?? []) };
}

/** Keeps an admin's mark while the object's contents stay the same. `before` is the former content of the file. */
function buildKnownRevocation(
  { object, path, entry, fileModified, isAlone }: RevocationCandidate,
  { before, now }: { before: readonly Placed[]; now: Instant },
): KnownRevocation {
  const same = before.find(({ known }) => known.liftedAt !== undefined && isEqual(known.object, object));
  const liftedAt = same?.known.liftedAt;
  return { object, source: { path, entry, fileModified, readAt: now }, isAlone, liftedAt };
}

function pickNewest(known: readonly KnownRevocation[]): KnownRevocation[] {
  const newest = [...known].sort(
    (left, right) =>
      compareText(left.object.namespace, right.object.namespace) ||
      compareText(left.object.name, right.object.name) ||
      compareText(right.source.fileModified, left.source.fileModified) ||
      compareText(left.source.path, right.source.path) ||
      compareText(left.source.entry, right.source.entry),
  );
  return newest.filter((one, at) => {
    const before = newest[at - 1];
    return before === undefined || !isSameRevocation(before.object, one.object);
  });
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Folders that contain unrelated files, such as the root of a drive. */
const SHARED_FOLDERS: ReadonlySet<string> = new Set(['home', 'users', 'tmp', 'temp', 'downloads']);

/**
 * Finds the cluster of an object by the location of its file: the cluster whose name is in the file name, or else in
 * the nearest folder, or else the only cluster with other files in the nearest folder that has any. If two are equally
 * good, neither is chosen.
 */
export class FilePlacer {
  readonly #names = new Map<string, NamedCluster[]>();
  readonly #others: NamedCluster[] = [];
  readonly #namedIn = new Map<string, ClusterId[]>();
  /** Includes every folder around a cluster's files. */
  readonly #byFolder = new Map<string, Set<ClusterId>>();

  add({ id, name, credentials }: Pick<Cluster, 'id' | 'name' | 'credentials'>): void {
    const named = { id, name: name.toLowerCase() };
    if (!isGenericName(name)) {
      if (isPlainWords(named.name)) addTo(this.#names, named.name, named);
      else this.#others.push(named);
    }
    let folder = '';
    for (const { sources } of credentials) {
      for (const { path } of sources) {
        // Most files are in the same folder as the previous file.
        if (getFolder(path) === folder) continue;
        folder = getFolder(path);
        this.#note(pathParts(path), id);
      }
    }
  }

  find(path: string): ClusterId | undefined {
    const parts = pathParts(path);
    for (const part of [...parts].reverse()) {
      const named = this.#listNamed(part);
      if (named.length > 0) return named.length === 1 ? named[0] : undefined;
    }
    for (let length = parts.length - 1; length > 1; length -= 1) {
      if (SHARED_FOLDERS.has((parts[length - 1] ?? '').toLowerCase())) return undefined;
      const near = this.#byFolder.get(parts.slice(0, length).join('/'));
      if (near !== undefined) return near.size === 1 ? [...near][0] : undefined;
    }
    return undefined;
  }

  /** Lists the longest names in a part of a path, so that `east-2` is not mistaken for `east`. */
  #listNamed(part: string): ClusterId[] {
    const known = this.#namedIn.get(part);
    if (known !== undefined) return known;
    const text = part.toLowerCase();
    const fitting = this.#candidates(text).filter(({ name }) => isWordIn(name, text));
    const longest = Math.max(0, ...fitting.map(({ name }) => name.length));
    const ids = fitting.filter(({ name }) => name.length === longest).map(({ id }) => id);
    this.#namedIn.set(part, ids);
    return ids;
  }

  #candidates(text: string): NamedCluster[] {
    if (BEYOND_16_BITS.test(text)) return [...this.#names.values(), this.#others].flat();
    const found = new Set(this.#others);
    const words = [...text.matchAll(WORDS)];
    for (const [at, { index: start }] of words.entries()) {
      for (const { 0: word, index } of words.slice(at))
        for (const named of this.#names.get(text.slice(start, index + word.length)) ?? []) found.add(named);
    }
    return [...found];
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

interface NamedCluster {
  id: ClusterId;
  /** In lower case. */
  name: string;
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const WORDS = /[\p{L}\p{N}]+/gu;
/** Characters that need two code units, which `isWordIn` would split. */
const BEYOND_16_BITS = /[\u{10000}-\u{10ffff}\p{Surrogate}]/u;

function isPlainWords(name: string): boolean {
  return !BEYOND_16_BITS.test(name) && /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su.test(name);
}

function isWordIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at).at(-1) ?? '';
    const after = text.charAt(at + word.length);
    if (!LETTER_OR_DIGIT.test(before) && !LETTER_OR_DIGIT.test(after)) return true;
  }
  return false;
}

/** Returns the same object if it already has this mark. Throws `cluster.unknown`, `revocation.unknown` or `store.*`. */
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
  const next = { ...known, liftedAt: lifted ? now : undefined };
  const changed = { ...cluster, revocations: revocations.map((one) => (one === known ? next : one)) };
  await store.update(changed);
  return changed;
}
