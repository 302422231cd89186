import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import { msOf, type Instant } from '../../shared/instant.ts';
import type { CommandWord, Plan, PlanCommand, PlanStep } from '../../plan/model/plan.ts';

/*
 * One run of a plan, as data: what has been done, what is known of it, and what it printed.
 */

/** 16 lower-case hex digits. */
export type RunId = string & { readonly brand: 'RunId' };

/**
 * `unknown`: it began, and how it ended is not known: the program was killed, the connection broke, the time was over.
 * `cancelled`: the same, because somebody wanted it. Both are looked at again before anything else is done.
 */
export const STEP_STATES = [
  ...(['not-started', 'running', 'done', 'failed', 'skipped', 'unknown', 'cancelled'] as const),
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** `unclear`: it answered without a known error, and no program can tell whether the answer is the wanted one. */
export const CHECK_VERDICTS = ['satisfied', 'unclear', 'not-satisfied'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

/** How a command ended: by itself, or because it was ended. `lost`: the connection to where it ran broke. */
export const COMMAND_ENDS = ['itself', 'timed-out', 'cancelled', 'lost', 'not-started'] as const;
export type CommandEnd = (typeof COMMAND_ENDS)[number];

/** What a command printed, without what is secret. */
export interface KeptOutput {
  head: string;
  /** The last of it, where not all was kept. */
  tail: string;
  /** Bytes between both that were not kept. */
  leftOutBytes: number;
  /** Places from which something secret was taken. */
  secrets: number;
}

/** A failure that is known by what was printed, best first. */
export interface KnownError {
  failure: string;
  confidence: number;
}

/** One try of a command. */
export interface CommandResult {
  ended: CommandEnd;
  /** `null` when nothing ended by itself. */
  exitCode: number | null;
  /** Measured by a clock that nobody sets. */
  tookMs: number;
  output: KeptOutput;
  knownErrors: readonly KnownError[];
}

export interface StepRecord {
  id: string;
  state: StepState;
  startedAt?: Instant;
  /** Never before `startedAt`, whatever somebody does to the clock meanwhile. */
  endedAt?: Instant;
  /** How often it was begun. */
  tries: number;
  /** Of the last try; absent for what somebody did by hand. */
  result?: CommandResult;
  check?: CommandResult & { verdict: CheckVerdict };
  /** Why it was skipped. */
  reason?: string;
  /** Somebody says so, since no command has done it. */
  byHand?: true;
}

/** `stopped`: somebody wanted no more; it can go on. `failed`: a step has; it can go on, too. */
export const RUN_STATES = ['running', 'done', 'failed', 'stopped'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What an inventory said of a cluster when a run began. */
export interface RunBaseline extends RunCount {
  id: ClusterId;
  name: string;
  credentials: readonly CredentialId[];
}

/** Credentials of a cluster: that have expired, and that do so soon or are not renewed as they should. */
export interface RunCount {
  expired: number;
  soon: number;
}

/** What an inventory says before and after a run. */
export interface RunOutcome {
  /** When it was read again. */
  readAt: Instant;
  clusters: readonly {
    id: ClusterId;
    name: string;
    before: RunCount;
    after: RunCount;
    /** Those that took the place of others since: end moved or content replaced. */
    renewed: readonly CredentialId[];
    /** Expired still. */
    stillExpired: readonly CredentialId[];
  }[];
}

export interface RunRecord {
  id: RunId;
  /** Values that somebody gave are filled in. */
  plan: Plan;
  /** `sample`, `local`, or the name of a host. */
  target: string;
  by: string;
  state: RunState;
  startedAt: Instant;
  endedAt?: Instant;
  /** One for each step of the plan, in its order. */
  steps: readonly StepRecord[];
  /** Absent where the inventory knew none of its clusters. */
  before?: readonly RunBaseline[];
  /** Once the inventory has been read again. */
  outcome?: RunOutcome;
}

/** Of a step that began and of which nobody knows how it ended. */
export function isOpenEnded({ state }: Pick<StepRecord, 'state'>): boolean {
  return state === 'running' || state === 'unknown' || state === 'cancelled';
}

export function isOver({ state }: Pick<StepRecord, 'state'>): boolean {
  return state === 'done' || state === 'skipped';
}

/** Whether anything was done in it at all. */
export function hasBegun({ steps }: Pick<RunRecord, 'steps'>): boolean {
  return steps.some(({ tries, byHand }) => tries > 0 || byHand === true);
}

/** The later one. */
export function notBefore(moment: Instant, earliest: Instant): Instant {
  return msOf(moment) < msOf(earliest) ? earliest : moment;
}

/** A run that begins, at `from` or at its first step. */
export function newRun(
  facts: Pick<RunRecord, 'id' | 'plan' | 'target' | 'by' | 'startedAt' | 'before'>,
  from?: { step: string; reason: string },
): RunRecord {
  const { plan } = facts;
  const first = from === undefined ? 0 : plan.steps.findIndex(({ id }) => id === from.step);
  const steps = plan.steps.map(({ id }, at): StepRecord => {
    if (from === undefined || at >= first) return { id, state: 'not-started', tries: 0 };
    return { id, state: 'skipped', tries: 0, reason: from.reason };
  });
  return { ...facts, state: 'running', steps };
}

/** What a run says after the program that ran it was killed: nobody knows how the step that ran has ended. */
export function reopened(run: RunRecord): RunRecord {
  const { endedAt: _ended, outcome: _outcome, ...rest } = run;
  return {
    ...rest,
    state: 'running',
    steps: run.steps.map((step) => (step.state === 'running' ? { ...step, state: 'unknown' } : step)),
  };
}

/**
 * What the copy before the last change says, where the last one is lost: the step whose turn it was may have begun since.
 */
export function doubted(run: RunRecord): RunRecord {
  const turn = run.steps.findIndex((step) => !isOver(step));
  return {
    ...run,
    steps: run.steps.map((step, at) =>
      at === turn && step.state !== 'cancelled' ? { ...step, state: 'unknown' } : step,
    ),
  };
}

/** What may never be changed by two runs at once: each cluster of the plan, and its hosts. */
export function claimsOf({ clusters, steps }: Plan): string[] {
  const names = new Set<string>();
  for (const { id, name } of clusters) names.add(id ?? name);
  const ids = new Map<string, ClusterId | undefined>(clusters.map(({ id, name }) => [name, id]));
  for (const { cluster } of steps) {
    if (cluster !== undefined) names.add(ids.get(cluster) ?? cluster);
    else names.add(HOSTS_CLAIM);
  }
  return [...names].sort();
}

/** Of the hosts of all clusters: no cluster of an inventory has a blank in its id. */
const HOSTS_CLAIM = 'the hosts';

/** A plan with what somebody gave for its open values. */
export function filledPlan(plan: Plan, values: ReadonlyMap<string, string>): Plan {
  if (values.size === 0) return plan;
  return { ...plan, steps: plan.steps.map((step) => filledStep(step, values)) };
}

function filledStep(step: PlanStep, values: ReadonlyMap<string, string>): PlanStep {
  const { command, check, undo, instead } = step;
  return {
    ...step,
    ...(command !== undefined && { command: filled(command, values) }),
    ...(check !== undefined && { check: { ...check, command: filled(check.command, values) } }),
    ...(undo?.command !== undefined && { undo: { ...undo, command: filled(undo.command, values) } }),
    ...(instead !== undefined && {
      instead: { ...instead, steps: instead.steps.map((each) => filledStep(each, values)) },
    }),
  };
}

function filled(command: PlanCommand, values: ReadonlyMap<string, string>): PlanCommand {
  const word = (each: CommandWord): CommandWord => {
    if ('literal' in each || each.value !== undefined) return each;
    const value = values.get(each.name);
    return value === undefined ? each : { ...each, value };
  };
  switch (command.kind) {
    case 'cmdlet':
      return {
        ...command,
        parameters: command.parameters.map(({ name, value }) =>
          value === undefined ? { name } : { name, value: word(value) },
        ),
      };
    case 'program':
      return {
        ...command,
        args: command.args.map(word),
        ...(command.outFile !== undefined && { outFile: word(command.outFile) }),
      };
    case 'script':
      return {
        ...command,
        values: Object.fromEntries(Object.entries(command.values).map(([name, each]) => [name, word(each)])),
      };
  }
}

/** Whether every value of a command is there. */
export function isFilled(command: PlanCommand): boolean {
  const words: (CommandWord | undefined)[] =
    command.kind === 'cmdlet'
      ? command.parameters.map(({ value }) => value)
      : command.kind === 'program'
        ? [...command.args, command.outFile]
        : Object.values(command.values);
  return words.every((word) => word === undefined || 'literal' in word || word.value !== undefined);
}
