import type { Cluster } from '../../inventory/model/credential.ts';
import type { Instant } from '../../shared/instant.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { JudgedText } from '../judged-text.ts';
import { isInUse } from '../kubeconfig.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { IndexedEntry } from '../model/postings.ts';
import type { ClusterImpact } from '../model/view.ts';
import { impactOfIndexed, matchesOf, type EntryMatches } from './impact.ts';
import { futureMatches, type FutureMatch } from './upcoming-certificates.ts';

export interface PreviewRequest {
  clusters: readonly Cluster[];
  /** The certificates of these clusters that the text was judged by. */
  certificates: readonly KnownCertificate[];
  now: Instant;
  /** The kubeconfig that the admin works with; default: the one that kubectl takes by itself. */
  kubeconfig?: string;
  /** Called between clusters, so that others get a turn. */
  pause: () => Promise<void>;
  /** How much is listed; default: everything. */
  limits?: PreviewLimits;
}

export interface PreviewLimits {
  /** Certificates that are listed in all; the others are only counted. */
  certificates: number;
  /** Objects times clusters: beyond it objects are not told one by one. */
  objectClusters: number;
}

/** The certificates that an entry names: all are counted, and as many listed as the limits allow. */
export interface PreviewedEntry {
  /** Position of its object in the text, the name of the object, and the position of the entry in it; all from 0. */
  objectIndex: number;
  object: string;
  index: number;
  entry: RevocationEntry;
  counts: Record<keyof EntryMatches | 'future', number>;
  listed: EntryMatches & { future: readonly FutureMatch[] };
}

export interface PreviewedObject {
  name: string;
  namespace: string;
  /** Number of entries that are written, readable or not. */
  entries: number;
  /** What it does by itself; empty for an object among very many. */
  clusters: readonly ClusterImpact[];
}

/** What a text would do, object by object and entry by entry, in the order of the text. */
export interface Preview {
  objects: readonly PreviewedObject[];
  /** Entries that can be read. */
  entries: readonly PreviewedEntry[];
}

const EVERYTHING: PreviewLimits = { certificates: Infinity, objectClusters: Infinity };

/** Says of a judged text what it would do to each known certificate and to the certificates that come next. */
export async function previewObjects(judged: JudgedText, request: PreviewRequest): Promise<Preview> {
  const { clusters, certificates, now, kubeconfig, pause, limits = EVERYTHING } = request;
  const { objects, impact } = judged.judgement;
  const placed = placeEntries(judged);
  const entries = placed.map(({ indexed }) => indexed.entry);
  const future = await futureMatches({ object: { name: '', namespace: '', entries }, clusters, now, pause });
  const isOwn = (certificate: KnownCertificate): boolean => isInUse(certificate, kubeconfig);
  const tellsEach = objects.length * impact.clusters.length <= limits.objectClusters;
  const byObject = objects.map((): IndexedEntry[] => []);
  for (const { objectIndex, indexed } of placed) byObject[objectIndex]?.push(indexed);
  return {
    objects: objects.map(({ draft: { name = '', namespace = '' }, entries: own }, at) => {
      const alone = tellsEach ? impactOfIndexed(byObject[at] ?? [], certificates, isOwn).clusters : [];
      return { name, namespace, entries: own.length, clusters: alone };
    }),
    entries: listEntries(placed, future, limits.certificates),
  };
}

interface PlacedEntry {
  objectIndex: number;
  object: string;
  index: number;
  indexed: IndexedEntry;
}

/** Every entry that was judged with its place: both lists are in the order of the text. */
function placeEntries({ judgement, impact }: JudgedText): PlacedEntry[] {
  const places = judgement.objects.flatMap(({ draft: { name = '' }, entries }, objectIndex) =>
    entries.flatMap(({ entry }, index) => (entry === undefined ? [] : { objectIndex, object: name, index })),
  );
  return impact.entries.flatMap(({ indexed }, at) => {
    const place = places[at];
    return place === undefined ? [] : { ...place, indexed };
  });
}

/** Lists go to the first entries; those behind them are counted, whatever they name. */
function listEntries(placed: readonly PlacedEntry[], future: readonly FutureMatch[], most: number): PreviewedEntry[] {
  const coming = new Map<number, FutureMatch[]>();
  for (const match of future)
    for (const at of match.entries) {
      const own = coming.get(at);
      if (own === undefined) coming.set(at, [match]);
      else own.push(match);
    }
  let room = most;
  const taken = <T>(all: readonly T[]): T[] => {
    const some = all.slice(0, room);
    room -= some.length;
    return some;
  };
  return placed.map(({ indexed, ...place }, at) => {
    const { entry, posting, cutoffMs } = indexed;
    const own = coming.get(at) ?? [];
    const named = room > 0 ? matchesOf(indexed) : { matches: [], possible: [], exempt: [] };
    return {
      ...place,
      entry,
      counts: {
        matches: posting.countBefore(cutoffMs),
        possible: posting.countPossible(cutoffMs),
        exempt: posting.exempt.length,
        future: own.length,
      },
      listed: {
        matches: taken(named.matches),
        possible: taken(named.possible),
        exempt: taken(named.exempt),
        future: taken(own),
      },
    };
  });
}
