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

/** How strong the evidence is, in words. */
export type Sureness = 'sure' | 'likely' | 'possible';

/** A read-only command, and what its output means. */
export interface TriageCheck {
  id: CheckId;
  command: string;
  means: CitedSentence;
  /** The layer whose question it answers. */
  answers?: TriageId;
}

/** The one command that would currently reveal most. */
export interface MissingCheckView extends TriageCheck {
  /** IDs of the failures that it distinguishes, or of the one that it confirms. */
  between: readonly FailureId[];
  /** What distinguishes the two. */
  apart?: CitedSentence;
}

/** A matching failure, as shown in the window. */
export interface CauseView {
  failure: FailureId;
  title: string;
  percent: number;
  sureness: Sureness;
  kind: FailureKind;
  /** Clusters in which it was found, if the inventory of several was searched. */
  clusters: readonly string[];
  supports: readonly string[];
  against: readonly string[];
  cause?: CitedSentence;
  /** Where to look instead or in addition. */
  look?: CitedSentence;
  /** What must not be done first. */
  warning?: CitedSentence;
  builds?: CitedSentence;
  takes?: CitedSentence;
  check?: MissingCheckView;
  /** Whether the plan addresses it. */
  isChosen: boolean;
}

/** A problem that has nothing to do with certificates of this product. */
export interface ElsewhereView {
  id: string;
  said: CitedSentence;
  /** `Line 12`, or the credentials that show it. */
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

/** What distinguishes a failure from another one. It is inferred, as the check is, and has the sources of the check. */
function explainDifference([id, other]: readonly FailureId[], wording: PlanWording): Pick<MissingCheckView, 'apart'> {
  const found = id === undefined ? undefined : findFailure(id)?.lookAlikes.find((lookAlike) => lookAlike.id === other);
  if (found === undefined) return {};
  const { citations } = CHECKS[found.check].statement;
  return { apart: said({ text: found.apart, citations }, wording) };
}

/** `cluster`: the name that is filled in if there is exactly one. */
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
