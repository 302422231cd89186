import type { Cluster } from '../inventory/model/credential.ts';
import { isSameRevocation } from '../inventory/model/renewal-refusal.ts';
import type { KnownRevocation } from '../shared/renew-revocation/known.ts';
import { FIELD_OF_KIND, type DraftEntry, type RevocationDraft } from '../shared/renew-revocation/draft.ts';
import { lintDraft, type LintContext } from './model/lint.ts';
import type { ReadRevocation, ReadRevocationName } from './model/view.ts';
import type { RenewRevocation, RevocationEntry } from '../shared/renew-revocation/entry.ts';
import type { UnplacedRevocation } from '../inventory/store/inventory-store.ts';

interface ReadObjects {
  clusters: readonly Cluster[];
  /** Objects whose cluster is unknown. */
  unplaced: readonly UnplacedRevocation[];
}

interface Place {
  known: KnownRevocation;
  cluster?: Cluster;
  sample?: true;
}

/**
 * Lists imported objects by cluster, each with its number of errors; those of unknown clusters last. Calls `context`,
 * which is slow for a large inventory, only if there are objects.
 */
export function readRevocations(read: ReadObjects, context: () => LintContext): ReadRevocation[] {
  const places = listPlaces(read);
  if (places.length === 0) return [];
  const lintContext = context();
  return places.map(({ known: { object, source, liftedAt }, cluster, sample }): ReadRevocation => {
    const { findings } = lintDraft(getDraft(object), lintContext);
    const errors = findings.filter(({ severity }) => severity === 'error');
    return {
      name: object.name,
      namespace: object.namespace,
      entries: object.entries.length,
      errors: errors.length,
      path: source.path,
      readAt: source.readAt,
      clusterId: cluster?.id,
      cluster: cluster?.name,
      sample,
      lifted: liftedAt === undefined ? undefined : true,
    };
  });
}

/** Returns the draft of an imported object; `undefined` if it is gone. */
export function readDraft(read: ReadObjects, wanted: ReadRevocationName): RevocationDraft | undefined {
  const place = listPlaces(read).find(
    ({ known, cluster }) => cluster?.id === wanted.clusterId && isSameRevocation(known.object, wanted),
  );
  return place && getDraft(place.known.object);
}

function listPlaces({ clusters, unplaced }: ReadObjects): Place[] {
  return [
    ...clusters.flatMap((cluster) =>
      (cluster.revocations ?? []).map((known): Place => ({ known, cluster, sample: cluster.sample })),
    ),
    ...unplaced,
  ];
}

function getDraft({ name, namespace, description, entries }: RenewRevocation): RevocationDraft {
  return { name, namespace, description, entries: entries.map(buildDraftEntry) };
}

function buildDraftEntry({ kind, value, description, notBefore }: RevocationEntry): DraftEntry {
  return { description, kind, [FIELD_OF_KIND[kind]]: value, notBefore };
}
