import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { clusterId, fileTicket, MOST_CLUSTERS, name, pastedTexts } from '../shared/contract/schemas.ts';
import { aksHciVersion, kubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import { PLAN_FILE_FORMATS } from '../plan/model/file-format.ts';
import type { Printed } from '../shared/ports.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
import { UPDATE_PARTS, type UpdatePlanning } from './model/planning.ts';
import type { VersionsRead } from './model/versions.ts';

const version = name.refine((text) => kubernetesVersion(text) !== undefined);

const typedVersions = z.strictObject({
  /** Build such as `1.0.2.10723`. */
  host: name.refine((text) => aksHciVersion(text) !== undefined).optional(),
  /** Version such as `v1.21.9`. An entry without a version only states that the cluster exists. */
  clusters: z.array(z.strictObject({ cluster: name, version: version.optional() })).max(MOST_CLUSTERS),
});
export type TypedVersions = z.infer<typeof typedVersions>;

export const updateAnswers = z.strictObject({
  /** Pasted output, never stored. If texts contradict each other, the later one counts. */
  texts: pastedTexts,
  typed: typedVersions,
  parts: z.enum(UPDATE_PARTS),
  /** Ids or names; if empty, all workload clusters of the deployment. */
  clusters: z.array(name).max(MOST_CLUSTERS),
  /** The cloud agent; required if several deployments are possible. */
  deployment: clusterId.optional(),
  versions: z.array(z.strictObject({ cluster: name, version })).max(MOST_CLUSTERS),
  /** Whether only the operating system of the nodes is updated, not Kubernetes. */
  onlySystem: z.boolean(),
});
export type UpdateAnswers = z.infer<typeof updateAnswers>;

/** Pasted texts are discarded; only their versions and names are kept. */
export const UPDATE_METHODS = {
  /** Reads pasted output. An empty text does not count as output. */
  read: method({ texts: pastedTexts }).reads().answers<VersionsRead>(),
  /** Plans an update. Fails with `cluster.unknown` or `plan.deployment-needed`. */
  plan: method(updateAnswers).computes().answersText<UpdatePlanning>(),
  exportPlan: method({ answers: updateAnswers, format: z.enum(PLAN_FILE_FORMATS), target: fileTicket })
    .exports('plan.exported', ({ format }) => ({ subject: 'update', format }))
    .answers<SavedFile>(),
  /** Fails with `print.not-available` or `print.failed`. */
  printPlan: method(updateAnswers)
    .exports('plan.printed', () => ({ subject: 'update' }))
    .answers<Printed>(),
  /**
   * Writes the plan to a calendar, as an event in the next suitable maintenance window. Fails with
   * `plan.nothing-planned`.
   */
  exportWindow: method({ answers: updateAnswers, target: fileTicket })
    .exports('plan.exported', () => ({ subject: 'update', format: 'ics' }))
    .answers<SavedFile>(),
};

export type UpdateApi = Calls<typeof UPDATE_METHODS>;
