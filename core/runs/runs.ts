import { listClaims } from '../plan/model/claims.ts';
import type { Plan } from '../plan/model/plan.ts';
import { givenValues } from '../plan/model/value.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { RunConsent } from './model/consent.ts';
import {
  filledPlan,
  hasBegun,
  newRun,
  type RunBaseline,
  type RunId,
  type RunOutcome,
  type RunRecord,
} from './model/run.ts';
import type { RunPlanRequest } from './model/plan-request.ts';
import type { RequestedPlan, PlanSource, RunAnswer, RunRequest, RunView } from './model/view.ts';
import type { Ports } from '../shared/ports.ts';
import type { RunStore } from './store/store.ts';
import { claimClusters, type Claim, type ClaimFolder } from './locks.ts';
import { keptRun, keptView } from './history.ts';
import { LiveRun } from './live-run.ts';
import { LateAudit, missingLines } from './late-audit.ts';
import { runAudit, stepAudit, type RunAuditRecord } from './run-audit.ts';
import { checkTarget, runTarget, SAMPLE, targetName, type KnownFleet } from './run-target.ts';
import { checkRecordedPlan, type RecordedRun, type StepJudge } from './recorded-plan.ts';
import type { StepRunner } from './target.ts';

export interface RunsContext {
  ports: Pick<Ports, 'clock' | 'crypto' | 'files' | 'host' | 'ids' | 'processes'>;
  dataFolder: string;
  store: RunStore;
  claim: ClaimFolder;
  /** The current plan for the answers, and what it is made from. */
  planOf: (source: PlanSource) => Promise<RequestedPlan>;
  isOfCatalogue: StepJudge;
  fleet: () => Omit<KnownFleet, 'now'>;
  /** Asks a person in a way that no page can answer. */
  consent: (asked: RunConsent) => Promise<boolean>;
  /** What the inventory shows about a plan's clusters. */
  baseline: (plan: Plan) => RunBaseline[];
  /** Reads the inventory again after a run on `target`, and returns the new state of its clusters. */
  outcome: (run: RunRecord, target: StepRunner) => Promise<RunOutcome>;
  audit: (record: RunAuditRecord) => Promise<unknown>;
  /** The lines of the audit trail, oldest first. */
  auditLines: () => Parameters<typeof missingLines>[1]['lines'];
  changed: (view: RunView) => void;
  printed: (printed: { id: RunId; stepId: string; text: string }) => void;
  /** Something unexpected went wrong in a run; it is over. */
  broken: (error: unknown) => void;
}

interface Live {
  run: LiveRun;
  plan: Plan;
  /** Settles when no part of it is still under way; never rejects. */
  over: Promise<void>;
}

/** Runs of plans in this process, and those recorded in the data folder. */
export class Runs {
  readonly #context: RunsContext;
  readonly #live = new Map<RunId, Live>();
  #isClosing = false;
  /** Runs being started: a second call must not start them too. */
  readonly #beginning = new Map<RunId, Promise<RunView>>();

  constructor(context: RunsContext) {
    this.#context = context;
  }

  /** A run that goes on in this process. */
  liveView(id: RunId): RunView | undefined {
    return this.#live.get(id)?.run.view;
  }

  async start({ source, stepIds, target, values }: RunRequest): Promise<RunView> {
    const { ports, planOf, fleet, baseline } = this.#context;
    const { plan: open, request } = await planOf(source);
    const ids = open.steps.map(({ id }) => id);
    if (ids.length !== stepIds.length || ids.some((id, at) => id !== stepIds[at]))
      throw new ConsoleError('run.plan-changed', {});
    if (ids.length === 0) throw new ConsoleError('run.nothing-to-do', {});
    const name = targetName(target);
    checkTarget(open, name, fleet().clusters);
    const plan = filledPlan(open, givenValues(values));
    await this.#agreed({ kind: 'start', plan, target: name });
    const before = baseline(plan);
    const run = newRun({
      id: ports.ids.next() as RunId,
      plan,
      target: name,
      by: ports.host.user(),
      madeBy: ports.host.about().version,
      startedAt: ports.clock.now(),
      ...(before.length > 0 && { before }),
    });
    const claim = await this.#claim(plan);
    return this.#begin(run, { claim, action: 'run.started', request });
  }

  /** `run.unknown`, `run.cluster-busy`, `run.not-confirmed`, and as `checkRecordedPlan`. */
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

  /** `run.unknown`, `run.not-asked`, `run.not-confirmed`. */
  async answer(id: RunId, stepId: string, answer: RunAnswer): Promise<RunView> {
    const live = this.#live.get(id);
    if (live === undefined) {
      await this.#kept(id);
      throw new ConsoleError('run.not-asked', {});
    }
    await this.#dangerAgreed(live.run, stepId, answer);
    live.run.answer(stepId, answer);
    return live.run.view;
  }

  /** Settles when the run is over. `run.unknown`. */
  async cancel(id: RunId): Promise<RunView> {
    const live = this.#live.get(id);
    live?.run.cancel();
    await live?.over;
    return keptView(await this.#kept(id));
  }

  /** Adds the lines of earlier runs that the audit trail has not. `store.not-writable`, `file.not-readable`. */
  async appendMissing(): Promise<void> {
    await this.#appendMissing(await this.#context.store.list());
  }

  /** Runs under way in this process, and how many of them are running a command right now. */
  get live(): { count: number; working: number } {
    const all = [...this.#live.values()];
    return { count: all.length, working: all.filter(({ run }) => run.isWorking).length };
  }

  /** Ends every running command and waits until everything is written down. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const all = [...this.#live.values()];
    for (const { run } of all) run.cancel();
    await Promise.all(all.map(({ over }) => over));
  }

  async #appendMissing(runs: readonly RunRecord[], own?: RunId): Promise<void> {
    const { audit, auditLines } = this.#context;
    for (const record of await missingLines(runs, { lines: auditLines(), own })) await audit(record);
  }

  async #resume(id: RunId): Promise<RunView> {
    const seen = await this.#kept(id);
    if (seen.state === 'done') return keptView(seen);
    checkRecordedPlan(await this.#recorded(seen));
    const { plan, target, isFormerCopy = false } = seen;
    await this.#agreed({ kind: 'resume', plan, target, ...(isFormerCopy && { isFormerCopy }) });
    const claim = await this.#claim(plan);
    try {
      // Read under the claim: before it, another process may have continued the run.
      const run = await this.#context.store.read(id, { restores: isFormerCopy });
      if (run.target !== target || (run.isFormerCopy === true && !isFormerCopy))
        throw new ConsoleError('run.not-confirmed', {});
      if (run.state === 'done') {
        await claim.release();
        return keptView(run);
      }
      checkRecordedPlan(await this.#recorded(run));
      return await this.#begin(run, { claim, action: 'run.resumed' });
    } catch (error) {
      await claim.release();
      throw error;
    }
  }

  /** `run.not-confirmed`. */
  async #agreed(asked: RunConsent): Promise<void> {
    if (asked.target !== SAMPLE && !(await this.#context.consent(asked)))
      throw new ConsoleError('run.not-confirmed', {});
  }

  /** `run.not-confirmed`, `run.not-asked`. */
  async #dangerAgreed({ view }: LiveRun, stepId: string, answer: RunAnswer): Promise<void> {
    const { plan, target, id } = view.run;
    const step = plan.steps.find((each) => each.id === stepId);
    if (answer.kind !== 'run' || step?.risk !== 'dangerous' || view.question?.stepId !== stepId) return;
    await this.#agreed({ kind: 'step', plan, target, step });
    // While the dialog was open, somebody may have filled in another value, or ended the run.
    if (this.#live.get(id)?.run.view.question !== view.question) throw new ConsoleError('run.not-asked', {});
  }

  async #begin(
    run: RunRecord,
    { claim, action, request }: { claim: Claim; action: 'run.started' | 'run.resumed'; request?: RunPlanRequest },
  ): Promise<RunView> {
    const { ports, store, fleet, audit, changed, printed } = this.#context;
    try {
      const now = ports.clock.now();
      const { id, plan } = run;
      const target = runTarget({ ...ports, processes: claim.processes }, run, { ...fleet(), now });
      const before = await store.list();
      if (request !== undefined) await store.keepRequest(id, request);
      await store.keep(run, claim.check);
      await this.#appendMissing(before, id);
      await audit(runAudit(action, run, ports.host.user()));
      const late = new LateAudit(audit);
      const live = new LiveRun({
        run,
        target,
        clock: ports.clock,
        changed,
        keep: (kept) => store.keep(kept, claim.check),
        settled: async (now, step) => {
          const record = stepAudit(now, step, ports.host.user());
          if (record !== undefined) await late.append(record);
        },
        printed: (stepId, text) => printed({ id, stepId, text }),
      });
      this.#live.set(id, { run: live, plan, over: this.#go(live, { id, target, claim, late }) });
      return live.view;
    } catch (error) {
      await claim.release();
      throw error;
    }
  }

  /** Never rejects: whoever began it already has their answer. */
  async #go(
    live: LiveRun,
    { id, target, claim, late }: { id: RunId; target: StepRunner; claim: Claim; late: LateAudit },
  ): Promise<void> {
    const { ports, store, outcome, changed, broken } = this.#context;
    try {
      const run = await live.go();
      await late.append(runAudit('run.ended', run, ports.host.user()));
      if (run.before !== undefined && hasBegun(run) && !this.#isClosing)
        await store.keep({ ...run, outcome: await outcome(run, target) }, claim.check);
    } catch (error) {
      broken(error);
    } finally {
      this.#live.delete(id);
      await claim.release().catch(broken);
    }
    await this.#kept(id).then((run) => changed(keptView(run)), broken);
  }

  /**
   * A conflict with another run of this process is reported at once; one with another process after a while, since that
   * may be dead.
   */
  async #claim(plan: Plan): Promise<Claim> {
    const { ports, dataFolder, claim } = this.#context;
    const wanted = new Set(listClaims(plan).map(({ key }) => key));
    const other = [...this.#live.values()].find((live) => listClaims(live.plan).some(({ key }) => wanted.has(key)));
    if (other !== undefined) {
      const cluster = other.plan.clusters.map(({ name }) => name).join(', ');
      throw new ConsoleError('run.cluster-busy', { cluster });
    }
    return claimClusters(ports, { dataFolder, plan, claim });
  }

  async #recorded(run: RunRecord): Promise<RecordedRun> {
    const { ports, store, isOfCatalogue } = this.#context;
    const request = await store.readRequest(run.id);
    return { run, request, release: ports.host.about().version, isOfCatalogue };
  }

  #kept(id: RunId): Promise<RunRecord> {
    return keptRun(this.#context.store, id);
  }
}
