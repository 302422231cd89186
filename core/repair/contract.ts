import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import {
  clusterId,
  fileTicket,
  MOST_CLUSTERS,
  name,
  pastedTexts,
  type SchemaFields,
} from '../shared/contract/schemas.ts';
import { findBuild } from '../knowledge/model/build.ts';
import { FAILURES, findFailure } from '../knowledge/model/failures/failures.ts';
import { TRIAGE_IDS } from '../knowledge/model/triage.ts';
import { PLAN_FILE_FORMATS } from '../plan/model/file-format.ts';
import type { Printed } from '../shared/ports.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
import type { Answers } from './model/evidence.ts';
import type { EvidenceText, RepairAnswers, RepairDiagnosis, RepairPlanning } from './model/planning.ts';

export const repairAnswers: z.ZodType<RepairAnswers> = z.strictObject({
  texts: pastedTexts,
  answers: z.strictObject({
    offHours: z.number().min(0).nullable().optional(),
    daysSinceUpdate: z.number().min(0).nullable().optional(),
    build: name.refine((text) => findBuild(text) !== undefined).optional(),
    sameUser: z.boolean().optional(),
    found: z.partialRecord(z.enum(TRIAGE_IDS), z.enum(['works', 'fails'])).optional(),
  } satisfies SchemaFields<Answers>),
  clusters: z.array(name).max(MOST_CLUSTERS),
  deployment: clusterId.optional(),
  failures: z
    .array(z.templateLiteral(['F', z.string()]).refine((id) => findFailure(id) !== undefined))
    .max(FAILURES.length),
} satisfies SchemaFields<RepairAnswers>);

/** The contents of pasted texts never leave the main process. */
export const REPAIR_METHODS = {
  /** Reads a file and removes its secrets. Fails with `evidence.not-text`, `evidence.too-long` or `file.*`. */
  readEvidence: method({ source: fileTicket }).reads().answers<EvidenceText>(),
  /** Lists matching causes, best first; ignores `failures`. Fails with `cluster.unknown`. */
  diagnose: method(repairAnswers).computes().answers<RepairDiagnosis>(),
  /** Plans a repair. Fails with `cluster.unknown` or `plan.deployment-needed`. */
  plan: method(repairAnswers).computes().answersText<RepairPlanning>(),
  exportPlan: method({ answers: repairAnswers, format: z.enum(PLAN_FILE_FORMATS), target: fileTicket })
    .exports('plan.exported', ({ format }) => ({ subject: 'repair', format }))
    .answers<SavedFile>(),
  /** Prints the plan, with the evidence for its causes. Fails with `print.not-available` or `print.failed`. */
  printPlan: method(repairAnswers)
    .exports('plan.printed', () => ({ subject: 'repair' }))
    .answers<Printed>(),
};

export type RepairApi = Calls<typeof REPAIR_METHODS>;
