import type { ImpactId } from '../../knowledge/model/credentials/role-row.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { mapWords, type Plan, type PlanCommand, type PlanStep } from '../../plan/model/plan.ts';

/** 16 lower-case hex digits. */
export type RunId = string & { readonly brand: 'RunId' };

/**
 * `wrote-errors`: the command ended after errors, and no check shows whether it worked. `unknown`: the step began, but
 * the program was killed, the connection failed, the time ran out, or the end was not seen. `cancelled`: the user
 * cancelled the step. In these three states, the step is checked before anything else.
 */
export const STEP_STATES = [
  ...(['not-started', 'running', 'done', 'failed', 'wrote-errors', 'skipped', 'unknown', 'cancelled'] as const),
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** `unclear`: there is no known error, but only a person can judge whether the output is as expected. */
export const CHECK_VERDICTS = ['satisfied', 'unclear', 'not-satisfied'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

/**
 * `itself`: the command ended without errors. `with-errors`: it ended after errors. `timed-out`, `cancelled`: the run
 * ended it. `lost`: the connection to the machine failed. `unseen`: Windows PowerShell exited, with any code, before
 * the end of its script.
 */
export const COMMAND_ENDS = [
  ...(['itself', 'with-errors', 'timed-out', 'cancelled', 'lost', 'unseen', 'not-started'] as const),
] as const;
export type CommandEnd = (typeof COMMAND_ENDS)[number];

export interface KeptOutput {
  head: string;
  /** The output after `head`, or only its end if the middle was omitted. */
  tail: string;
  leftOutBytes: number;
  secrets: number;
}

/** A failure recognised in the output. Lists are sorted best first. */
export interface KnownError {
  failure: string;
  confidence: number;
}

export interface CommandResult {
  ended: CommandEnd;
  /** `null` if the run ended the command. */
  exitCode: number | null;
  /** Milliseconds on a monotonic clock. */
  tookMs: number;
  output: KeptOutput;
  knownErrors: readonly KnownError[];
  /** A program that is missing or could not be started, so that no command began. */
  missingProgram?: string;
  /** Reason given by the system; absent if the program is missing. */
  startFault?: string;
}

export interface StepRecord {
  id: string;
  state: StepState;
  startedAt?: Instant;
  /** Never earlier than `startedAt`, even if the clock was set back. */
  endedAt?: Instant;
  tries: number;
  /** Result of the last attempt; absent for manual steps. */
  result?: CommandResult;
  check?: CommandResult & { verdict: CheckVerdict };
  reason?: string;
  /** Skipped because its conditions do not hold, or because the run began at a later step. */
  notDue?: true;
  /** A person performed the step and confirmed it. */
  byHand?: true;
  /** The command wrote errors, and a person confirmed that the step is done nevertheless. */
  accepted?: true;
}

/** A run that a person `stopped` or that `failed` at a step can be resumed. */
export const RUN_STATES = ['running', 'done', 'failed', 'stopped'] as const;
export type RunState = (typeof RUN_STATES)[number];

export interface RunBaseline extends RunCount {
  id: ClusterId;
  name: string;
  credentials: readonly CredentialId[];
}

export interface RunCount {
  expired: number;
  soon: number;
}

export interface RunOutcome {
  readAt: Instant;
  clusters: readonly {
    id: ClusterId;
    name: string;
    before: RunCount;
    after: RunCount;
    /** Credentials whose expiry or content has changed. */
    renewed: readonly CredentialId[];
    stillExpired: readonly CredentialId[];
    /** Names of what is still expired; absent in records of early releases, like `stopped`. */
    names?: readonly string[];
    /** Functions that do not work. */
    stopped?: readonly ImpactId[];
  }[];
  /** Number of other clusters that need a repair. */
  elsewhere?: number;
}

export interface RunRecord {
  id: RunId;
  plan: Plan;
  /** `sample`, `local`, or the name of a host. */
  target: string;
  by: string;
  /** Release that made the plan; absent in records of early releases. */
  madeBy?: string;
  state: RunState;
  startedAt: Instant;
  endedAt?: Instant;
  steps: readonly StepRecord[];
  /** Absent if no cluster of the plan was in the inventory. */
  before?: readonly RunBaseline[];
  /** Absent until the inventory has been read again. */
  outcome?: RunOutcome;
  /** The record is damaged or missing, and this is its former copy. Never stored. */
  isFormerCopy?: true;
}

export function isOpenEnded({ state }: Pick<StepRecord, 'state'>): boolean {
  return state === 'running' || state === 'unknown' || state === 'cancelled' || state === 'wrote-errors';
}

export function isOver({ state }: Pick<StepRecord, 'state'>): boolean {
  return state === 'done' || state === 'skipped';
}

export function countDone(steps: RunRecord['steps']): number {
  return steps.filter(({ state }) => state === 'done').length;
}

export function listLeftOut({ steps }: Pick<RunRecord, 'steps'>): string[] {
  return steps.flatMap(({ id, state, notDue }) => (state === 'skipped' && notDue !== true ? id : []));
}

export function hasBegun({ steps }: Pick<RunRecord, 'steps'>): boolean {
  return steps.some(({ tries, byHand }) => tries > 0 || byHand === true);
}

export function notBefore(moment: Instant, earliest: Instant): Instant {
  return epochMs(moment) < epochMs(earliest) ? earliest : moment;
}

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

/** Returns the record of a run whose program was killed. The outcome of its running step is unknown. */
export function reopenRun(run: RunRecord): RunRecord {
  const { endedAt: _ended, outcome: _outcome, isFormerCopy: _former, ...rest } = run;
  return {
    ...rest,
    state: 'running',
    steps: run.steps.map((step) => (step.state === 'running' ? { ...step, state: 'unknown' } : step)),
  };
}

/** Marks a former copy of a record. Its next step may have begun after the copy was written. */
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

export function fillPlan(plan: Plan, values: ReadonlyMap<string, string> = new Map()): Plan {
  if (values.size === 0) return plan;
  return { ...plan, steps: plan.steps.map((step) => fillStep(step, values)) };
}

export function fillStep(step: PlanStep, values: ReadonlyMap<string, string>): PlanStep {
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
