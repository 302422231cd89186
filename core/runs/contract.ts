import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { fileTicket, MOST_NAMES, name, textLike, type SchemaFields } from '../shared/contract/schemas.ts';
import { repairAnswers } from '../repair/contract.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import { updateAnswers } from '../update/contract.ts';
import type { RunId } from './model/run.ts';
import type { RunAnswer, RunListing, RunRequest, RunView } from './model/view.ts';

/** The longest plan that the window makes, the update of 2,500 clusters, has 38,000. */
const MOST_STEPS = 50_000;

const runId = textLike<RunId>(/^[0-9a-f]{16}$/u);
/** A value of a command is one line. */
const runValues = z.array(z.strictObject({ name, value: name })).max(MOST_NAMES);
const runRequest: z.ZodType<RunRequest> = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('repair'), answers: repairAnswers }),
    z.strictObject({ kind: z.literal('update'), answers: updateAnswers }),
  ]),
  stepIds: z.array(name).max(MOST_STEPS),
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['sample', 'local']) }),
    z.strictObject({ kind: z.literal('host'), name }),
  ]),
  values: runValues,
} satisfies SchemaFields<RunRequest>);
const runAnswer: z.ZodType<RunAnswer> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['run', 'done', 'retry', 'stop']) }),
  z.strictObject({ kind: z.literal('skip'), reason: name, isCase: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('fill'), values: runValues }),
]);

/**
 * Runs of plans. A run lives in main: it continues with the window closed, and waits for its answers. After a crash it
 * is listed with a step whose outcome is unknown. `run.cluster-busy` where another one works on a cluster of the plan.
 */
export const RUN_METHODS = {
  list: method().reads().answers<RunListing>(),
  /** `run.unknown`. */
  read: method({ id: runId }).reads().answers<RunView>(),
  /**
   * Begins, and asks before the first step. `run.plan-changed`, `run.nothing-to-do`, `run.bad-host`; `run.sample-only` and
   * `run.not-sample` where target and clusters do not go together; `run.not-confirmed` where the target is real and nobody
   * agreed in the system's dialog.
   */
  start: method(runRequest)
    .changes('run.requested', ({ source, target }) => ({
      subject: source.kind,
      target: target.kind === 'host' ? target.name : target.kind,
    }))
    .answers<RunView>(),
  /**
   * Continues where it was; whatever is unknown is checked first. For a live run, just returns its view.
   * `run.not-confirmed` as above.
   */
  resume: method({ id: runId })
    .changes('run.requested', ({ id: subject }) => ({ subject }))
    .answers<RunView>(),
  /**
   * Answers the question in its view. `run.not-asked` where it is not waiting for that answer; `run.not-confirmed` as
   * above, for a step that may lose a cluster.
   */
  answer: method({ id: runId, stepId: name, answer: runAnswer })
    .changes('run.answered', ({ id: subject, stepId: step, answer: { kind } }) => ({ subject, step, answer: kind }))
    .answers<RunView>(),
  /** Ends the running command with everything that it started, and stops the run; it can be resumed later. */
  cancel: method({ id: runId })
    .changes('run.cancelled', ({ id: subject }) => ({ subject }))
    .answers<RunView>(),
  /** Plan, record, transcript and their SHA-256 as one ZIP file, with what is known for a secret taken out. */
  exportEvidence: method({ id: runId, target: fileTicket })
    .exports('run.exported', ({ id: subject }) => ({ subject }))
    .answers<SavedFile>(),
};

export type RunsApi = Calls<typeof RUN_METHODS>;

export interface RunsEvents {
  /** The whole view, whenever a step or what it waits for changes. */
  changed: RunView;
  /** What the running command has just printed, with secrets removed; `live` of a view holds the same. */
  printed: { id: RunId; stepId: string; text: string };
}
