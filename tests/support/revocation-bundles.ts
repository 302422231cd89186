import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../core/inventory/model/credential.ts';
import { listKnownCertificates } from '../../core/revocation/model/inventory-index.ts';
import type { Instant } from '../../core/shared/instant.ts';
import { bundleContent, type BundleContent } from '../../core/revocation/bundle/content.ts';
import { judgeText } from '../../core/revocation/evaluate.ts';
import { buildManifest } from '../../core/revocation/manifest/manifest.ts';
import { certificatesFor } from './random-revocations.ts';

export const ARTICLE = readFileSync(join(import.meta.dirname, '../fixtures/revocation/article.yaml'), 'utf8');

export interface BundleCase {
  text?: string;
  clusters?: readonly Cluster[];
  now?: Instant;
  kubeconfig?: string;
}

/**
 * Returns the content of a bundle for a text, as if its effects had been confirmed; by default, for the text of the
 * article and a small deployment.
 */
export async function makeBundleContent({
  text = ARTICLE,
  clusters = certificatesFor(2).clusters,
  now = certificatesFor(2).state.state.now,
  kubeconfig,
}: BundleCase = {}): Promise<BundleContent> {
  const certificates = listKnownCertificates(clusters);
  const judged = judgeText(text, { clusters, certificates, now, serialSpelling: 'serialnumber', kubeconfig });
  return bundleContent({
    manifest: buildManifest(judged, judged.judgement.guard.phrase),
    clusters,
    certificates,
    now,
    inventoryFindings: [],
    pause: () => Promise.resolve(),
    kubeconfig,
  });
}
