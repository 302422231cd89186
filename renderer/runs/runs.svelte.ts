import type { Finding } from '../../core/shared/finding.ts';
import { epochMs } from '../../core/shared/instant.ts';
import { openValues, listOpenValues, type Plan, type PlanStep } from '../../core/plan/model/plan.ts';
import type { Result } from '../../core/shared/problem.ts';
import type { RunAnswer } from '../../core/runs/contract.ts';
import { fillPrinted, listPrinted, listPrintouts } from '../../core/runs/model/printed.ts';
import {
  isOpenEnded,
  isOver,
  type KnownError,
  type RunId,
  type RunRecord,
  type StepRecord,
} from '../../core/runs/model/run.ts';
import {
  appendOutput,
  runSummary,
  type LiveOutput,
  type RunSummary,
  type RunView,
} from '../../core/runs/model/view.ts';
import { surenessText } from '../../core/repair/text/diagnosis-text.ts';
import { formatElsewhere, programsText, startFaults, verdictLines } from '../../core/runs/text/run-text.ts';
import { stepTitle } from '../../core/plan/text/plan-text.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import type { Navigation } from '../parts/window/navigation.ts';
import { NowState } from '../parts/window/now.svelte.ts';
import type { PowerOffState } from '../power-off/power-off.svelte.ts';
import type { RunBeginning } from '../plan/plan-wizard.svelte.ts';
import { planView, citeStatement, type CitedSentence, type PlanStepView } from '../plan/plan-view.ts';
import { labFolder, LOCAL } from '../../core/runs/model/target-name.ts';
import { RunBegin } from './begin.svelte.ts';
import { groupSteps, getStanding, chooseTurn, type RunStanding, type RunTurn } from './turn.ts';
import { saveFile } from '../parts/window/save-file.ts';
import type { WindowServices } from '../parts/window/services.ts';

interface Services extends WindowServices, Pick<Navigation, 'go'> {
  inventory: InventoryState;
  powerOff: PowerOffState;
  repair: { readonly troubled: readonly unknown[] };
}

const MOST_CLUSTERS = 3;

export interface RunStepView {
  number: number;
  /** Omits the condition of the step, which is shown beside the title. */
  title: string;
  step: PlanStep;
  view: PlanStepView;
  record: StepRecord;
  isUnknown: boolean;
  open: readonly string[];
}

/** A run to show on other screens. */
export interface RunLine {
  id: RunId;
  title: string;
  phase: 'confirm' | 'failed' | 'running' | 'interrupted';
  at: number;
  done: number;
  count: number;
}

export type RunWork = 'start' | 'answer' | 'cancel' | 'resume' | 'export';

export class RunsState {
  #services: Services;
  #asked = 0;
  #loading: Promise<void> | undefined;
  /** With printed values. It changes only when a value is filled in, however often the run changes. */
  #plan = $state.raw<Plan>();
  /** Changes only together with the plan. */
  #planKey = '';
  #turns: ReadonlyMap<RunId, RunTurn> = $state.raw(new Map());
  /** The last turn that was answered, so that it is not answered twice. */
  #answered: RunTurn | undefined;
  /** Whether the admin agreed to the steps of the open run up to the next decision. */
  goesOn = $state(false);
  /** The view in main's latest event about each run. */
  #heard = new Map<RunId, RunView>();
  #dismissed: ReadonlySet<RunId> = $state.raw(new Set());

  runs: readonly RunSummary[] = $state.raw([]);
  findings: readonly Finding[] = $state.raw([]);
  loaded = $state(false);
  opened = $state.raw<RunView>();
  turn = $state.raw<RunTurn>();
  live = $state.raw<LiveOutput>();
  /** The displayed step of the open run; absent for the current step. */
  lookedAt = $state<string>();
  busy = $state<RunWork>();
  readonly begin: RunBegin;
  readonly clock: NowState;

  readonly troubled = $derived.by(() => this.#services.repair.troubled.length);
  readonly plan = $derived.by(() =>
    this.#plan === undefined ? undefined : planView(this.#plan, this.#services.text.wording),
  );
  readonly steps: RunStepView[] = $derived.by(() => {
    const records = this.opened?.run.steps ?? [];
    return (this.#plan?.steps ?? []).flatMap((step, at) => {
      const view = this.plan?.steps[at];
      const record = records[at];
      return view === undefined || record === undefined
        ? []
        : [
            {
              number: at + 1,
              title: this.#formatTitle(step),
              step,
              view,
              record,
              isUnknown: isOpenEnded(record),
              open: listOpenValues(step),
            },
          ];
    });
  });
  readonly current = $derived(this.turn && this.steps[this.turn.at]);
  /** The group of the current step, and the clusters whose steps are all done; absent for a run on one place. */
  readonly group = $derived.by(() => {
    const { current, steps } = this;
    const first = steps.slice(0, current?.number).findLast(({ view }) => view.group !== undefined);
    if (current === undefined || first?.view.group === undefined) return undefined;
    const isOverByCluster = new Map<string, boolean>();
    for (const { step, record } of steps)
      if (step.cluster !== undefined)
        isOverByCluster.set(step.cluster, (isOverByCluster.get(step.cluster) ?? true) && isOver(record));
    const { name, count } = first.view.group;
    const done = [...isOverByCluster.values()].filter(Boolean).length;
    // The step says enough about a single cluster.
    const total = isOverByCluster.size > 1 ? isOverByCluster.size : 0;
    return { name, count, at: current.number - first.number + 1, done, total };
  });
  readonly printed = $derived(this.opened && this.turn ? listPrinted(this.opened.run, this.turn.at) : []);
  /** Whether the current step can follow another one unasked: it does no harm, always applies and lacks no value. */
  readonly needsNoDecision = $derived.by(() => {
    const { current, turn } = this;
    if (current === undefined || turn?.phase !== 'confirm' || current.open.length > 0) return false;
    const { risk, only = [], target } = current.step;
    // A step elsewhere often begins with a wait.
    return (risk === 'none' || risk === 'low') && only.length === 0 && target.kind !== 'workstation';
  });
  readonly previous = $derived(
    this.steps.slice(0, this.turn?.at ?? 0).findLast(({ record }) => record.state !== 'not-started'),
  );
  readonly looked = $derived(this.steps.find(({ step }) => step.id === this.lookedAt));
  readonly known = $derived(this.opened && groupSteps(this.opened.run));
  readonly programs = $derived.by(() => programsText(this.opened?.programs ?? [], this.#services.text.t));
  readonly verdict = $derived.by(() => (this.opened ? verdictLines(this.opened.run, this.#services.text.t) : []));
  readonly elsewhere = $derived.by(() => this.opened && formatElsewhere(this.opened.run, this.#services.text.t));
  /** The key changes whenever the next action changes. */
  readonly turnKey = $derived.by(() => {
    const { opened, turn, current } = this;
    if (opened === undefined || turn === undefined) return '';
    return [opened.run.id, turn.phase, turn.at, current?.record.tries].join(' ');
  });
  readonly lines = $derived(this.runs.flatMap((run) => this.#line(run)));

  constructor(services: Services) {
    const { api, inventory, readClock } = services;
    this.#services = services;
    this.begin = new RunBegin({
      clusters: () => inventory.clusters,
      findLab: async (clusterIds) => {
        const found = services.notices.take(await api.runs.findLab({ clusterIds }));
        return found === undefined ? undefined : (found?.folder ?? null);
      },
    });
    this.clock = new NowState(readClock);
    this.clock.watchClosely(true);
    api.on.runs.changed((view) => {
      this.#heard.set(view.run.id, view);
      this.#take(view);
    });
    api.on.runs.printed(({ id, ...printed }) => this.#print(id, printed));
  }

  /** Reads the list. Concurrent calls share one read. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async open(id: RunId): Promise<void> {
    if (this.opened?.run.id === id) return;
    const asked = (this.#asked += 1);
    const result = await this.#ask(() => this.#services.api.runs.read({ id }));
    if (asked !== this.#asked) return;
    const view = this.#services.notices.take(result);
    if (view !== undefined) this.#show(view);
  }

  async showRun(id: RunId): Promise<void> {
    this.#services.go('runs');
    await this.open(id);
  }

  close(): void {
    this.#asked += 1;
    this.goesOn = false;
    this.opened = undefined;
    this.#plan = undefined;
    this.turn = undefined;
    this.live = undefined;
    this.lookedAt = undefined;
  }

  /** Returns the ID of the new run; `undefined` if the run did not start. */
  async start(beginning: RunBeginning): Promise<RunId | undefined> {
    const request = this.begin.request(beginning);
    const view = await this.#do('start', () => this.#ask(() => this.#services.api.runs.start(request)));
    if (view === undefined) return undefined;
    this.#show(view);
    return view.run.id;
  }

  /** Answers the question of the run. `goesOn`: the next steps run as well, until one needs a decision or fails. */
  async answer(answer: RunAnswer, { goesOn = false } = {}): Promise<void> {
    const { opened } = this;
    if (opened?.question === undefined || this.#answered === this.turn) return;
    this.goesOn = goesOn;
    this.#answered = this.turn;
    const { stepId } = opened.question;
    const { id } = opened.run;
    const ask = () => this.#services.api.runs.answer({ id, stepId, answer });
    if (await this.#change('answer', ask)) return;
    // Main did not accept the answer, so the question stays.
    this.#answered = undefined;
    this.goesOn = false;
  }

  cancel(): Promise<void> {
    this.goesOn = false;
    return this.#changeOpened('cancel');
  }

  resume(): Promise<void> {
    return this.#changeOpened('resume');
  }

  async exportEvidence(): Promise<void> {
    const run = this.opened?.run;
    if (run === undefined || this.busy !== undefined) return;
    const day = run.startedAt.slice(0, 'yyyy-mm-dd'.length);
    const suggestedName = `arcwarden-run-${day}-${run.id}.zip`;
    const wanted = { suggestedName, format: 'zip', said: 'run.evidence.saved' } as const;
    await saveFile(this.#services, wanted, (target) =>
      this.#do('export', () => this.#services.api.runs.exportEvidence({ id: run.id, target })),
    );
  }

  look(stepId: string | undefined): void {
    const isCurrent = this.current?.step.id === stepId;
    const isAnythingToDo = this.turn?.phase !== 'done' && this.turn?.phase !== 'paused';
    this.lookedAt = isCurrent && isAnythingToDo ? undefined : stepId;
  }

  dismiss(id: RunId): void {
    this.#dismissed = new Set([...this.#dismissed, id]);
  }

  runStanding(run: RunSummary): RunStanding {
    const phase = this.#turns.get(run.id)?.phase;
    return getStanding(run, phase === 'confirm' || phase === 'by-hand' || phase === 'failed');
  }

  listWarnings({ warnings }: Plan): CitedSentence[] {
    return warnings.map((each) => citeStatement(each, this.#services.text.wording));
  }

  /**
   * Returns a title such as `Repair of retail-east`. Hosts and management clusters are named only if the run has no
   * others.
   */
  formatTitle({ kind, clusters }: Pick<RunSummary, 'kind' | 'clusters'>): string {
    const { text, inventory, powerOff } = this.#services;
    const aside = new Set([
      ...inventory.clusters.filter((each) => each.kind === 'moc').map(({ name }) => name),
      ...powerOff.clocks.filter((each) => each.kind === 'management').map(({ cluster }) => cluster),
    ]);
    const workload = clusters.filter((name) => !aside.has(name));
    const names = workload.length > 0 ? workload : clusters;
    const shown = names.slice(0, MOST_CLUSTERS).join(text.t('list.and'));
    const more = names.length - MOST_CLUSTERS;
    return text.t(`run.title.${kind}`, {
      clusters: more > 0 ? text.t('run.clusters.more', { clusters: shown, count: more }) : shown,
    });
  }

  targetText(target: string): string {
    const { t } = this.#services.text;
    const folder = labFolder(target);
    if (folder !== undefined) return t('run.target.lab', { folder });
    return target === LOCAL ? t('run.target.local') : target;
  }

  get durationMs(): number {
    const startedAt = this.current?.record.startedAt;
    return startedAt === undefined ? 0 : Math.max(0, this.clock.current - epochMs(startedAt));
  }

  /** Returns the names of credentials; for a credential not in the inventory, the first digits of its ID. */
  credentialNames(ids: readonly string[]): string[] {
    const wanted = new Set<string>(ids);
    const names = new Map<string, string>();
    for (const { id, name } of this.#services.inventory.rows) if (wanted.has(id)) names.set(id, name);
    return ids.map((id) => names.get(id) ?? id.slice(0, 12));
  }

  async #load(): Promise<void> {
    const listing = this.#services.notices.take(await this.#services.api.runs.list());
    this.loaded = true;
    if (listing === undefined) return;
    this.runs = listing.runs;
    this.findings = listing.findings;
    // Only the view of a live run states its position, and a run may be older than the window.
    for (const { id, isLive } of this.runs)
      if (isLive && !this.#turns.has(id)) {
        const view = await this.#ask(() => this.#services.api.runs.read({ id }));
        if (view.ok) this.#put(view.value);
      }
  }

  async #do<T>(work: RunWork, ask: () => Promise<Result<T>>): Promise<T | undefined> {
    if (this.busy !== undefined) return undefined;
    this.busy = work;
    const result = await ask();
    this.busy = undefined;
    return this.#services.notices.take(result);
  }

  async #change(work: RunWork, ask: () => Promise<Result<RunView>>): Promise<boolean> {
    const view = await this.#do(work, () => this.#ask(ask));
    if (view !== undefined) this.#take(view);
    return view !== undefined;
  }

  async #changeOpened(work: 'cancel' | 'resume'): Promise<void> {
    const id = this.opened?.run.id;
    if (id !== undefined) await this.#change(work, () => this.#services.api.runs[work]({ id }));
  }

  /**
   * Returns the view from an event that arrived during the call, if any: main announces every change, so the event is
   * at least as new as the reply.
   */
  async #ask(ask: () => Promise<Result<RunView>>): Promise<Result<RunView>> {
    const before = new Map(this.#heard);
    const result = await ask();
    if (!result.ok) return result;
    const { id } = result.value.run;
    const heard = this.#heard.get(id);
    return heard === undefined || heard === before.get(id) ? result : { ok: true, value: heard };
  }

  #show(view: RunView): void {
    this.#asked += 1;
    this.goesOn = false;
    this.lookedAt = undefined;
    this.#planKey = '';
    this.#takePlan(view.run);
    this.opened = view;
    this.turn = chooseTurn(view);
    this.live = view.live;
    this.#put(view);
  }

  #take(view: RunView): void {
    this.#put(view);
    if (this.opened?.run.id !== view.run.id) return;
    const turn = chooseTurn(view);
    // The previous turn stays until the next one, so that nothing flickers between two steps.
    if (turn.phase === 'working') return;
    this.opened = view;
    this.turn = turn;
    this.live = view.live;
    this.#takePlan(view.run);
    // The reply to an answer is taken after the event that announced it.
    if (view.question === undefined || this.busy === 'answer' || !this.goesOn) return;
    if (this.needsNoDecision && this.busy === undefined) void this.answer({ kind: 'run' }, { goesOn: true });
    else this.goesOn = false;
  }

  #takePlan(run: RunRecord): void {
    const printouts = listPrintouts(run);
    const key = [openValues(run.plan).length, printouts.length].join(' ');
    if (key === this.#planKey) return;
    this.#planKey = key;
    this.#plan = fillPrinted(run, printouts);
  }

  #print(id: RunId, printed: LiveOutput): void {
    if (this.opened?.run.id === id) this.live = appendOutput(this.live, printed);
  }

  /** Stores the summary of a run for the list, without the output. */
  #put(view: RunView): void {
    const summary = runSummary(view.run, view.isLive);
    const others = this.runs.filter(({ id }) => id !== summary.id);
    this.runs = [...others, summary].sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
    const turns = new Map(this.#turns);
    const turn = chooseTurn(view);
    if (!view.isLive) turns.delete(summary.id);
    else if (turn.phase !== 'working' || !turns.has(summary.id)) turns.set(summary.id, turn);
    this.#turns = turns;
  }

  #line(run: RunSummary): RunLine[] {
    const { id, done, count } = run;
    const facts = { id, title: this.formatTitle(run), done, count };
    const turn = this.#turns.get(id);
    if (run.isLive && turn !== undefined) {
      const isAsking = turn.phase === 'confirm' || turn.phase === 'by-hand';
      const phase = isAsking ? 'confirm' : turn.phase === 'failed' ? 'failed' : 'running';
      return [{ ...facts, phase, at: turn.at + 1 }];
    }
    const isInterrupted = getStanding(run, false) === 'interrupted' && !this.#dismissed.has(id);
    return isInterrupted ? [{ ...facts, phase: 'interrupted', at: done + 1 }] : [];
  }

  describeSureness(error: KnownError): string {
    return surenessText(error, this.#services.text.wording);
  }

  startFaults(record: StepRecord): string[] {
    return startFaults(record, this.#services.text.t);
  }

  #formatTitle({ only: _only, cluster, ...step }: PlanStep): string {
    const clusters = new Set(this.#plan?.steps.flatMap((each) => each.cluster ?? []));
    const isNamed = cluster !== undefined && clusters.size > 1;
    return stepTitle(isNamed ? { ...step, cluster } : step, this.#services.text.wording);
  }
}
