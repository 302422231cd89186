import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { RepairAnswers } from '../../repair/model/planning.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RunPlanRequest } from './plan-request.ts';
import type { RunId, RunOutcome, RunRecord, RunState } from './run.ts';
import type { UpdateAnswers } from '../../update/model/planning.ts';

export type { RunOutcome };

/** The answers from which a plan is made; the same answers in the same state give the same plan. */
export type PlanSource = { kind: 'repair'; answers: RepairAnswers } | { kind: 'update'; answers: UpdateAnswers };

/** A plan, and what it was made from. */
export interface RequestedPlan {
  plan: Plan;
  request?: RunPlanRequest;
}

/** What a plan is run on: the engine's copy of the sample fleet, this computer, or a host by name. */
export type RunTarget = { kind: 'sample' } | { kind: 'local' } | { kind: 'host'; name: string };

export interface RunRequest {
  source: PlanSource;
  /** The commands of the plan that was reviewed; `run.plan-changed` where the plan has changed since. */
  stepIds: readonly string[];
  target: RunTarget;
  /** For values that only the admin knows, by name. */
  values: readonly { name: string; value: string }[];
}

/** What a run waits for. */
export interface RunQuestion {
  stepId: string;
  /** `confirm`: before a step; `failed`: after one that failed; `errors`: after one that wrote errors to look at. */
  kind: 'confirm' | 'failed' | 'errors';
  /** No command can do it, or not from here. */
  byHand: boolean;
}

/**
 * `fill`: values of the step that were open, also used for later steps with the same values; the step is then asked for
 * again.
 */
export type RunAnswer =
  | { kind: 'run' }
  | { kind: 'fill'; values: readonly { name: string; value: string }[] }
  | { kind: 'done' }
  | { kind: 'retry' }
  /** `isCase`: the case of the step does not apply; later steps for the same case are skipped with it. */
  | { kind: 'skip'; reason: string; isCase?: boolean }
  | { kind: 'stop' };

/** A program of this computer that a run starts. */
export interface ProgramPlace {
  program: string;
  /** Absolute; absent where it was not found. */
  path?: string;
  /** Ids of the steps that start it, or whose checks do. */
  steps: readonly string[];
}

/** One run as the window shows it. */
export interface RunView {
  run: RunRecord;
  /** Whether this process is running it now. Otherwise it is over, or can be resumed. */
  isLive: boolean;
  /** The programs of this computer that it starts; absent where it starts none, and for a run that is not live. */
  programs?: readonly ProgramPlace[];
  /** Absent while a command is running, or the run is. */
  question?: RunQuestion;
  /** The latest output of the running command, with secrets removed; at most 64 Ki characters. */
  live?: { stepId: string; text: string };
  /** What the inventory shows since, where it was read again. */
  outcome?: RunOutcome;
}

export interface RunSummary {
  id: RunId;
  kind: RunRecord['plan']['kind'];
  clusters: readonly string[];
  target: string;
  by: string;
  state: RunState;
  isLive: boolean;
  /** Another program works on its clusters, so that it may run there. */
  isElsewhere?: true;
  startedAt: Instant;
  endedAt?: Instant;
  done: number;
  count: number;
}

export interface RunListing {
  /** Newest first. */
  runs: readonly RunSummary[];
  /** Files that could not be read. */
  findings: readonly Finding[];
}

/** The state of a run as a list shows it. `interrupted`: it is recorded as running, and no program runs it. */
export function getRunState({
  state,
  isLive,
  isElsewhere,
}: Pick<RunSummary, 'state' | 'isLive' | 'isElsewhere'>): RunState | 'interrupted' {
  return state === 'running' && !isLive && isElsewhere !== true ? 'interrupted' : state;
}
