import type { Service } from '../shared/problem.ts';
import type { MaintenanceApi } from './contract.ts';
import type { ClusterFleet, JudgedFleet } from '../expiry/model/judged-fleet.ts';
import type { Stepwise } from '../shared/stepwise/steps.ts';
import { relatedRows } from '../repair/model/related-rows.ts';
import { toMilliseconds } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { localTimeZone } from '../text/zoned-time.ts';
import { exportPlan } from './export/export.ts';
import { fleetPlanSteps, PLAN_FILES, type MaintenancePlan } from './model/maintenance.ts';
import type { WithRules } from './model/rules.ts';
import { packPlanSteps, type PackedPlan } from './model/shown-plan.ts';
import type { Wording } from '../text/text.ts';

export interface MaintenanceContext {
  ports: Pick<Ports, 'crypto' | 'files' | 'tickets'>;
  fleet: () => WithRules<JudgedFleet | ClusterFleet>;
  /** Runs what goes over all of it. */
  work: <T>(steps: Stepwise<T>) => Promise<T>;
  wording: () => Wording;
}

/** The windows for one fleet at one moment follow from it: worked out once for each. */
const plans = new WeakMap<JudgedFleet | ClusterFleet, Promise<MaintenancePlan>>();

/** Maintenance windows by the admin's rules. `plan.rules-invalid`. */
export function currentPlan({ fleet, work }: Pick<MaintenanceContext, 'fleet' | 'work'>): Promise<MaintenancePlan> {
  const whole = fleet();
  const made = plans.get(whole) ?? work(planSteps(whole));
  plans.set(whole, made);
  return made;
}

/**
 * The same for a page, and its files. A plan that was asked for and then asked for again, by other rules, is not made to its
 * end: it is answered by the later one.
 */
export function maintenanceService({ ports, wording, ...context }: MaintenanceContext): Service<MaintenanceApi> {
  let asked = 0;
  let latest: Promise<PackedPlan>;
  const makePlan = async (number: number): Promise<PackedPlan> => {
    const steps = whileWanted(planAndPack(context.fleet()), () => number === asked);
    return (await context.work(steps)) ?? latest;
  };
  return {
    plan: () => (latest = makePlan((asked += 1))),
    exportPlan: async ({ target, ...options }) => {
      const path = ports.tickets.take(target, `write:${PLAN_FILES[options.format].format}`);
      return exportPlan(ports, await currentPlan(context), { ...options, path, wording: wording() });
    },
  };
}

function* planAndPack(fleet: WithRules<JudgedFleet | ClusterFleet>): Stepwise<PackedPlan> {
  return yield* packPlanSteps(yield* planSteps(fleet));
}

/** Ends before the next step once the result is not wanted any more. */
function* whileWanted<T>(steps: Stepwise<T>, isWanted: () => boolean): Stepwise<T | undefined> {
  while (isWanted()) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield;
  }
  return undefined;
}

function* planSteps(fleet: WithRules<JudgedFleet | ClusterFleet>): Stepwise<MaintenancePlan> {
  const rows = relatedRows(fleet, []);
  return yield* fleetPlanSteps({ ...fleet, rows, nowMs: toMilliseconds(fleet.now) }, fleet.planning, localTimeZone());
}
