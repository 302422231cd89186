import { claimClusters } from '../execution/claims.ts';
import { runPlan } from '../execution/runner.ts';
import type { FailureAnswer, RunEvents, StepAnswer, StepQuestion } from '../execution/runner.ts';
import type { Target } from '../execution/target.ts';
import { engineFleet } from '../execution/targets/engine-fleet.ts';
import { WindowsHost } from '../execution/targets/windows-host.ts';
import type { AuditAction } from '../domain/audit.ts';
import { commandText, openValues } from '../domain/plan.ts';
import type { Plan } from '../domain/plan.ts';
import { ConsoleError } from '../domain/problem.ts';
import { filledPlan, isOpenEnded, newRun } from '../domain/run.ts';
import type { RunId, RunRecord, StepRecord } from '../domain/run.ts';
import { planClusters, planSentence, stepTitle, targetText } from '../language/plan-text.ts';
import type { PlanWording } from '../language/plan-text.ts';
import { isRunId } from '../store/run-schemas.ts';
import { runStore } from '../store/run-store.ts';
import type { RunStore } from '../store/run-store.ts';
import { findingLines } from './findings.ts';
import type { Invocation } from './invocation.ts';
import { sourceOf } from './judged-source.ts';
import type { OptionName } from './options.ts';
import { planRecord } from './plan-records.ts';
import { EXIT, UsageError } from './usage.ts';
import type { ExitCode } from './usage.ts';

/** Options of a run beside those of the plan. */
export const RUN_OPTION_NAMES = [
  ...(['target', 'yes', 'accept', 'value', 'from', 'resume'] as const),
] satisfies readonly OptionName[];

/** A name of a computer, of DNS or NetBIOS; it never becomes a part of a command. */
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/u;
const SAMPLE = 'sample';
const LOCAL = 'local';

/**
 * `arcwarden repair run` and `arcwarden update run`: runs the plan that the same words make, or goes on with a run. Exit 1 when
 * it did not come to its end.
 */
export async function planRun(
  invocation: Invocation,
  planOf: (invocation: Invocation) => Promise<Plan>,
): Promise<ExitCode> {
  const { line, world, ports, dataFolder, translate } = invocation;
  const store = runStore(ports, dataFolder);
  if (line.values.yes !== true && world.choose === undefined)
    throw new UsageError('cli.usage.run-not-confirmed');
  const resume = resumedId(invocation);
  const begun = resume === undefined ? await newRunOf(invocation, planOf) : undefined;
  const plan = begun?.plan ?? (await store.read(resume ?? ('' as RunId))).plan;
  const claim = await claimClusters(ports, { dataFolder, plan, claim: world.claim });
  try {
    // Read under the claim: before it another process may have gone on with it.
    const run = begun ?? (await store.read(resume ?? ('' as RunId)));
    for (const finding of store.findings())
      for (const text of findingLines(finding, translate)) world.notice(text);
    const target = await targetOf(invocation, run);
    return tellRun(invocation, await runIn(invocation, { run, target, store }));
  } finally {
    await claim.release();
  }
}

function resumedId({ line, words }: Invocation): RunId | undefined {
  const { resume, target, from } = line.values;
  if (resume === undefined) return undefined;
  for (const [option, value] of [
    ['--target', target],
    ['--from', from],
  ] as const)
    if (value !== undefined)
      throw new UsageError('cli.usage.option-not-for', { option, use: '--resume' });
  if (words[0] !== undefined)
    throw new UsageError('cli.usage.option-not-for', { option: words[0], use: '--resume' });
  if (!isRunId(resume)) throw new ConsoleError('run.unknown', { run: resume });
  return resume;
}

async function newRunOf(
  invocation: Invocation,
  planOf: (invocation: Invocation) => Promise<Plan>,
): Promise<RunRecord> {
  const { line, ports, translate } = invocation;
  const { target, from } = line.values;
  if (target === undefined) throw new UsageError('cli.usage.option-needed', { option: '--target' });
  if (!HOST_NAME.test(target))
    throw new UsageError('cli.usage.bad-value', {
      ...{ option: '--target', value: target },
      allowed: `${SAMPLE}, ${LOCAL}, host01.contoso.example`,
    });
  const open = await planOf(invocation);
  const plan = filledPlan(open, valuesFor(invocation, open));
  if (from !== undefined && !plan.steps.some(({ id }) => id === from))
    throw new UsageError('cli.usage.bad-value', {
      ...{ option: '--from', value: from },
      allowed: plan.steps.map(({ id }) => id).join(', '),
    });
  return newRun(
    {
      ...{ id: ports.ids.next() as RunId, plan, target },
      ...{ by: ports.host.user(), startedAt: ports.clock.now() },
    },
    from === undefined ? undefined : { step: from, reason: translate('cli.run.reason.from') },
  );
}

/** `--value NAME=VALUE` for what only the admin knows. */
function valuesFor({ line }: Invocation, plan: Plan): Map<string, string> {
  const known = openValues(plan);
  return new Map(
    (line.values.value ?? []).map((pair): [string, string] => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, Math.max(0, at));
      if (!known.includes(name))
        throw new UsageError('cli.usage.bad-value', {
          ...{ option: '--value', value: pair },
          allowed: known.map((each) => `${each}=…`).join(', '),
        });
      return [name, pair.slice(at + 1)];
    }),
  );
}

async function targetOf(invocation: Invocation, { target, plan }: RunRecord): Promise<Target> {
  const { ports, world, line } = invocation;
  if (target === LOCAL) return new WindowsHost(ports);
  if (target !== SAMPLE) return new WindowsHost(ports, target);
  const paths = (line.values.inventory ?? []).map((path) => world.absolute(path));
  const { clusters, facts } = await sourceOf({ ...invocation, paths });
  return engineFleet({ clusters, facts, now: ports.clock.now(), plan });
}

async function runIn(
  invocation: Invocation,
  { run, target, store }: { run: RunRecord; target: Target; store: RunStore },
): Promise<RunRecord> {
  const { ports, world } = invocation;
  await audit(invocation, 'run.started', run);
  const ended = await runPlan({
    ...{ run, target, clock: ports.clock, events: eventsOf(invocation, run) },
    keep: (kept) => store.keep(kept),
    signal: world.cancelling(),
  });
  await audit(invocation, 'run.ended', ended);
  return ended;
}

/** The data folder is held for the entry alone: a run takes hours, and others work with the inventory meanwhile. */
async function audit(
  { ports, world, dataFolder }: Invocation,
  action: Extract<AuditAction, `run.${string}`>,
  { id, by, target, state, plan, steps }: RunRecord,
): Promise<void> {
  const done = steps.filter((step) => step.state === 'done').length;
  await world.withTelling(ports, dataFolder, ({ telling }) =>
    telling.audit.append({
      ...{ by, action, subject: id },
      params: { kind: plan.kind, target, state, done, steps: steps.length },
    }),
  );
}

// ---- Questions ---------------------------------------------------------------------------------------------------------

function eventsOf(invocation: Invocation, { plan }: RunRecord): RunEvents {
  const { line, world, translate } = invocation;
  const say = (text: string): void => (line.json ? world.notice(text) : world.out(`${text}\n`));
  const wording: PlanWording = { ...invocation, zone: 'local' };
  const ask = line.values.yes === true ? undefined : world.choose;
  return {
    confirm: async (question) => {
      for (const text of stepLines(question, plan, wording)) say(text);
      return ask === undefined
        ? answerWithout(invocation, question)
        : await answerOf(question, { ask, translate });
    },
    ...(ask !== undefined && {
      failed: async ({ record }) => {
        for (const text of resultLines(record, wording)) say(text);
        return failureAnswerOf({ ask, translate });
      },
    }),
    changed: (_run, record) => {
      if (record.state !== 'running' && (ask === undefined || record.state !== 'failed'))
        for (const text of resultLines(record, wording)) say(text);
    },
    output: (_step, text) => {
      if (!line.json) world.out(text);
    },
  };
}

function stepLines(
  { step, record, byHand }: StepQuestion,
  plan: Plan,
  wording: PlanWording,
): string[] {
  const { translate } = wording;
  const at = plan.steps.findIndex(({ id }) => id === step.id) + 1;
  const { command, expected, target } = step;
  return [
    '',
    translate('cli.run.step', {
      ...{ at, count: plan.steps.length, title: stepTitle(step, wording), id: step.id },
    }),
    planSentence(step.why, wording),
    ...(command === undefined ? [] : commandText(command).split('\n')).map((text) => `  > ${text}`),
    ...(expected === undefined ? [] : [planSentence(expected, wording)]),
    ...(step.risk === 'disruptive' || step.risk === 'dangerous'
      ? [translate(`cli.run.risk.${step.risk}`)]
      : []),
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
    ...(check === undefined ? [] : [translate(`cli.run.check.${check.verdict}`)]),
    ...errors.map((failure) => translate('cli.run.known', { failure })),
  ];
}

/** What `--yes` answers: nothing that only a person can know or take upon himself. */
function answerWithout(
  { line, world, translate }: Invocation,
  { step, record, byHand }: StepQuestion,
): StepAnswer {
  const { id, risk } = step;
  const stop = (text: string): StepAnswer => {
    world.notice(text);
    return { kind: 'stop' };
  };
  if (byHand)
    return risk === 'none'
      ? { kind: 'skip', reason: translate('cli.run.reason.reads') }
      : stop(translate('cli.run.stop.by-hand', { id }));
  const accepted = line.values.accept?.includes(id) === true;
  if (risk === 'dangerous' && !accepted) return stop(translate('cli.run.stop.dangerous', { id }));
  const isSerious = risk === 'disruptive' || risk === 'dangerous';
  if (isOpenEnded(record) && isSerious && !accepted)
    return stop(translate('cli.run.stop.unknown', { id }));
  return { kind: 'run' };
}

interface Asking {
  ask: (question: string) => Promise<string | undefined>;
  translate: Invocation['translate'];
}

async function answerOf(
  { step, byHand }: StepQuestion,
  { ask, translate }: Asking,
): Promise<StepAnswer> {
  const isDangerous = step.risk === 'dangerous' && !byHand;
  const question = isDangerous
    ? translate('cli.run.ask.dangerous', { id: step.id })
    : translate(byHand ? 'cli.run.ask.by-hand' : 'cli.run.ask');
  for (;;) {
    const answer = (await ask(question))?.trim();
    if (answer === undefined || answer === 'q') return { kind: 'stop' };
    if (answer === 'd') return { kind: 'done' };
    if (answer === 's') return skipped({ ask, translate });
    if (isDangerous ? answer === step.id : !byHand && answer === 'y') return { kind: 'run' };
  }
}

async function failureAnswerOf({ ask, translate }: Asking): Promise<FailureAnswer> {
  for (;;) {
    const answer = (await ask(translate('cli.run.ask.failed')))?.trim();
    if (answer === undefined || answer === 'q') return { kind: 'stop' };
    if (answer === 'r') return { kind: 'retry' };
    if (answer === 's') return skipped({ ask, translate });
  }
}

async function skipped({
  ask,
  translate,
}: Asking): Promise<{ kind: 'skip'; reason: string } | { kind: 'stop' }> {
  for (;;) {
    const reason = (await ask(translate('cli.run.ask.reason')))?.trim();
    if (reason === undefined) return { kind: 'stop' };
    if (reason !== '') return { kind: 'skip', reason };
  }
}

// ---- The end -----------------------------------------------------------------------------------------------------------

function tellRun(invocation: Invocation, run: RunRecord): ExitCode {
  const { line, world, translate } = invocation;
  if (line.json) {
    const { plan, ...rest } = run;
    world.out(`${JSON.stringify({ ...rest, plan: planRecord(plan) }, null, 2)}\n`);
  } else {
    const done = run.steps.filter(({ state }) => state === 'done').length;
    const wording: PlanWording = { ...invocation, zone: 'local' };
    world.out('\n');
    world.out(
      `${translate('cli.run.ended', {
        ...{ state: run.state, done, count: run.steps.length, id: run.id },
        clusters: planClusters(run.plan, wording),
      })}\n`,
    );
    if (run.state === 'done')
      for (const each of run.plan.after) world.out(`  - ${planSentence(each, wording)}\n`);
  }
  if (run.state !== 'done') world.notice(translate('cli.run.resume', { id: run.id }));
  return run.state === 'done' ? EXIT.fine : EXIT.attention;
}
