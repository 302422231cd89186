import type { Finding } from '../../shared/finding.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RunPlanRequest } from './plan-request.ts';
import { countDone, type RunRecord, type RunState } from './run.ts';

export interface RequestedPlan {
  plan: Plan;
  request?: RunPlanRequest;
}

export interface RunQuestion {
  stepId: string;
  /**
   * `confirm`: before a step. `failed`: after a failed step. `errors`: after a step whose errors a person must judge.
   */
  kind: 'confirm' | 'failed' | 'errors';
  /** Whether a person must perform the step, because no command can do so or none from this target. */
  byHand: boolean;
}

export interface ProgramPlace {
  program: string;
  /** An absolute path; absent if the program was not found. */
  path?: string;
  steps: readonly string[];
}

export interface LiveOutput {
  stepId: string;
  text: string;
}

export const MOST_LIVE = 64 * 1024;

export function appendOutput(before: LiveOutput | undefined, { stepId, text }: LiveOutput): LiveOutput {
  return { stepId, text: ((before?.stepId === stepId ? before.text : '') + text).slice(-MOST_LIVE) };
}

export interface RunView {
  run: RunRecord;
  /** Whether this process performs the run. Other runs are over or can be resumed. */
  isLive: boolean;
  programs?: readonly ProgramPlace[];
  /** Absent while a command is running and after the run. */
  question?: RunQuestion;
  live?: LiveOutput;
}

export interface RunListing {
  /** Newest first. */
  runs: readonly RunSummary[];
  findings: readonly Finding[];
}

/** `isElsewhere`: another program works on the run's clusters and may be performing it. */
export type RunSummary = ReturnType<typeof runSummary> & { isElsewhere?: true };

export function runSummary({ id, plan, target, by, state, startedAt, endedAt, steps }: RunRecord, isLive: boolean) {
  return {
    id,
    kind: plan.kind,
    target,
    by,
    state,
    startedAt,
    isLive,
    endedAt,
    clusters: plan.clusters.map(({ name }) => name),
    done: countDone(steps),
    count: steps.length,
  };
}

/** `interrupted`: recorded as running, but no program performs the run. */
export function getRunState({
  state,
  isLive,
  isElsewhere,
}: Pick<RunSummary, 'state' | 'isLive' | 'isElsewhere'>): RunState | 'interrupted' {
  return state === 'running' && !isLive && isElsewhere !== true ? 'interrupted' : state;
}
