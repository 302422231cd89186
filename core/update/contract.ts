import type { SavedFile } from '../shared/saved-file.ts';
import type { PlanFileFormat } from '../plan/model/file-format.ts';
import type { Result } from '../shared/problem.ts';
import type { FileTicket } from '../shared/ticket.ts';
import type { UpdateAnswers, UpdatePlanning } from './model/planning.ts';
import type { VersionsRead } from './model/versions.ts';

/** Plans of updates. Pasted texts are read and dropped: versions and names come out of them, and nothing else. */
export interface UpdateApi {
  /** Of two outputs the later one counts; an empty text is none. */
  read(request: { texts: string[] }): Promise<Result<VersionsRead>>;
  /** Checks, steps and what is asked, worked out now. `cluster.unknown`, `plan.deployment-needed`. */
  plan(answers: UpdateAnswers): Promise<Result<UpdatePlanning>>;
  /** The plan of the same answers, written to the file behind `target` in the language of the window. */
  exportPlan(request: {
    answers: UpdateAnswers;
    format: PlanFileFormat;
    target: FileTicket;
  }): Promise<Result<SavedFile>>;
  /** The same plan as an event of the next maintenance window that holds it, in iCalendar. `plan.nothing-planned`. */
  exportWindow(request: { answers: UpdateAnswers; target: FileTicket }): Promise<Result<SavedFile>>;
}
