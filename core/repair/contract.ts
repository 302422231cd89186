import type { SavedFile } from '../shared/saved-file.ts';
import type { PlanFileFormat } from '../plan/model/file-format.ts';
import type { Result } from '../shared/problem.ts';
import type { EvidenceText, RepairAnswers, RepairDiagnosis, RepairPlanning } from './model/planning.ts';
import type { FileTicket } from '../shared/ticket.ts';

/** Causes and plans of repairs. Pasted texts are read and dropped: nothing of them comes out. */
export interface RepairApi {
  /** A log or an output of a file, without its secrets. `evidence.not-text`, `evidence.too-long`, `file.*`. */
  readEvidence(request: { source: FileTicket }): Promise<Result<EvidenceText>>;
  /** What fits the evidence, best first; what was chosen already is left out of account. `cluster.unknown`. */
  diagnose(answers: RepairAnswers): Promise<Result<RepairDiagnosis>>;
  /** Causes and steps, worked out now. `cluster.unknown`, `plan.deployment-needed`. */
  plan(answers: RepairAnswers): Promise<Result<RepairPlanning>>;
  /** The plan of the same answers, written to the file behind `target` in the language of the window. */
  exportPlan(request: {
    answers: RepairAnswers;
    format: PlanFileFormat;
    target: FileTicket;
  }): Promise<Result<SavedFile>>;
}
