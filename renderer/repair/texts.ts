import { CHECKS, type CheckId } from '../../core/knowledge/model/checks.ts';
import { ELSEWHERE } from '../../core/knowledge/model/other-causes.ts';
import { findFailure } from '../../core/knowledge/model/failures/failures.ts';
import { TRIAGE } from '../../core/knowledge/model/triage.ts';
import { remedyCommand, type NamedCluster } from '../../core/plan/model/command-name.ts';
import type { ElsewhereSign } from '../../core/repair/model/diagnose.ts';
import type { FailureId } from '../../core/knowledge/model/failure.ts';
import type { RepairCause } from '../../core/repair/model/planning.ts';
import { evidenceText, rolesText, surenessText, translateKey } from '../../core/repair/text/diagnosis-text.ts';
import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { citeStatement, type CitedSentence } from '../plan/plan-view.ts';

export type CauseView = ReturnType<typeof causeView>;
export type MissingCheckView = NonNullable<CauseView['check']>;

export function causeView(
  given: RepairCause,
  { wording, cluster, isChosen }: { wording: PlanWording; cluster?: NamedCluster; isChosen: boolean },
) {
  const { failure: id, evidence, speaksAgainst, missingCheck, clusters = [], isUnplaced } = given;
  const failure = findFailure(id);
  const { translate } = wording;
  return {
    failure: id,
    title: translateKey(`failure.${id}`, translate),
    clusters,
    isChosen,
    sureness: surenessText(given, wording),
    kind: failure?.kind ?? 'either',
    supports: evidence.map((item) => evidenceText(item, translate)),
    against: speaksAgainst.map((item) => evidenceText(item, translate)),
    cause: failure && citeStatement(failure.cause, wording),
    look: failure?.look && citeStatement(failure.look, wording),
    warning: failure?.warning && citeStatement(failure.warning, wording),
    builds: failure?.builds && citeStatement(failure.builds.statement, wording),
    takes: failure?.takes && citeStatement(failure.takes, wording),
    check:
      missingCheck === null || isUnplaced
        ? undefined
        : {
            ...checkView(missingCheck.check, wording, cluster),
            between: missingCheck.between,
            apart: explainDifference(missingCheck.between, wording),
          },
  };
}

/**
 * Explains how two failures differ. The explanation is inferred and has the sources of the check that tells them apart.
 */
function explainDifference([id, other]: readonly FailureId[], wording: PlanWording): CitedSentence | undefined {
  const found = id === undefined ? undefined : findFailure(id)?.lookAlikes.find((lookAlike) => lookAlike.id === other);
  if (found === undefined) return undefined;
  const { citations } = CHECKS[found.check].statement;
  return citeStatement({ text: found.apart, citations }, wording);
}

/** Returns a read-only command for `cluster`, and the meaning of its output. */
export function checkView(id: CheckId, wording: PlanWording, cluster: NamedCluster | undefined) {
  const { command, statement } = CHECKS[id];
  const answers = TRIAGE.find(({ checks: [first] }) => first === id)?.id;
  return { id, command: remedyCommand({ command }, cluster ?? {}), means: citeStatement(statement, wording), answers };
}

export function elsewhereView(sign: ElsewhereSign, wording: PlanWording) {
  const { translate } = wording;
  const citations = ELSEWHERE.find(({ id }) => id === sign.id)?.statement.citations ?? [];
  return {
    id: sign.id,
    said: citeStatement({ text: `failure.elsewhere.${sign.id}`, citations }, wording),
    /** `Line 12`, or roles of credentials. */
    where:
      sign.kind === 'text' ? translate('repair.elsewhere.line', { line: sign.line }) : rolesText(sign.roles, translate),
  };
}
