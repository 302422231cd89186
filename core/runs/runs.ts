import type { ClusterId } from '../shared/ids.ts';
import { listClaims } from '../plan/model/claims.ts';
import type { Plan } from '../plan/model/plan.ts';
import { parseValues } from '../plan/model/value.ts';
import { ConsoleError } from '../shared/problem.ts';
import { readRun, recordView } from './history.ts';
import { LiveRun } from './live-run.ts';
import type { RunConsent } from './model/consent.ts';
import { fillPrinted } from './model/printed.ts';
import type { RunId, RunRecord } from './model/run.ts';
import type { PlanSource, RunAnswer, RunRequest } from './contract.ts';
import type { RequestedPlan, RunView } from './model/view.ts';
import { RunLife, type BegunRun, type ProposedRun, type RunLifeContext } from './run-life.ts';
import { labFolder, labTargetName } from './model/target-name.ts';
import { targetName } from './run-target.ts';

export interface RunsContext extends RunLifeContext {
  /** The input of the plan is needed to resume the run. */
  makePlan: (source: PlanSource) => Promise<RequestedPlan>;
  /** Returns the folder of the lab to which one of these clusters belongs. */
  findLab: (clusters: readonly ClusterId[]) => Promise<string | undefined>;
  /** Asks a person in a way that a page cannot answer. */
  consent: (asked: RunConsent) => Promise<boolean>;
  changed: (view: RunView) => void;
  printed: (printed: { id: RunId; stepId: string; text: string }) => void;
  broken: (error: unknown) => void;
}

interface Live {
  run: LiveRun;
  plan: Plan;
  /** Resolves when the run is over; never rejects. */
  over: Promise<void>;
}

export class Runs {
  readonly #context: RunsContext;
  readonly #life: RunLife;
  readonly #live = new Map<RunId, Live>();
  #isClosing = false;
  /** Runs being resumed, so that a second call does not resume them too. */
  readonly #beginning = new Map<RunId, Promise<RunView>>();

  constructor(context: RunsContext) {
    this.#context = context;
    this.#life = new RunLife({
      ...context,
      outcome: async (...given) => (this.#isClosing ? undefined : context.outcome(...given)),
    });
  }

  liveView(id: RunId): RunView | undefined {
    return this.#live.get(id)?.run.view;
  }

  findLab(clusters: readonly ClusterId[]): Promise<string | undefined> {
    return this.#context.findLab(clusters);
  }

  /** Throws the errors that `RUN_METHODS.start` names. */
  async start({ source, stepIds, target, values }: RunRequest): Promise<RunView> {
    const requested = await this.#context.makePlan(source);
    const ids = requested.plan.steps.map(({ id }) => id);
    if (ids.length !== stepIds.length || ids.some((id, at) => id !== stepIds[at]))
      throw new ConsoleError('run.plan-changed', {});
    if (ids.length === 0) throw new ConsoleError('run.nothing-to-do', {});
    const begun = await this.#life.start(
      requested,
      { target: target.kind === 'lab' ? await this.#chooseLab(requested.plan) : targetName(target) },
      { values: () => parseValues(values), agree: this.#askBefore('start') },
    );
    return this.#go(begun);
  }

  /**
   * Resumes a run, or returns its view if it is live. Throws `run.unknown`, `run.cluster-busy`, `run.not-confirmed` or
   * errors of `checkRecordedPlan`.
   */
  async resume(id: RunId): Promise<RunView> {
    const live = this.#live.get(id);
    if (live !== undefined) return live.run.view;
    const begun = this.#beginning.get(id) ?? this.#resume(id);
    this.#beginning.set(id, begun);
    try {
      return await begun;
    } finally {
      this.#beginning.delete(id);
    }
  }

  /** Throws `run.unknown`, `run.not-asked` or `run.not-confirmed`. */
  async answer(id: RunId, stepId: string, answer: RunAnswer): Promise<RunView> {
    const live = this.#live.get(id);
    if (live === undefined) {
      await this.#readRun(id);
      throw new ConsoleError('run.not-asked', {});
    }
    if (answer.kind === 'run') await this.#dangerAgreed(live.run, stepId);
    live.run.answer(stepId, answer);
    return live.run.view;
  }

  /** Cancels a run and resolves when it is over. Throws `run.unknown`. */
  async cancel(id: RunId): Promise<RunView> {
    const live = this.#live.get(id);
    live?.run.cancel();
    await live?.over;
    return recordView(await this.#readRun(id));
  }

  /** Writes the missing audit lines of earlier runs. Throws `store.not-writable` or `file.not-readable`. */
  appendMissing(): Promise<void> {
    return this.#life.appendMissing();
  }

  get live(): { count: number; working: number } {
    const all = [...this.#live.values()];
    return { count: all.length, working: all.filter(({ run }) => run.isWorking).length };
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const all = [...this.#live.values()];
    for (const { run } of all) run.cancel();
    await Promise.all(all.map(({ over }) => over));
  }

  async #resume(id: RunId): Promise<RunView> {
    const kept = await this.#readRun(id);
    if (kept.state === 'done') return recordView(kept);
    return this.#go(await this.#life.resume(id, { agree: this.#askBefore('resume') }));
  }

  #askBefore(kind: 'start' | 'resume'): (proposed: ProposedRun) => Promise<void> {
    return async ({ plan, target, isFormerCopy }) => {
      await this.#ask({ kind, plan, target, isFormerCopy });
      this.#refuseBusy(plan);
    };
  }

  async #ask(asked: RunConsent): Promise<void> {
    if (labFolder(asked.target) === undefined && !(await this.#context.consent(asked)))
      throw new ConsoleError('run.not-confirmed', {});
  }

  async #dangerAgreed({ view }: LiveRun, stepId: string): Promise<void> {
    const { target, id } = view.run;
    const plan = fillPrinted(view.run);
    const step = plan.steps.find((each) => each.id === stepId);
    if (step?.risk !== 'dangerous' || view.question?.stepId !== stepId) return;
    await this.#ask({ kind: 'step', plan, target, step });
    // While the dialog was open, the user may have changed a value or ended the run.
    if (this.#live.get(id)?.run.view.question !== view.question) throw new ConsoleError('run.not-asked', {});
  }

  #go(begun: BegunRun): RunView {
    const { changed, printed } = this.#context;
    const { id, plan } = begun.run;
    const run = new LiveRun(begun, { changed, printed: (stepId, text) => printed({ id, stepId, text }) });
    this.#live.set(id, { run, plan, over: this.#runToEnd(begun, run) });
    return run.view;
  }

  /** Performs a run to its end. Never rejects, because the caller has already returned its answer. */
  async #runToEnd(begun: BegunRun, live: LiveRun): Promise<void> {
    const { changed, broken } = this.#context;
    const { id } = begun.run;
    try {
      await this.#life.go(begun, live);
    } catch (error) {
      broken(error);
    } finally {
      this.#live.delete(id);
    }
    await this.#readRun(id).then((run) => changed(recordView(run)), broken);
  }

  /** Rejects a busy plan immediately. A claim would wait in case its holder was killed. */
  #refuseBusy(plan: Plan): void {
    const wanted = new Set(listClaims(plan).map(({ key }) => key));
    const other = [...this.#live.values()].find((live) => listClaims(live.plan).some(({ key }) => wanted.has(key)));
    if (other === undefined) return;
    const cluster = other.plan.clusters.map(({ name }) => name).join(', ');
    throw new ConsoleError('run.cluster-busy', { cluster });
  }

  async #chooseLab({ clusters }: Plan): Promise<string> {
    const folder = await this.findLab(clusters.flatMap(({ id }) => id ?? []));
    if (folder === undefined) throw new ConsoleError('run.no-lab', { cluster: clusters[0]?.name ?? '' });
    return labTargetName(folder);
  }

  #readRun(id: RunId): Promise<RunRecord> {
    return readRun(this.#context.store, id);
  }
}
