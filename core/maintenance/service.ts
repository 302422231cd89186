import type { Service } from '../shared/problem.ts';
import type { MaintenanceApi } from './contract.ts';
import type { ClusterFleet, JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { selectRelatedRows } from '../repair/model/related-rows.ts';
import { epochMs } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { localTimeZone } from '../shared/text/zoned-time.ts';
import { exportPlan } from './export/export.ts';
import { fleetPlan, PLAN_FILES, type MaintenancePlan } from './model/maintenance.ts';
import type { WithRules } from './model/rules.ts';
import { packPlan } from './model/shown-plan.ts';
import type { Wording } from '../shared/text/text.ts';

interface MaintenanceContext {
  ports: Pick<Ports, 'crypto' | 'files' | 'tickets'>;
  fleet: () => WithRules<ClusterFleet>;
  wording: () => Wording;
}

export function maintenanceService({ ports, fleet, wording }: MaintenanceContext): Service<MaintenanceApi> {
  return {
    plan: () => packPlan(currentPlan(fleet())),
    exportPlan: ({ target, ...options }) => {
      const path = ports.tickets.take(target, `write:${PLAN_FILES[options.format].format}`);
      return exportPlan(ports, currentPlan(fleet()), { ...options, path, wording: wording() });
    },
  };
}

export function currentPlan(fleet: WithRules<JudgedFleet | ClusterFleet>): MaintenancePlan {
  const input = { ...fleet, rows: selectRelatedRows(fleet, []), nowMs: epochMs(fleet.now) };
  return fleetPlan(input, fleet.planning, localTimeZone());
}
