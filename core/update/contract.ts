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

/** Only versions and names are kept of pasted texts. */
export const UPDATE_METHODS = {
  /** The later of two outputs counts. An empty text is no output. */
  read: method({ texts: pastedTexts }).reads().answers<VersionsRead>(),
  /** `cluster.unknown`, `plan.deployment-needed`. */
  plan: method(updateAnswers).computes().answersText<UpdatePlanning>(),
  exportPlan: method({ answers: updateAnswers, format: z.enum(PLAN_FILE_FORMATS), target: fileTicket })
    .exports('plan.exported', ({ format }) => ({ subject: 'update', format }))
    .answers<SavedFile>(),
  /**
   * Writes the plan into a calendar, as an event in the next maintenance window that fits it. `plan.nothing-planned`.
   */
  exportWindow: method({ answers: updateAnswers, target: fileTicket })
    .exports('plan.exported', () => ({ subject: 'update', format: 'ics' }))
    .answers<SavedFile>(),
};

export type UpdateApi = Calls<typeof UPDATE_METHODS>;
