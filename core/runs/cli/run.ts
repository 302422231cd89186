import { claimClusters, type Claim } from '../locks.ts';
import { runPlan } from '../runner.ts';
import type { StepRunner } from '../target.ts';
import { LateAudit, missingLines } from '../late-audit.ts';
import { runAudit, stepAudit } from '../run-audit.ts';
import { checkTarget, namedTarget, runTarget, targetName, type KnownFleet } from '../run-target.ts';
import { listOpenValues, openValues, type Plan } from '../../plan/model/plan.ts';
import { givenValues, LONGEST_VALUE, toOpenValue, valueFault } from '../../plan/model/value.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { isOfCatalogue } from '../model/catalogue-steps.ts';
import type { RequestedPlan } from '../model/view.ts';
import { filledPlan, listLeftOut, newRun, type RunId, type RunRecord } from '../model/run.ts';
import { planClusters, planSentence, type PlanWording } from '../../plan/text/plan-text.ts';
import { outcomeLines, programsText } from '../text/run-text.ts';
import { isRunId } from '../store/schemas.ts';
import { runStore, type RunStore } from '../store/store.ts';
import { noticeFindings } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { inventoryPaths, readFleet } from '../../cli/fleet.ts';
import { toPlanDocument } from '../../plan/export/plan-records.ts';
import { readBaseline, findOutcome } from './outcome.ts';
import { runQuestions, tell } from './questions.ts';
import { EXIT, UsageError, type ExitCode } from '../../cli/usage.ts';
import { checkRecordedPlan } from '../recorded-plan.ts';

/**
 * `arcwarden repair run` and `arcwarden update run`: runs the plan that the same words make, or resumes a run. Exit 1
 * when it did not run to its end.
 */
export async function planRun(invocation: Invocation, planOf: () => Promise<RequestedPlan>): Promise<ExitCode> {
  const { line, world, ports, dataFolder } = invocation;
  const store = runStore(ports, dataFolder);
  if (line.values.yes !== true && world.choose === undefined) throw new UsageError('cli.usage.run-not-confirmed');
  const resume = resumedId(invocation);
  const begun = resume === undefined ? await newRunOf(invocation, planOf) : undefined;
  const seen = begun?.run ?? (await store.read(resume ?? ('' as RunId)));
  const isResumed = resume !== undefined;
  if (isResumed) await checkResumed(invocation, seen);
  const claim = await claimClusters(ports, { dataFolder, plan: seen.plan, claim: world.claim });
  try {
    // Read under the claim: before it, another process may have continued the run.
    const kept = isResumed ? await store.read(resume, { restores: seen.isFormerCopy === true }) : seen;
    if (kept.target !== seen.target || kept.isFormerCopy !== seen.isFormerCopy) await checkResumed(invocation, kept);
    if (isResumed) await checkRecord(invocation, kept, store);
    noticeFindings(invocation, store.findings());
    checkSteps(invocation, kept.plan);
    const run = isResumed ? { ...kept, plan: filledPlan(kept.plan, valuesFor(invocation, kept.plan)) } : kept;
    const target = runTarget({ ...ports, processes: claim.processes }, run, await knownFleet(invocation));
    if (isResumed) tellRecord(invocation, run);
    await checkBefore(invocation, run, target);
    if (begun?.request !== undefined) await store.keepRequest(run.id, begun.request);
    const ended = await runIn(invocation, {
      run,
      target,
      store,
      claim,
      action: isResumed ? 'run.resumed' : 'run.started',
    });
    const outcome = await findOutcome(invocation, ended, target);
    const told = outcome === undefined ? ended : { ...ended, outcome };
    if (outcome !== undefined) await store.keep(told, claim.check);
    const isSameAsBefore = isResumed && JSON.stringify(ended.steps) === JSON.stringify(run.steps);
    return tellRun(invocation, told, isSameAsBefore);
  } finally {
    await claim.release();
  }
}

function resumedId({ line, words }: Invocation): RunId | undefined {
  const { resume, from } = line.values;
  if (resume === undefined) return undefined;
  if (from !== undefined) throw new UsageError('cli.usage.option-not-for', { option: '--from', use: '--resume' });
  if (words[0] !== undefined) throw new UsageError('cli.usage.option-not-for', { option: words[0], use: '--resume' });
  if (!isRunId(resume)) throw new ConsoleError('run.unknown', { run: resume });
  return resume;
}

/**
 * A record is a file that somebody else may have changed: whoever resumes a run names its target again, and a person
 * agrees to the former copy of a damaged record. `run.other-target`, `run.damaged`.
 */
async function checkResumed({ line, world, ports, translate }: Invocation, run: RunRecord): Promise<void> {
  const { id, target } = run;
  const ask = line.values.yes === true ? undefined : world.choose;
  const given = line.values.target === undefined ? undefined : targetNamed(line.values.target);
  if (given === undefined && ask === undefined) throw new UsageError('cli.usage.resume-target');
  if (given !== undefined && given !== target) throw new ConsoleError('run.other-target', { run: id, target, given });
  if (run.isFormerCopy !== true) return;
  const answer = await ask?.(translate('cli.run.former-copy', { id }));
  if (answer?.trim() === id) return;
  const file = ports.files.join('runs', `${id}.json`);
  throw new ConsoleError('run.damaged', { file, copy: `${file}.previous` });
}

/** Prints what the record of a resumed run says: its target, and its steps in their order. */
function tellRecord(invocation: Invocation, { id, target, steps }: RunRecord): void {
  const { translate } = invocation;
  tell(invocation, translate('cli.run.resumed', { id, target }));
  for (const [index, step] of steps.entries()) {
    const state = translate(`cli.run.state.${step.state}`);
    tell(invocation, `  ${translate('cli.run.resumed-step', { at: index + 1, id: step.id, state })}`);
  }
}

/** Finds before the first step what would end the run in the middle. `run.program-missing`, `file.not-writable`. */
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

async function newRunOf(
  invocation: Invocation,
  planOf: () => Promise<RequestedPlan>,
): Promise<{ run: RunRecord; request: RequestedPlan['request'] }> {
  const { line, ports, world, translate } = invocation;
  const { target, from } = line.values;
  if (target === undefined) throw new UsageError('cli.usage.option-needed', { option: '--target' });
  const name = targetNamed(target);
  const { plan: open, request } = await planOf();
  checkTarget(open, name, (await knownFleet(invocation)).clusters);
  const plan = filledPlan(open, valuesFor(invocation, open));
  if (from !== undefined && !plan.steps.some(({ id }) => id === from))
    throw new UsageError('cli.usage.bad-value', {
      option: '--from',
      value: from,
      allowed: plan.steps.map(({ id }) => id).join(', '),
    });
  const before = await readBaseline(invocation, plan);
  const run = newRun(
    {
      ...(before.length > 0 && { before }),
      id: ports.ids.next() as RunId,
      plan,
      target: name,
      by: ports.host.user(),
      madeBy: world.version,
      startedAt: ports.clock.now(),
    },
    from === undefined ? undefined : { step: from, reason: translate('cli.run.reason.from') },
  );
  return { run, request };
}

/**
 * Compares the record with the plan made again from its request: throws as `checkRecordedPlan` does. Without the request only a
 * person can judge the order of the steps, so nobody to ask means `run.request-missing`.
 */
async function checkRecord({ line, world }: Invocation, run: RunRecord, store: RunStore): Promise<void> {
  const request = await store.readRequest(run.id);
  checkRecordedPlan({ run, request, release: world.version, isOfCatalogue });
  if (request === undefined && line.values.yes === true)
    throw new ConsoleError('run.request-missing', { file: `runs/${run.id}.request.json` });
}

/** A step that is misspelt would be asked for in vain. */
function checkSteps({ line }: Invocation, { steps }: Plan): void {
  const ids = steps.map(({ id }) => id);
  for (const option of ['accept', 'skip'] as const)
    for (const value of line.values[option] ?? [])
      if (!ids.includes(value))
        throw new UsageError('cli.usage.bad-value', { option: `--${option}`, value, allowed: ids.join(', ') });
}

/** `--value NAME=VALUE` for what only the admin knows. */
function valuesFor({ line, translate }: Invocation, plan: Plan): ReadonlyMap<string, string> {
  const known = openValues(plan);
  return givenValues(
    (line.values.value ?? []).map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, Math.max(0, at)), pair.slice(at + 1)];
      const refuse = (allowed: string): never => {
        throw new UsageError('cli.usage.bad-value', { option: '--value', value: pair, allowed });
      };
      if (!known.includes(name)) refuse(known.map((each) => `${each}=…`).join(', '));
      const fault = valueFault(toOpenValue(name), value);
      if (fault !== undefined) refuse(translate(`run.begin.fault.${fault}`, { longest: LONGEST_VALUE }));
      return { name, value };
    }),
  );
}

function targetNamed(text: string): string {
  try {
    return targetName(namedTarget(text));
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    throw new UsageError('cli.usage.bad-value', {
      option: '--target',
      value: text,
      allowed: 'sample, local, host01.contoso.example',
    });
  }
}

async function knownFleet(invocation: Invocation): Promise<KnownFleet> {
  const { fleet } = await readFleet(invocation, inventoryPaths(invocation), { isOptional: true });
  return fleet;
}

async function runIn(
  invocation: Invocation,
  {
    run,
    target,
    store,
    claim,
    action,
  }: { run: RunRecord; target: StepRunner; store: RunStore; claim: Claim; action: 'run.started' | 'run.resumed' },
): Promise<RunRecord> {
  const { ports, world, dataFolder } = invocation;
  const by = ports.host.user();
  // The data folder is held only while a line is written: a run takes hours, and others use the inventory.
  const late = new LateAudit((record) =>
    world.withNotifications(ports, dataFolder, ({ audit }) => audit.append(record)),
  );
  const runs = await store.list();
  // Before anything is done: a run that cannot be recorded must not take place.
  await world.withNotifications(ports, dataFolder, async ({ audit }) => {
    for (const record of await missingLines(runs, { lines: audit.check(), own: run.id })) await audit.append(record);
    await audit.append(runAudit(action, run, by));
  });
  const questions = runQuestions(invocation, run);
  let isKept = action === 'run.resumed';
  const ended = await runPlan({
    run,
    target,
    clock: ports.clock,
    events: {
      ...questions,
      settled: async (now, step) => {
        await questions.settled?.(now, step);
        const record = stepAudit(now, step, by);
        if (record !== undefined) await late.append(record);
      },
    },
    keep: async (kept) => {
      await (isKept ? tellingRun(run.id, () => store.keep(kept, claim.check)) : store.keep(kept, claim.check));
      isKept = true;
    },
    signal: world.cancelling(),
  });
  await late.append(runAudit('run.ended', ended, by));
  if (late.missing > 0) world.notice(invocation.translate('cli.run.not-audited', { count: late.missing }));
  return ended;
}

/** Says which run it is that stopped because its record cannot be written. `run.not-recorded`. */
async function tellingRun(run: RunId, keep: () => Promise<void>): Promise<void> {
  try {
    await keep();
  } catch (error) {
    if (!(error instanceof ConsoleError) || error.code !== 'store.not-writable') throw error;
    throw new ConsoleError('run.not-recorded', { run, path: error.params['path'] ?? '' }, { cause: error });
  }
}

// ---- The end -----------------------------------------------------------------------------------------------------------

function tellRun(invocation: Invocation, run: RunRecord, isSameAsBefore: boolean): ExitCode {
  const { line, world, translate } = invocation;
  const leftOut = listLeftOut(run);
  if (line.json) {
    const { plan, ...rest } = run;
    world.json({ ...rest, plan: toPlanDocument(plan) });
  } else {
    const done = run.steps.filter(({ state }) => state === 'done').length;
    const wording: PlanWording = { ...invocation, zone: 'local' };
    world.out('\n');
    world.out(
      `${translate('cli.run.ended', {
        state: run.state,
        done,
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
