import { z } from 'zod';
import { method, type Calls } from '../contract/method.ts';
import { clusterId, fileTicket, name } from '../contract/schemas.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import { PLAN_FORMATS, type MaintenancePlan } from './model/maintenance.ts';

export const MAINTENANCE_METHODS = {
  /** Maintenance windows by the rules in the settings, computed now. `plan.rules-invalid`. */
  plan: method().answers<MaintenancePlan>(),
  /** The same plan, written to the file behind `target`. */
  exportPlan: method({
    format: z.enum(PLAN_FORMATS),
    /** Whose hosts it is for; a task needs it where the plan has several. */
    deployment: clusterId.optional(),
    /** As whom a task runs; absent: SYSTEM. */
    account: name.optional(),
    target: fileTicket,
  }).answers<SavedFile>(),
};

export type MaintenanceApi = Calls<typeof MAINTENANCE_METHODS>;
