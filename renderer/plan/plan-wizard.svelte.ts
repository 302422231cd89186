import type { Problem, Result } from '../../core/shared/problem.ts';
import type { Printed } from '../../core/shared/ports.ts';
import type { SavedFile } from '../../core/shared/files/saved-file.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import { PLAN_FILE_FORMATS, type PlanFileFormat } from '../../core/plan/model/file-format.ts';
import type { Plan } from '../../core/plan/model/plan.ts';
import { planText, type PlanWording } from '../../core/plan/text/plan-text.ts';
import type { RunId } from '../../core/runs/model/run.ts';
import type { PlanSource } from '../../core/runs/contract.ts';
import { Waiting } from '../parts/waiting.svelte.ts';
import { WizardState } from '../parts/wizard/wizard.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';
import { PlanSaving } from './plan-saving.svelte.ts';
import { planWork, type PlanView } from './plan-view.ts';
import { Worded } from './worded.ts';

/** Maximum number of clusters in a plan if none were chosen: about 1,000 steps, more than anybody reads. */
export const MOST_UNASKED = 100;

export interface RunBeginning {
  source: PlanSource;
  plan: Plan;
}

interface PlanOptions<Step, Answers, Planning> {
  first: Step;
  name: string;
  methods: {
    plan: (answers: Answers) => Promise<Result<Planning>>;
    exportPlan: (request: {
      answers: Answers;
      format: PlanFileFormat;
      target: FileTicket;
    }) => Promise<Result<SavedFile>>;
    printPlan: (answers: Answers) => Promise<Result<Printed>>;
  };
  toSource: (answers: Answers) => PlanSource;
}

/** A wizard whose result is a plan. The plan is made again whenever an answer changes, and can be saved and run. */
export abstract class PlanWizardState<
  Step extends string,
  Answers,
  Planning extends { plan: Plan },
> extends WizardState<Step> {
  #services: WindowServices;
  #options: PlanOptions<Step, Answers, Planning>;
  #planRequest = 0;

  planning = $state.raw<Planning>();
  plannedFrom = $state.raw<Answers>();
  runId = $state<RunId>();
  problem = $state.raw<Problem>();
  /**
   * An update of this many clusters has 38,000 steps; the text for ten times as many would exceed the maximum string
   * length.
   */
  mostPlanned = $state(2_500);
  readonly waiting = new Waiting();
  readonly formats = PLAN_FILE_FORMATS;
  readonly files: PlanSaving<PlanFileFormat>;

  readonly #words = new Worded<Plan, PlanView>();
  readonly plan = $derived.by(() => {
    const { planning, wording } = this;
    if (planning === undefined) return undefined;
    const { plan } = planning;
    return this.#words.getWords(plan, wording, planWork(plan, wording));
  });
  readonly planText = $derived.by(() =>
    this.planning === undefined ? '' : planText(this.planning.plan, this.wording),
  );
  readonly beginning = $derived.by(() =>
    this.planning === undefined || this.plannedFrom === undefined
      ? undefined
      : { source: this.#options.toSource(this.plannedFrom), plan: this.planning.plan },
  );

  protected abstract readonly answers: Answers | undefined;

  constructor(services: WindowServices, options: PlanOptions<Step, Answers, Planning>) {
    super(options.first);
    this.#services = services;
    this.#options = options;
    this.files = new PlanSaving(services, options.name);
  }

  /** Saves facts that the admin stated, then requests the plan; only the latest answer is used. */
  async load({ answers }: { answers: Answers | undefined }): Promise<void> {
    const request = (this.#planRequest += 1);
    if (answers === undefined) return this.waiting.end();
    this.waiting.begin();
    await this.#services.settings.save();
    const result = await this.#options.methods.plan(answers);
    if (request !== this.#planRequest) return;
    this.waiting.end();
    this.problem = result.ok ? undefined : result.problem;
    this.planning = result.ok ? result.value : undefined;
    this.plannedFrom = result.ok ? answers : undefined;
  }

  async save(format: PlanFileFormat): Promise<void> {
    const { answers } = this;
    if (answers === undefined) return;
    await this.files.save(format, (target) => this.#options.methods.exportPlan({ answers, format, target }));
  }

  async print(): Promise<void> {
    const { answers } = this;
    if (answers === undefined) return;
    const { notices, settings } = this.#services;
    await settings.save();
    const printed = notices.take(await this.#options.methods.printPlan(answers));
    if (printed?.printed === true) notices.success([{ key: 'export.plan-printed' }]);
  }

  protected forgetPlan(): void {
    this.#planRequest += 1;
    this.waiting.end();
    this.planning = undefined;
    this.plannedFrom = undefined;
  }

  protected get wording(): PlanWording {
    return this.#services.text.wording;
  }
}
