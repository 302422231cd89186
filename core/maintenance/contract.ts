import { z } from 'zod';
import { method, type Calls } from '../shared/contract/method.ts';
import { clusterId, fileTicket, name } from '../shared/contract/schemas.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
import { PLAN_FORMATS } from './model/maintenance.ts';
import type { PackedPlan } from './model/shown-plan.ts';

export const MAINTENANCE_METHODS = {
  /** Plans as of now, under the rules in the settings. Fails with `plan.rules-invalid`. */
  plan: method().computes().answersText<PackedPlan>(),
  exportPlan: method({
    format: z.enum(PLAN_FORMATS),
    /** Required for a task if the plan has several deployments. */
    deployment: clusterId.optional(),
    account: name.optional(),
    target: fileTicket,
  })
    .exports('plan.exported', ({ format }) => ({ format }))
    .answers<SavedFile>(),
};

export type MaintenanceApi = Calls<typeof MAINTENANCE_METHODS>;
