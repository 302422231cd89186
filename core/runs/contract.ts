import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { clusterId, fileTicket, MOST_NAMES, name, textLike } from '../shared/contract/schemas.ts';
import { repairAnswers } from '../repair/contract.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
import { updateAnswers } from '../update/contract.ts';
import type { RunId } from './model/run.ts';
import type { RunListing, RunView } from './model/view.ts';

/** The longest plan that the window makes, an update of 2,500 clusters, has 38,000 steps. */
const MOST_STEPS = 50_000;

const runId = textLike<RunId>(/^[0-9a-f]{16}$/u);
const runValues = z.array(z.strictObject({ name, value: name })).max(MOST_NAMES);
const runRequest = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('repair'), answers: repairAnswers }),
    z.strictObject({ kind: z.literal('update'), answers: updateAnswers }),
  ]),
  /** A start fails with `run.plan-changed` if the plan no longer has these steps. */
  stepIds: z.array(name).max(MOST_STEPS),
  target: z.discriminatedUnion('kind', [
    /** The lab to which the clusters belong. */
    z.strictObject({ kind: z.literal('lab') }),
    z.strictObject({ kind: z.literal('local') }),
    z.strictObject({ kind: z.literal('host'), name }),
  ]),
  values: runValues,
});
export type RunRequest = z.infer<typeof runRequest>;
export type PlanSource = RunRequest['source'];
export type RunTarget = RunRequest['target'];

const runAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['run', 'done', 'retry', 'stop']) }),
  /** `isCase`: the conditions of the step do not hold, so later steps with the same conditions are also skipped. */
  z.strictObject({ kind: z.literal('skip'), reason: name, isCase: z.boolean().optional() }),
  /** Sets open values of this and later steps; then the question is asked again. */
  z.strictObject({ kind: z.literal('fill'), values: runValues }),
]);
export type RunAnswer = z.infer<typeof runAnswer>;

/**
 * The main process performs runs: they continue while the window is closed, and wait for answers. After a crash, the
 * outcome of the current step is unknown. Starting or resuming a run fails with `run.cluster-busy` if another run works
 * on a cluster of the plan.
 */
export const RUN_METHODS = {
  list: method().reads().answers<RunListing>(),
  /** Fails with `run.unknown`. */
  read: method({ id: runId }).reads().answers<RunView>(),
  /** Returns the folder of the lab to which these clusters belong, for display only. The demo fleet belongs to none. */
  findLab: method({ clusterIds: z.array(clusterId).max(MOST_NAMES) })
    .reads()
    .answers<{ folder: string } | null>(),
  /**
   * Starts a run and asks before the first step. Fails with `run.plan-changed`, `run.nothing-to-do` or `run.bad-host`;
   * with `run.sample-only` or `run.no-lab` if target and clusters do not match; with `run.not-confirmed` if a real
   * target was not confirmed in the system dialog.
   */
  start: method(runRequest)
    .changes('run.requested', ({ source, target }) => ({
      subject: source.kind,
      target: target.kind === 'host' ? target.name : target.kind,
    }))
    .answers<RunView>(),
  /**
   * Resumes a run after checking steps with an unknown outcome. Returns the view of the run if it is already live.
   * Fails with `run.not-confirmed`, as `start` does.
   */
  resume: method({ id: runId })
    .changes('run.requested', ({ id: subject }) => ({ subject }))
    .answers<RunView>(),
  /**
   * Answers the question in the view. Fails with `run.not-asked` if another question or none is open, or with
   * `run.not-confirmed`, as `start` does, if the step may lose a cluster.
   */
  answer: method({ id: runId, stepId: name, answer: runAnswer })
    .changes('run.answered', ({ id: subject, stepId: step, answer: { kind } }) => ({ subject, step, answer: kind }))
    .answers<RunView>(),
  /** Ends the running command and all programs that it started. The run can be resumed. */
  cancel: method({ id: runId })
    .changes('run.cancelled', ({ id: subject }) => ({ subject }))
    .answers<RunView>(),
  /** Writes plan, record and transcript with their SHA-256 hashes as a ZIP file without known secrets. */
  exportEvidence: method({ id: runId, target: fileTicket })
    .exports('run.exported', ({ id: subject }) => ({ subject }))
    .answers<SavedFile>(),
};

export type RunsApi = Calls<typeof RUN_METHODS>;

export interface RunsEvents {
  changed: RunView;
  printed: { id: RunId; stepId: string; text: string };
}
