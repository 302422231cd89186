import type { Service } from '../shared/problem.ts';
import type { JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { writePlanFile } from '../plan/export/file.ts';
import type { Wording } from '../maintenance/text/maintenance-text.ts';
import type { Ports } from '../shared/ports.ts';
import type { RepairApi } from './contract.ts';
import { readEvidence } from './evidence-file.ts';
import type { RepairPlanning } from './model/planning.ts';
import { repairPlan } from './model/plan.ts';
import { repairDiagnosis, repairRequest, type RepairChoice, type RepairSource } from './model/request.ts';

export interface RepairContext {
  ports: Pick<Ports, 'crypto' | 'files' | 'tickets'>;
  fleet: () => JudgedFleet;
  wording: () => Wording;
}

/** Causes and plans of repairs. Pasted texts are read and dropped: nothing of them goes out. */
export function repairService({ ports, fleet, wording }: RepairContext): Service<RepairApi> {
  return {
    readEvidence: ({ source }) => readEvidence(ports, ports.tickets.take(source, 'read:evidence')),
    diagnose: (answers) => repairDiagnosis(fleet(), withoutEmptyTexts(answers)),
    plan: (answers) => planRepair(fleet(), answers),
    exportPlan: ({ answers, format, target }) =>
      writePlanFile(ports, planRepair(fleet(), answers).plan, {
        path: ports.tickets.take(target, `write:${format}`),
        format,
        wording: wording(),
      }),
  };
}

/** Current causes and plan for the answers. `cluster.unknown`, `plan.deployment-needed`. */
export function planRepair(source: RepairSource, choice: RepairChoice): RepairPlanning {
  const request = repairRequest(source, withoutEmptyTexts(choice));
  return {
    causes: request.targets.flatMap(({ name, failures }) => failures.map((failure) => ({ failure, cluster: name }))),
    plan: repairPlan(request),
  };
}

/** An empty box is not a text in which nothing was found. */
function withoutEmptyTexts(choice: RepairChoice): RepairChoice {
  return { ...choice, texts: choice.texts.filter((text) => text.trim() !== '') };
}
