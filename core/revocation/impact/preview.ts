import type { Cluster } from '../../inventory/model/credential.ts';
import { msOf, type Instant } from '../../shared/instant.ts';
import type { RevocationDraft } from '../../shared/renew-revocation/draft.ts';
import { knownCertificates } from '../model/inventory-index.ts';
import { lintDraft, type Linting } from '../model/lint.ts';
import type { Guard } from '../model/view.ts';
import { exposureUntilMs } from './exposure.ts';
import { futureMatches, type FutureMatch } from './upcoming-certificates.ts';
import { guardOf } from './confirmation.ts';
import { impactOfIndexed, type Impact } from './impact.ts';
import { isInUse } from '../kubeconfig.ts';

export interface PreviewRequest {
  draft: RevocationDraft;
  clusters: readonly Cluster[];
  now: Instant;
  /** The kubeconfig that the admin works with; default: the one that kubectl takes by itself. */
  kubeconfig?: string;
  pause: () => Promise<void>;
}

/** All that is told of an object before it is written. */
export interface Preview extends Linting {
  /** Position in the draft of each entry of `impact`. */
  positions: readonly number[];
  impact: Impact;
  /** Of positions in `impact.entries`. */
  future: readonly FutureMatch[];
  /** Milliseconds since 1970; absent when nothing that is matched is still valid. */
  exposureUntilMs?: number;
  guard: Guard;
}

/** Judges a draft, and says what it would do to what is known and to what comes next. */
export async function previewOf(request: PreviewRequest): Promise<Preview> {
  const { draft, clusters, now, kubeconfig, pause } = request;
  const certificates = knownCertificates(clusters);
  const linting = lintDraft(draft, { now, certificates });
  await pause();
  const positions = linting.checked.map(({ index }) => index);
  const entries = linting.checked.map(({ entry }) => entry);
  const impact = impactOfIndexed(linting.checked, certificates, (one) => isInUse(one, kubeconfig));
  await pause();
  const { name = '', namespace = '' } = draft;
  const object = { name, namespace, entries };
  const future = await futureMatches({ object, clusters, now, pause });
  const until = exposureUntilMs(impact.matched, msOf(now));
  return {
    ...linting,
    positions,
    impact,
    future,
    ...(until !== undefined && { exposureUntilMs: until }),
    guard: guardOf({ entries, consequences: linting.consequences, nowMs: msOf(now) }, impact, certificates),
  };
}
