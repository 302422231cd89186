import type { UpdateApi } from './contract.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import { kubernetesVersion, type KubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import type { BoardRow } from '../expiry/model/board-row.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import type { PlanFileFormat } from '../plan/model/file-format.ts';
import type { Plan } from '../plan/model/plan.ts';
import type { Result } from '../shared/problem.ts';
import type { Settings } from '../settings/model/settings.ts';
import { lifetimeClasses } from '../expiry/model/thresholds.ts';
import type { UpdateAnswers, UpdatePlanning } from './model/planning.ts';
import type { Ports } from '../shared/ports.ts';
import { planUpdate } from './planning.ts';
import { readVersions } from './read-versions.ts';

export interface UpdateApiContext {
  ports: Pick<Ports, 'clock' | 'tickets'>;
  clusters: () => readonly Cluster[];
  settings: () => Pick<Settings, 'thresholds' | 'clusterFacts' | 'planning'>;
  rowsOf: (cluster: Cluster) => readonly BoardRow[];
  /** Puts a plan into words, which no feature can, and into a file. */
  writePlan: (plan: Plan, file: { path: string; format: PlanFileFormat }) => Promise<SavedFile>;
  /** Puts a plan of that many minutes into a calendar. */
  writeWindow: (planning: UpdatePlanning, path: string) => Promise<SavedFile>;
  /** Turns what is thrown into problems. */
  answer: <T>(work: () => T | Promise<T>) => Promise<Result<T>>;
}

/** Plans of updates for the console’s inventory. Pasted texts are read and dropped; what goes out are versions and names. */
export function updateApi(context: UpdateApiContext): UpdateApi {
  const { ports, answer, writePlan } = context;
  return {
    read: ({ texts }) => answer(() => readVersions(textsOf(texts))),
    plan: (answers) => answer(() => updatePlanningOf(context, answers)),
    exportPlan: ({ answers, format, target }) =>
      answer(() => {
        const { plan } = updatePlanningOf(context, answers);
        return writePlan(plan, { path: ports.tickets.take(target), format });
      }),
    exportWindow: ({ answers, target }) =>
      answer(() => context.writeWindow(updatePlanningOf(context, answers), ports.tickets.take(target))),
  };
}

/** An empty box is no output in which nothing was found. */
function textsOf(texts: readonly string[]): { text: string }[] {
  return texts.filter((text) => text.trim() !== '').map((text) => ({ text }));
}

/** The plan that answers make now. `cluster.unknown`, `plan.deployment-needed`. */
export function updatePlanningOf(
  context: Pick<UpdateApiContext, 'clusters' | 'settings' | 'rowsOf'> & { ports: Pick<Ports, 'clock'> },
  answers: UpdateAnswers,
): UpdatePlanning {
  const { parts, onlySystem, deployment } = answers;
  const { thresholds, clusterFacts, planning } = context.settings();
  const clusters = context.clusters();
  return planUpdate({
    source: {
      now: context.ports.clock.now(),
      clusters,
      facts: clusterFacts,
      rows: clusters.flatMap((cluster) => context.rowsOf(cluster)),
      classes: lifetimeClasses(thresholds),
      minutes: planning.minutes,
    },
    texts: textsOf(answers.texts),
    typed: answers.typed,
    choice: {
      parts,
      onlySystem,
      clusters: answers.clusters,
      deployment,
      versions: new Map(
        answers.versions.flatMap(({ cluster, version }): [string, KubernetesVersion][] => {
          const parsed = kubernetesVersion(version);
          return parsed === undefined ? [] : [[cluster, parsed]];
        }),
      ),
    },
  }).planning;
}
