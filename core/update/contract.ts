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
import { aksHciVersion, kubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import { PLAN_FILE_FORMATS } from '../plan/model/file-format.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import { UPDATE_PARTS, type TypedVersions, type UpdateAnswers, type UpdatePlanning } from './model/planning.ts';
import type { VersionsRead } from './model/versions.ts';

const version = name.refine((text) => kubernetesVersion(text) !== undefined);

export const updateAnswers: z.ZodType<UpdateAnswers> = z.strictObject({
  texts: pastedTexts,
  typed: z.strictObject({
    host: name.refine((text) => aksHciVersion(text) !== undefined).optional(),
    clusters: z.array(z.strictObject({ cluster: name, version: version.optional() })).max(MOST_CLUSTERS),
  } satisfies SchemaFields<TypedVersions>),
  parts: z.enum(UPDATE_PARTS),
  clusters: z.array(name).max(MOST_CLUSTERS),
  deployment: clusterId.optional(),
  versions: z.array(z.strictObject({ cluster: name, version })).max(MOST_CLUSTERS),
  onlySystem: z.boolean(),
} satisfies SchemaFields<UpdateAnswers>);

/** Plans of updates. Pasted texts are read and dropped: versions and names come out of them, and nothing else. */
export const UPDATE_METHODS = {
  /** Of two outputs the later one counts; an empty text is none. */
  read: method({ texts: pastedTexts }).reads().answers<VersionsRead>(),
  /** Checks, steps and what is asked, worked out now. `cluster.unknown`, `plan.deployment-needed`. */
  plan: method(updateAnswers).computes().answersText<UpdatePlanning>(),
  /** The plan of the same answers, written to the file behind `target` in the language of the window. */
  exportPlan: method({ answers: updateAnswers, format: z.enum(PLAN_FILE_FORMATS), target: fileTicket })
    .exports('plan.exported', ({ format }) => ({ subject: 'update', format }))
    .answers<SavedFile>(),
  /** The same plan as an event of the next maintenance window that holds it, in iCalendar. `plan.nothing-planned`. */
  exportWindow: method({ answers: updateAnswers, target: fileTicket })
    .exports('plan.exported', () => ({ subject: 'update', format: 'ics' }))
    .answers<SavedFile>(),
};

export type UpdateApi = Calls<typeof UPDATE_METHODS>;
