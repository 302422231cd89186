import type { RepairApi } from './contract.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import type { BoardRow } from '../expiry/model/board-row.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import type { PlanFileFormat } from '../plan/model/file-format.ts';
import type { Plan } from '../plan/model/plan.ts';
import type { Result } from '../shared/problem.ts';
import type { RepairAnswers, RepairPlanning } from './model/planning.ts';
import type { Settings } from '../settings/model/settings.ts';
import { lifetimeClasses } from '../expiry/model/thresholds.ts';
import type { Ports } from '../shared/ports.ts';
import { readEvidence } from './evidence-file.ts';
import { plannedRepair } from './planning.ts';
import { repairDiagnosis, type RepairChoice, type RepairSource } from './request.ts';

export interface RepairApiContext {
  ports: Pick<Ports, 'clock' | 'files' | 'tickets'>;
  clusters: () => readonly Cluster[];
  settings: () => Pick<Settings, 'thresholds' | 'clusterFacts'>;
  rowsOf: (cluster: Cluster) => readonly BoardRow[];
  /** Puts a plan into words, which no feature can, and into a file. */
  writePlan: (plan: Plan, file: { path: string; format: PlanFileFormat }) => Promise<SavedFile>;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** Causes and plans of repairs for the console’s inventory. Pasted texts are read and dropped: nothing of them goes out. */
export function repairApi(context: RepairApiContext): RepairApi {
  const { ports, answer, writePlan } = context;
  return {
    readEvidence: ({ source }) => answer(() => readEvidence(ports, ports.tickets.take(source))),
    diagnose: (answers) => answer(() => repairDiagnosis(sourceOf(context), choiceOf(answers))),
    plan: (answers) => answer(() => repairPlanningOf(context, answers)),
    exportPlan: ({ answers, format, target }) =>
      answer(() => {
        const { plan } = repairPlanningOf(context, answers);
        return writePlan(plan, { path: ports.tickets.take(target), format });
      }),
  };
}

type Known = Pick<RepairApiContext, 'clusters' | 'settings' | 'rowsOf'> & { ports: Pick<Ports, 'clock'> };

/** Causes and the plan that answers make now. `cluster.unknown`, `plan.deployment-needed`. */
export function repairPlanningOf(context: Known, answers: RepairAnswers): RepairPlanning {
  return plannedRepair(sourceOf(context), choiceOf(answers));
}

function sourceOf(context: Known): RepairSource {
  const { thresholds, clusterFacts } = context.settings();
  const clusters = context.clusters();
  return {
    now: context.ports.clock.now(),
    clusters,
    facts: clusterFacts,
    rows: clusters.flatMap((cluster) => context.rowsOf(cluster)),
    classes: lifetimeClasses(thresholds),
  };
}

/** An empty box is no text in which nothing was found. */
function choiceOf(answers: RepairAnswers): RepairChoice {
  return { ...answers, texts: answers.texts.filter((text) => text.trim() !== '') };
}
