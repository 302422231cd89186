import type { Finding } from '../../shared/finding.ts';
import type { Instant } from '../../shared/instant.ts';
import type { RepairAnswers } from '../../repair/model/planning.ts';
import type { RunId, RunOutcome, RunRecord, RunState } from './run.ts';
import type { UpdateAnswers } from '../../update/model/planning.ts';

export type { RunOutcome };

/** The answers from which a plan is made; the same answers at the same state give the same plan. */
export type PlanSource = { kind: 'repair'; answers: RepairAnswers } | { kind: 'update'; answers: UpdateAnswers };

/** What a plan is run on: the engine’s copy of the sample fleet, this computer, or a host by its name. */
export type RunTarget = { kind: 'sample' } | { kind: 'local' } | { kind: 'host'; name: string };

export interface RunRequest {
  source: PlanSource;
  /** The commands of the plan that was looked at; `run.plan-changed` where it has become another one meanwhile. */
  stepIds: readonly string[];
  target: RunTarget;
  /** For values that only the admin knows, by their names. */
  values: readonly { name: string; value: string }[];
}

/** What a run waits for. */
export interface RunQuestion {
  stepId: string;
  /** `confirm`: before a step; `failed`: after it. */
  kind: 'confirm' | 'failed';
  /** No command can do it, or not from here. */
  byHand: boolean;
}

/** `fill`: values of the step that were open, also for later ones that have the same; it is asked for again then. */
export type RunAnswer =
  | { kind: 'run' }
  | { kind: 'fill'; values: readonly { name: string; value: string }[] }
  | { kind: 'done' }
  | { kind: 'retry' }
  /** `isCase`: the case of the step does not hold; the steps behind it for the same case are skipped with it. */
  | { kind: 'skip'; reason: string; isCase?: boolean }
  | { kind: 'stop' };

/** One run as the window shows it. */
export interface RunView {
  run: RunRecord;
  /** Whether this process runs it now. Else it is over, or can be gone on with. */
  isLive: boolean;
  /** Absent while a command runs, or the run does. */
  question?: RunQuestion;
  /** The last of what the running command printed, without what is secret; at most 64 Ki characters. */
  live?: { stepId: string; text: string };
  /** What the inventory says since, where it was read again. */
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
  startedAt: Instant;
  endedAt?: Instant;
  done: number;
  count: number;
}

export interface RunListing {
  /** The newest first. */
  runs: readonly RunSummary[];
  /** Files that could not be read. */
  findings: readonly Finding[];
}
