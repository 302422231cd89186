import type { Cluster } from '../inventory/model/credential.ts';
import { isSameRevocation } from '../inventory/model/renewal-refusal.ts';
import { FIELD_OF_KIND, type RevocationDraft } from '../shared/renew-revocation/draft.ts';
import { lintDraft, type LintContext } from './model/lint.ts';
import type { ReadRevocation, ReadRevocationName } from './model/view.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { UnplacedRevocation } from '../inventory/store/inventory-store.ts';

interface ReadObjects {
  clusters: readonly Cluster[];
  unplaced: readonly UnplacedRevocation[];
}

/**
 * Lists imported objects by cluster with their number of errors; those of unknown clusters come last. Calls `context`,
 * which is slow for a large inventory, only if there are objects.
 */
export function readRevocations(read: ReadObjects, context: () => LintContext): ReadRevocation[] {
  const places = listPlaces(read);
  if (places.length === 0) return [];
  const lintContext = context();
  return places.map(({ known: { object, source, liftedAt }, cluster, sample }): ReadRevocation => {
    const { findings } = lintDraft(getDraft(object), lintContext);
    return {
      name: object.name,
      namespace: object.namespace,
      entries: object.entries.length,
      errors: findings.filter(({ severity }) => severity === 'error').length,
      path: source.path,
      readAt: source.readAt,
      clusterId: cluster?.id,
      cluster: cluster?.name,
      sample,
      lifted: liftedAt && true,
    };
  });
}

export function readDraft(read: ReadObjects, wanted: ReadRevocationName): RevocationDraft | undefined {
  const place = listPlaces(read).find(
    ({ known, cluster }) => cluster?.id === wanted.clusterId && isSameRevocation(known.object, wanted),
  );
  return place && getDraft(place.known.object);
}

function listPlaces({ clusters, unplaced }: ReadObjects): (UnplacedRevocation & { cluster?: Cluster })[] {
  return [
    ...clusters.flatMap((cluster) =>
      (cluster.revocations ?? []).map((known) => ({ known, cluster, sample: cluster.sample })),
    ),
    ...unplaced,
  ];
}

function getDraft({ entries, ...object }: RenewRevocation): RevocationDraft {
  return {
    ...object,
    entries: entries.map(({ value, ...entry }) => ({ ...entry, [FIELD_OF_KIND[entry.kind]]: value })),
  };
}
