import { claimClusters, type Claim } from '../locks.ts';
import { runPlan } from '../runner.ts';
import type { StepRunner } from '../target.ts';
import { LateAudit, missingLines } from '../late-audit.ts';
import { runAudit, stepAudit } from '../run-audit.ts';
import { checkTarget, namedTarget, runTarget, targetName, type KnownFleet } from '../run-target.ts';
import { openValues, type Plan } from '../../plan/model/plan.ts';
import { givenValues, LONGEST_VALUE, toOpenValue, valueFault } from '../../plan/model/value.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { isOfCatalogue } from '../model/catalogue-steps.ts';
import { filledPlan, newRun, type RunId, type RunRecord } from '../model/run.ts';
import { planClusters, planSentence, type PlanWording } from '../../plan/text/plan-text.ts';
import { outcomeLines, programsText } from '../text/run-text.ts';
import { isRunId } from '../store/schemas.ts';
import { runStore, type RunStore } from '../store/store.ts';
import { noticeFindings } from '../../cli/findings.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { inventoryPaths, readFleet } from '../../cli/fleet.ts';
import { toPlanDocument } from './plan-records.ts';
import { readBaseline, findOutcome } from './outcome.ts';
import { runQuestions, tell } from './questions.ts';
import { EXIT, UsageError, type ExitCode } from '../../cli/usage.ts';
import { checkRecordedPlan, type RecordedRun } from '../recorded-plan.ts';

/**
 * `arcwarden repair run` and `arcwarden update run`: runs the plan that the same words make, or resumes a run. Exit 1
 * when it did not run to its end.
 */
export async function planRun(
  invocation: Invocation,
  planOf: (invocation: Invocation) => Promise<Plan>,
): Promise<ExitCode> {
  const { line, world, ports, dataFolder } = invocation;
  const store = runStore(ports, dataFolder);
  if (line.values.yes !== true && world.choose === undefined) throw new UsageError('cli.usage.run-not-confirmed');
  const resume = resumedId(invocation);
  const begun = resume === undefined ? await newRunOf(invocation, planOf) : undefined;
  const plan = begun?.plan ?? (await store.read(resume ?? ('' as RunId))).plan;
  const claim = await claimClusters(ports, { dataFolder, plan, claim: world.claim });
  try {
    // Read under the claim: before it, another process may have continued the run.
    const run = begun ?? (await store.read(resume ?? ('' as RunId)));
    if (begun === undefined) checkRecordedPlan(run.plan, recordedRun(invocation, run));
    noticeFindings(invocation, store.findings());
    checkSteps(invocation, run.plan);
    const target = runTarget({ ...ports, processes: claim.processes }, run, await knownFleet(invocation));
    const action = begun === undefined ? 'run.resumed' : 'run.started';
    const ended = await runIn(invocation, { run, target, store, claim, action });
    const outcome = await findOutcome(invocation, ended, target);
    const told = outcome === undefined ? ended : { ...ended, outcome };
    if (outcome !== undefined) await store.keep(told, claim.check);
    return tellRun(invocation, told);
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
    if (value !== undefined) throw new UsageError('cli.usage.option-not-for', { option, use: '--resume' });
  if (words[0] !== undefined) throw new UsageError('cli.usage.option-not-for', { option: words[0], use: '--resume' });
  if (!isRunId(resume)) throw new ConsoleError('run.unknown', { run: resume });
  return resume;
}

async function newRunOf(invocation: Invocation, planOf: (invocation: Invocation) => Promise<Plan>): Promise<RunRecord> {
  const { line, ports, world, translate } = invocation;
  const { target, from } = line.values;
  if (target === undefined) throw new UsageError('cli.usage.option-needed', { option: '--target' });
  const name = targetNamed(target);
  const open = await planOf(invocation);
  checkTarget(open, name, (await knownFleet(invocation)).clusters);
  const plan = filledPlan(open, valuesFor(invocation, open));
  if (from !== undefined && !plan.steps.some(({ id }) => id === from))
    throw new UsageError('cli.usage.bad-value', {
      option: '--from',
      value: from,
      allowed: plan.steps.map(({ id }) => id).join(', '),
    });
  const before = await readBaseline(invocation, plan);
  return newRun(
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
}

function recordedRun({ world }: Invocation, run: RunRecord): RecordedRun {
  return { run, release: world.version, isOfCatalogue };
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
  const { fleet } = await readFleet(invocation, inventoryPaths(invocation));
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
  const { ports, translate, world, dataFolder } = invocation;
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
  const programs = programsText(target.programs?.(run.plan.steps) ?? [], translate);
  if (programs !== undefined) tell(invocation, programs);
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

function tellRun(invocation: Invocation, run: RunRecord): ExitCode {
  const { line, world, translate } = invocation;
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
  if (run.state !== 'done') world.notice(translate('cli.run.resume', { id: run.id }));
  return run.state === 'done' ? EXIT.fine : EXIT.attention;
}
