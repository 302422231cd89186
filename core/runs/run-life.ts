import type { Plan } from '../plan/model/plan.ts';
import type { CancelSignal, Ports, ClaimFolder } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';
import { LateAudit, findMissingLines, type RunTrail } from './late-audit.ts';
import { claimClusters, type Claim } from './locks.ts';
import { labFolder } from './model/target-name.ts';
import { runBaseline, type RunFleet } from './model/outcome.ts';
import type { RunPlanRequest } from './model/plan-request.ts';
import {
  fillPlan,
  hasBegun,
  newRun,
  type RunBaseline,
  type RunId,
  type RunOutcome,
  type RunRecord,
} from './model/run.ts';
import type { RequestedPlan } from './model/view.ts';
import { checkRecordedPlan, type StepJudge } from './recorded-plan.ts';
import { runAudit, stepAudit } from './run-audit.ts';
import { claimInSharedStore } from './shared-claims.ts';
import { checkTarget, runTarget } from './run-target.ts';
import { runPlan, type RunEvents } from './runner.ts';
import type { RunStore } from './store/store.ts';
import type { StepRunner } from './target.ts';

export interface RunLifeContext {
  ports: Pick<
    Ports,
    'clock' | 'crypto' | 'files' | 'host' | 'ids' | 'keys' | 'processes' | 'scheduler' | 'sharedStores' | 'tls'
  >;
  dataFolder: string;
  store: RunStore;
  claim: ClaimFolder;
  isOfCatalogue: StepJudge;
  fleet: () => RunFleet | Promise<RunFleet>;
  /** Reads the inventory again after a run; `undefined` if that is not possible now. */
  outcome: (before: readonly RunBaseline[]) => Promise<RunOutcome | undefined>;
  withTrail: <T>(work: (trail: RunTrail) => Promise<T>) => Promise<T>;
}

/** A run with its claims and its line in the audit trail, ready for the first step. */
export interface BegunRun {
  run: RunRecord;
  claim: Claim;
  target: StepRunner;
  audit: LateAudit;
}

interface PendingRun {
  run: RunRecord;
  action: 'run.started' | 'run.resumed';
  request?: RunPlanRequest | undefined;
}

export interface ProposedRun extends Pick<RunRecord, 'plan' | 'target' | 'isFormerCopy'> {
  /** The complete input of the plan; absent in records of early releases. */
  request?: RunPlanRequest | undefined;
}

export interface Beginning {
  agree?: (proposed: ProposedRun) => Promise<void>;
  /** Values that only the admin knows. */
  values?: (plan: Plan) => ReadonlyMap<string, string>;
  check?: (run: RunRecord, target: StepRunner) => Promise<void>;
}

export interface RunFront {
  events: RunEvents;
  signal: CancelSignal;
  update?(run: RunRecord): void;
}

/** Starts, resumes and performs runs for every front end. Front ends only ask questions. */
export class RunLife {
  readonly #context: RunLifeContext;

  constructor(context: RunLifeContext) {
    this.#context = context;
  }

  /** Starts a run at the first or a later step. Throws the errors of `checkTarget` and `claimClusters`. */
  async start(
    { plan: open, request }: RequestedPlan,
    { target, from }: { target: string; from?: { step: string; reason: string } | undefined },
    beginning: Beginning,
  ): Promise<BegunRun> {
    const { ports, fleet } = this.#context;
    checkTarget(open, target, (await fleet()).clusters);
    const plan = fillPlan(open, beginning.values?.(open));
    await beginning.agree?.({ plan, target, request });
    const before = runBaseline(plan, await fleet());
    const facts = {
      ...(before.length > 0 && { before }),
      id: ports.ids.next() as RunId,
      plan,
      target,
      by: ports.host.user(),
      madeBy: ports.host.about().version,
      startedAt: ports.clock.now(),
    };
    const run = newRun(facts, from);
    return this.#beginClaimed(run, (claim) => this.#begin({ run, action: 'run.started', request }, claim, beginning));
  }

  /**
   * Resumes a recorded run. Throws the errors of `checkRecordedPlan` and `claimClusters`, `run.unknown`, or
   * `run.not-confirmed` if the record changed before the run was confirmed.
   */
  async resume(id: RunId, beginning: Beginning): Promise<BegunRun> {
    const { store } = this.#context;
    const seen = await store.read(id);
    const { target, isFormerCopy = false } = seen;
    await beginning.agree?.({ ...seen, request: await this.#loadRequest(seen) });
    return this.#beginClaimed(seen, async (claim) => {
      // Before the claim, another process may have continued the run.
      const kept = await store.read(id, { restores: isFormerCopy });
      if (kept.target !== target || (kept.isFormerCopy === true && !isFormerCopy))
        throw new ConsoleError('run.not-confirmed', {});
      await this.#loadRequest(kept);
      const run = { ...kept, plan: fillPlan(kept.plan, beginning.values?.(kept.plan)) };
      return this.#begin({ run, action: 'run.resumed' }, claim, beginning);
    });
  }

  /**
   * Performs a run until the plan is done, a step fails or the user stops it, and then reads the inventory again.
   * Throws `run.not-recorded`.
   */
  async go({ run, claim, target, audit }: BegunRun, front: RunFront): Promise<RunRecord> {
    const { ports, store, outcome } = this.#context;
    const { events, signal } = front;
    const by = ports.host.user();
    try {
      const ended = await runPlan({
        run,
        target,
        clock: ports.clock,
        events: {
          ...events,
          settled: async (now, step) => {
            await events.settled?.(now, step);
            const record = stepAudit(now, step, by);
            if (record !== undefined) await audit.append(record);
          },
        },
        keep: async (now) => {
          await store.keep(now, claim.check).catch((error: unknown) => {
            if (!(error instanceof ConsoleError) || error.code !== 'store.not-writable') throw error;
            const path = error.params['path'] ?? '';
            throw new ConsoleError('run.not-recorded', { run: now.id, path }, { cause: error });
          });
          front.update?.(now);
        },
        signal,
      });
      await audit.append(runAudit('run.ended', ended, by));
      const { before } = ended;
      const seen = before !== undefined && hasBegun(ended) ? await outcome(before) : undefined;
      if (seen === undefined) return ended;
      const told = { ...ended, outcome: seen };
      await store.keep(told, claim.check);
      return told;
    } finally {
      await claim.release();
    }
  }

  /**
   * Writes the missing lines of earlier runs, and then the line of the new run. Throws `store.not-writable` or
   * `file.not-readable`.
   */
  async appendMissing(begun?: PendingRun): Promise<void> {
    const { ports, store, withTrail } = this.#context;
    const runs = await store.list();
    await withTrail(async (trail) => {
      const missing = await findMissingLines(runs, { lines: trail.check(), own: begun?.run.id });
      for (const record of missing) await trail.append(record);
      if (begun !== undefined) await trail.append(runAudit(begun.action, begun.run, ports.host.user()));
    });
  }

  async #beginClaimed(
    { plan, target }: Pick<RunRecord, 'plan' | 'target'>,
    begin: (claim: Claim) => Promise<BegunRun>,
  ): Promise<BegunRun> {
    const claim = await this.#claim(plan, labFolder(target) === undefined);
    try {
      return await begin(claim);
    } catch (error) {
      await claim.release();
      throw error;
    }
  }

  /** Claims the clusters on this computer and, unless they are in a lab of one’s own, in the shared store. */
  async #claim(plan: Plan, isShared: boolean): Promise<Claim> {
    const { ports } = this.#context;
    const own = await claimClusters(ports, { ...this.#context, plan });
    try {
      const shared = isShared ? await claimInSharedStore(ports, { ...this.#context, plan, own }) : undefined;
      if (shared === undefined) return own;
      const check = (): void => {
        own.check();
        shared.check();
      };
      const release = async (): Promise<void> => {
        await shared.release();
        await own.release();
      };
      return { ...own, check, release };
    } catch (error) {
      await own.release();
      throw error;
    }
  }

  async #begin(pending: PendingRun, claim: Claim, { check }: Beginning): Promise<BegunRun> {
    const { ports, store, withTrail } = this.#context;
    const { run, request } = pending;
    const target = runTarget({ ...ports, processes: claim.processes }, run);
    await check?.(run, target);
    if (request !== undefined) await store.keepRequest(run.id, request);
    // No run may take place unrecorded, so the trail is written before the first step.
    await this.appendMissing(pending);
    await store.keep(run, claim.check);
    const audit = new LateAudit((record) => withTrail((trail) => trail.append(record)));
    return { run, claim, target, audit };
  }

  /** Reads the stored request and checks that it results in the recorded plan. */
  async #loadRequest(run: RunRecord): Promise<RunPlanRequest | undefined> {
    const { ports, store, isOfCatalogue } = this.#context;
    const request = await store.readRequest(run.id);
    checkRecordedPlan({ run, request, release: ports.host.about().version, isOfCatalogue });
    return request;
  }
}
