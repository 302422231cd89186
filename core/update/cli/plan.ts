import { kubernetesVersion, type KubernetesVersion } from '../../knowledge/model/aks-hci-version.ts';
import type { JudgedFleet } from '../../expiry/model/judged-fleet.ts';
import { listMinutes } from '../../maintenance/cli/options.ts';
import type { WithRules } from '../../maintenance/model/rules.ts';
import type { Finding } from '../../shared/finding.ts';
import { commandText } from '../../plan/model/plan.ts';
import type { PreflightCheck } from '../model/preflight.ts';
import type { UpdatePlanning, UpdateQuestion } from '../model/planning.ts';
import { planSentence, planText, type PlanWording } from '../../plan/text/plan-text.ts';
import { checkTitle } from '../text/check-text.ts';
import { exportUpdateWindow, planUpdate, type PlannedUpdate } from '../service.ts';
import { findingsExitCode, inputFault, noticeFindings, filterErrors } from '../../shared/verb/findings.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { inventoryPaths } from '../../inventory/cli/read-clusters.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { badValue, splitList } from '../../shared/verb/values.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { findFormat, readTexts, writePlan } from '../../plan/cli/plan-files.ts';
import { commandRecord, planDocument, statementRecord } from '../../plan/export/plan-records.ts';

/** Larger than the sessions of a whole day. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Exits with 1 if a check finds a problem. */
export async function updatePlanVerb(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate, translateFile, language } = invocation;
  const format = findFormat(invocation);
  const { read, planning, faults, fleet } = await planFromFiles(invocation);
  const findings = [...read.findings, ...faults];
  if (line.json) {
    const document = { ...updateRecord(planning), versions: read.known, findings };
    world.json(document);
  } else {
    world.out(updateText(planning, { translate, language, zone: 'local' }));
    noticeFindings(invocation, findings);
  }
  await writePlan(invocation, planning.plan, format);
  if (line.values.ics !== undefined) {
    const path = world.absolute(line.values.ics);
    await exportUpdateWindow(ports, planning, { path, fleet, wording: { translate: translateFile, language } });
    world.notice(translate('cli.file.written', { path }));
  }
  const isNothingRead = read.findings.some(({ rule }) => rule === 'update.nothing-read');
  if (inputFault(faults) || isNothingRead) return EXIT.usage;
  const isProblem = planning.checks.some(({ state }) => state === 'problem');
  return isProblem ? EXIT.attention : findingsExitCode(findings);
}

interface UpdateFromFiles extends PlannedUpdate {
  faults: readonly Finding[];
  fleet: WithRules<JudgedFleet>;
}

export async function planFromFiles(invocation: Invocation): Promise<UpdateFromFiles> {
  const { line } = invocation;
  const versions = listVersions(invocation);
  const minutes = listMinutes(line.values.minutes, UPDATE_KINDS);
  const texts = await readTexts(invocation, MAX_BYTES);
  const isOptional = texts.length > 0;
  const { fleet: judged, settings, findings } = await readFleet(invocation, inventoryPaths(invocation), { isOptional });
  const planning = { ...settings.planning, minutes: { ...settings.planning.minutes, ...minutes } };
  const fleet = { ...judged, planning };
  // The checks already cover expiry.
  const faults = filterErrors(findings);
  const { deployment } = line.values;
  const planned = planUpdate(fleet, {
    texts,
    choice: {
      clusters: splitList(line.values.cluster),
      deployment,
      namesFirst: true,
      versions,
      onlySystem: line.values['operating-system'] === true,
    },
  });
  return { ...planned, faults, fleet };
}

/** Parses `v1.22.11` or `retail-east=v1.22.11`. */
function listVersions({ line, translate }: Invocation): Map<string, KubernetesVersion> {
  return new Map(
    splitList(line.values.to).map((value): [string, KubernetesVersion] => {
      const at = value.lastIndexOf('=');
      const version = kubernetesVersion(value.slice(at + 1));
      if (version === undefined) throw badValue('--to', value, translate('update.usage.to'));
      return [at < 0 ? '' : value.slice(0, at), version];
    }),
  );
}

const UPDATE_KINDS = ['host-update', 'cluster-update'] as const;

function updateRecord({ plan, checks, questions, minutes, length }: UpdatePlanning): object {
  return {
    plan: planDocument(plan),
    checks: checks.map(checkRecord),
    questions: questions.map(({ id, cluster, command, statement }) => ({
      id,
      cluster: cluster ?? null,
      command: commandRecord(command),
      ...statementRecord(statement),
    })),
    length: { minutes, ...statementRecord(length) },
  };
}

function checkRecord(check: PreflightCheck): object {
  const { id, cluster, state, why, but, command, target, expected, credentials } = check;
  return {
    id,
    cluster: cluster ?? null,
    state,
    ...statementRecord(why),
    but: but === undefined ? null : statementRecord(but),
    command: commandRecord(command),
    target,
    expected: statementRecord(expected),
    credentials,
  };
}

const MARKS: Readonly<Record<PreflightCheck['state'], string>> = { ok: '+', problem: '!', unknown: '?' };

function updateText(planning: UpdatePlanning, wording: PlanWording): string {
  const { translate } = wording;
  const { plan, checks, questions, length, minutes } = planning;
  const count = (state: PreflightCheck['state']): number => checks.filter((check) => check.state === state).length;
  const updates = plan.steps.filter(({ id }) => /^update-/u.test(id)).length;
  const lines = [
    translate('update.answer', {
      updates,
      steps: plan.steps.length,
      problems: count('problem'),
      unknown: count('unknown'),
    }),
    ...(minutes > 0 ? [planSentence(length, wording)] : []),
    '',
    `${translate('update.checks')}:`,
    ...checks.flatMap((check) => checkLines(check, wording)),
    ...questionLines(questions, wording),
    '',
  ];
  return `${lines.join('\n')}\n${planText(plan, wording)}`;
}

function checkLines(check: PreflightCheck, wording: PlanWording): string[] {
  const { translate } = wording;
  const { state, why, but, command } = check;
  const blocks = state === 'problem' ? ` (${translate('update.preflight.state.problem')})` : '';
  return [
    `  ${MARKS[state]} ${checkTitle(check, wording)}${blocks}`,
    `      ${planSentence(why, wording)}`,
    ...(but === undefined ? [] : [`      ${planSentence(but, wording)}`]),
    ...(state === 'ok' ? [] : [`      > ${commandText(command)}`]),
  ];
}

function questionLines(questions: readonly UpdateQuestion[], wording: PlanWording): string[] {
  if (questions.length === 0) return [];
  return [
    '',
    wording.translate('update.questions'),
    ...questions.flatMap(({ command, statement }) => [
      `  ? ${planSentence(statement, wording)}`,
      `      > ${commandText(command)}`,
    ]),
  ];
}
