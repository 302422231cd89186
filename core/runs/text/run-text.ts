import { commandText, type PlanStep } from '../../plan/model/plan.ts';
import { countDone, type CommandResult, type RunRecord, type StepRecord } from '../model/run.ts';
import { fillPrinted } from '../model/printed.ts';
import { planClusters, planSentence, stepTitle, type PlanWording } from '../../plan/text/plan-text.ts';
import type { ProgramPlace } from '../model/view.ts';
import type { Translate } from '../../shared/text/text.ts';
import { formatInstant } from '../../shared/text/time.ts';
import { terminalLine } from '../../shared/terminal-text.ts';

export function runTranscript(run: RunRecord, wording: PlanWording): string {
  const { translate } = wording;
  const { steps, target, by } = run;
  const plan = fillPrinted(run);
  const clusters = terminalLine(planClusters(plan, wording));
  const lines = [
    translate('transcript.title', { clusters, id: run.id }),
    translate('transcript.begun', { target, by, date: formatTime(run.startedAt, wording) }),
    ...(run.endedAt === undefined ? [] : [translate('transcript.ended', { date: formatTime(run.endedAt, wording) })]),
    translate('cli.run.ended', { state: run.state, done: countDone(steps), count: steps.length, id: run.id, clusters }),
    ...plan.steps.flatMap((step, at) => stepLines({ step, record: steps[at], at, run }, wording)),
    ...outcomeLines(run, wording),
  ];
  return `${lines.join('\n')}\n`;
}

function formatTime(moment: RunRecord['startedAt'], { language, zone }: PlanWording): string {
  return formatInstant(moment, language, zone);
}

function stepLines(
  { step, record, at, run }: { step: PlanStep; record: StepRecord | undefined; at: number; run: RunRecord },
  wording: PlanWording,
): string[] {
  const { translate } = wording;
  if (record === undefined) return [];
  const { state, startedAt, endedAt, tries, reason, byHand, result, check } = record;
  const count = run.plan.steps.length;
  return [
    '',
    translate('cli.run.step', { at: at + 1, count, title: stepTitle(step, wording), id: step.id }),
    planSentence(step.why, wording),
    translate(`cli.run.state.${state}`),
    ...(byHand === true ? [translate('transcript.by-hand')] : []),
    ...(reason === undefined ? [] : [translate('details.reason', { reason })]),
    ...(startedAt === undefined
      ? []
      : [translate('transcript.tried', { tries, date: formatTime(startedAt, wording) })]),
    ...(endedAt === undefined ? [] : [translate('transcript.ended', { date: formatTime(endedAt, wording) })]),
    ...(step.command === undefined ? [] : commandLines(commandText(step.command))),
    ...(result === undefined ? [] : resultLines(result, wording)),
    ...(check === undefined || step.check === undefined
      ? []
      : [
          translate(`run.check.${check.verdict}`),
          ...commandLines(commandText(step.check.command)),
          ...resultLines(check, wording),
        ]),
  ];
}

function commandLines(command: string): string[] {
  return command.split('\n').map((line) => `  > ${line}`);
}

function resultLines(result: CommandResult, { translate }: PlanWording): string[] {
  const { ended, exitCode, output, knownErrors } = result;
  const { head, tail, leftOutBytes, secrets } = output;
  return [
    ...outputLines(head),
    ...(leftOutBytes > 0 ? [translate('transcript.left-out', { bytes: leftOutBytes })] : []),
    ...outputLines(tail),
    ...startFaults({ result }, translate),
    translate(`run.result.${ended}`, { code: exitCode ?? '–' }),
    ...(secrets > 0 ? [translate('transcript.secrets', { secrets })] : []),
    ...knownErrors.map(({ failure }) => translate('cli.run.known', { failure })),
  ];
}

function outputLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.replace(/\r?\n$/u, '').split(/\r?\n/u);
  return lines.map((line) => `  | ${line}`);
}

export function startFaults({ result, check }: Pick<StepRecord, 'result' | 'check'>, translate: Translate): string[] {
  const { missingProgram: program, startFault: reason } =
    [result, check].find((each) => each?.missingProgram !== undefined) ?? {};
  if (program === undefined) return [];
  const of = result?.missingProgram === undefined ? 'check' : 'step';
  const fault =
    reason === undefined
      ? translate('run.program.missing', { program })
      : translate('problem.program.not-started', { program, reason });
  return [`${fault} ${translate('run.program.not-run', { of })}`];
}

export function programsText(programs: readonly ProgramPlace[], translate: Translate): string | undefined {
  if (programs.length === 0) return undefined;
  const places = programs.map(
    ({ program, path, steps }) => path ?? translate('run.program.not-here', { program, steps: steps.join(', ') }),
  );
  return translate('run.programs', { places: places.join(translate('list.and')) });
}

const MOST_CLUSTERS = 5;
const MOST_NAMES = 3;

/**
 * Says which clusters are repaired, and what is still open in the others. Leaves out clusters in which nothing was
 * broken, and records of early releases, which do not say whether a function has stopped.
 */
export function verdictLines(
  { plan, outcome }: Pick<RunRecord, 'plan' | 'outcome'>,
  translate: Translate,
): { isRepaired: boolean; text: string }[] {
  const judged = (outcome?.clusters ?? []).flatMap(({ id, name, before, names, stopped }) => {
    if (names === undefined || stopped === undefined) return [];
    const open = names.length > 0 ? names : stopped.map((impact) => translate(`impact.${impact}`));
    const isRepaired = open.length === 0;
    if (isRepaired && before.expired === 0) return [];
    const clusters = open.slice(0, MOST_NAMES).join(translate('list.and'));
    const count = open.length - MOST_NAMES;
    const what = count > 0 ? translate('run.clusters.more', { clusters, count }) : clusters;
    const isHost = String(plan.clusters.some((each) => each.id === id && each.isHost));
    return { isRepaired, text: translate(`run.verdict.${isRepaired ? 'repaired' : 'open'}`, { isHost, name, what }) };
  });
  return [true, false].flatMap((isRepaired) => {
    const own = judged.filter((each) => each.isRepaired === isRepaired);
    const count = own.length - MOST_CLUSTERS;
    if (count <= 0) return own;
    const text = translate('run.verdict.more', { isRepaired: String(isRepaired), count });
    return [...own.slice(0, MOST_CLUSTERS), { isRepaired, text }];
  });
}

export function formatElsewhere({ outcome }: Pick<RunRecord, 'outcome'>, translate: Translate): string | undefined {
  const count = outcome?.elsewhere ?? 0;
  return count === 0 ? undefined : translate('run.verdict.elsewhere', { count });
}

/** Empty if the inventory was not read again. */
export function outcomeLines(run: Pick<RunRecord, 'plan' | 'outcome'>, wording: PlanWording): string[] {
  const { outcome } = run;
  if (outcome === undefined) return [];
  const { translate } = wording;
  const verdict = verdictLines(run, translate).map(({ text }) => terminalLine(text));
  return [
    '',
    translate('transcript.read-again', { date: formatTime(outcome.readAt, wording) }),
    ...outcome.clusters.map(({ name, before, after, renewed }) =>
      translate('transcript.cluster', {
        name,
        expiredBefore: before.expired,
        expiredAfter: after.expired,
        soonBefore: before.soon,
        soonAfter: after.soon,
        renewed: renewed.length,
      }),
    ),
    ...(verdict.length === 0 ? [] : ['', ...verdict]),
    ...[formatElsewhere(run, translate) ?? []].flat(),
  ];
}
