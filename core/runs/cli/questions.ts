import { labFolder } from '../model/target-name.ts';
import { commandText, listOpenValues, stepCase, type Plan, type PlanStep } from '../../plan/model/plan.ts';
import { parseOpenValue, valueFault } from '../../plan/model/value.ts';
import { collectValues } from '../model/printed.ts';
import { isOpenEnded, type RunRecord, type StepRecord } from '../model/run.ts';
import type { RunAnswer } from '../contract.ts';
import type { RunEvents, StepQuestion } from '../runner.ts';
import { planCondition, planSentence, stepTitle, targetText, type PlanWording } from '../../plan/text/plan-text.ts';
import { startFaults } from '../text/run-text.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';

/** Shows each step with its result, and asks at the terminal. `--yes` answers questions that do not need a person. */
export function runQuestions(invocation: Invocation, { plan }: RunRecord): RunEvents {
  const { line, world, translate } = invocation;
  const say = (text: string): void => tell(invocation, text);
  const wording: PlanWording = { ...invocation, zone: 'local' };
  const ask = line.values.yes === true ? undefined : world.choose;
  return {
    ask: async (question) => {
      const isBefore = question.kind === 'confirm';
      if (isBefore) for (const text of stepLines(question, plan, wording)) say(text);
      if (ask === undefined) return isBefore ? answerWithout(invocation, question, plan) : { kind: 'stop' };
      const asking = { ask, translate, say };
      return isBefore ? readAnswer(question, asking) : readFailureAnswer(question, asking);
    },
    // The result of the step's check is complete here, so each attempt is printed once.
    settled: (_run, record) => {
      for (const text of resultLines(record, wording)) say(text);
      return Promise.resolve();
    },
    output: (_step, text) => {
      if (!line.json) world.out(text);
    },
  };
}

/** Prints a message during a run. With `--json`, standard output contains only the record. */
export function tell({ line, world }: Invocation, text: string): void {
  if (line.json) world.notice(text);
  else world.out(`${text}\n`);
}

function stepLines({ step, record, byHand, printed }: StepQuestion, plan: Plan, wording: PlanWording): string[] {
  const { translate } = wording;
  const at = plan.steps.findIndex(({ id }) => id === step.id) + 1;
  const { command, expected, target } = step;
  return [
    '',
    translate('cli.run.step', { at, count: plan.steps.length, title: stepTitle(step, wording), id: step.id }),
    ...(step.only === undefined ? [] : [planCondition(step.only, wording)]),
    planSentence(step.why, wording),
    ...(command === undefined ? [] : commandText(command).split('\n')).map((text) => `  > ${text}`),
    ...printed.map(({ name, step: number, value, choices }) =>
      translate('cli.run.printed', {
        at: number,
        name,
        values: choices.map((each) => (each.of === undefined ? each.value : `${each.value} (${each.of})`)).join(', '),
        isUsed: String(value !== undefined),
      }),
    ),
    ...(expected === undefined ? [] : [planSentence(expected, wording)]),
    ...(step.risk === 'disruptive' || step.risk === 'dangerous' ? [translate(`run.risk.${step.risk}`)] : []),
    ...(isOpenEnded(record) ? [translate('cli.run.unknown')] : []),
    ...(byHand ? [translate('cli.run.by-hand', { where: targetText(target, wording) })] : []),
  ];
}

function resultLines(record: StepRecord, { translate }: PlanWording): string[] {
  const { state, check, result } = record;
  const known = [...(result?.knownErrors ?? []), ...(check?.knownErrors ?? [])];
  const errors = [...new Set(known.map(({ failure }) => failure))];
  return [
    translate(`cli.run.state.${state}`),
    ...startFaults({ result, check }, translate),
    ...(check === undefined ? [] : [translate(`run.check.${check.verdict}`)]),
    ...errors.map((failure) => translate('cli.run.known', { failure })),
  ];
}

/** Answers for `--yes`. Stops if a person's knowledge or responsibility is needed. */
function answerWithout(
  { line, world, translate }: Invocation,
  { step, record, byHand }: StepQuestion,
  { steps }: Plan,
): RunAnswer {
  const { id, risk } = step;
  const stop = (text: string): RunAnswer => {
    world.notice(text);
    return { kind: 'stop' };
  };
  const accepted = line.values.accept?.includes(id) === true;
  if (line.values.skip?.includes(id) === true)
    return { kind: 'skip', reason: translate('cli.run.reason.skip'), isCase: step.only !== undefined };
  // A person must confirm the conditions of a step, but only once for all steps that share them.
  const isCase = steps.some((each) => stepCase(each) === stepCase(step) && line.values.accept?.includes(each.id));
  const isOpenCase = step.only !== undefined && !isOpenEnded(record) && !isCase;
  // Practice changes nothing of an admin's, so it goes on without what a person would do or judge.
  if (labFolder(line.values.target ?? '') !== undefined && (isOpenCase || (byHand && !accepted)))
    return { kind: 'skip', reason: translate('cli.run.reason.practice'), isCase: step.only !== undefined };
  if (isOpenCase) return stop(translate('cli.run.stop.case', { id }));
  if (byHand && accepted) return { kind: 'done' };
  if (byHand && risk !== 'none') return stop(translate('cli.run.stop.by-hand', { id }));
  if (byHand) return { kind: 'skip', reason: translate('cli.run.reason.reads') };
  if (risk === 'dangerous' && !accepted) return stop(translate('cli.run.stop.dangerous', { id }));
  const isSerious = risk === 'disruptive' || risk === 'dangerous';
  if (isOpenEnded(record) && isSerious && !accepted) return stop(translate('cli.run.stop.unknown', { id }));
  return { kind: 'run' };
}

interface Asking {
  ask: (question: string) => Promise<string | undefined>;
  translate: Invocation['translate'];
  say: (text: string) => void;
}

async function readAnswer({ step, byHand, printed }: StepQuestion, asking: Asking): Promise<RunAnswer> {
  const { ask, translate } = asking;
  const isDangerous = step.risk === 'dangerous' && !byHand;
  const open = listOpenValues(step);
  const used = [...collectValues(printed).keys()];
  const asked = isDangerous
    ? translate('cli.run.ask.dangerous', { id: step.id })
    : byHand
      ? translate(open.length > 0 ? 'cli.run.ask.open' : 'cli.run.ask.by-hand')
      : translate('cli.run.ask');
  const question = [
    ...(step.only === undefined ? [] : [translate('cli.run.ask.case')]),
    ...(used.length === 0 ? [] : [translate('cli.run.ask.printed')]),
    asked,
  ].join(' ');
  for (;;) {
    const answer = (await ask(question))?.trim();
    if (answer === undefined || answer === 'q') return { kind: 'stop' };
    if (answer === 'd' && (await isSaidDone(step, asking))) return { kind: 'done' };
    if (answer === 's') return askReason(asking);
    if (answer === 'n' && step.only !== undefined)
      return { kind: 'skip', reason: translate('run.reason.not-the-case'), isCase: true };
    if (answer === 'v' && (used.length > 0 || (byHand && open.length > 0))) {
      const values = await valuesFrom(byHand ? [...used, ...open] : used, asking);
      if (values.length > 0) return { kind: 'fill', values };
    }
    if (isDangerous ? answer === step.id : !byHand && answer === 'y') return { kind: 'run' };
  }
}

/** A person who confirms a dangerous step must type its id. */
async function isSaidDone({ id, risk }: PlanStep, { ask, translate }: Asking): Promise<boolean> {
  if (risk !== 'dangerous') return true;
  const typed = await ask(translate('cli.run.ask.dangerous.done', { id }));
  return typed?.trim() === id;
}

async function valuesFrom(
  names: readonly string[],
  { ask, translate, say }: Asking,
): Promise<{ name: string; value: string }[]> {
  const values: { name: string; value: string }[] = [];
  for (const name of names) {
    for (;;) {
      const value = (await ask(translate('cli.run.ask.value', { name })))?.trim();
      if (value === undefined || value === '') break;
      if (valueFault(parseOpenValue(name), value) === undefined) {
        values.push({ name, value });
        break;
      }
      say(translate('cli.run.ask.value.fault', { name }));
    }
  }
  return values;
}

async function readFailureAnswer({ kind }: StepQuestion, asking: Asking): Promise<RunAnswer> {
  const { ask, translate } = asking;
  const hasErrors = kind === 'errors';
  for (;;) {
    const answer = (await ask(translate(hasErrors ? 'cli.run.ask.errors' : 'cli.run.ask.failed')))?.trim();
    if (answer === undefined || answer === 'q') return { kind: 'stop' };
    if (answer === 'd' && hasErrors) return { kind: 'done' };
    if (answer === 'r') return { kind: 'retry' };
    if (answer === 's') return askReason(asking);
  }
}

async function askReason({ ask, translate }: Asking): Promise<RunAnswer> {
  for (;;) {
    const reason = (await ask(translate('cli.run.ask.reason')))?.trim();
    if (reason === undefined) return { kind: 'stop' };
    if (reason !== '') return { kind: 'skip', reason };
  }
}
