import type { Service } from '../shared/problem.ts';
import type { MaintenanceApi } from './contract.ts';
import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { toMilliseconds } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { localTimeZone } from '../text/zoned-time.ts';
import { exportPlan } from './export/export.ts';
import { fleetPlan, PLAN_FILES, type MaintenancePlan } from './model/maintenance.ts';
import type { Wording } from './text/maintenance-text.ts';

export interface MaintenanceContext {
  ports: Pick<Ports, 'crypto' | 'files' | 'tickets'>;
  /** The rules of the plan are in its `planning`. */
  fleet: () => JudgedFleet;
  wording: () => Wording;
}

/** The windows for one fleet at one moment follow from it: worked out once for each. */
const plans = new WeakMap<JudgedFleet, MaintenancePlan>();

/** Maintenance windows by the admin's rules. `plan.rules-invalid`. */
export function maintenanceService({ ports, fleet, wording }: MaintenanceContext): Service<MaintenanceApi> {
  const plan = (): MaintenancePlan => {
    const judged = fleet();
    const known = plans.get(judged);
    if (known !== undefined) return known;
    const made = fleetPlan({ ...judged, nowMs: toMilliseconds(judged.now) }, judged.planning, localTimeZone());
    plans.set(judged, made);
    return made;
  };
  return {
    plan,
    exportPlan: ({ target, ...options }) =>
      exportPlan(ports, plan(), {
        ...options,
        path: ports.tickets.take(target, `write:${PLAN_FILES[options.format].format}`),
        wording: wording(),
      }),
  };
}
