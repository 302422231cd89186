import { FAILURES } from '../../knowledge/model/failures/failures.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { Finding } from '../../shared/finding.ts';
import type { RepairPlanning } from '../model/planning.ts';
import type { RepairQuestion } from '../model/question.ts';
import { certaintyText, openText, planSentence, planText, type PlanWording } from '../../plan/text/plan-text.ts';
import { translateKey } from '../text/diagnosis-text.ts';
import type { Translate } from '../../shared/text/text.ts';
import { failureRecord } from './text.ts';
import { planWithQuestion, type PlannedRepair } from '../service.ts';
import { noticeFindings, inputFault, filterErrors } from '../../shared/verb/findings.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { inventoryPaths, tellUncheckedNames } from '../../inventory/cli/read-clusters.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue, splitList } from '../../shared/verb/values.ts';
import { findFormat, MOST_LOG_BYTES, readTexts, writePlan } from '../../plan/cli/plan-files.ts';
import { planDocument, statementRecord } from '../../plan/export/plan-records.ts';
import { getAnswers } from './answers.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';

/** Exits with 1 if the plan has steps. */
export async function repairPlanVerb(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate, language } = invocation;
  const format = findFormat(invocation);
  const { plan, causes, question, faults } = await planRepairFromFiles(invocation);
  if (line.json) {
    const asked = question === undefined ? null : questionRecord(question);
    world.json({ plan: planDocument(plan), causes: causeRecords(causes), question: asked, findings: faults });
  } else {
    const wording = { translate, language, zone: 'local' } as const;
    const open = openText(plan, wording);
    const lines = [
      ...causeLines(causes, translate),
      ...(question === undefined ? [] : questionLines(question, wording)),
    ];
    world.out(`${lines.join('\n')}\n\n${planText(plan, wording)}`);
    if (open !== undefined) world.out(`\n${open}\n`);
    noticeFindings(invocation, faults);
  }
  await writePlan(invocation, plan, format);
  if (inputFault(faults)) return EXIT.usage;
  return plan.steps.length > 0 || faults.length > 0 ? EXIT.attention : EXIT.fine;
}

interface RepairFromFiles extends PlannedRepair {
  /** Unreadable files. */
  faults: readonly Finding[];
}

export async function planRepairFromFiles(invocation: Invocation): Promise<RepairFromFiles> {
  const { line } = invocation;
  const failures = listFailures(line.values.failure);
  const answers = getAnswers(invocation);
  const texts = (await readTexts(invocation, MOST_LOG_BYTES)).map(({ text }) => text);
  const isOptional = texts.length + failures.length > 0;
  const { fleet, findings } = await readFleet(invocation, inventoryPaths(invocation), { isOptional });
  const { cluster, deployment } = line.values;
  tellUncheckedNames(invocation, fleet.clusters);
  const choice = { clusters: splitList(cluster), failures, texts, answers, deployment, namesFirst: true };
  // A repair plan already covers expiry.
  return {
    ...planWithQuestion({ ...fleet, findings: [...fleet.findings, ...findings] }, choice),
    faults: filterErrors(findings),
  };
}

function listFailures(values: readonly string[] | undefined): FailureId[] {
  return [...new Set(splitList(values).map((value) => value.toUpperCase()))].map((value) => {
    const found = FAILURES.find(({ id }) => id === value)?.id;
    if (found !== undefined) return found;
    const allowed = `${FAILURES[0]?.id ?? ''}–${FAILURES.at(-1)?.id ?? ''}`;
    throw badValue('--failure', value, allowed);
  });
}

function causeRecords(causes: RepairPlanning['causes']): object[] {
  return causes.map(({ failure, cluster }) => ({ ...failureRecord(failure), cluster: cluster ?? null }));
}

function questionRecord({ layer, statement, ...question }: RepairQuestion): object {
  return { field: layer, ...statementRecord(statement), ...question };
}

function questionLines({ layer, statement, command, removes }: RepairQuestion, wording: PlanWording): string[] {
  const { translate } = wording;
  return [
    `\n${translate('repair.ask')}`,
    `  ? ${planSentence(statement, wording)}${certaintyText(statement, wording)}`,
    `      > ${command}`,
    `    ${translate('cli.repair.ask', { layer, ...removes })}`,
  ];
}

function causeLines(causes: RepairPlanning['causes'], translate: Translate): string[] {
  if (causes.length === 0) return [translate('cli.repair.plan-state')];
  return causes.map(({ failure, cluster }) => {
    const title = translateKey(`failure.${failure}`, translate);
    return cluster === undefined
      ? translate('cli.repair.plan-cause', { failure, title })
      : translate('cli.repair.plan-cause-of', { failure, title, cluster });
  });
}
