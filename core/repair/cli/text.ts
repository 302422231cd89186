import { statementText } from '../../shared/text/statement.ts';
import { CHECKS } from '../../knowledge/model/checks.ts';
import { CONTRADICTIONS } from '../../knowledge/model/contradictions.ts';
import { findFailure } from '../../knowledge/model/failures/failures.ts';
import type { Statement } from '../../shared/citation.ts';
import type { Cause, Diagnosis, ElsewhereSign } from '../model/diagnose.ts';
import type { Failure, FailureId, RemedyStep } from '../../knowledge/model/failure.ts';
import { evidenceText, translateKey, rolesText } from '../text/diagnosis-text.ts';
import { translator, type Translate } from '../../shared/text/text.ts';

/** Fills known names into a command. */
type Named = (command: string) => string;

const english = translator('en');

/** Names a failure in `--json`. */
export function failureRecord(failure: FailureId): object {
  return { failure, title: translateKey(`failure.${failure}`, english), kind: findFailure(failure)?.kind ?? null };
}

/** Lists causes, and the remedy of the best cause. */
export function diagnosisLines(translate: Translate, { causes, elsewhere }: Diagnosis, named: Named): string[] {
  const lines = causes.flatMap((cause, at) => [
    ...(at === 0 ? [] : ['']),
    ...causeLines(translate, cause, named),
    ...(at === 0 ? remedyLines(translate, cause, named) : []),
  ]);
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

function causeLines(translate: Translate, cause: Cause, named: Named): string[] {
  const { failure, confidence, evidence, speaksAgainst, missingCheck } = cause;
  const lines = [
    translate('cli.repair.cause', {
      failure,
      title: translateKey(`failure.${failure}`, translate),
      confidence: Math.round(confidence * 100),
    }),
    ...evidence.map((item) => `    ${translate('cli.repair.for', { text: evidenceText(item, translate) })}`),
    ...speaksAgainst.map((item) => `    ${translate('cli.repair.against', { text: evidenceText(item, translate) })}`),
  ];
  if (missingCheck === null) return lines;
  const [one = '', other] = missingCheck.between;
  const command = named(missingCheck.command);
  lines.push(
    `    ${
      other === undefined
        ? translate('cli.repair.check', { command })
        : translate('cli.repair.check-between', { one, other, command })
    }`,
    `        ${statementText(CHECKS[missingCheck.check].statement, translate)}`,
  );
  return lines;
}

function remedyLines(translate: Translate, { failure: id }: Cause, named: Named): string[] {
  const failure = findFailure(id);
  if (failure === undefined) return [];
  const { cause, warning, look, dispute, steps } = failure;
  const contradiction = CONTRADICTIONS.find(({ id: each }) => each === dispute?.contradiction);
  return [
    ...kindLines(translate, failure),
    `    ${statementText(cause, translate)}${certainty(translate, cause)}`,
    ...(look === undefined ? [] : [`    ${statementText(look, translate)}`]),
    ...(warning === undefined ? [] : [`    ${statementText(warning, translate)}`]),
    ...(contradiction === undefined
      ? []
      : [`    ${translate('cli.repair.dispute', { text: translateKey(contradiction.advice, translate) })}`]),
    `    ${translate('cli.repair.remedy')}`,
    ...steps.flatMap((step, at) => stepLines(translate, step, { number: at + 1, named })),
  ];
}

function kindLines(translate: Translate, { kind }: Failure): string[] {
  return kind === 'certificate' ? [] : [`    ${translate(`diagnosis.kind.${kind}`)}`];
}

function stepLines(
  translate: Translate,
  step: RemedyStep,
  { number, named }: { number: number; named: Named },
): string[] {
  const { statement, only, backup, command } = step;
  const text = `${statementText(statement, translate)}${certainty(translate, statement)}`;
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

/** Returns only the certainty: `--json` and the console show the sources. */
function certainty(translate: Translate, { citations: [first] }: Statement): string {
  return first === undefined ? '' : `  [${translate(`certainty.${first.certainty}`)}]`;
}
