import type { SavedFile } from '../shared/saved-file.ts';
import type { Result } from '../shared/problem.ts';
import type { RunId } from './model/run.ts';
import type { RunAnswer, RunListing, RunRequest, RunView } from './model/view.ts';
import type { FileTicket } from '../shared/ticket.ts';

/**
 * Runs of plans. A run lives in main: it goes on with the window closed, and waits for its answers. After a crash it is
 * listed with a step whose end is not known. `run.cluster-busy` where another one works on a cluster of the plan.
 */
export interface RunsApi {
  list(): Promise<Result<RunListing>>;
  /** `run.unknown`. */
  read(request: { id: RunId }): Promise<Result<RunView>>;
  /**
   * Begins, and asks before the first step. `run.plan-changed`, `run.nothing-to-do`, `run.bad-host`; `run.sample-only` and
   * `run.not-sample` where target and clusters do not go together.
   */
  start(request: RunRequest): Promise<Result<RunView>>;
  /** Goes on where it was; first what is not known is looked at again. Of a live one just its view. */
  resume(request: { id: RunId }): Promise<Result<RunView>>;
  /** To the question of its view. `run.not-asked` where it does not wait for that. */
  answer(request: { id: RunId; stepId: string; answer: RunAnswer }): Promise<Result<RunView>>;
  /** Ends the running command with all that it started, and stops the run; it can go on later. */
  cancel(request: { id: RunId }): Promise<Result<RunView>>;
  /** Plan, record, transcript and their SHA-256 as one ZIP file; nothing secret is in it. */
  exportEvidence(request: { id: RunId; target: FileTicket }): Promise<Result<SavedFile>>;
}

export interface RunsEvents {
  /** The whole of it, whenever a step or what is waited for changes. */
  changed: RunView;
  /** What the running command has just printed, without what is secret; `live` of a view holds the same. */
  printed: { id: RunId; stepId: string; text: string };
}
