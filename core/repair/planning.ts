import type { RepairPlanning } from './model/planning.ts';
import { repairPlan } from './plan.ts';
import { repairRequest, type RepairChoice, type RepairSource } from './request.ts';

/** From what an admin says to the plan, the same for every front. `cluster.unknown`, `plan.deployment-needed`. */
export function plannedRepair(source: RepairSource, choice: RepairChoice): RepairPlanning {
  const request = repairRequest(source, choice);
  return {
    causes: request.targets.flatMap(({ name, failures }) => failures.map((failure) => ({ failure, cluster: name }))),
    plan: repairPlan(request),
  };
}
