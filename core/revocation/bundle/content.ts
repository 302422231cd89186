import type { Cluster } from '../../inventory/model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { IndexedEntry } from '../model/postings.ts';
import type { ClusterImpact, RecoveryStep, RevocationJudgement } from '../model/view.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import { secretLineIn } from '../../formats/text/secrets-in-text.ts';
import { isManagement } from '../dry-run/cluster-model.ts';
import { futureMatches, type FutureMatch } from '../impact/upcoming-certificates.ts';
import { impactOfIndexed, matchesOf, type EntryMatches } from '../impact/impact.ts';
import type { JudgedText } from '../judged-text.ts';
import { isInUse } from '../kubeconfig.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { clusterOf } from '../plan.ts';
import { recoveryPlan, type RecoveryRequest } from '../recovery.ts';

export interface BundleRequest {
  manifest: Manifest;
  /** What the manifest was made of, or as what it was judged. */
  judged: JudgedText;
  clusters: readonly Cluster[];
  /** Of these clusters, as they were judged by. */
  certificates: readonly KnownCertificate[];
  now: Instant;
  /** The kubeconfig that the admin works with; default: the one that kubectl takes by itself. */
  kubeconfig?: string;
  /** The same as commands name it, where the plan is carried out elsewhere; default: `kubeconfig`. */
  shownKubeconfig?: string;
  /** What could not be read of the inventory. */
  inventoryFindings?: readonly Finding[];
  pause: () => Promise<void>;
}

/** What certificates an entry of a bundle names: all counted, as many listed as there is room for. */
export interface BundledEntry {
  /** Position of its object, its name, and the position of the entry in it. */
  objectIndex: number;
  object: string;
  index: number;
  entry: RevocationEntry;
  counts: Record<keyof EntryMatches | 'future', number>;
  listed: EntryMatches & { future: readonly FutureMatch[] };
}

/** All that goes into a bundle, as data: nothing in it is a word of a language yet. */
export interface BundleContent {
  madeAt: Instant;
  manifest: Manifest;
  /** In the order of the text. */
  objects: readonly {
    name: string;
    namespace: string;
    entries: number;
    /** What it does by itself; of an object among very many it is left out. */
    clusters: readonly ClusterImpact[];
  }[];
  entries: readonly BundledEntry[];
  judgement: RevocationJudgement;
  /** With the file names of the bundle. */
  plan: readonly RecoveryStep[];
  /** The same with neither kubeconfig nor cluster: a script takes them as values. */
  openPlan: readonly RecoveryStep[];
  /** Whom the plan is for; without a name where the admin has to say. */
  target: { cluster?: string; kubeconfig?: string; isManagement: boolean };
  inventoryFindings: readonly Finding[];
  /** Whether certificates of a sample fleet are matched. */
  isSample: boolean;
}

/** Certificates listed in all: nobody reads more, and everybody has to carry it. */
const MOST_LISTED = 10_000;
/** Objects times clusters that are told one by one. */
const MOST_OBJECT_CLUSTERS = 2_000;

/** What goes into a bundle. `revocation.secret-in-text`. */
export async function bundleContent(request: BundleRequest): Promise<BundleContent> {
  const { manifest, judged, clusters, certificates, now, kubeconfig, pause } = request;
  // A text may hold other objects beside the revocations.
  const line = secretLineIn(manifest.text);
  if (line !== undefined) throw new ConsoleError('revocation.secret-in-text', { line });
  const { judgement } = judged;
  const { impact, objects } = judgement;
  const placed = placedEntries(judged);
  const entries = placed.map(({ indexed }) => indexed.entry);
  const future = await futureMatches({ object: { name: '', namespace: '', entries }, clusters, now, pause });
  const matched = new Set(judged.impact.matched.map(({ clusterId }) => clusterId));
  const cluster = clusterOf({ clusters, matched });
  const open: RecoveryRequest = {
    object: { name: '', namespace: '', entries },
    now,
    file: BUNDLE_FILES.manifest,
    undoFile: BUNDLE_FILES.undo,
    isManagement: isManagement(cluster),
  };
  const { shownKubeconfig = kubeconfig } = request;
  const target = { ...(cluster !== undefined && { cluster: cluster.name }), kubeconfig: shownKubeconfig };
  const isOwn = (certificate: KnownCertificate): boolean => isInUse(certificate, kubeconfig);
  const tellsEach = objects.length * impact.clusters.length <= MOST_OBJECT_CLUSTERS;
  return {
    madeAt: now,
    manifest,
    judgement,
    objects: objects.map(({ draft: { name = '', namespace = '' }, entries: own }, at) => ({
      name,
      namespace,
      entries: own.length,
      clusters: tellsEach
        ? impactOfIndexed(
            placed.filter(({ objectIndex }) => objectIndex === at).map(({ indexed }) => indexed),
            certificates,
            isOwn,
          ).clusters
        : [],
    })),
    entries: listedEntries(placed, future),
    plan: recoveryPlan({ ...open, ...target }),
    openPlan: recoveryPlan(open),
    target: { ...target, isManagement: isManagement(cluster) },
    inventoryFindings: request.inventoryFindings ?? [],
    isSample: clusters.some(({ id, sample }) => sample === true && matched.has(id)),
  };
}

interface PlacedEntry {
  objectIndex: number;
  object: string;
  index: number;
  indexed: IndexedEntry;
}

/** Every entry that was judged with its place: both lists are in the order of the text. */
function placedEntries({ judgement, impact }: JudgedText): PlacedEntry[] {
  const places = judgement.objects.flatMap(({ draft: { name = '' }, entries }, objectIndex) =>
    entries.flatMap(({ entry }, index) => (entry === undefined ? [] : { objectIndex, object: name, index })),
  );
  return impact.entries.flatMap(({ indexed }, at) => {
    const place = places[at];
    return place === undefined ? [] : { ...place, indexed };
  });
}

/** Lists go to the first entries; those behind them are counted, whatever they name. */
function listedEntries(placed: readonly PlacedEntry[], future: readonly FutureMatch[]): BundledEntry[] {
  const coming = new Map<number, FutureMatch[]>();
  for (const match of future)
    for (const at of match.entries) {
      const own = coming.get(at);
      if (own === undefined) coming.set(at, [match]);
      else own.push(match);
    }
  let room = MOST_LISTED;
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
