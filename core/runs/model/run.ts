import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { listWords, mapWords, type Plan, type PlanCommand, type PlanStep } from '../../plan/model/plan.ts';

/* One run of a plan, as data. */

/** 16 lower-case hex digits. */
export type RunId = string & { readonly brand: 'RunId' };

/**
 * `wrote-errors`: its command ended after errors, and no check tells whether it worked. `unknown`: it began, but the
 * program was killed, the connection broke, it timed out, or nobody saw its end. `cancelled`: the same, because
 * somebody cancelled it. Steps in these three states are checked before anything else is done.
 */
export const STEP_STATES = [
  ...(['not-started', 'running', 'done', 'failed', 'wrote-errors', 'skipped', 'unknown', 'cancelled'] as const),
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** `unclear`: no known error, but no program can tell whether the response is the expected one. */
export const CHECK_VERDICTS = ['satisfied', 'unclear', 'not-satisfied'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

/**
 * How a command ended: on its own (without errors, or with errors that did not end it), or because the run ended it.
 * `lost`: the connection to its machine broke. `unseen`: Windows PowerShell exited, with any code, before the end of
 * its script.
 */
export const COMMAND_ENDS = [
  ...(['itself', 'with-errors', 'timed-out', 'cancelled', 'lost', 'unseen', 'not-started'] as const),
] as const;
export type CommandEnd = (typeof COMMAND_ENDS)[number];

/** The output of a command, with secrets removed. */
export interface KeptOutput {
  head: string;
  /** The end of the output, if it was shortened. */
  tail: string;
  /** Bytes dropped between the beginning and the end. */
  leftOutBytes: number;
  /** Number of places from which a secret was removed. */
  secrets: number;
}

/** A failure recognised in the output; lists have the best first. */
export interface KnownError {
  failure: string;
  confidence: number;
}

export interface CommandResult {
  ended: CommandEnd;
  /** `null` if the command did not end on its own. */
  exitCode: number | null;
  /** Milliseconds on a monotonic clock. */
  tookMs: number;
  output: KeptOutput;
  knownErrors: readonly KnownError[];
  /** The program that is missing or could not be started, so nothing began. */
  missingProgram?: string;
  /** The system's reason why it could not be started; absent if the program is missing. */
  startFault?: string;
}

export interface StepRecord {
  id: string;
  state: StepState;
  startedAt?: Instant;
  /** Never before `startedAt`, even if somebody sets the clock back. */
  endedAt?: Instant;
  tries: number;
  /** The last attempt; absent for manual work. */
  result?: CommandResult;
  check?: CommandResult & { verdict: CheckVerdict };
  reason?: string;
  /** Skipped as not due: its case does not apply, or the run began after it. */
  notDue?: true;
  /** Confirmed by a person, since no command did it. */
  byHand?: true;
  /** Its command wrote errors; a person looked at them and confirmed that it is done. */
  accepted?: true;
}

/** `stopped` by a person, or `failed` at a step: both can be resumed. */
export const RUN_STATES = ['running', 'done', 'failed', 'stopped'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** A cluster in the inventory when a run began. */
export interface RunBaseline extends RunCount {
  id: ClusterId;
  name: string;
  credentials: readonly CredentialId[];
}

/** Counts of a cluster's credentials that have expired, and that expire soon or are not renewed as they should be. */
export interface RunCount {
  expired: number;
  soon: number;
}

/** The inventory before and after a run. */
export interface RunOutcome {
  readAt: Instant;
  clusters: readonly {
    id: ClusterId;
    name: string;
    before: RunCount;
    after: RunCount;
    /** Credentials renewed since, with a different end or different content. */
    renewed: readonly CredentialId[];
    stillExpired: readonly CredentialId[];
  }[];
}

export interface RunRecord {
  id: RunId;
  /** Contains the values that people supplied. */
  plan: Plan;
  /** `sample`, `local`, or the name of a host. */
  target: string;
  by: string;
  /** The release that made the plan; absent in records of releases that did not store it. */
  madeBy?: string;
  state: RunState;
  startedAt: Instant;
  endedAt?: Instant;
  /** One record for each step of the plan, in the plan's order. */
  steps: readonly StepRecord[];
  /** Absent if the inventory knew none of its clusters. */
  before?: readonly RunBaseline[];
  /** Present once the inventory has been read again. */
  outcome?: RunOutcome;
  /** Read from the former copy, since the record is damaged or missing. Never stored. */
  isFormerCopy?: true;
}

/** Whether a step began but its outcome is unknown. */
export function isOpenEnded({ state }: Pick<StepRecord, 'state'>): boolean {
  return state === 'running' || state === 'unknown' || state === 'cancelled' || state === 'wrote-errors';
}

export function isOver({ state }: Pick<StepRecord, 'state'>): boolean {
  return state === 'done' || state === 'skipped';
}

export function countDone(steps: RunRecord['steps']): number {
  return steps.filter(({ state }) => state === 'done').length;
}

/** Lists the steps that a run left out although they may be due. */
export function listLeftOut({ steps }: Pick<RunRecord, 'steps'>): string[] {
  return steps.flatMap(({ id, state, notDue }) => (state === 'skipped' && notDue !== true ? id : []));
}

/** Whether any of its steps began. */
export function hasBegun({ steps }: Pick<RunRecord, 'steps'>): boolean {
  return steps.some(({ tries, byHand }) => tries > 0 || byHand === true);
}

export function notBefore(moment: Instant, earliest: Instant): Instant {
  return epochMs(moment) < epochMs(earliest) ? earliest : moment;
}

/** Returns a new run that starts at `from` or at its first step. */
export function newRun(
  facts: Pick<RunRecord, 'id' | 'plan' | 'target' | 'by' | 'madeBy' | 'startedAt' | 'before'>,
  from?: { step: string; reason: string },
): RunRecord {
  const { plan } = facts;
  const first = from === undefined ? 0 : plan.steps.findIndex(({ id }) => id === from.step);
  const steps = plan.steps.map(({ id }, at): StepRecord => {
    if (from === undefined || at >= first) return { id, state: 'not-started', tries: 0 };
    return { id, state: 'skipped', tries: 0, reason: from.reason, notDue: true };
  });
  return { ...facts, state: 'running', steps };
}

/** Returns the record of a run whose program was killed: the outcome of the running step is unknown. */
export function reopenRun(run: RunRecord): RunRecord {
  const { endedAt: _ended, outcome: _outcome, isFormerCopy: _former, ...rest } = run;
  return {
    ...rest,
    state: 'running',
    steps: run.steps.map((step) => (step.state === 'running' ? { ...step, state: 'unknown' } : step)),
  };
}

/** Marks a record read from its former copy: the next step may have begun since. */
export function markDoubtful(run: RunRecord): RunRecord {
  const turn = run.steps.findIndex((step) => !isOver(step));
  return {
    ...run,
    isFormerCopy: true,
    steps: run.steps.map((step, at) =>
      at === turn && step.state !== 'cancelled' ? { ...step, state: 'unknown' } : step,
    ),
  };
}

/** Fills supplied values into a plan's open values. */
export function fillPlan(plan: Plan, values: ReadonlyMap<string, string> = new Map()): Plan {
  if (values.size === 0) return plan;
  return { ...plan, steps: plan.steps.map((step) => fillStep(step, values)) };
}

function fillStep(step: PlanStep, values: ReadonlyMap<string, string>): PlanStep {
  const { command, check, undo, instead } = step;
  return {
    ...step,
    command: command && fillCommand(command, values),
    check: check && { ...check, command: fillCommand(check.command, values) },
    undo: undo && { ...undo, command: undo.command && fillCommand(undo.command, values) },
    instead: instead && { ...instead, steps: instead.steps.map((each) => fillStep(each, values)) },
  };
}

function fillCommand(command: PlanCommand, values: ReadonlyMap<string, string>): PlanCommand {
  return mapWords(command, (word) => {
    if ('literal' in word || word.value !== undefined) return word;
    const value = values.get(word.name);
    return value === undefined ? word : { ...word, value };
  });
}

export function isFilled(command: PlanCommand): boolean {
  return listWords(command).every((word) => 'literal' in word || word.value !== undefined);
}
