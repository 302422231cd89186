import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { BUNDLE_FILES } from '../model/bundle.ts';
import type { EvaluationContext } from '../evaluate.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RevocationJudgement } from '../model/view.ts';
import { secretLineIn } from '../../formats/text/secrets-in-text.ts';
import { previewObjects, type Preview, type PreviewLimits, type PreviewRequest } from '../impact/preview.ts';
import { isOfOtherCluster } from '../kubeconfig.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { NamedCluster } from '../../plan/model/command-name.ts';
import { findTarget, recoveryPlan, type RecoveryRequest } from '../recovery.ts';

interface BundleRequest extends Omit<PreviewRequest, 'limits'>, Pick<EvaluationContext, 'shownKubeconfig'> {
  manifest: Manifest;
  inventoryFindings: readonly Finding[];
}

export interface BundleContent extends Preview {
  madeAt: Instant;
  manifest: Manifest;
  judgement: RevocationJudgement;
  plan: Plan;
  /** `plan` without kubeconfig and cluster, which are passed to the script as values. */
  openPlan: Plan;
  /** If a part is missing, the admin fills it in. */
  target: { cluster?: NamedCluster; kubeconfig?: string };
  inventoryFindings: readonly Finding[];
  isSample: boolean;
}

const LIMITS: PreviewLimits = { certificates: 10_000, objectClusters: 2_000 };

/** Collects the contents of a bundle. Throws `revocation.secret-in-text`. */
export async function bundleContent(request: BundleRequest): Promise<BundleContent> {
  const { manifest, clusters, now, kubeconfig } = request;
  const line = secretLineIn(manifest.text);
  if (line !== undefined) throw new ConsoleError('revocation.secret-in-text', { line });
  const preview = await previewObjects(manifest, { ...request, limits: LIMITS });
  const { cluster, ...target } = findTarget(clusters, manifest.impact);
  const isOpen = kubeconfig !== undefined && isOfOtherCluster(kubeconfig, { ...request, ...target });
  const shownKubeconfig = isOpen ? undefined : (request.shownKubeconfig ?? kubeconfig);
  const open: RecoveryRequest = {
    ...target,
    entries: preview.entries.map(({ entry }) => entry),
    now,
    file: BUNDLE_FILES.manifest,
    undoFile: BUNDLE_FILES.undo,
  };
  const matched = new Set(manifest.impact.matched.map(({ clusterId }) => clusterId));
  return {
    ...preview,
    madeAt: now,
    manifest,
    judgement: manifest.judgement,
    plan: recoveryPlan({ ...open, cluster, kubeconfig: isOpen ? null : shownKubeconfig }),
    openPlan: recoveryPlan(open),
    target: { cluster, kubeconfig: shownKubeconfig },
    inventoryFindings: request.inventoryFindings,
    isSample: clusters.some(({ id, sample }) => sample === true && matched.has(id)),
  };
}
