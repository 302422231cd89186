import type { ConsoleApi, SavedFile } from '../contract.ts';
import type { BoardRow } from '../domain/board.ts';
import type { Cluster } from '../domain/credential.ts';
import type { PlanFileFormat } from '../domain/plan-file-format.ts';
import type { Plan } from '../domain/plan.ts';
import type { Result } from '../domain/problem.ts';
import type { RepairAnswers, RepairPlanning } from '../domain/repair-planning.ts';
import type { Settings } from '../domain/settings.ts';
import { lifetimeClasses } from '../domain/thresholds.ts';
import type { Ports } from '../ports.ts';
import { readEvidence } from './evidence-file.ts';
import { plannedRepair } from './planning.ts';
import { repairDiagnosis } from './request.ts';
import type { RepairChoice, RepairSource } from './request.ts';

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
export function repairApi(context: RepairApiContext): ConsoleApi['repair'] {
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

type Known = Pick<RepairApiContext, 'clusters' | 'settings' | 'rowsOf'> & {
  ports: Pick<Ports, 'clock'>;
};

/** Causes and the plan that answers make now. `cluster.unknown`, `plan.deployment-needed`. */
export function repairPlanningOf(context: Known, answers: RepairAnswers): RepairPlanning {
  return plannedRepair(sourceOf(context), choiceOf(answers));
}

function sourceOf(context: Known): RepairSource {
  const { thresholds, clusterFacts } = context.settings();
  const clusters = context.clusters();
  return {
    ...{ now: context.ports.clock.now(), clusters, facts: clusterFacts },
    rows: clusters.flatMap((cluster) => context.rowsOf(cluster)),
    classes: lifetimeClasses(thresholds),
  };
}

/** An empty box is no text in which nothing was found. */
function choiceOf(answers: RepairAnswers): RepairChoice {
  return { ...answers, texts: answers.texts.filter((text) => text.trim() !== '') };
}
