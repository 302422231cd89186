import type { Cluster } from '../inventory/model/credential.ts';
import { instantFromMs, epochMs, type Instant } from '../shared/instant.ts';
import type { Evaluation } from './evaluation.ts';
import type { SerialSpelling } from '../shared/renew-revocation/draft.ts';
import { isStillValid, type KnownCertificate } from './model/inventory-index.ts';
import { isAcceptable } from './model/rule.ts';
import type { JudgedFinding, ObjectView, RevocationImpact, RevocationJudgement } from './model/view.ts';
import { readRevocationDrafts } from '../formats/renew-revocation/draft-reader.ts';
import { writeUndo } from './manifest/writer.ts';
import { EXPOSURE_STATEMENTS, exposureUntilMs } from './impact/exposure.ts';
import { getConfirmation } from './impact/confirmation.ts';
import { computeIndexedImpact, countMatches, type Impact } from './impact/impact.ts';
import { findClusterKubeconfig, isInUse, isOfOtherCluster } from './kubeconfig.ts';
import { lintWritten, type LintedObject } from './lint-text.ts';
import { findTarget, recoveryPlan } from './recovery.ts';

export interface EvaluationContext {
  clusters: readonly Cluster[];
  certificates: readonly KnownCertificate[];
  now: Instant;
  /** The admin's kubeconfig; by default `ownKubeconfig`, which is not named in commands. */
  kubeconfig?: string;
  ownKubeconfig?: string;
  /**
   * Path of the kubeconfig in commands that run in another folder or on another computer; by default `kubeconfig`, or
   * the file that the inventory has for the cluster.
   */
  shownKubeconfig?: string;
  /** By default, a placeholder that the admin replaces. */
  file?: string;
  serialSpelling: SerialSpelling;
}

const UNNAMED_FILE = 'revocation.yaml';
/** Further findings are only counted, because sending them to the screen takes time. */
const MOST_FINDINGS = 500;

/**
 * Judges text while the admin types. Omits future renewals, which take longer. `read` is the parsed text. Never throws.
 */
export function judgeText(text: string, context: EvaluationContext, read = readRevocationDrafts(text)): Evaluation {
  const { now, certificates, clusters, kubeconfig, shownKubeconfig = kubeconfig, file = UNNAMED_FILE } = context;
  const { objects, ...linted } = lintWritten(read, context);
  const findings = linted.findings.filter(
    ({ rule, params }) => rule !== 'revocation.kind-spelling' || params?.['found'] !== context.serialSpelling,
  );
  const indexed = objects.flatMap(({ entries }) => entries);
  const entries = indexed.map(({ entry }) => entry);
  // All objects are in force together, so their combined effect counts.
  const impact = computeIndexedImpact(indexed, certificates, (one) =>
    isInUse(one, kubeconfig ?? context.ownKubeconfig),
  );
  const consequences = objects.flatMap((object) => object.consequences);
  const nowMs = epochMs(now);
  const target = findTarget(clusters, impact);
  const inventory = { certificates, clusters, ...target };
  const own = findClusterKubeconfig(inventory, { matched: impact.matched, nowMs });
  const isOpen = kubeconfig !== undefined && isOfOtherCluster(kubeconfig, inventory);
  const judgement: RevocationJudgement = {
    objects: objects.map(buildObjectView),
    findings: keepWorst(findings),
    impact: impactView(impact, nowMs),
    guard: getConfirmation({ entries, consequences, nowMs }, impact, certificates),
    plan: recoveryPlan({ entries, now, file, kubeconfig: isOpen ? null : (shownKubeconfig ?? own ?? null), ...target }),
    undo: writeUndo(objects.map(({ written }) => written.draft)),
    isSound: objects.length > 0 && findings.every(isAcceptable),
  };
  return { text, judgement, findings, objects: objects.flatMap(({ object }) => object ?? []), impact };
}

function buildObjectView({ written, entries, object }: LintedObject): ObjectView {
  const byIndex = new Map(entries.map((one) => [one.index, one]));
  return {
    draft: written.draft,
    isSound: object !== undefined,
    entries: written.draft.entries.map((_entry, index) => {
      const { line = 1 } = written.placeOfEntry(index);
      const one = byIndex.get(index);
      if (one === undefined) return { line, matched: 0, possible: 0, exempt: 0 };
      const { matches: matched, ...others } = countMatches(one);
      return { line, entry: one.entry, matched, ...others };
    }),
  };
}

const SEVERITIES = ['error', 'warning', 'notice'] as const;

function keepWorst(findings: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const more = findings.length - MOST_FINDINGS;
  if (more <= 0) return findings;
  const byWorst = SEVERITIES.flatMap((each) => findings.filter(({ severity }) => severity === each));
  const kept = new Set(byWorst.slice(0, MOST_FINDINGS));
  const shown = findings.filter((finding) => kept.has(finding));
  const [{ citations }] = findings as [JudgedFinding];
  const rest = { rule: 'file.more-findings', params: { count: more }, citations };
  return [...shown, { ...rest, severity: 'notice', place: {}, fixes: [] }];
}

function impactView({ matched, clusters }: Impact, nowMs: number): RevocationImpact {
  const untilMs = exposureUntilMs(matched, nowMs);
  const known = clusters.reduce((sum, { shares }) => sum + shares.total.known, 0);
  const isOwnKnown = clusters.some(({ shares }) => shares.inUse.known > 0);
  return {
    matched: matched.length,
    stillValid: matched.filter((certificate) => isStillValid(certificate, nowMs)).length,
    known,
    clusters,
    revokesOwn: isOwnKnown ? clusters.some(({ shares }) => shares.inUse.matched > 0) : undefined,
    exposureUntil: untilMs === undefined ? undefined : instantFromMs(untilMs),
    exposure: EXPOSURE_STATEMENTS,
  };
}
