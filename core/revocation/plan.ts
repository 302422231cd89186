import type { ClusterId } from '../shared/ids.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import type { Instant } from '../shared/instant.ts';
import type { Plan } from '../plan/model/plan.ts';
import type { RevocationEntry } from '../shared/renew-revocation/entry.ts';
import { isManagement } from './dry-run/cluster-model.ts';
import { getUndoPath } from './file.ts';
import { namesOfCluster } from '../plan/model/command-name.ts';
import { recoveryPlan } from './recovery.ts';

/** Name of a manifest without a destination. */
export const UNNAMED_FILE = 'revocation.yaml';

export interface PlanRequest {
  entries: readonly RevocationEntry[];
  now: Instant;
  /** Path of the manifest in the commands. */
  file: string;
  /** Default: the one that kubectl uses by itself. */
  kubeconfig?: string;
  /** All possible clusters. */
  clusters: readonly Cluster[];
  /** Clusters with matches. */
  matched: ReadonlySet<ClusterId>;
}

/**
 * The recovery plan for a file of objects, for the one cluster that it is about; the admin fills in the name when it is
 * unknown.
 */
export function buildRecoveryPlan(request: PlanRequest): Plan {
  const { entries, now, file, kubeconfig } = request;
  const cluster = findCluster(request);
  return recoveryPlan({
    object: { name: '', namespace: '', entries },
    now,
    file,
    undoFile: getUndoPath(file),
    isManagement: isManagement(cluster),
    matchesNothing: isNothingMatched(request),
    kubeconfig,
    ...(cluster !== undefined && { cluster: namesOfCluster(cluster) }),
  });
}

/** Whether certificates are known, none of which is matched: without any, nobody knows. */
export function isNothingMatched({ clusters, matched }: Pick<PlanRequest, 'clusters' | 'matched'>): boolean {
  const isAnyKnown = clusters.some(({ kind, credentials }) => kind === 'kubernetes' && credentials.length > 0);
  return isAnyKnown && matched.size === 0;
}

/** The only cluster with matches; without matches, the only cluster. */
export function findCluster({ clusters, matched }: Pick<PlanRequest, 'clusters' | 'matched'>): Cluster | undefined {
  const kubernetes = clusters.filter(({ kind }) => kind === 'kubernetes');
  const affected = kubernetes.filter(({ id }) => matched.has(id));
  const [only, ...others] = affected.length === 0 ? kubernetes : affected;
  return others.length === 0 ? only : undefined;
}
