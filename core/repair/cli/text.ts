import { statementText } from '../../shared/text/statement.ts';
import { CHECKS } from '../../knowledge/model/checks.ts';
import { CONTRADICTIONS } from '../../knowledge/model/contradictions.ts';
import { findFailure } from '../../knowledge/model/failures/failures.ts';
import { certaintyText, type PlanWording } from '../../plan/text/plan-text.ts';
import type { Cause, Diagnosis, ElsewhereSign } from '../model/diagnose.ts';
import type { FailureId, RemedyStep } from '../../knowledge/model/failure.ts';
import { evidenceText, translateKey, rolesText, surenessText } from '../text/diagnosis-text.ts';
import { translator, type Translate } from '../../shared/text/text.ts';

type Named = (command: string) => string;

const english = translator('en');

export function failureRecord(failure: FailureId): object {
  return { failure, title: translateKey(`failure.${failure}`, english), kind: findFailure(failure)?.kind ?? null };
}

/** Lists all causes, and the remedy for the best one. */
export function diagnosisLines(
  wording: PlanWording,
  { causes, elsewhere, first = [] }: Diagnosis,
  named: Named,
): string[] {
  const { translate } = wording;
  const found = causes.flatMap((cause, at) => [
    ...(at === 0 ? [] : ['']),
    ...causeLines(wording, cause, named),
    // No remedy is shown if the text may be another product's.
    ...(at === 0 && !cause.isUnplaced ? remedyLines(translate, cause, named) : []),
  ]);
  const lines = [...first.map((statement) => statementText(statement, translate)), ...found];
  const other = elsewhere.map((sign) => elsewhereLine(translate, sign));
  if (lines.length > 0) return other.length === 0 ? lines : [...lines, '', ...other];
  return other.length > 0 ? other : [translate('cli.repair.none')];
}

export function elsewhereLine(translate: Translate, sign: ElsewhereSign): string {
  const text = translate(`failure.elsewhere.${sign.id}`);
  return sign.kind === 'text'
    ? translate('cli.repair.elsewhere', { line: sign.line, text })
    : translate('cli.repair.elsewhere-inventory', { roles: rolesText(sign.roles, translate), text });
}

function causeLines(wording: PlanWording, cause: Cause, named: Named): string[] {
  const { translate } = wording;
  const { failure, evidence, speaksAgainst, missingCheck } = cause;
  const lines = [
    translate('cli.repair.cause', {
      failure,
      title: translateKey(`failure.${failure}`, translate),
      sureness: surenessText(cause, wording),
    }),
    ...evidence.map((item) => `    ${translate('cli.repair.for', { text: evidenceText(item, translate) })}`),
    ...speaksAgainst.map((item) => `    ${translate('cli.repair.against', { text: evidenceText(item, translate) })}`),
  ];
  if (missingCheck === null || cause.isUnplaced) return lines;
  const [one = '', other] = missingCheck.between;
  const command = named(missingCheck.command);
  const check =
    other === undefined
      ? translate('cli.repair.check', { command })
      : translate('cli.repair.check-between', { one, other, command });
  lines.push(`    ${check}`, `        ${statementText(CHECKS[missingCheck.check].statement, translate)}`);
  return lines;
}

function remedyLines(translate: Translate, { failure: id }: Cause, named: Named): string[] {
  const failure = findFailure(id);
  if (failure === undefined) return [];
  const { kind, cause, warning, look, dispute, steps } = failure;
  const contradiction = CONTRADICTIONS.find(({ id: each }) => each === dispute?.contradiction);
  return [
    ...(kind === 'certificate' ? [] : [`    ${translate(`diagnosis.kind.${kind}`)}`]),
    `    ${statementText(cause, translate)}${certaintyText(cause, { translate })}`,
    ...[look ?? [], warning ?? []].flat().map((statement) => `    ${statementText(statement, translate)}`),
    ...(contradiction === undefined
      ? []
      : [`    ${translate('cli.repair.dispute', { text: translateKey(contradiction.advice, translate) })}`]),
    `    ${translate('cli.repair.remedy')}`,
    ...steps.flatMap((step, at) => stepLines(translate, step, { number: at + 1, named })),
  ];
}

function stepLines(
  translate: Translate,
  step: RemedyStep,
  { number, named }: { number: number; named: Named },
): string[] {
  const { statement, only, backup, command } = step;
  const text = `${statementText(statement, translate)}${certaintyText(statement, { translate })}`;
  return [
    `      ${
      only === undefined
        ? translate('cli.repair.step', { number, text })
        : translate('cli.repair.step-only', { number, only: translateKey(only, translate), text })
    }`,
    ...(backup?.command === undefined
      ? []
      : [`           ${translate('cli.repair.backup', { command: named(backup.command) })}`]),
    ...(command === undefined ? [] : [`           ${named(command)}`]),
  ];
}
