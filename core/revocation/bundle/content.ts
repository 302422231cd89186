import type { Cluster } from '../../inventory/model/credential.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RevocationJudgement } from '../model/view.ts';
import { secretLineIn } from '../../formats/text/secrets-in-text.ts';
import { isManagement } from '../dry-run/cluster-model.ts';
import { previewObjects, type Preview, type PreviewLimits } from '../impact/preview.ts';
import type { JudgedText } from '../judged-text.ts';
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

/** All that goes into a bundle, as data: nothing in it is a word of a language yet. */
export interface BundleContent extends Preview {
  madeAt: Instant;
  manifest: Manifest;
  judgement: RevocationJudgement;
  /** With the file names of the bundle. */
  plan: Plan;
  /** The same with neither kubeconfig nor cluster: a script takes them as values. */
  openPlan: Plan;
  /** Whom the plan is for; without a name where the admin has to say. */
  target: { cluster?: string; kubeconfig?: string };
  inventoryFindings: readonly Finding[];
  /** Whether certificates of a sample fleet are matched. */
  isSample: boolean;
}

/** Nobody reads more certificates than this, and everybody has to carry the file. */
const LIMITS: PreviewLimits = { certificates: 10_000, objectClusters: 2_000 };

/** What goes into a bundle. `revocation.secret-in-text`. */
export async function bundleContent(request: BundleRequest): Promise<BundleContent> {
  const { manifest, judged, clusters, certificates, now, kubeconfig, pause } = request;
  // A text may hold other objects beside the revocations.
  const line = secretLineIn(manifest.text);
  if (line !== undefined) throw new ConsoleError('revocation.secret-in-text', { line });
  const { judgement } = judged;
  const preview = await previewObjects(judged, { clusters, certificates, now, kubeconfig, pause, limits: LIMITS });
  const entries = preview.entries.map(({ entry }) => entry);
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
  return {
    ...preview,
    madeAt: now,
    manifest,
    judgement,
    plan: recoveryPlan({ ...open, ...target }),
    openPlan: recoveryPlan(open),
    target,
    inventoryFindings: request.inventoryFindings ?? [],
    isSample: clusters.some(({ id, sample }) => sample === true && matched.has(id)),
  };
}
