import { useTrail } from '../../audit/cli/trail.ts';
import { listOpenValues, openValues, type Plan } from '../../plan/model/plan.ts';
import { parseValues, LONGEST_VALUE, parseOpenValue, valueFault } from '../../plan/model/value.ts';
import { planDocument } from '../../plan/export/plan-records.ts';
import { planRepairFromFiles } from '../../repair/cli/plan.ts';
import { planFromFiles } from '../../update/cli/plan.ts';
import { planClusters, planSentence, type PlanWording } from '../../plan/text/plan-text.ts';
import { outcomeLines, programsText } from '../text/run-text.ts';
import { isRunId } from '../store/schemas.ts';
import { runStore } from '../store/store.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { runQuestions, tell } from './questions.ts';
import { badValue, requireOption } from '../../shared/verb/values.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { readRunFleet, readRunOutcome } from './run-inventory.ts';
import { isOfCatalogue } from '../model/catalogue-steps.ts';
import { fillPrinted } from '../model/printed.ts';
import { countDone, listLeftOut, type RunId, type RunRecord } from '../model/run.ts';
import type { RequestedPlan } from '../model/view.ts';
import { RunLife, type Beginning, type BegunRun, type ProposedRun } from '../run-life.ts';
import { labFolder, labTargetName } from '../model/target-name.ts';
import { targetName } from '../run-target.ts';
import type { StepRunner } from '../target.ts';

/** `arcwarden repair run [FILE...|-] --target TARGET`: runs the same plan that `repair plan` prints. */
export function repairRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, async () => {
    const { plan, request, faults } = await planRepairFromFiles(invocation);
    noticeFindings(invocation, faults);
    return { plan, request: { kind: 'repair', request } };
  });
}

/** `arcwarden update run [FILE...|-] --target TARGET`: runs the same plan that `update plan` prints. */
export function updateRunVerb(invocation: Invocation): Promise<ExitCode> {
  return planRun(invocation, async () => {
    const { read, planning, request, faults } = await planFromFiles(invocation);
    noticeFindings(invocation, [...read.findings, ...faults]);
    return { plan: planning.plan, request: { kind: 'update', request } };
  });
}

/** Runs the plan or resumes a run. Exits with 1 if the run did not finish. */
async function planRun(invocation: Invocation, makePlan: () => Promise<RequestedPlan>): Promise<ExitCode> {
  const { line, world, ports, dataFolder, translate } = invocation;
  if (line.values.yes !== true && world.choose === undefined) throw new UsageError('cli.usage.run-not-confirmed');
  const store = runStore(ports, dataFolder);
  const life = new RunLife({
    ports,
    dataFolder,
    store,
    claim: world.claim,
    isOfCatalogue,
    fleet: () => readRunFleet(invocation),
    outcome: (before) => readRunOutcome(invocation, before),
    // A run takes hours and other programs need the inventory, so the lock is held only while a line is written.
    withTrail: (work) => useTrail(invocation, work),
  });
  const resumed = readRunId(invocation);
  const beginning: Beginning = {
    agree: resumed === undefined ? undefined : (proposed) => checkResumed(invocation, resumed, proposed),
    values: (plan) => valuesFor(invocation, plan),
    check: async (run, target) => {
      noticeFindings(invocation, store.findings());
      checkSteps(invocation, run.plan);
      if (resumed !== undefined) tellRecord(invocation, run);
      await checkBefore(invocation, run, target);
    },
  };
  const begun =
    resumed === undefined
      ? await start(invocation, life, { makePlan, beginning })
      : await life.resume(resumed, beginning);
  const { run, audit } = begun;
  const ended = await life.go(begun, { events: runQuestions(invocation, run), signal: world.cancelling() });
  if (audit.backlog > 0) world.notice(translate('cli.run.not-audited', { count: audit.backlog }));
  const isSameAsBefore = resumed !== undefined && JSON.stringify(ended.steps) === JSON.stringify(run.steps);
  return tellRun(invocation, ended, isSameAsBefore);
}

async function start(
  invocation: Invocation,
  life: RunLife,
  { makePlan, beginning }: { makePlan: () => Promise<RequestedPlan>; beginning: Beginning },
): Promise<BegunRun> {
  const { line, translate } = invocation;
  const { from: step } = line.values;
  const target = targetNamed(invocation, requireOption(invocation, 'target'));
  const requested = await makePlan();
  const ids = requested.plan.steps.map(({ id }) => id);
  if (step !== undefined && !ids.includes(step)) throw badValue('--from', step, ids.join(', '));
  const from = step === undefined ? undefined : { step, reason: translate('cli.run.reason.from') };
  return life.start(requested, { target, from }, beginning);
}

function readRunId({ line, words }: Invocation): RunId | undefined {
  const { resume, from } = line.values;
  if (resume === undefined) return undefined;
  if (from !== undefined) throw new UsageError('cli.usage.option-not-for', { option: '--from', use: '--resume' });
  if (words[0] !== undefined) throw new UsageError('cli.usage.option-not-for', { option: words[0], use: '--resume' });
  if (!isRunId(resume)) throw new ConsoleError('run.unknown', { run: resume });
  return resume;
}

/**
 * Protects against a manipulated record: the caller must state the target again, and a person must accept the former
 * copy of a damaged record. If the request is missing, only a person can judge the order of the steps. Throws
 * `run.other-target`, `run.damaged` or `run.request-missing`.
 */
async function checkResumed(
  { line, world, ports, translate }: Invocation,
  id: RunId,
  { target, isFormerCopy, request }: ProposedRun,
): Promise<void> {
  const ask = line.values.yes === true ? undefined : world.choose;
  const given = line.values.target === undefined ? undefined : targetNamed({ world }, line.values.target);
  if (given === undefined && ask === undefined) throw new UsageError('cli.usage.resume-target');
  if (given !== undefined && given !== target) throw new ConsoleError('run.other-target', { run: id, target, given });
  if (request === undefined && ask === undefined)
    throw new ConsoleError('run.request-missing', { file: `runs/${id}.request.json` });
  if (isFormerCopy !== true) return;
  const answer = await ask?.(`${translate('run.consent.former-copy')}\n${translate('cli.run.former-copy', { id })}`);
  if (answer?.trim() === id) return;
  const file = ports.files.join('runs', `${id}.json`);
  throw new ConsoleError('run.damaged', { file, copy: `${file}.previous` });
}

function tellRecord(invocation: Invocation, { id, target, steps }: RunRecord): void {
  const { translate } = invocation;
  tell(invocation, translate('cli.run.resumed', { id, target }));
  for (const [index, step] of steps.entries()) {
    const state = translate(`cli.run.state.${step.state}`);
    tell(invocation, `  ${translate('cli.run.resumed-step', { at: index + 1, id: step.id, state })}`);
  }
}

/** Finds problems that would stop the run halfway. Throws `run.program-missing` or `file.not-writable`. */
async function checkBefore(invocation: Invocation, run: RunRecord, target: StepRunner): Promise<void> {
  const { line, translate } = invocation;
  const { yes, skip = [], accept = [] } = line.values;
  const isLeft = (id: string, at: number): boolean => {
    const state = run.steps[at]?.state;
    return state !== 'done' && state !== 'skipped' && !skip.includes(id);
  };
  const open = run.plan.steps.filter(({ id }, at) => isLeft(id, at));
  await target.prepare?.(open);
  const programs = target.programs?.(open) ?? [];
  const text = programsText(programs, translate);
  if (text !== undefined) tell(invocation, text);
  if (yes !== true) return;
  const missing = programs.find(({ path }) => path === undefined);
  if (missing !== undefined)
    throw new ConsoleError('run.program-missing', { program: missing.program, steps: missing.steps.join(', ') });
  const values = open.flatMap((step) =>
    step.command === undefined || accept.includes(step.id) ? [] : listOpenValues(step),
  );
  if (values.length > 0)
    invocation.world.notice(translate('cli.run.open-values', { values: [...new Set(values)].join(', ') }));
}

/** Rejects unknown step ids, which the run would never reach. */
function checkSteps({ line }: Invocation, { steps }: Plan): void {
  const ids = steps.map(({ id }) => id);
  for (const option of ['accept', 'skip'] as const)
    for (const value of line.values[option] ?? [])
      if (!ids.includes(value)) throw badValue(`--${option}`, value, ids.join(', '));
}

function valuesFor({ line, translate }: Invocation, plan: Plan): ReadonlyMap<string, string> {
  const known = openValues(plan);
  return parseValues(
    (line.values.value ?? []).map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, Math.max(0, at)), pair.slice(at + 1)];
      if (!known.includes(name)) throw badValue('--value', pair, known.map((each) => `${each}=…`).join(', '));
      const fault = valueFault(parseOpenValue(name), value);
      if (fault !== undefined)
        throw badValue('--value', pair, translate(`run.begin.fault.${fault}`, { longest: LONGEST_VALUE }));
      return { name, value };
    }),
  );
}

/** Also for a lab: `lab:` and a folder, which may be relative. */
function targetNamed({ world }: Pick<Invocation, 'world'>, text: string): string {
  const folder = labFolder(text);
  if (folder !== undefined) return labTargetName(world.absolute(folder));
  try {
    return targetName(text === 'local' ? { kind: text } : { kind: 'host', name: text });
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    throw badValue('--target', text, 'lab:FOLDER, local, host01.contoso.example');
  }
}

function tellRun(invocation: Invocation, run: RunRecord, isSameAsBefore: boolean): ExitCode {
  const { line, world, translate } = invocation;
  const leftOut = listLeftOut(run);
  if (line.json) {
    world.json({ ...run, plan: planDocument(fillPrinted(run)) });
  } else {
    const wording: PlanWording = { ...invocation, zone: 'local' };
    world.out('\n');
    world.out(
      `${translate('cli.run.ended', {
        state: run.state,
        done: countDone(run.steps),
        count: run.steps.length,
        id: run.id,
        clusters: planClusters(run.plan, wording),
      })}\n`,
    );
    for (const text of outcomeLines(run, wording)) world.out(`${text}\n`);
    if (run.state === 'done') for (const each of run.plan.after) world.out(`  - ${planSentence(each, wording)}\n`);
  }
  if (isSameAsBefore) world.notice(translate('cli.run.not-run-now'));
  if (leftOut.length > 0) world.notice(translate('cli.run.left-out', { steps: leftOut.join(', ') }));
  if (run.state !== 'done') world.notice(translate('cli.run.resume', { id: run.id, target: run.target }));
  return run.state === 'done' && leftOut.length === 0 ? EXIT.fine : EXIT.attention;
}
