import { runSteps, type Stepwise } from '../shared/stepwise/steps.ts';
import type { Service } from '../shared/problem.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { writePlanFile } from '../plan/export/file.ts';
import type { Wording } from '../text/text.ts';
import type { Ports } from '../shared/ports.ts';
import type { RepairApi } from './contract.ts';
import { readEvidence } from './evidence-file.ts';
import type { RepairPlanning } from './model/planning.ts';
import { relatedRowSteps } from './model/related-rows.ts';
import { repairPlanSteps, type RepairRequest } from './model/plan.ts';
import { repairDiagnosisSteps, repairRequestSteps, type RepairChoice, type RepairSource } from './model/request.ts';

export interface RepairContext {
  ports: Pick<Ports, 'crypto' | 'files' | 'tickets'>;
  /** The inventory as it is now. */
  fleet: () => ClusterFleet;
  /** Runs what goes over all of it. */
  work: <T>(steps: Stepwise<T>) => Promise<T>;
  wording: () => Wording;
}

/** Causes and plans of repairs. Pasted texts are read and dropped: nothing of them goes out. */
export function repairService({ ports, fleet, work, wording }: RepairContext): Service<RepairApi> {
  const planned = repairPlanner({ fleet, work });
  return {
    readEvidence: ({ source }) => readEvidence(ports, ports.tickets.take(source, 'read:evidence')),
    diagnose: (answers) =>
      work(
        (function* () {
          return yield* repairDiagnosisSteps(yield* sourceSteps(fleet(), answers), withoutEmptyTexts(answers));
        })(),
      ),
    plan: async (answers) => {
      const { causes, plan } = await planned(answers);
      return { causes, plan };
    },
    exportPlan: async ({ answers, format, target }) => {
      const path = ports.tickets.take(target, `write:${format}`);
      const { plan } = await planned(answers);
      return writePlanFile(ports, plan, { path, format, wording: wording() });
    },
  };
}

/** A plan with what it was made from, which never leaves main. */
export interface PlannedRepair extends RepairPlanning {
  request: RepairRequest;
}

/** Plans for the answers of the window. */
export function repairPlanner({
  fleet,
  work,
}: Pick<RepairContext, 'fleet' | 'work'>): (answers: RepairChoice) => Promise<PlannedRepair> {
  return (answers) =>
    work(
      (function* () {
        return yield* repairPlanningSteps(yield* sourceSteps(fleet(), answers), answers);
      })(),
    );
}

/** What a choice of clusters depends on. */
function* sourceSteps(fleet: ClusterFleet, { clusters }: RepairChoice): Stepwise<RepairSource> {
  return { ...fleet, rows: yield* relatedRowSteps(fleet, clusters) };
}

/** Current causes and plan for the answers. `cluster.unknown`, `plan.deployment-needed`. */
export function planRepair(source: RepairSource, choice: RepairChoice): PlannedRepair {
  return runSteps(repairPlanningSteps(source, choice));
}

function* repairPlanningSteps(source: RepairSource, choice: RepairChoice): Stepwise<PlannedRepair> {
  const request = yield* repairRequestSteps(source, withoutEmptyTexts(choice));
  return {
    causes: request.targets.flatMap(({ name, failures }) => failures.map((failure) => ({ failure, cluster: name }))),
    plan: yield* repairPlanSteps(request),
    request,
  };
}

/** An empty box is not a text in which nothing was found. */
function withoutEmptyTexts(choice: RepairChoice): RepairChoice {
  return { ...choice, texts: choice.texts.filter((text) => text.trim() !== '') };
}
