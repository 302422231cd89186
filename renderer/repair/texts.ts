import { CHECKS, type CheckId } from '../../core/knowledge/model/checks.ts';
import { ELSEWHERE } from '../../core/knowledge/model/other-causes.ts';
import { findFailure } from '../../core/knowledge/model/failures/failures.ts';
import { TRIAGE, type TriageId } from '../../core/knowledge/model/triage.ts';
import type { Citation } from '../../core/shared/citation.ts';
import { commandOf, type NamedCluster } from '../../core/plan/model/command-name.ts';
import type { ElsewhereSign } from '../../core/repair/model/diagnose.ts';
import type { FailureId, FailureKind } from '../../core/knowledge/model/failure.ts';
import type { RepairCause } from '../../core/repair/model/planning.ts';
import { evidenceText, namedText, rolesText } from '../../core/repair/text/diagnosis-text.ts';
import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { said, type CitedSentence } from '../plan/plan-view.ts';

export type Sureness = 'sure' | 'likely' | 'possible';

/** A read-only command and the meaning of its output. */
export interface TriageCheck {
  id: CheckId;
  command: string;
  means: CitedSentence;
  /** The layer that it answers for. */
  answers?: TriageId;
}

/** The single most revealing command. */
export interface MissingCheckView extends TriageCheck {
  /** The failures to tell apart, or the one to confirm. */
  between: readonly FailureId[];
  /** How the two differ. */
  apart?: CitedSentence;
}

/** A matching failure in words. */
export interface CauseView {
  failure: FailureId;
  title: string;
  percent: number;
  sureness: Sureness;
  kind: FailureKind;
  /** If several clusters were searched. */
  clusters: readonly string[];
  supports: readonly string[];
  against: readonly string[];
  cause?: CitedSentence;
  /** Another place to look. */
  look?: CitedSentence;
  warning?: CitedSentence;
  builds?: CitedSentence;
  takes?: CitedSentence;
  check?: MissingCheckView;
  isChosen: boolean;
}

/** A problem unrelated to certificates of this product. */
export interface ElsewhereView {
  id: string;
  said: CitedSentence;
  /** `Line 12`, or credentials. */
  where: string;
}

const SURE = 0.9;
const LIKELY = 0.7;

function getSureness(confidence: number): Sureness {
  if (confidence >= SURE) return 'sure';
  return confidence >= LIKELY ? 'likely' : 'possible';
}

export function causeView(
  { failure: id, confidence, evidence, speaksAgainst, missingCheck, clusters = [] }: RepairCause,
  { wording, cluster, isChosen }: { wording: PlanWording; cluster?: NamedCluster; isChosen: boolean },
): CauseView {
  const failure = findFailure(id);
  const { translate } = wording;
  return {
    failure: id,
    title: namedText(`failure.${id}`, translate),
    clusters,
    isChosen,
    percent: Math.round(confidence * 100),
    sureness: getSureness(confidence),
    kind: failure?.kind ?? 'either',
    supports: evidence.map((item) => evidenceText(item, translate)),
    against: speaksAgainst.map((item) => evidenceText(item, translate)),
    ...(failure !== undefined && { cause: said(failure.cause, wording) }),
    ...(failure?.look !== undefined && { look: said(failure.look, wording) }),
    ...(failure?.warning !== undefined && { warning: said(failure.warning, wording) }),
    ...(failure?.builds !== undefined && { builds: said(failure.builds.statement, wording) }),
    ...(failure?.takes !== undefined && { takes: said(failure.takes, wording) }),
    ...(missingCheck !== null && {
      check: {
        ...checkView(missingCheck.check, wording, cluster),
        between: missingCheck.between,
        ...explainDifference(missingCheck.between, wording),
      },
    }),
  };
}

/** How a failure differs from another one: inferred, like the check, and with its sources. */
function explainDifference([id, other]: readonly FailureId[], wording: PlanWording): Pick<MissingCheckView, 'apart'> {
  const found = id === undefined ? undefined : findFailure(id)?.lookAlikes.find((lookAlike) => lookAlike.id === other);
  if (found === undefined) return {};
  const { citations } = CHECKS[found.check].statement;
  return { apart: said({ text: found.apart, citations }, wording) };
}

/** `cluster` is filled in. */
export function checkView(id: CheckId, wording: PlanWording, cluster: NamedCluster | undefined): TriageCheck {
  const { command, statement } = CHECKS[id];
  const layer = TRIAGE.find(({ checks: [first] }) => first === id)?.id;
  return { id, command: commandOf({ command }, cluster ?? {}), means: said(statement, wording), answers: layer };
}

export function elsewhereView(sign: ElsewhereSign, wording: PlanWording): ElsewhereView {
  const { translate } = wording;
  const known = ELSEWHERE.find(({ id }) => id === sign.id);
  const citations: readonly Citation[] = known?.statement.citations ?? [];
  return {
    id: sign.id,
    said: said({ text: `failure.elsewhere.${sign.id}`, citations }, wording),
    where:
      sign.kind === 'text' ? translate('repair.elsewhere.line', { line: sign.line }) : rolesText(sign.roles, translate),
  };
}
