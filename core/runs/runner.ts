import { HOUR_MS, MINUTE_MS } from '../shared/instant.ts';
import { openValues, stepCase, type PlanStep, type StepCheck } from '../plan/model/plan.ts';
import { parseValues } from '../plan/model/value.ts';
import { ConsoleError } from '../shared/problem.ts';
import { collectValues, listPrinted, type PrintedValue } from './model/printed.ts';
import {
  fillPlan,
  fillStep,
  isOpenEnded,
  isOver,
  notBefore,
  reopenRun,
  type CheckVerdict,
  type CommandResult,
  type RunRecord,
  type RunState,
  type StepRecord,
} from './model/run.ts';
import type { RunAnswer } from './contract.ts';
import type { RunQuestion } from './model/view.ts';
import type { CancelSignal, Clock } from '../shared/ports.ts';
import type { StepRunner, TargetCommand } from './target.ts';

/** Limit for steps of unknown duration. An update of all hosts of a deployment takes hours. */
const LONGEST_STEP_MS = 6 * HOUR_MS;
const LONGEST_READ_MS = 10 * MINUTE_MS;
/** Factor for the longest documented duration, because hosts differ. */
const TIMES_LONGEST = 2;

export interface StepQuestion extends Omit<RunQuestion, 'stepId'> {
  /** With the values that earlier steps printed. */
  step: PlanStep;
  record: StepRecord;
  printed: readonly PrintedValue[];
}

export interface RunEvents {
  /**
   * Asks before each step that is not known to be done, and after a failure. An answer that does not fit the question
   * stops the run.
   */
  ask(question: StepQuestion): Promise<RunAnswer>;
  changed?(run: RunRecord, step: StepRecord): void;
  /**
   * Called once for each attempt with a result, and for each step that was skipped or performed by a person. The run
   * waits for the promise.
   */
  settled?(run: RunRecord, step: StepRecord): Promise<void>;
  output?(step: PlanStep, text: string): void;
}

interface ActiveRun {
  run: RunRecord;
  target: StepRunner;
  events: RunEvents;
  clock: Clock;
  /** Resolves once the record is on disk. */
  keep: (run: RunRecord) => Promise<unknown>;
  signal?: CancelSignal;
}

/**
 * Runs a plan from its current position to the end or to the first failure. Records each step before it begins and
 * after it ends. If the outcome of a step is unknown, its check runs first.
 */
export async function runPlan(running: ActiveRun): Promise<RunRecord> {
  return new PlanRun(running).run();
}

class PlanRun {
  readonly #running: ActiveRun;
  #run: RunRecord;

  constructor(running: ActiveRun) {
    this.#running = running;
    this.#run = reopenRun(running.run);
  }

  async run(): Promise<RunRecord> {
    await this.#keep();
    for (const at of this.#run.plan.steps.keys()) {
      const state = await this.#step(at);
      if (state !== 'running') return this.#end(state);
    }
    return this.#end('done');
  }

  async #step(at: number): Promise<RunState> {
    const { target, events, signal } = this.#running;
    let step = this.#getStep(at);
    if (isOver(this.#record(at))) {
      if (!isUnchecked(step, this.#record(at))) return 'running';
      await this.#checkAfter(step, at);
      const state = await this.#runStateAfter(step, at);
      if (state !== undefined) return state;
    }
    if (isOpenEnded(this.#record(at)) && (await this.#lookAgain(step, at))) return 'running';
    for (;;) {
      if (signal?.aborted === true) return 'stopped';
      const byHand = !isRunnable(step, target);
      const printed = listPrinted(this.#run, at);
      const answer = await events.ask({ kind: 'confirm', step, record: this.#record(at), byHand, printed });
      if (answer.kind === 'stop' || answer.kind === 'retry' || signal?.aborted) return 'stopped';
      if (answer.kind === 'skip') return this.#skipAll(at, answer);
      if (answer.kind === 'fill') {
        this.#run = { ...this.#run, plan: fillPlan(this.#run.plan, parseValues(answer.values)) };
        await this.#keep(at);
        step = this.#getStep(at);
        continue;
      }
      if (answer.kind === 'done' || byHand) {
        await this.#change(at, { state: 'done', byHand: true, endedAt: this.#endTime(at) });
        await this.#settle(at);
        return 'running';
      }
      await this.#try(step, at);
      const state = await this.#runStateAfter(step, at);
      if (state !== undefined) return state;
    }
  }

  /** Returns the state of the run after an attempt; `undefined` if the question is asked again. */
  async #runStateAfter(step: PlanStep, at: number): Promise<RunState | undefined> {
    await this.#settle(at);
    const { state } = this.#record(at);
    if (state === 'done') return 'running';
    if (state === 'cancelled') return 'stopped';
    const byHand = !isRunnable(step, this.#target);
    const kind = state === 'wrote-errors' ? 'errors' : 'failed';
    const answer = await this.#running.events.ask({ kind, step, record: this.#record(at), byHand, printed: [] });
    if (answer.kind === 'skip') return this.#skip(at, answer.reason);
    if (answer.kind === 'done' && state === 'wrote-errors') {
      await this.#change(at, { state: 'done', accepted: true });
      await this.#settle(at);
      return 'running';
    }
    if (answer.kind !== 'retry') return 'failed';
    if (isOpenEnded(this.#record(at)) && (await this.#lookAgain(step, at))) return 'running';
    return undefined;
  }

  async #skipAll(at: number, { reason, isCase }: { reason: string; isCase?: boolean }): Promise<RunState> {
    const { steps } = this.#run.plan;
    const only = stepCase(this.#getStep(at));
    await this.#skip(at, reason, isCase);
    if (isCase !== true || only === '') return 'running';
    for (const each of steps.keys())
      // Steps that have begun are confirmed separately.
      if (each > at && stepCase(this.#getStep(each)) === only && this.#record(each).state === 'not-started')
        await this.#skip(each, reason, isCase);
    return 'running';
  }

  async #skip(at: number, reason: string, isNotDue = false): Promise<RunState> {
    await this.#change(at, { state: 'skipped', reason, ...(isNotDue && { notDue: true }) });
    await this.#settle(at);
    return 'running';
  }

  async #lookAgain(step: PlanStep, at: number): Promise<boolean> {
    const check = await this.#check(step);
    if (check === undefined) return false;
    // `prints` is required: such a check fails before the step, so its success proves that the step is done.
    const isDone = check.verdict === 'satisfied' && step.check?.prints !== undefined;
    await this.#change(at, {
      check,
      state: isDone ? 'done' : this.#record(at).state,
      ...(isDone && { endedAt: this.#endTime(at) }),
    });
    if (isDone) await this.#settle(at);
    return isDone;
  }

  async #try(step: PlanStep, at: number): Promise<void> {
    const { command } = step;
    if (command === undefined) return;
    const former = { result: undefined, check: undefined, endedAt: undefined };
    const startedAt = this.#running.clock.now();
    await this.#change(at, { ...former, state: 'running', startedAt, tries: this.#record(at).tries + 1 });
    const result = await this.#command(step, command, timeLimit(step));
    const state = stateAfter(result);
    await this.#change(at, { result, state, endedAt: this.#endTime(at) });
    // If the program is killed now, the record shows that the check is missing.
    if (state === 'done' || state === 'wrote-errors') await this.#checkAfter(step, at);
  }

  async #checkAfter(step: PlanStep, at: number): Promise<void> {
    const check = await this.#check(step);
    if (check === undefined) return;
    const { state } = this.#record(at);
    await this.#change(at, { check, state: stateAfterCheck(state, check), endedAt: this.#endTime(at) });
  }

  async #check(step: PlanStep): Promise<StepRecord['check']> {
    const { check } = step;
    // A check runs on the same machine as the step, even if a person performs the step.
    if (check === undefined || !isRunnable({ ...step, command: check.command }, this.#target)) return undefined;
    const result = await this.#command(step, check.command, LONGEST_READ_MS);
    return { ...result, verdict: getVerdict(check, result) };
  }

  get #target(): StepRunner {
    return this.#running.target;
  }

  async #command(step: PlanStep, command: NonNullable<PlanStep['command']>, timeoutMs: number): Promise<CommandResult> {
    const { events, signal } = this.#running;
    try {
      return await this.#target.run(targetCommand(step, command), {
        timeoutMs,
        onOutput: (text) => events.output?.(step, text),
        signal,
      });
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      return notStarted(error);
    }
  }

  #getStep(at: number): PlanStep {
    const step = this.#run.plan.steps[at];
    if (step === undefined) throw new Error('a run has no more turns than steps');
    const printed = listPrinted(this.#run, at);
    return printed.length === 0 ? step : fillStep(step, collectValues(printed));
  }

  #record(at: number): StepRecord {
    const record = this.#run.steps[at];
    if (record === undefined) throw new Error('a run has a record for every step');
    return record;
  }

  /** Returns an end time that is not before the start, because the clock may have been set back. */
  #endTime(at: number): StepRecord['endedAt'] & string {
    const now = this.#running.clock.now();
    const { startedAt } = this.#record(at);
    return startedAt === undefined ? now : notBefore(now, startedAt);
  }

  async #change(at: number, change: Partial<StepRecord>): Promise<void> {
    const changed = { ...this.#record(at), ...change };
    this.#run = { ...this.#run, steps: this.#run.steps.map((each, index) => (index === at ? changed : each)) };
    await this.#keep(at);
  }

  async #keep(at?: number): Promise<void> {
    await this.#running.keep(this.#run);
    if (at !== undefined) this.#running.events.changed?.(this.#run, this.#record(at));
  }

  async #settle(at: number): Promise<void> {
    await this.#running.events.settled?.(this.#run, this.#record(at));
  }

  async #end(state: RunState): Promise<RunRecord> {
    const { startedAt } = this.#run;
    const latest = this.#run.steps.reduce(
      (moment, { endedAt }) => (endedAt === undefined ? moment : notBefore(moment, endedAt)),
      notBefore(this.#running.clock.now(), startedAt),
    );
    this.#run = { ...this.#run, state, endedAt: latest };
    await this.#keep();
    return this.#run;
  }
}

/**
 * Returns the result of a command that did not begin: its program is missing or cannot be started, or its folder is
 * missing.
 */
function notStarted({ code, params }: ConsoleError): CommandResult {
  const { program, path, reason } = params;
  return {
    ended: 'not-started',
    exitCode: null,
    tookMs: 0,
    knownErrors: [],
    output: { head: `${code}: ${program ?? path ?? ''}\n`, tail: '', leftOutBytes: 0, secrets: 0 },
    missingProgram: program === undefined ? undefined : String(program),
    startFault: program === undefined || reason === undefined ? undefined : String(reason),
  };
}

function targetCommand({ target: at, cluster }: PlanStep, command: NonNullable<PlanStep['command']>): TargetCommand {
  return { command, at, cluster };
}

function isRunnable(step: PlanStep, target: StepRunner): boolean {
  const { command } = step;
  return command !== undefined && openValues({ steps: [{ command }] }).length === 0 && target.canRun(step);
}

function isUnchecked({ check }: PlanStep, { state, result, check: looked }: StepRecord): boolean {
  return state === 'done' && result !== undefined && check !== undefined && looked === undefined;
}

function timeLimit({ takes, risk }: PlanStep): number {
  if (takes !== undefined) return Math.max(TIMES_LONGEST * takes.longestMs, LONGEST_READ_MS);
  return risk === 'none' ? LONGEST_READ_MS : LONGEST_STEP_MS;
}

function stateAfter({ ended, exitCode }: CommandResult): StepRecord['state'] {
  switch (ended) {
    case 'itself':
      return exitCode === 0 ? 'done' : 'failed';
    case 'with-errors':
      return 'wrote-errors';
    case 'not-started':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    case 'timed-out':
    case 'lost':
    case 'unseen':
      return 'unknown';
  }
}

/** Returns the state after the check. If a command wrote errors and the check is unclear, a person must judge them. */
function stateAfterCheck(
  before: StepRecord['state'],
  { ended, verdict }: NonNullable<StepRecord['check']>,
): StepRecord['state'] {
  if (ended === 'cancelled') return 'cancelled';
  if (verdict === 'not-satisfied') return 'failed';
  return verdict === 'satisfied' ? 'done' : before;
}

/** Removes white space, because consoles wrap lines anywhere. */
function removeBlanks(text: string): string {
  return text.replaceAll(/\s+/gu, '').toLowerCase();
}

function getVerdict(check: StepCheck, result: CommandResult): CheckVerdict {
  const { ended, exitCode, output, knownErrors } = result;
  if (ended !== 'itself' || exitCode !== 0 || knownErrors.length > 0) return 'not-satisfied';
  const printed = removeBlanks(`${output.head}\n${output.tail}`);
  const has = (word: string): boolean => printed.includes(removeBlanks(word));
  if (check.deniedBy?.some(has) === true) return 'not-satisfied';
  if (check.satisfiedBy?.some(has) === true) return 'satisfied';
  if (check.prints === undefined) return 'unclear';
  return check.prints.every(has) ? 'satisfied' : 'not-satisfied';
}
