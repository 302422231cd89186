import { addTo } from '../../shared/lists.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { EvaluationContext } from '../evaluate.ts';
import type { Evaluation } from '../evaluation.ts';
import { isInUse } from '../kubeconfig.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { IndexedEntry } from '../model/postings.ts';
import type { ClusterImpact, EntryPlace } from '../model/view.ts';
import { computeIndexedImpact, countMatches, getMatches, type EntryMatches } from './impact.ts';
import { futureMatches, type FutureMatch, type FutureRequest } from './upcoming-certificates.ts';

export interface PreviewRequest
  extends
    Pick<EvaluationContext, 'clusters' | 'certificates' | 'now' | 'kubeconfig' | 'ownKubeconfig'>,
    Pick<FutureRequest, 'pause'> {
  limits?: PreviewLimits;
}

export interface PreviewLimits {
  /** Limit of all lists together; further certificates are only counted. */
  certificates: number;
  /** Limit for the product of objects and clusters, above which effects are not listed by object. */
  objectClusters: number;
}

/** All matches are counted; those above the limit are not listed. */
export interface PreviewedEntry extends EntryPlace {
  object: string;
  entry: RevocationEntry;
  counts: Record<keyof EntryMatches | 'future', number>;
  listed: EntryMatches & { future: readonly FutureMatch[] };
}

export interface PreviewedObject {
  name: string;
  namespace: string;
  /** Includes unreadable entries. */
  entries: number;
  /** Effects of this object alone; empty above `objectClusters`. */
  clusters: readonly ClusterImpact[];
}

export interface Preview {
  objects: readonly PreviewedObject[];
  /** Readable entries only. */
  entries: readonly PreviewedEntry[];
}

const EVERYTHING: PreviewLimits = { certificates: Infinity, objectClusters: Infinity };

export async function previewObjects(evaluation: Evaluation, request: PreviewRequest): Promise<Preview> {
  const { clusters, certificates, now, kubeconfig, pause, limits = EVERYTHING } = request;
  const { objects, impact } = evaluation.judgement;
  const placed = placeEntries(evaluation);
  const entries = placed.map(({ indexed }) => indexed.entry);
  const future = await futureMatches({ object: { name: '', namespace: '', entries }, clusters, now, pause });
  const isOwn = (certificate: KnownCertificate): boolean => isInUse(certificate, kubeconfig ?? request.ownKubeconfig);
  const tellsEach = objects.length * impact.clusters.length <= limits.objectClusters;
  const byObject = objects.map((): IndexedEntry[] => []);
  for (const { objectIndex, indexed } of placed) byObject[objectIndex]?.push(indexed);
  return {
    objects: objects.map(({ draft: { name = '', namespace = '' }, entries: own }, at) => {
      const alone = tellsEach ? computeIndexedImpact(byObject[at] ?? [], certificates, isOwn).clusters : [];
      return { name, namespace, entries: own.length, clusters: alone };
    }),
    entries: listEntries(placed, future, limits.certificates),
  };
}

interface PlacedEntry extends Pick<PreviewedEntry, 'object' | keyof EntryPlace> {
  indexed: IndexedEntry;
}

function placeEntries({ judgement, impact }: Evaluation): PlacedEntry[] {
  const places = judgement.objects.flatMap(({ draft: { name = '' }, entries }, objectIndex) =>
    entries.flatMap(({ entry }, entryIndex) => (entry === undefined ? [] : { objectIndex, object: name, entryIndex })),
  );
  return impact.entries.flatMap((indexed, at) => {
    const place = places[at];
    return place === undefined ? [] : { ...place, indexed };
  });
}

function listEntries(placed: readonly PlacedEntry[], future: readonly FutureMatch[], most: number): PreviewedEntry[] {
  const coming = new Map<number, FutureMatch[]>();
  for (const match of future) for (const at of match.entries) addTo(coming, at, match);
  let room = most;
  const takeFirst = <T>(all: readonly T[]): T[] => {
    const some = all.slice(0, room);
    room -= some.length;
    return some;
  };
  return placed.map(({ indexed, ...place }, at) => {
    const own = coming.get(at) ?? [];
    const named = room > 0 ? getMatches(indexed) : { matches: [], possible: [], exempt: [] };
    return {
      ...place,
      entry: indexed.entry,
      counts: { ...countMatches(indexed), future: own.length },
      listed: {
        matches: takeFirst(named.matches),
        possible: takeFirst(named.possible),
        exempt: takeFirst(named.exempt),
        future: takeFirst(own),
      },
    };
  });
}
