import { carryOut } from '../create/apply.ts';
import type { CreationPlan, CreationStep } from '../create/creation-plan.ts';
import { planFromFile } from '../create/plan.ts';
import type { Finding } from '../../shared/finding.ts';
import { tellRights } from './text.ts';
import { requirePath } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tellFindings, findingsExitCode, noticeFindings } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

export async function authorityCreate(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  const spec = requirePath(invocation, 'file');
  const folder = requirePath(invocation, 'out');
  const isDryRun = line.values['dry-run'] === true;
  const { plan, findings } = await planFromFile(ports, { spec, folder });
  if (plan === undefined) return tellInvalid(invocation, { spec, folder, findings });
  if (!line.json) {
    world.out(`${planText(invocation, plan)}\n`);
    tellFindings(invocation, findings);
  }
  const done = isDryRun ? undefined : await carryOut(ports, plan);
  const blocked = plan.steps.filter(({ action }) => action === 'blocked').length;
  const written = (done ?? []).filter(({ action }) => action !== 'keep' && action !== 'blocked').length;
  const document = { dryRun: isDryRun, folder, steps: done ?? plan.steps, findings };
  const sentence = isDryRun
    ? translate('cli.create.dry-run')
    : translate('cli.create.done', { count: written, blocked, folder });
  answer(invocation, document, `\n${sentence}`);
  if (written > 0) tellRights(invocation, folder);
  return blocked > 0 ? EXIT.attention : findingsExitCode(findings);
}

function tellInvalid(
  invocation: Invocation,
  told: { spec: string; folder: string; findings: readonly Finding[] },
): ExitCode {
  const { line, translate, world } = invocation;
  const { spec, folder, findings } = told;
  const count = findings.filter(({ severity }) => severity === 'error').length;
  const problem = { path: spec, count };
  if (line.json) {
    const document = { dryRun: line.values['dry-run'] === true, folder, steps: [], findings };
    world.json(document);
  } else {
    noticeFindings(invocation, findings);
  }
  world.notice(translate('problem.spec.invalid', problem));
  world.notice(translate('problem.spec.invalid.remedy', problem));
  return EXIT.usage;
}

function planText(invocation: Invocation, { folder, steps }: CreationPlan): string {
  const { translate } = invocation;
  const table = tabulate(
    [
      translate('cli.column.action'),
      { head: translate('column.file'), isWhole: true },
      translate('cli.column.profile'),
      { head: translate('column.expires'), align: 'right' },
      translate('column.why'),
    ],
    steps.map((step) => [
      translate(`create.action.${step.action}`),
      step.path.startsWith(folder) ? step.path.slice(folder.length + 1) : step.path,
      step.profile ?? '',
      localTime(invocation, step.present?.notAfter),
      reasonText(invocation, step),
    ]),
  );
  return [translate('cli.create.plan', { folder }), '', table].join('\n');
}

function reasonText({ translate }: Invocation, { reason, fields = [] }: CreationStep): string {
  const why = translate(`create.reason.${reason}`);
  if (fields.length === 0) return why;
  return `${why}: ${fields.map((field) => translate(`create.field.${field}`)).join(', ')}`;
}
