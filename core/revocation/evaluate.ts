import type { JudgedText } from './judged-text.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import { instantFromMs, toMilliseconds, SECOND_MS, type Instant } from '../shared/instant.ts';
import { CONSEQUENCE_IDS, type SerialSpelling } from '../shared/renew-revocation/draft.ts';
import type { KnownCertificate } from './model/inventory-index.ts';
import type { LintedEntry } from './model/rule.ts';
import type {
  Guard,
  JudgedEntry,
  JudgedFinding,
  JudgedObject,
  RevocationImpact,
  RevocationJudgement,
} from './model/view.ts';
import {
  readRevocationDrafts,
  type WrittenRevocation,
  type WrittenRevocations,
} from '../formats/renew-revocation/draft-reader.ts';
import type { Plan } from '../plan/model/plan.ts';
import { writeUndo } from './manifest/writer.ts';
import { EXPOSURE_STATEMENTS, exposureUntilMs } from './impact/exposure.ts';
import { getConfirmation } from './impact/confirmation.ts';
import { computeIndexedImpact, type Impact } from './impact/impact.ts';
import { isInUse } from './kubeconfig.ts';
import { lintWritten, type LintedText, type PlacedFinding } from './lint-text.ts';
import { buildRecoveryPlan, UNNAMED_FILE } from './plan.ts';

export interface EvaluationContext {
  clusters: readonly Cluster[];
  /** Certificates of these clusters. */
  certificates: readonly KnownCertificate[];
  now: Instant;
  /** The admin's kubeconfig; default: the one that kubectl uses by itself. */
  kubeconfig?: string;
  /** Name of the kubeconfig in commands, if they are run from another folder or computer; default: `kubeconfig`. */
  shownKubeconfig?: string;
  /** Path of the manifest; default: a name for the admin to change. */
  file?: string;
  /** Spelling of the kind of entries by serial number. */
  serialSpelling: SerialSpelling;
}

/** Beyond this many, findings are only counted: nobody reads them, and each takes time on its way to the screen. */
const MOST_FINDINGS = 500;

/** Everything shown about a text while it is being written, except what renewals would run into. Never throws. */
export function judgeText(text: string, request: EvaluationContext): JudgedText {
  return judgeWritten(text, readRevocationDrafts(text), request);
}

/** Same, for a text that has already been parsed. */
export function judgeWritten(text: string, read: WrittenRevocations, request: EvaluationContext): JudgedText {
  const { now, certificates, kubeconfig } = request;
  const linted = lintWritten(read, { now, certificates });
  const findings = linted.findings.filter((finding) => !isChosenSpelling(finding, request));
  const checked = linted.objects.flatMap(({ linting }) => linting.entries);
  const impact = computeIndexedImpact(checked, certificates, (one) => isInUse(one, kubeconfig));
  const objects = linted.objects.flatMap(({ linting }) => linting.object ?? []);
  const judgement: RevocationJudgement = {
    objects: linted.objects.map(({ written, linting }) => judgedObject(written, linting)),
    findings: foremost(findings).map(judgedFinding),
    impact: impactView(impact, request),
    guard: findTextConsequences(linted, impact, request),
    plan: planTextRecovery(linted, impact, request),
    undo: writeUndo(linted.objects.map(({ written }) => written.draft)),
    isSound: objects.length > 0 && isWritable(linted),
  };
  return { text, judgement, findings, objects, impact };
}

/** The other spelling is no fault when the admin asked for it. */
function isChosenSpelling({ rule, params = {} }: PlacedFinding, { serialSpelling }: EvaluationContext): boolean {
  return rule === 'revocation.kind-spelling' && params['found'] === serialSpelling;
}

/** Whether neither the objects nor the text around them have an error that nobody can accept. */
function isWritable({ objects, findings }: LintedText): boolean {
  return (
    objects.every(({ linting }) => linting.object !== undefined) &&
    findings.every(({ severity, consequence }) => severity !== 'error' || consequence !== undefined)
  );
}

function judgedObject(
  written: WrittenRevocation,
  { entries, object }: LintedText['objects'][number]['linting'],
): JudgedObject {
  const byIndex = new Map(entries.map((one) => [one.index, one]));
  return {
    draft: written.draft,
    isSound: object !== undefined,
    entries: written.draft.entries.map((_entry, index) =>
      judgedEntry(written.placeOfEntry(index).line ?? 1, byIndex.get(index)),
    ),
  };
}

function judgedEntry(line: number, checked: LintedEntry | undefined): JudgedEntry {
  if (checked === undefined) return { line, matched: 0, possible: 0, exempt: 0 };
  const { entry, posting, cutoffMs } = checked;
  return {
    line,
    entry,
    matched: posting.countBefore(cutoffMs),
    possible: posting.countPossible(cutoffMs),
    exempt: posting.exempt.length,
  };
}

const SEVERITIES = ['error', 'warning', 'notice'] as const;

/** The most important findings, in text order; the number of omitted ones is reported at the end. */
function foremost(findings: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const more = findings.length - MOST_FINDINGS;
  if (more <= 0) return findings;
  const byWorst = SEVERITIES.flatMap((each) => findings.filter(({ severity }) => severity === each));
  const kept = new Set(byWorst.slice(0, MOST_FINDINGS));
  const [first] = findings;
  const counted: PlacedFinding[] =
    first === undefined
      ? []
      : [
          {
            rule: 'file.more-findings',
            severity: 'notice',
            place: {},
            params: { count: more },
            citations: first.citations,
            fixes: [],
          },
        ];
  return [...findings.filter((finding) => kept.has(finding)), ...counted];
}

function judgedFinding({ place: { line, column }, ...finding }: PlacedFinding): JudgedFinding {
  return { ...finding, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}

function impactView({ matched, clusters }: Impact, { now }: EvaluationContext): RevocationImpact {
  const nowMs = toMilliseconds(now);
  const untilMs = exposureUntilMs(matched, nowMs);
  const sum = (count: (cluster: Impact['clusters'][number]) => number): number =>
    clusters.reduce((total, cluster) => total + count(cluster), 0);
  const isOwnKnown = clusters.some(({ shares }) => shares.inUse.known > 0);
  return {
    matched: matched.length,
    // Valid up to and including its last second.
    stillValid: matched.filter(({ notAfterMs }) => notAfterMs + SECOND_MS > nowMs).length,
    known: sum(({ shares }) => shares.total.known),
    clusters,
    ...(isOwnKnown && { revokesOwn: sum(({ shares }) => shares.inUse.matched) > 0 }),
    ...(untilMs !== undefined && { exposureUntil: instantFromMs(untilMs) }),
    exposure: EXPOSURE_STATEMENTS,
  };
}

/** All objects are in force together, so combined effects are detected as well. */
function findTextConsequences(
  { objects }: LintedText,
  impact: Impact,
  { now, certificates }: EvaluationContext,
): Guard {
  const found = new Set(objects.flatMap(({ linting }) => linting.consequences));
  const consequences = CONSEQUENCE_IDS.filter((id) => found.has(id));
  const entries = objects.flatMap(({ linting }) => linting.entries.map(({ entry }) => entry));
  return getConfirmation({ entries, consequences, nowMs: toMilliseconds(now) }, impact, certificates);
}

function planTextRecovery(
  { objects }: LintedText,
  { matched }: Impact,
  { clusters, now, kubeconfig, shownKubeconfig = kubeconfig, file = UNNAMED_FILE }: EvaluationContext,
): Plan {
  return buildRecoveryPlan({
    now,
    clusters,
    file,
    entries: objects.flatMap(({ linting }) => linting.entries.map(({ entry }) => entry)),
    matched: new Set(matched.map(({ clusterId }) => clusterId)),
    kubeconfig: shownKubeconfig,
  });
}
